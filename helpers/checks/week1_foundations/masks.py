"""Check of create_mask_from_window: where the maximum of a window stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..check import Check
from ..compare import Output
from ..parts import Case, Misconception, Values

Rng = np.random.Generator


def _mask_oracle(x: np.ndarray) -> np.ndarray:
    """Rank the values; the highest rank is marked."""
    values, ranks = np.unique(x, return_inverse=True)
    return np.asarray(ranks.reshape(x.shape) == len(values) - 1)


def _first_only(x: np.ndarray) -> np.ndarray:
    """One mark for the first maximum in reading order."""
    mask = np.zeros(x.size)
    mask[np.flatnonzero(_mask_oracle(x))[0]] = 1
    return mask.reshape(x.shape)


def _plain_windows(shift: float) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for f in (2, 3, 4):
            yield Case((np.round(rng.permutation(f * f).reshape(f, f) + rng.normal() / 4 + shift * f * f, 2),))

    return cases


def _ties(rng: Rng) -> Iterator[Case]:
    for f in (2, 3):
        x = rng.integers(-5, 3, size=(f, f)).astype(np.float64)
        x[0, f - 1] = x[f - 1, 0] = 4.0
        yield Case((x,))
    yield Case((np.full((2, 2), -1.5),))


def _window_types(rng: Rng) -> Iterator[Case]:
    yield Case((rng.permutation(9).reshape(3, 3) - 4,))
    yield Case((rng.permutation(4).reshape(2, 2).astype(np.float32) / 4 - 0.5,))
    yield Case((rng.normal(size=(1, 1)),))


create_mask_from_window = Check(
    signature="create_mask_from_window(x)",
    output=Output("mask", "(f, f)"),
    oracle=_mask_oracle,
    parts=(
        Values("one maximum", _plain_windows(0.5)),
        Values("negative numbers", _plain_windows(-2.0)),
        Values("a tie marks every maximum", _ties),
        Values("integers, float32, a window of one entry", _window_types, weight=0.5),
    ),
    misconceptions=(
        Misconception(
            "first_maximum_only",
            "Only one of several equal maxima is marked; the docstring wants all of them.",
            _first_only,
        ),
        Misconception("minimum_marked", "The smallest entry is marked.", lambda x: _mask_oracle(-x)),
        Misconception(
            "largest_magnitude",
            "The entry farthest from zero is marked: -9 is smaller than 2.",
            lambda x: _mask_oracle(np.abs(x)),
        ),
        Misconception(
            "value_for_mark",
            "The maximum itself stands in the mask: a mask says where, not how large.",
            lambda x: x * _mask_oracle(x),
        ),
        Misconception(
            "starts_from_zero",
            "In a window of negative numbers nothing is marked: a search that starts from 0 misses the maximum.",
            lambda x: _mask_oracle(x) & (x >= 0),
        ),
        Misconception(
            "positive_marked", "Every entry above zero is marked: compare with the largest entry.", lambda x: x > 0
        ),
        Misconception("inverted", "The mask is the wrong way round.", lambda x: ~_mask_oracle(x)),
        Misconception(
            "maximum_of_each_row",
            "Every row has a mark: one maximum is wanted for the whole window.",
            lambda x: np.stack([_mask_oracle(row) for row in x]),
        ),
        Misconception(
            "maximum_of_each_column",
            "Every column has a mark: one maximum is wanted for the whole window.",
            lambda x: np.stack([_mask_oracle(column) for column in x.T], axis=1),
        ),
        Misconception(
            "returns_maximum",
            "The largest value came back; wanted is an array of the window's shape that says where it is.",
            lambda x: np.sort(x, axis=None)[-1],
        ),
        Misconception(
            "returns_position",
            "A position came back; wanted is an array of the window's shape with a mark at each maximum.",
            lambda x: np.argwhere(_first_only(x))[0],
        ),
    ),
)
