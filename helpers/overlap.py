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
    shared, covered = areas(one, other)
    return shared / covered if covered else 0.0


def areas(one: ArrayLike, other: ArrayLike) -> tuple[float, float]:
    """The area that lies in both boxes, and the area that lies in any; arguments as for `shared_part`."""
    inside, sizes = _fields(np.array([one, other], dtype=np.float64))
    return float(sizes[inside.all(axis=0)].sum()), float(sizes[inside.any(axis=0)].sum())


def shared_parts(boxes: ArrayLike) -> np.ndarray:
    """`shared_part` of each of (n, 4) boxes with each, (n, n)."""
    inside, sizes = _fields(boxes)
    both = (inside * sizes) @ inside.T
    neither = (~inside * sizes) @ ~inside.T
    covered = sizes.sum() - neither
    parts: np.ndarray = np.divide(both, covered, out=np.zeros_like(both), where=covered > 0)
    return parts


def _fields(boxes: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """The sides of all boxes cut the plane into fields: which box holds which, (n, fields), and how large they are."""
    corners = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
    columns, rows = (np.unique(corners[:, [axis, axis + 2]]) for axis in (0, 1))
    x1, y1, x2, y2 = (edge[:, None] for edge in corners.T)
    across = (x1 <= columns[:-1]) & (columns[1:] <= x2)
    down = (y1 <= rows[:-1]) & (rows[1:] <= y2)
    inside = (down[:, :, None] & across[:, None, :]).reshape(len(corners), down.shape[1] * across.shape[1])
    return inside, np.outer(np.diff(rows), np.diff(columns)).ravel()


def survivors(
    boxes: ArrayLike, scores: ArrayLike, iou_threshold: float = 0.5, score_threshold: float = 0.6
) -> list[int]:
    """Which boxes are left, the one with the largest score first.

    A box is left if its score is above the threshold, and if no box that is left and ranks higher shares
    `iou_threshold` or more with it. Beginning with all boxes that have the score, whatever contradicts this is put
    right until nothing does. Of equal scores the earlier one ranks higher.

    Args:
        boxes: (n, 4), corners (x1, y1, x2, y2).
        scores: n numbers from 0 to 1.
        iou_threshold: from how large a shared part on a box gives way.
        score_threshold: a score up to this, included, is too low.

    Returns:
        Indices of boxes.
    """
    values = np.asarray(scores, dtype=np.float64)
    position = np.empty(len(values), dtype=int)
    position[np.argsort(-values, kind="stable")] = np.arange(len(values))
    yields_to = (position[:, None] > position[None, :]) & (shared_parts(boxes) >= iou_threshold)
    enough = values > score_threshold
    left = enough
    while True:
        again = enough & ~(yields_to @ left)
        if np.array_equal(again, left):
            return [int(index) for index in sorted(np.flatnonzero(left), key=position.__getitem__)]
        left = again
