"""Check of pool_backward: which input of a window receives the gradient, and how much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...shifts import fitting, two_sides
from ..check import Check
from ..compare import Output
from ..parts import Case, Values
from .adjoint import pool_gradient
from .pool_gradient_mistakes import MISTAKES

Rng = np.random.Generator


def _pools(mode: str | None, *settings: tuple[int, int]) -> Any:
    """Cases (f, stride) without ties; mode None leaves the argument out."""

    def cases(rng: Rng) -> Iterator[Case]:
        for f, stride in settings:
            n_H, n_W = two_sides(rng, f + 1)
            A_prev = rng.normal(size=(int(rng.integers(1, 3)), n_H, n_W, 2))
            shape = (len(A_prev), fitting(n_H, f, stride), fitting(n_W, f, stride), 2)
            args = (rng.normal(size=shape) + 1, (A_prev, {"f": f, "stride": stride}))
            yield Case(args if mode is None else (*args, mode))

    return cases


def _single(mode: str) -> Any:
    """Images of which one window covers all but a row or a column, too few for a second window."""

    def cases(rng: Rng) -> Iterator[Case]:
        for f, (n_H, n_W) in ((2, (2, 3)), (3, (4, 3)), (1, (1, 2))):
            A_prev = rng.normal(size=(2, n_H, n_W, 2))
            yield Case((rng.normal(size=(2, 1, 1, 2)) + 1, (A_prev, {"f": f, "stride": 2}), mode))

    return cases


def _tied_pools(rng: Rng) -> Iterator[Case]:
    A_prev = rng.integers(-4, 2, size=(1, 4, 2, 1)).astype(np.float64)
    A_prev[0, 0, 1] = A_prev[0, 1, 0] = 3.0
    yield Case((rng.normal(size=(1, 2, 1, 1)) + 2, (A_prev, {"f": 2, "stride": 2}), "max"))


def _pool_types(rng: Rng) -> Iterator[Case]:
    hparameters = {"f": 2, "stride": 2}
    whole = rng.permutation(12).reshape(1, 4, 3, 1)
    yield Case((rng.normal(size=(1, 2, 1, 1)), (whole, hparameters), "average"))
    single = rng.normal(size=(1, 3, 4, 1)).astype(np.float32)
    yield Case((rng.normal(size=(1, 1, 2, 1)).astype(np.float32), (single, hparameters), "max"))


def _published(rng: Rng) -> Iterator[Case]:
    """The well-known example; mean of dA 0.145713902729, and dA_prev[1, 1] as printed there."""
    state = np.random.RandomState(1)
    A_prev, dA = state.randn(5, 5, 3, 2), state.randn(5, 4, 2, 2)
    printed = {
        "max": [[0, 0], [5.05844394, -1.68282702], [0, 0]],
        "average": [[0.08485462, 0.2787552], [1.26461098, -0.25749373], [1.17975636, -0.53624893]],
    }
    for mode, values in printed.items():
        args = (dA, (A_prev, {"stride": 1, "f": 2}), mode)
        wanted = pool_gradient(*args)
        wanted[1, 1] = values
        yield Case(args, wanted)


pool_backward = Check(
    signature="pool_backward(dA, cache, mode)",
    output=Output("dA_prev", "(m, n_H_prev, n_W_prev, n_C)"),
    oracle=pool_gradient,
    needs=("create_mask_from_window", "distribute_value"),
    parts=(
        Values("max, a single window", _single("max"), weight=1.5),
        Values("average, a single window", _single("average"), weight=1.5),
        Values("max, windows side by side and with gaps", _pools("max", (2, 2), (3, 3), (1, 2), (2, 3))),
        Values("average, windows side by side and with gaps", _pools("average", (2, 2), (3, 3), (2, 3))),
        Values("max, windows that overlap", _pools("max", (2, 1), (3, 1))),
        Values("average, windows that overlap", _pools("average", (2, 1), (3, 1))),
        Values("the mode left out is max", _pools(None, (1, 1)), weight=0.5),
        Values("a tie: every maximum receives", _tied_pools, weight=0.5),
        Values("float32 and integer images", _pool_types, weight=0.5),
        Values("the published example", _published, weight=0.5),
    ),
    misconceptions=MISTAKES,
)
