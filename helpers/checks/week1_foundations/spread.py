"""Check of distribute_value: the gradient of an average, shared out evenly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..check import Check
from ..compare import Output, as_array
from ..parts import Call, Case, Law, Misconception, Values, Violation

Rng = np.random.Generator


def _spread_oracle(dz: float, shape: tuple[int, int]) -> np.ndarray:
    """How far the mean of a window follows each of its entries: the means of one-hot windows, times dz."""
    size = len(range(shape[0])) * shape[1]
    return np.asarray(dz * np.eye(size).mean(axis=1).reshape(shape))


def _spreads(*shapes: tuple[int, int], whole: bool = False) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for shape in shapes:
            yield Case((int(rng.integers(-9, -1)) if whole else round(rng.normal() + 3, 2), shape))

    return cases


def _sums_to_dz(call: Call, rng: Rng) -> Violation | None:
    dz = float(rng.normal()) - 4
    shares = as_array(call(dz, (4, 5)))
    if shares is None or shares.dtype.kind == "c" or shares.size != 20:
        return Violation("distribute_value returned no array of 20 numbers.", "does_not_sum_to_dz")
    total = float(np.sum(shares))
    if np.isclose(total, dz, rtol=1e-4):
        return None
    return Violation(f"The entries of distribute_value({dz:.4g}, (4, 5)) sum to {total:.4g}.", "does_not_sum_to_dz")


distribute_value = Check(
    signature="distribute_value(dz, shape)",
    output=Output("a", "shape"),
    oracle=_spread_oracle,
    parts=(
        Values("square windows", _spreads((2, 2), (3, 3), (1, 1))),
        Values("windows that are not square", _spreads((2, 3), (4, 1))),
        Values("negative integers", _spreads((2, 2), (3, 2), whole=True), weight=0.5),
        Law("the entries sum to dz", _sums_to_dz, weight=0.5),
    ),
    misconceptions=(
        Misconception(
            "not_divided",
            "Every entry receives the whole of dz: how much did each entry add to the average?",
            lambda dz, shape: np.tile(float(dz), shape),
        ),
        Misconception(
            "divided_by_one_side",
            "dz is divided by one side of the window only: how many entries share it?",
            lambda dz, shape: _spread_oracle(dz, shape) * shape[1],
        ),
        Misconception(
            "divided_by_width",
            "dz is divided by one side of the window only: how many entries share it?",
            lambda dz, shape: _spread_oracle(dz, shape) * shape[0],
        ),
        Misconception(
            "divided_by_sum_of_sides",
            "dz is divided by the sum of the sides: how many entries does a window have?",
            lambda dz, shape: np.tile(dz / sum(shape), shape),
        ),
        Misconception(
            "divided_twice",
            "Each entry is divided by the number of entries twice.",
            lambda dz, shape: _spread_oracle(dz, shape) / (shape[0] * shape[1]),
        ),
        Misconception(
            "returns_number",
            "One number came back: wanted is an array of the window's shape.",
            lambda dz, shape: float(_spread_oracle(dz, shape).flat[0]),
        ),
        Misconception(
            "height_and_width_swapped",
            "Rows and columns are swapped: windows need not be square.",
            lambda dz, shape: _spread_oracle(dz, shape).T,
        ),
        Misconception(
            "whole_division",
            "`//` drops what is behind the point.",
            lambda dz, shape: np.floor(_spread_oracle(dz, shape)),
        ),
        Misconception(
            "all_in_one_corner",
            "One entry receives everything; an average has a share of each.",
            lambda dz, shape: dz * np.eye(1, shape[0] * shape[1]).reshape(shape),
        ),
        Misconception("does_not_sum_to_dz", "Nothing of dz may be lost or added: what do the entries sum to?"),
    ),
)
