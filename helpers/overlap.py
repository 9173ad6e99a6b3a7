"""How much boxes share, and which of several boxes are left when those that say the same give way to the best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike


def shared_part(one: ArrayLike, other: ArrayLike) -> float:
    """What two boxes share, as part of all that they cover: 0 if they only touch, 1 if they are the same.

    The sides of both cut the plane into fields, and the areas of the fields are added up.

    Args:
        one: corners (x1, y1, x2, y2), with x1 <= x2 and y1 <= y2.
        other: the same of the other box.

    Returns:
        From 0 to 1; 0 if nothing is covered at all.
    """
    both = np.array([one, other], dtype=np.float64)
    columns, rows = (np.unique(both[:, [axis, axis + 2]]) for axis in (0, 1))
    fields = np.outer(np.diff(rows), np.diff(columns))
    layers = np.zeros(fields.shape, dtype=int)
    for box in both:
        across, down = (
            (low <= cuts[:-1]) & (cuts[1:] <= high)
            for cuts, low, high in ((columns, box[0], box[2]), (rows, box[1], box[3]))
        )
        layers += np.outer(down, across)
    covered = float(fields[layers > 0].sum())
    return float(fields[layers == 2].sum()) / covered if covered else 0.0


def shared_parts(boxes: Sequence[ArrayLike]) -> np.ndarray:
    """`shared_part` of each box with each, (n, n)."""
    parts = np.array([[shared_part(one, other) for other in boxes] for one in boxes])
    return parts.reshape(len(boxes), len(boxes))


def survivors(
    boxes: Sequence[ArrayLike], scores: ArrayLike, iou_threshold: float = 0.5, score_threshold: float = 0.6
) -> list[int]:
    """Which boxes are left, the one with the largest score first.

    A box is left if its score is above the threshold, and if no box that is left and ranks higher shares
    `iou_threshold` or more with it. Beginning with all boxes that have the score, whatever contradicts this is put
    right until nothing does. Of equal scores the earlier one ranks higher.

    Args:
        boxes: n boxes (x1, y1, x2, y2).
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
