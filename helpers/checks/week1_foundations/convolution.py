"""Check of conv_forward: every window of every image against every filter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...shifts import convolve, two_sides
from ..check import Check
from ..compare import Output, as_array
from ..parts import Call, Case, Law, Values, Violation
from .convolution_mistakes import MISTAKES

Rng = np.random.Generator
HParameters = dict[str, int]


def _forward(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: HParameters) -> Any:
    Z = convolve(A_prev, W, b, hparameters["stride"], hparameters["pad"])
    return Z, (A_prev, W, b, hparameters)


def _any_cache(*args: Any) -> Case:
    """A case that looks at Z alone."""
    return Case(args, (_forward(*args)[0], ...))


def _layers(*settings: tuple[int, int, int], bias: float = 0.0, m: int = 1) -> Any:
    """Cases (f, stride, pad) on images that are not square, with few channels."""

    def cases(rng: Rng) -> Iterator[Case]:
        for f, stride, pad in settings:
            n_C_prev, n_C = int(rng.integers(1, 3)), int(rng.integers(2, 4))
            A_prev = rng.normal(size=(m, *two_sides(rng, max(f, 3)), n_C_prev))
            W = rng.normal(size=(f, f, n_C_prev, n_C))
            b = bias * (rng.normal(size=(1, 1, 1, n_C)) + 2)
            yield _any_cache(A_prev, W, b, {"stride": stride, "pad": pad})

    return cases


def _strided(rng: Rng) -> Iterator[Case]:
    """Sides for which the stride divides the way of the window, and sides for which it does not."""
    for f, stride, n_H, n_W in ((2, 2, 4, 6), (2, 2, 5, 3), (3, 2, 4, 7), (2, 3, 4, 6)):
        A_prev, W = rng.normal(size=(1, n_H, n_W, 2)), rng.normal(size=(f, f, 2, 2))
        yield _any_cache(A_prev, W, np.zeros((1, 1, 1, 2)), {"stride": stride, "pad": 0})


def _published(rng: Rng) -> Iterator[Case]:
    state = np.random.RandomState(1)
    A_prev, W, b = state.randn(2, 5, 7, 4), state.randn(3, 3, 4, 8), state.randn(1, 1, 1, 8)
    Z, _ = _forward(A_prev, W, b, {"stride": 2, "pad": 1})
    Z[0, 2, 1] = [-2.17796037, 8.07171329, -0.5772704, 3.36286738, 4.48113645, -2.89198428, 10.99288867, 3.03171932]
    yield Case((A_prev, W, b, {"stride": 2, "pad": 1}), (Z, ...))


def _other_numbers(rng: Rng) -> Iterator[Case]:
    for A_prev in (1000 * rng.normal(size=(1, 3, 4, 1)).astype(np.float32), rng.integers(0, 255, size=(1, 4, 3, 2))):
        W = rng.normal(size=(2, 2, A_prev.shape[3], 1)).astype(np.float32)
        yield _any_cache(A_prev, W, np.zeros((1, 1, 1, 1), np.float32), {"stride": 1, "pad": 0})


def _cache(rng: Rng) -> Iterator[Case]:
    args = (rng.normal(size=(1, 4, 3, 2)), rng.normal(size=(2, 2, 2, 1)), np.ones((1, 1, 1, 1)))
    yield Case((*args, {"stride": 1, "pad": 1}), (..., (*args, {"stride": 1, "pad": 1})))


def _linear(call: Call, rng: Rng) -> Violation | None:
    """Without a bias, the convolution of a sum is the sum of the convolutions."""
    first, second = rng.normal(size=(2, 1, 5, 4, 2))
    W, b = rng.normal(size=(3, 3, 2, 2)), np.zeros((1, 1, 1, 2))
    Zs = [_first(call(A, W, b, {"stride": 1, "pad": 0})) for A in (first, second, first + 2 * second)]
    found = [Z for Z in Zs if Z is not None and Z.shape == (1, 3, 2, 2)]
    if len(found) == 3 and found[2].any() and np.allclose(found[0] + 2 * found[1], found[2], rtol=1e-3, atol=1e-3):
        return None
    return Violation("Z(A1 + 2 A2) differs from Z(A1) + 2 Z(A2) with b = 0.", "not_linear")


def _first(result: Any) -> np.ndarray | None:
    return as_array(result[0] if isinstance(result, (tuple, list)) and result else result)


conv_forward = Check(
    signature="conv_forward(A_prev, W, b, hparameters)",
    output=Output("(Z, cache)", "(m, n_H, n_W, n_C)"),
    oracle=_forward,
    needs=("zero_pad", "conv_single_step", "conv_output_size"),
    parts=(
        Values("stride 1, no padding, bias 0", _layers((3, 1, 0), (2, 1, 0), (1, 1, 0)), weight=2),
        Values("several images", _layers((2, 1, 0), m=3)),
        Values("bias", _layers((2, 1, 0), (3, 1, 0), bias=1.0)),
        Values("padding", _layers((3, 1, 1), (3, 1, 2))),
        Values("stride, also one that does not divide", _strided),
        Values("stride and padding and bias together", _layers((3, 2, 1), (2, 3, 2), bias=1.0)),
        Values("the published example", _published, weight=0.5),
        Values("large values, float32, whole numbers", _other_numbers, weight=0.5),
        Values("the cache holds A_prev, W, b, hparameters", _cache),
        Law("linear in the image", _linear, weight=0.5),
    ),
    misconceptions=MISTAKES,
)
