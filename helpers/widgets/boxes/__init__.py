"""What two boxes share, and how the best of several boxes strikes out the others: dragged, counted, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..pictures import number
from ..view import View
from .contests import Contest, Pair, contest, pair
from .counterexamples import replies_of

_PAIR = ((2, 1, 4, 3), (1, 2, 3, 4))
_STREET = (
    ((8, 20, 46, 48), 0.9, "car"),
    ((12, 16, 51, 44), 0.75, "car"),
    ((5, 26, 40, 54), 0.62, "car"),
    ((16, 32, 52, 58), 0.55, "car"),
    ((58, 20, 94, 48), 0.8, "car"),
    ((55, 25, 91, 54), 0.7, "car"),
    ((62, 18, 96, 44), 0.65, "motorcycle"),
)


def box_playground(
    boxes: ArrayLike | None = None,
    scores: ArrayLike | None = None,
    classes: Sequence[Any] | None = None,
    *,
    iou_threshold: float = 0.5,
    score_threshold: float = 0.6,
    iou: Callable[..., Any] | None = None,
    non_max_suppression: Callable[..., Any] | None = None,
) -> View:
    """See what two boxes share, which of several boxes are left, and where your own functions depart from that.

    Args:
        boxes: (n, 4), corners (x1, y1, x2, y2), 0 or more, in any unit; two without scores, or 1 to 26 with scores.
            Left out, there are two to compare and seven to choose from.
        scores: n numbers from 0 to 1.
        classes: n names; boxes of different classes do not strike each other out. All of one class if left out.
        iou_threshold: from this share on, a box gives way to a better one.
        score_threshold: a score up to this, included, is too low.
        iou: your function of two boxes (x1, y1, x2, y2), which the view can run.
        non_max_suppression: your function (boxes, scores, iou_threshold, score_threshold) that gives the indices of the
            boxes that are left, in any order; of equal scores the earlier one ranks higher.

    Raises:
        ValueError: these are no boxes, or scores and classes do not belong to them.
    """
    limits = {
        "share": number(iou_threshold, "iou_threshold", 0, 1),
        "score": number(score_threshold, "score_threshold", 0, 1),
    }
    for name, function in (("iou", iou), ("non_max_suppression", non_max_suppression)):
        if function is not None and not callable(function):
            raise ValueError(f"{name} is {type(function).__name__}: give the function itself, without parentheses")
    if classes is not None and scores is None:
        raise ValueError("classes belong to boxes with scores: give boxes and scores as well")
    two = pair(_PAIR if boxes is None else boxes) if scores is None else None
    many = None
    if boxes is None and scores is None:
        some, values, kinds = zip(*_STREET, strict=True)
        many = contest(some, values, kinds, iou_threshold=iou_threshold, score_threshold=score_threshold)
    elif scores is not None:
        given = () if boxes is None else boxes
        many = contest(given, scores, classes, iou_threshold=iou_threshold, score_threshold=score_threshold)
    state = {
        "pair": two and {"boxes": two.boxes.tolist()},
        "contest": many and {"boxes": many.boxes.tolist(), "scores": many.scores.tolist(), "kinds": list(many.kinds)},
        "limits": limits,
        "first": "contest" if two is None or (iou is None and non_max_suppression is not None and many) else "pair",
        "mine": {"pair": iou is not None, "contest": non_max_suppression is not None},
    }
    replies = replies_of(iou, non_max_suppression)
    return View("box_playground", "Box playground", state, describe(two, many), lambda: _draw(two, many), replies)


def describe(two: Pair | None, many: Contest | None) -> str:
    """The playground in words, for the alt text."""
    said = []
    if two:
        a, b = (f"({', '.join(f'{edge:g}' for edge in box)})" for box in two.boxes)
        said.append(
            f"Two boxes, A {a} and B {b}: {two.shared:g} lies in both, {two.covered:g} in any, "
            f"so their intersection over union is {two.share:.3g}."
        )
    if many:
        kept = ", ".join(f"{chr(65 + i)} ({many.kinds[i]}, {many.scores[i]:g})" for i in many.kept)
        said.append(
            f"{len(many.boxes)} boxes with scores: {len(many.low)} score too low, "
            f"{len(many.boxes) - len(many.low) - len(many.kept)} give way to a better one; left: {kept or 'none'}."
        )
    return " ".join(said)


def _draw(two: Pair | None, many: Contest | None) -> Any:
    from matplotlib import pyplot as plt

    count = bool(two) + 2 * bool(many)
    fig, axes = plt.subplots(1, count, figsize=(3.2 * count, 3.0), squeeze=False, layout="constrained")
    places = list(axes[0])
    if two:
        axis = places.pop(0)
        _sheet(axis, two.boxes, f"{two.shared:g} / {two.covered:g} = {two.share:.3g}")
        hatched = _rectangle(two.boxes[0], hatch="///", linewidth=0, edgecolor="#b8004e", fill=False)
        axis.add_patch(hatched)
        hatched.set_clip_path(_rectangle(two.boxes[1], transform=axis.transData))
        for letter, box in zip("AB", two.boxes, strict=True):
            _outline(axis, box, letter, kept=True)
    if many:
        for axis, title in zip(places, ("before", "after: who is left"), strict=True):
            _sheet(axis, many.boxes, title)
            for index in range(len(many.boxes)) if title == "before" else many.kept:
                _outline(axis, many.boxes[index], f"{chr(65 + index)} {many.scores[index]:g}", kept=index in many.kept)
    return fig


def _sheet(axis: Any, boxes: np.ndarray, title: str) -> None:
    axis.set_title(title, fontsize=10)
    axis.set(xlim=(0, 1.06 * boxes[:, 2].max()), ylim=(1.06 * boxes[:, 3].max(), 0), aspect="equal")
    axis.tick_params(labelsize=8)


def _outline(axis: Any, box: np.ndarray, text: str, *, kept: bool) -> None:
    axis.add_patch(
        _rectangle(box, fill=False, linewidth=2 if kept else 1, linestyle="-" if kept else "--", edgecolor="#0b62b0")
    )
    axis.text(box[0], box[1], f" {text}", va="top", fontsize=8)


def _rectangle(box: np.ndarray, **look: Any) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((box[0], box[1]), box[2] - box[0], box[3] - box[1], **look)
