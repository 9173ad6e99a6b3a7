"""How much boxes share, and which of several boxes are left when those that say the same give way to the best."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def shared_part(one: ArrayLike, other: ArrayLike) -> float:
    """What two boxes share, as part of all that they cover: 0 if they only touch, 1 if they are the same.

    Args:
        one: corners (x1, y1, x2, y2), with x1 <= x2 and y1 <= y2.
        other: the same of the other box.

    Returns:
        From 0 to 1; 0 if nothing is covered at all.
    """
    return float(shared_parts(np.asarray([one]), np.asarray([other]))[0, 0])


def shared_parts(boxes: ArrayLike, others: ArrayLike | None = None) -> np.ndarray:
    """`shared_part` of each of (n, 4) boxes with each of (m, 4) others, (n, m), or with each other."""
    shared, covered = areas(boxes, boxes if others is None else others)
    parts: np.ndarray = np.divide(shared, covered, out=np.zeros_like(shared), where=covered > 0)
    return parts


def enough(parts: ArrayLike, threshold: float) -> np.ndarray:
    """Whether shared parts reach a threshold, the difference rounded to 12 digits.

    The dust of floating point would otherwise decide ties: 0.3 - 0.1 is not 0.2. The views' JavaScript does the same.
    """
    return np.asarray(np.round(np.asarray(parts) - threshold, 12) >= 0)


def areas(boxes: ArrayLike, others: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """The area that lies in both boxes, and the area that lies in any, for each pair: (n, m) and (n, m).

    Every edge cuts the plane into strips, across and down; what both boxes hold of them is added up strip by strip.
    """
    corners, other_corners = (np.asarray(those, dtype=np.float64).reshape(-1, 4) for those in (boxes, others))
    wide, tall = (_common_lengths(corners[:, [axis, axis + 2]], other_corners[:, [axis, axis + 2]]) for axis in (0, 1))
    sizes, other_sizes = ((those[:, 2:] - those[:, :2]).prod(axis=1) for those in (corners, other_corners))
    shared = wide * tall
    return shared, sizes[:, None] + other_sizes[None, :] - shared


def _common_lengths(spans: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Length that each pair of spans (n, 2), (m, 2) has in common, (n, m): which strips lie in both, times how long."""
    cuts = np.unique(np.concatenate([spans.ravel(), others.ravel()]))
    inside, also = (
        ((those[:, :1] <= cuts[:-1]) & (cuts[1:] <= those[:, 1:])).astype(float) for those in (spans, others)
    )
    return np.asarray((inside * np.diff(cuts)) @ also.T)


def survivors(
    boxes: ArrayLike, scores: ArrayLike, iou_threshold: float = 0.5, score_threshold: float = 0.6
) -> list[int]:
    """Which boxes are left, the one with the largest score first.

    A box is left if its score is above the threshold, and if no box that is left and ranks higher shares
    `iou_threshold` or more with it, as `enough` says. Of equal scores the earlier one ranks higher.

    Args:
        boxes: (n, 4), corners (x1, y1, x2, y2).
        scores: n numbers from 0 to 1.
        iou_threshold: from how large a shared part on a box gives way.
        score_threshold: a score up to this, included, is too low.

    Returns:
        Indices of boxes.
    """
    values = np.asarray(scores, dtype=np.float64)
    ranked = np.argsort(-values, kind="stable")
    ranked = ranked[values[ranked] > score_threshold]
    gives_way = enough(shared_parts(np.asarray(boxes, dtype=np.float64).reshape(-1, 4)[ranked]), iou_threshold)
    return [int(index) for index in ranked[standing(np.tril(gives_way, -1))]]


def standing(gives_way: np.ndarray) -> np.ndarray:
    """Who is left of n that are ranked, the highest first, (n,) bool.

    Beginning with all, whatever contradicts the table is put right until nothing does.

    Args:
        gives_way: (n, n) bool, whether the one of the row gives way to the one of the column, if that one is left; only
            below the diagonal.
    """
    left = np.ones(len(gives_way), bool)
    while not np.array_equal(left, again := ~(gives_way @ left)):
        left = again
    return left
