"""Run a learner's own functions on boxes, and search for the smallest boxes on which they depart."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from helpers.checks.words import short
from helpers.overlap import areas, shared_part, shared_parts, standing, survivors

from ..ear import Refused, Reply
from ..learner import answer_of
from ..pictures import numbers, whole
from .box_cases import contests, pairs
from .contests import contest, pair

TIME = 12.0  # seconds that a search may take in all
_ONE_CALL = 4.0
_NEAR = 1e-5  # float32 and a trifle added to a denominator are no mistake


def replies_of(iou: Callable[..., Any] | None, suppress: Callable[..., Any] | None) -> dict[str, Reply]:
    """What Python answers about these functions, as `View.replies`.

    Args:
        iou: of two boxes (x1, y1, x2, y2), a number.
        suppress: of (boxes, scores, iou_threshold, score_threshold), the indices of the boxes that are left.
    """
    replies: dict[str, Reply] = {}
    if iou is not None:
        replies["run pair"] = lambda asked: _on_these_two(iou, asked)
        replies["search pair"] = lambda asked: _search(pairs(), lambda case: two_judged(iou, *case["boxes"]))
    if suppress is not None:
        replies["run contest"] = lambda asked: _on_these(suppress, asked)
        replies["search contest"] = lambda asked: _search(contests(), lambda case: judged(suppress, **case)[1])
    return replies


def _on_these_two(iou: Callable[..., Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    boxes = pair(asked.get("boxes", ())).boxes
    wrong = two_judged(iou, *boxes.tolist())
    part = shared_part(*boxes)
    return {"wrong": bool(wrong), "words": wrong or f"Your {_name(iou)} agrees: {_fraction(*boxes)} = {part:.4g}."}


def _on_these(suppress: Callable[..., Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    limits = numbers([asked.get("share"), asked.get("score")], "list of thresholds", (1,)).tolist()
    boxes, scores = np.zeros((0, 4)), np.zeros(0)
    if asked.get("boxes") != [] or asked.get("scores") != []:
        given = contest(asked.get("boxes", ()), asked.get("scores", ()))
        boxes, scores = given.boxes, given.scores
    kept, shown = list[int](), list[int]()
    for own in _groups(asked.get("groups"), len(scores)):
        case = {"boxes": boxes[own], "scores": scores[own], "share": limits[0], "score": limits[1]}
        mine, wrong = judged(suppress, **case, names=own)
        if wrong:
            return {"wrong": True, "words": wrong}
        kept += [own[i] for i in mine]
        shown += [own[i] for i in survivors(boxes[own], scores[own], *limits)]
    tie = " Where a share is the threshold but for rounding, either is right." if set(kept) != set(shown) else ""
    return {"wrong": False, "words": f"Your {_name(suppress)} agrees: {_listed(sorted(kept))} left.{tie}"}


def _groups(groups: Any, count: int) -> list[list[int]]:
    """Which boxes strike each other out: each in one group; without boxes a single group without any."""
    if not isinstance(groups, list) or not all(isinstance(group, list) for group in groups):
        raise Refused("Python expected groups of boxes as lists of their numbers.")
    if len(groups) > max(1, count):  # each may cost seconds
        raise Refused(f"Python got {len(groups)} groups of {count} boxes: expected no more groups than boxes.")
    listed = sorted(whole(index, "the number of a box", 0, count - 1) for group in groups for index in group)
    if listed != list(range(count)):
        raise Refused(f"Python got the boxes {listed} in groups: expected each of {count} once.")
    return groups or [[]]


def _search(cases: Iterator[dict[str, Any]], judge: Callable[[dict[str, Any]], str]) -> dict[str, Any]:
    """The first case on which a function departs; cases come in order of size."""
    start, count = time.monotonic(), 0
    for case in cases:
        wrong = judge(case)
        count += 1
        if wrong:
            plain = {key: np.asarray(value).tolist() for key, value in case.items()}
            return {"wrong": True, "case": plain, "words": wrong}
        if time.monotonic() - start > TIME:
            return {"wrong": False, "words": f"No counter-example among {count} cases; then the time was over."}
    return {
        "wrong": False,
        "words": f"No counter-example among {count} cases: it did what was expected in all of them.",
    }


def two_judged(iou: Callable[..., Any], one: Any, other: Any) -> str:
    """What is wrong with a function's answer about two boxes; "" if nothing."""
    one, other = (tuple(_plain(edge) for edge in box) for box in (one, other))
    asked = f"{_name(iou)}({one}, {other})"
    try:
        value = answer_of(iou, (one, other), seconds=_ONE_CALL)
    except Refused as refusal:
        return _passed_on(refusal, asked)
    array = _array(value)
    if array is None or array.shape != ():
        form = f"shape {array.shape}" if array is not None else f"type {type(value).__name__}"
        return f"{asked} is {short(value)}, of {form}: expected one number."
    if not abs(float(array) - shared_part(one, other)) <= _NEAR:
        return f"{asked} is {float(array):.6g}, expected {_fraction(one, other)} = {shared_part(one, other):.4g}."
    return ""


def judged(
    suppress: Callable[..., Any],
    boxes: np.ndarray,
    scores: np.ndarray,
    share: float,
    score: float,
    names: list[int] | None = None,
) -> tuple[list[int], str]:
    """The boxes that a function keeps, in any order, and what is wrong with them; "" if nothing.

    A share within 0.00001 of its threshold may fall to either side, since rounding decides it.

    Args:
        suppress: the function.
        boxes: (n, 4).
        scores: (n,).
        share: its iou_threshold.
        score: its score_threshold.
        names: what the boxes are called on the stage, by number; 0 to n - 1 if left out.
    """
    called = list(range(len(scores))) if names is None else names
    asked = f"{_name(suppress)} with iou_threshold={share:g} and score_threshold={score:g}"
    try:
        value = answer_of(suppress, (boxes, scores, share, score), seconds=_ONE_CALL)
    except Refused as refusal:
        return [], _passed_on(refusal, asked)
    array = _array(value)
    if array is None or array.ndim != 1:
        form = f"shape {array.shape}" if array is not None else f"type {type(value).__name__}"
        return [], f"{asked} gives {short(value)}, of {form}: expected a list of indices."
    if array.dtype == bool:
        return [], f"{asked} gives True and False for each box: expected the indices of those that are left."
    if not all(number == round(number) and 0 <= number < len(scores) for number in np.nan_to_num(array, nan=-1.0)):
        wanted = f"indices from 0 to {len(scores) - 1}" if len(scores) else "no index, since there are no boxes"
        return [], f"{asked} gives {short(value)}: expected {wanted}."
    given = [int(number) for number in array]
    if len(set(given)) < len(given):
        return given, f"{asked} gives {given}: a box is in it twice."
    expected, gives_way = _expected(given, boxes, scores, share, score)
    if set(given) == set(expected):
        return given, ""
    first = min(set(given) ^ set(expected), key=lambda index: (-scores[index], index))
    by = next((i for i in expected if gives_way[first, i]), None)
    reason = _reason(first, by, boxes, scores, share, score, called)
    return given, (
        f"{asked} keeps {_listed(sorted(called[i] for i in given))}, "
        f"expected {_listed(sorted(called[i] for i in expected))}. {reason}"
    )


def _expected(
    given: list[int], boxes: np.ndarray, scores: np.ndarray, share: float, score: float
) -> tuple[list[int], np.ndarray]:
    """The boxes that should be left, the best first, and who gives way to whom if that one is left, (n, n) bool.

    A share that is the threshold but for rounding falls to the side on which the function has it.
    """
    parts = shared_parts(boxes)
    gone = ~np.isin(np.arange(len(scores)), given)
    gives_way = np.where(np.abs(parts - share) <= _NEAR, gone[:, None], parts > share)
    ranked = np.argsort(-scores, kind="stable")
    ranked = ranked[scores[ranked] > score]
    rank = np.full(len(scores), len(scores))
    rank[ranked] = np.arange(len(ranked))
    gives_way = gives_way & (rank[:, None] > rank[None, :])
    left = standing(gives_way[np.ix_(ranked, ranked)])
    return [int(index) for index in ranked[left]], gives_way


def _reason(
    first: int, by: int | None, boxes: np.ndarray, scores: np.ndarray, share: float, score: float, called: list[int]
) -> str:
    """Why a box stays, or goes because of another."""
    name = _letter(called[first])
    if scores[first] <= score:
        return f"{name} goes: its score {scores[first]:g} is not above {score:g}."
    if by is None:
        return f"{name} stays: its score is high enough, and no better box that stays shares {share:g} or more with it."
    part = shared_part(boxes[by], boxes[first])
    tie = "; of equal scores the earlier one ranks higher" if scores[by] == scores[first] else ""
    return f"{name} goes: {_letter(called[by])} ranks higher, stays, and shares {part:.3g} with it{tie}."


def _array(value: Any) -> np.ndarray | None:
    """A number or list of numbers as an array, whatever library made it; None if it is none."""
    try:
        array = np.asarray(value)
        return array if array.dtype == bool else array.astype(np.float64)
    except Exception:
        return None


def _passed_on(refusal: Refused, asked: str) -> str:
    """A refusal as the verdict on a case; what stops every case is raised again."""
    text = str(refusal)
    if "is not written yet" in text or text.startswith("You interrupted"):
        raise refusal
    return f"{asked}: {text}"


def _fraction(one: Any, other: Any) -> str:
    """Intersection over union as a fraction in lowest terms, or with decimals if that has long numbers."""
    shared, covered = (float(area[0, 0]) for area in areas([one], [other]))
    part = Fraction(shared / covered).limit_denominator(999)
    exact = abs(part - shared / covered) < 1e-12
    return f"{part.numerator}/{part.denominator}" if exact and part.denominator > 1 else f"{shared:.4g} / {covered:.4g}"


def _plain(edge: float) -> float:
    return int(edge) if edge == int(edge) else float(edge)


def _name(function: Callable[..., Any]) -> str:
    return short(getattr(function, "__name__", "function")).strip("'\"")


def _letter(index: int) -> str:
    return f"{chr(65 + index)} (index {index})"


def _listed(indices: list[int]) -> str:
    return f"{indices} ({', '.join(chr(65 + index) for index in indices)})" if indices else "[] (none)"
