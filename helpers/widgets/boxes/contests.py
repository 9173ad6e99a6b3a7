"""The numbers of two boxes, and of several that contest for their objects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.overlap import areas, shared_parts, survivors

from ..pictures import numbers

LARGEST = 26  # boxes at most, one for each letter


@dataclass(frozen=True)
class Pair:
    """The numbers of two boxes.

    Args:
        boxes: (2, 4), corners x1, y1, x2, y2.
        sizes: area of each.
        shared: area in both.
        covered: area in any.
    """

    boxes: np.ndarray
    sizes: tuple[float, float]
    shared: float
    covered: float

    @property
    def share(self) -> float:
        """Intersection over union."""
        return self.shared / self.covered


@dataclass(frozen=True)
class Contest:
    """The numbers of several boxes.

    Args:
        boxes: (n, 4), corners x1, y1, x2, y2.
        scores: (n,).
        kinds: class of each.
        shares: intersection over union of each with each, (n, n).
        kept: boxes that are left, the best of each class first.
        low: boxes whose score is too low.
    """

    boxes: np.ndarray
    scores: np.ndarray
    kinds: tuple[str, ...]
    shares: np.ndarray
    kept: tuple[int, ...]
    low: tuple[int, ...]


def pair(boxes: ArrayLike) -> Pair:
    """The numbers of two boxes.

    Raises:
        ValueError: these are not two boxes.
    """
    corners = _boxes(boxes)
    if len(corners) != 2:
        raise ValueError(f"there are {len(corners)} boxes without scores: give 2 boxes to compare, or scores as well")
    shared, covered = areas(corners, corners)
    return Pair(corners, (shared[0, 0], shared[1, 1]), shared[0, 1], covered[0, 1])


def contest(
    boxes: ArrayLike,
    scores: ArrayLike,
    classes: Sequence[Any] | None = None,
    *,
    iou_threshold: float = 0.5,
    score_threshold: float = 0.6,
) -> Contest:
    """The numbers of several boxes; arguments and errors as for `box_playground`."""
    corners, values = _boxes(boxes), numbers(scores, "list of scores", (1,))
    if isinstance(classes, str) or not isinstance(classes, Iterable | None):
        raise ValueError(f"classes is {classes!r}: expected a list of names, one for each box")
    kinds = tuple(str(kind)[:40] for kind in (["box"] * len(corners) if classes is None else classes))
    for name, given in (("scores", values), ("classes", kinds)):
        if len(given) != len(corners):
            raise ValueError(f"there are {len(corners)} boxes but {len(given)} {name}: expected one for each box")
    if values.min() < 0 or values.max() > 1:
        raise ValueError(f"scores run from {values.min():g} to {values.max():g}: expected numbers from 0 to 1")
    kept: list[int] = []
    for kind in dict.fromkeys(kinds):
        own = [index for index, other in enumerate(kinds) if other == kind]
        kept += [own[i] for i in survivors(corners[own], values[own], iou_threshold, score_threshold)]
    low = tuple(int(index) for index in np.flatnonzero(values <= score_threshold))
    return Contest(corners, values, kinds, shared_parts(corners), tuple(kept), low)


def _boxes(boxes: ArrayLike) -> np.ndarray:
    corners = numbers(boxes, "list of boxes", (2,))
    if corners.shape[1] != 4 or len(corners) > LARGEST:
        raise ValueError(f"boxes has the shape {corners.shape}: expected (n, 4) with at most {LARGEST} boxes")
    for index, (x1, y1, x2, y2) in enumerate(corners):
        if not (0 <= x1 < x2 and 0 <= y1 < y2):
            raise ValueError(
                f"box {index} is ({x1:g}, {y1:g}, {x2:g}, {y2:g}): expected corners (x1, y1, x2, y2) "
                "with 0 <= x1 < x2 and 0 <= y1 < y2"
            )
    return corners
