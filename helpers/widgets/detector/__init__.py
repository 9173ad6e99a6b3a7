"""A detector's raw candidates on a photograph: how many a threshold leaves, and who strikes out whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers import data, plots
from helpers.overlap import enough, shared_parts, standing

from ..pictures import dots, encoded, listed, number, numbers, whole
from ..view import View, for_script
from . import raw_candidates

MOST = 700  # as many as a notebook should store
_ROOM, _LEAST = 40_000, 8_000  # characters for the photograph and candidates, and for the photograph at least
_LISTED = 8
_DRAWN = 150


@dataclass(frozen=True)
class Candidates:
    """What a detector gave, as the browser gets it.

    Args:
        boxes: (n, 4), x1, y1, x2, y2 in pixels, to hundredths.
        scores: (n,), 0 to 1, to ten-thousandths.
        classes: (n,) whole numbers.
    """

    boxes: np.ndarray
    scores: np.ndarray
    classes: np.ndarray


@dataclass(frozen=True)
class Rest:
    """What two thresholds leave.

    Args:
        above: indices of the candidates above the score threshold, strongest first; of equals the earlier one.
        left: those of them that no stronger one strikes out, in the same order.
        struck: for each of the others, the strongest one left of its class that overlaps it enough, and how much.
    """

    above: np.ndarray
    left: np.ndarray
    struck: dict[int, tuple[int, float]]


def detector_at_work(
    image: ArrayLike | None = None,
    boxes: ArrayLike | None = None,
    scores: ArrayLike | None = None,
    classes: ArrayLike | None = None,
    class_names: Sequence[str] = (),
    *,
    grid: int | None = None,
    anchors: ArrayLike | None = None,
    score_threshold: float = 0.6,
    iou_threshold: float = 0.5,
) -> View:
    """See what score threshold and suppression leave of a detector's candidates, class by class.

    Args:
        image: the photograph, (n_H, n_W, 3) or (n_H, n_W); left out with all the rest, an example that was made up.
        boxes: (n, 4), x1, y1, x2, y2 in pixels of the image; at most 700.
        scores: (n,), 0 to 1.
        classes: (n,), the number of each candidate's class; all 0 if left out.
        class_names: what the classes are called, from number 0 on.
        grid: cells a side of the detector's output, 1 to 40, to be drawn on request.
        anchors: (k, 2), width and height in pixels, at most 9, to be drawn on request.
        score_threshold: candidates up to this score are dropped.
        iou_threshold: from this overlap on, 0.05 to 1, a candidate gives way to a stronger one of its class.

    Raises:
        ValueError: these do not belong together; says what was expected.
    """
    note = ""
    if image is None and boxes is None and scores is None and classes is None:
        image = data.photograph(raw_candidates.PHOTOGRAPH, size=raw_candidates.SIDE)
        boxes, scores, classes = raw_candidates.made_up()
        class_names, grid, anchors = raw_candidates.NAMES, raw_candidates.GRID, raw_candidates.ANCHORS
        note = "No detector made these candidates: they were made up around six objects marked by hand."
    if image is None or boxes is None or scores is None:
        raise ValueError(
            "the image, its boxes and their scores belong together: give all three, or none for an example"
        )
    picture = dots(image)
    height, width = picture.shape[:2]
    found = candidates(boxes, scores, classes)
    score, share = number(score_threshold, "score_threshold", 0, 1), number(iou_threshold, "iou_threshold", 0.05, 1)
    names = _names(class_names, int(found.classes.max()))
    state = {
        "size": [width, height],
        "boxes": listed(found.boxes),
        "scores": listed(found.scores),
        "classes": found.classes.tolist(),
        "names": names,
        "grid": None if grid is None else whole(grid, "grid", 1, 40),
        "anchors": [] if anchors is None else _anchors(anchors).tolist(),
        "score": score,
        "share": share,
        "note": note,
    }
    state["picture"], seen = encoded(picture, most=max(_LEAST, _ROOM - len(for_script(state))))
    rest = remaining(found, score, share)
    alt = describe(found, rest, names, score, share, (height, width)) + (note and f" {note}")
    return View("detector", "Detector at work", state, alt, lambda: _draw(seen, (height, width), found, rest, names))


def remaining(found: Candidates, score: float, share: float) -> Rest:
    """What a score threshold and an overlap threshold leave, class by class."""
    order = np.argsort(-found.scores, kind="stable")
    above = order[found.scores[order] > score]
    table = shared_parts(found.boxes[above])
    alike = found.classes[above][:, None] == found.classes[above][None, :]
    yields = np.tril(enough(table, share) & alike, -1)
    left = standing(yields)
    struck = {}
    for i in np.flatnonzero(~left):
        by = int(np.argmax(yields[i] & left))
        struck[int(above[i])] = (int(above[by]), float(table[i, by]))
    return Rest(above, above[left], struck)


def candidates(boxes: ArrayLike, scores: ArrayLike, classes: ArrayLike | None) -> Candidates:
    """Arrays that belong together, checked; arguments and errors as for `detector_at_work`."""
    corners, values = numbers(boxes, "boxes array", (2,)).round(2), numbers(scores, "scores array", (1,)).round(4)
    kinds = np.zeros(len(corners)) if classes is None else numbers(classes, "classes array", (1,))
    if corners.shape[1] != 4 or not len(corners) == len(values) == len(kinds):
        raise ValueError(
            f"boxes, scores and classes have the shapes {corners.shape}, {values.shape} and {kinds.shape}: "
            "expected (n, 4), (n,) and (n,)"
        )
    if len(corners) > MOST:
        raise ValueError(
            f"there are {len(corners):,} candidates: expected at most {MOST:,}; keep the strongest, "
            f"by np.argsort(-scores)[:{MOST}]"
        )
    wrong = np.flatnonzero((corners[:, 2:] <= corners[:, :2]).any(axis=1))
    if len(wrong):
        one = corners[wrong[0]].tolist()
        raise ValueError(f"box {wrong[0]} is {one}: expected x1, y1, x2, y2 in pixels, with x1 < x2 and y1 < y2")
    if values.min() < 0 or values.max() > 1:
        raise ValueError(f"the scores reach from {values.min():g} to {values.max():g}: expected 0 to 1")
    if kinds.min() < 0 or (kinds != kinds.round()).any():
        raise ValueError("the classes must be whole numbers from 0 on: the number of each candidate's class")
    return Candidates(corners, values, kinds.astype(int))


def _names(class_names: Sequence[str], last: int) -> list[str]:
    if isinstance(class_names, str) or not isinstance(class_names, Iterable):
        raise ValueError(f"class_names is {class_names!r}: expected a list of names, one for each class")
    if last >= 1000:
        raise ValueError(f"there is a class {last}: expected numbers under 1000")
    given = [str(name) for name in class_names]
    return given + [f"class {number}" for number in range(len(given), last + 1)]


def _anchors(anchors: ArrayLike) -> np.ndarray:
    array = numbers(anchors, "anchors array", (2,))
    if array.shape[1] != 2 or len(array) > 9 or array.min() <= 0:
        raise ValueError(
            f"the anchors have the shape {array.shape} and begin at {array.min():g}: expected (k, 2), with width and "
            "height in pixels in each of 1 to 9 rows"
        )
    return array


def describe(
    found: Candidates, rest: Rest, names: Sequence[str], score: float, share: float, shape: tuple[int, int]
) -> str:
    """The view in words, for the alt text."""
    listed = [f"{names[found.classes[i]]} {found.scores[i]:.2f}" for i in rest.left[:_LISTED]]
    if len(rest.left) > _LISTED:
        listed.append(f"{len(rest.left) - _LISTED} more")
    return (
        f"A photograph of {shape[1]} by {shape[0]} pixels with a detector's {len(found.scores):,} candidates: "
        f"{len(rest.above):,} have a score above {score:g}, and {len(rest.left):,} of them are left when those that "
        f"overlap a stronger one of their class by {share:g} or more are struck out: {', '.join(listed) or 'none'}."
    )


def _draw(picture: np.ndarray, shape: tuple[int, int], found: Candidates, rest: Rest, names: Sequence[str]) -> Any:
    from matplotlib.patches import Rectangle

    fig, axes = plots.figure(width=3.9, height=min(3.9 * shape[0] / shape[1], 5) + 0.3)
    axis = axes[0, 0]
    plots.draw_image(axis, picture, f"{len(rest.above)} candidates (dashed), {len(rest.left)} left")
    axis.images[0].set_extent((0, shape[1], shape[0], 0))
    for index in [*list(rest.struck)[:_DRAWN], *rest.left[:_DRAWN][::-1]]:
        (x1, y1, x2, y2), kind = found.boxes[index], int(found.classes[index])
        colour = plots.LINES[kind % len(plots.LINES)]
        edge = {"linewidth": 1.0, "linestyle": "--"} if index in rest.struck else {"linewidth": 2.2}
        axis.add_patch(Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, edgecolor=colour, **edge))
    line = shape[0] / 22  # the height of a name
    taken: list[tuple[float, float]] = []  # where names stand
    for index in rest.left[:_LISTED]:
        x, y = found.boxes[index, :2].clip(0)
        while any(abs(y - other) < line and abs(x - begin) < shape[1] / 4 for begin, other in taken):
            y += line
        taken.append((x, y))
        text = f"{names[found.classes[index]]} {found.scores[index]:.2f}"
        style = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85}
        axis.text(x, y, text, fontsize=8, va="top", color="black", bbox=style, clip_on=True)
    axis.set(xlim=(0, shape[1]), ylim=(shape[0], 0))
    return fig
