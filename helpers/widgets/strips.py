"""How much boxes share, counted on strips: every edge cuts the plane, and what both cover adds up strip by strip."""

from __future__ import annotations

import numpy as np


def shared_table(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """What each pair of boxes has in common, as part of what the two cover together.

    Args:
        boxes: (n, 4), x1, y1, x2, y2 of each; x1 < x2 and y1 < y2.
        others: (m, 4).

    Returns:
        (n, m), 0 to 1.
    """
    wide, tall = (_common_lengths(boxes[:, [axis, axis + 2]], others[:, [axis, axis + 2]]) for axis in (0, 1))
    shared = wide * tall
    sizes, other_sizes = (np.prod(those[:, 2:] - those[:, :2], axis=1) for those in (boxes, others))
    return np.asarray(shared / (sizes[:, None] + other_sizes[None, :] - shared))


def hung_up(shapes: np.ndarray) -> np.ndarray:
    """Boxes of these widths and heights with one corner at the origin, (n, 4) from (n, 2): a place for bare shapes.

    Hung at one corner, two shapes share as much as with one centre.
    """
    return np.concatenate([np.zeros_like(shapes), shapes], axis=1)


def _common_lengths(spans: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Length that each pair of spans (n, 2), (m, 2) has in common, (n, m): which strips lie in both, times how long."""
    cuts = np.unique(np.concatenate([spans.ravel(), others.ravel()]))
    inside, also = (
        ((those[:, :1] <= cuts[:-1]) & (cuts[1:] <= those[:, 1:])).astype(float) for those in (spans, others)
    )
    return np.asarray((inside * np.diff(cuts)) @ also.T)
