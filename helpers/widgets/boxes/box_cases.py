"""Boxes on which a function may depart from what is expected: small before large, plain before subtle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from helpers.overlap import shared_parts

_KNOWN = (
    ((2, 1, 4, 3), (1, 2, 3, 4)),
    ((0, 0, 2, 2), (0, 0, 2, 2)),
    ((0, 0, 4, 4), (1, 1, 3, 3)),
    ((1, 1, 3, 3), (0, 0, 4, 4)),
    ((0, 0, 2, 2), (2, 0, 4, 2)),
    ((0, 0, 2, 2), (2, 2, 4, 4)),
    ((0, 0, 1, 1), (3, 3, 4, 4)),
    ((0, 0, 1, 1), (3, 0, 4, 1)),
    ((0, 3, 1, 4), (0, 0, 1, 1)),
    ((0, 0, 5, 2), (1, 0, 3, 6)),
)
_SCORES = (0.15, 0.35, 0.45, 0.55, 0.62, 0.66, 0.7, 0.74, 0.78, 0.82, 0.86, 0.9, 0.94, 0.98)  # none is a threshold


def pairs() -> Iterator[dict[str, Any]]:
    """Pairs of boxes: those that everyone should try, then by chance, with small numbers first."""
    rng = np.random.default_rng(7)
    for known in _KNOWN:
        yield {"boxes": known}
    for most in (3, 4, 6, 9, 30):
        for _ in range(80):
            yield {"boxes": _some(rng, 2, most)}
    for _ in range(40):
        yield {"boxes": np.round(_some(rng, 2, 20) / 21, 3)}


def contests() -> Iterator[dict[str, Any]]:
    """Boxes with scores and thresholds; of each number the plain ones first, then equal scores and boxes."""
    rng = np.random.default_rng(9)
    usual = {"share": 0.5, "score": 0.6}
    for value in (0.9, 0.3, 0.6):
        yield {"boxes": np.array([[1.0, 1, 4, 4]]), "scores": np.array([value]), **usual}
    yield {"boxes": np.zeros((0, 4)), "scores": np.zeros(0), **usual}
    for count in (2, 3, 4, 6, 9):
        for trial in range(60):
            limits = usual if trial < 30 else {"share": float(rng.choice([0.2, 0.4, 0.7])), "score": 0.25}
            boxes, scores = _some(rng, count, 6), rng.permutation(_SCORES)[:count]
            if not np.isclose(shared_parts(boxes), limits["share"]).any():  # there rounding decides: no case proves it
                yield {"boxes": boxes, "scores": scores, **limits}
        stairs = np.array([[0.0, 3 * i, 10, 3 * i + 10] for i in range(count)])  # each shares much with its neighbours
        yield {"boxes": stairs, "scores": np.linspace(0.9, 0.7, count), **usual}
        same = np.tile([[1.0, 1, 5, 5]], (count, 1))
        yield {"boxes": same + np.arange(count)[:, None] % 2, "scores": np.linspace(0.1, 0.5, count), **usual}
        yield {"boxes": same, "scores": np.full(count, 0.8), **usual}
        halves = np.array([[0.0, 0, 4, (4, 2.04, 1.96)[i % 3]] for i in range(count)])  # the first shares 0.51, 0.49
        yield {"boxes": halves, "scores": np.linspace(0.9, 0.7, count), **usual}


def _some(rng: np.random.Generator, count: int, most: int) -> np.ndarray:
    """Boxes with whole numbers up to `most`, (count, 4), often near each other."""
    corner = rng.integers(0, max(most - 2, 1), (count, 2))
    size = rng.integers(1, most - corner + 1)
    return np.hstack([corner, corner + size]).astype(float)
