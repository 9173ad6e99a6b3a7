"""Check of pool_forward: the largest entry, or the mean, of each window and each channel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...shifts import pooled, two_sides
from ..check import Check
from ..compare import Output
from ..parts import Case, Values
from .pooling_mistakes import MISTAKES

Rng = np.random.Generator
HParameters = dict[str, int]


def _pool(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
    A = pooled(A_prev, hparameters["f"], hparameters["stride"], np.max if mode == "max" else np.mean)
    return A, (A_prev, hparameters)


def _any_cache(*args: Any) -> Case:
    """A case that looks at A alone."""
    return Case(args, (_pool(*args)[0], ...))


def _worked(rng: Rng) -> Iterator[Case]:
    picture = np.array([[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]], dtype=np.float64)
    wanted = np.array([[9.0, 2.0], [6.0, 3.0]])
    yield Case((picture[None, :, :, None], {"f": 2, "stride": 2}, "max"), (wanted[None, :, :, None], ...))


def _windows(mode: str, *settings: tuple[int, int], shift: float = 0.0, m: int = 1) -> Any:
    """Cases (f, stride) on images that are not square; `shift` is added to every entry."""

    def cases(rng: Rng) -> Iterator[Case]:
        for f, stride in settings:
            A_prev = rng.normal(size=(m, *two_sides(rng, f + 1), int(rng.integers(2, 4)))) + shift
            yield _any_cache(A_prev, {"f": f, "stride": stride}, mode)

    return cases


def _strided(mode: str) -> Any:
    """Sides for which the stride divides the way of the window, and sides for which it does not."""

    def cases(rng: Rng) -> Iterator[Case]:
        for f, stride, n_H, n_W in ((2, 2, 4, 6), (2, 3, 7, 4), (3, 2, 4, 7), (2, 3, 5, 8)):
            yield _any_cache(rng.normal(size=(1, n_H, n_W, 1)) + 3, {"f": f, "stride": stride}, mode)

    return cases


def _default_mode(rng: Rng) -> Iterator[Case]:
    yield _any_cache(rng.normal(size=(1, 4, 3, 1)) + 2, {"f": 2, "stride": 1})


def _other_numbers(rng: Rng) -> Iterator[Case]:
    whole = rng.integers(-255, 255, size=(1, 4, 3, 2))
    single = 1000 * rng.normal(size=(1, 3, 4, 1)).astype(np.float32)
    for A_prev, mode in ((whole, "average"), (whole, "max"), (single, "average"), (single, "max")):
        yield _any_cache(A_prev, {"f": 2, "stride": 1}, mode)


def _cache(rng: Rng) -> Iterator[Case]:
    A_prev = rng.normal(size=(1, 4, 3, 2))
    yield Case((A_prev, {"f": 2, "stride": 1}, "max"), (..., (A_prev, {"f": 2, "stride": 1})))


pool_forward = Check(
    signature='pool_forward(A_prev, hparameters, mode="max")',
    output=Output("(A, cache)", "(m, n_H, n_W, n_C)"),
    oracle=_pool,
    needs=("conv_output_size",),
    parts=(
        Values("the worked example of the text", _worked, weight=0.5),
        Values("max, stride 1", _windows("max", (2, 1), (3, 1), (1, 1), shift=3.0), weight=1.5),
        Values("max of negative numbers", _windows("max", (2, 1), (3, 1), shift=-9.0)),
        Values("average", _windows("average", (2, 1), (3, 1), shift=2.0), weight=1.5),
        Values("several images", _windows("max", (2, 1), shift=3.0, m=3)),
        Values("max with a stride, also one that does not divide", _strided("max"), weight=1.5),
        Values("average with a stride", _strided("average")),
        Values("without a mode it takes the maximum", _default_mode, weight=0.5),
        Values("large values, float32, whole numbers", _other_numbers, weight=0.5),
        Values("the cache holds A_prev, hparameters", _cache),
    ),
    misconceptions=MISTAKES,
)
