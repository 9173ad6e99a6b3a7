"""Check of conv_backward: what every input, weight and bias of a convolution did to the loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...shifts import convolve, fitting, two_sides
from ..check import Check
from ..compare import Output, as_array
from ..parts import Call, Case, Law, Values, Violation
from .adjoint import bias_gradient, filter_gradient, image_gradient
from .backpropagation_mistakes import MISTAKES

Rng = np.random.Generator
ConvCache = tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, int]]


def _backward(dZ: np.ndarray, cache: ConvCache) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    A_prev, W, _, hparameters = cache
    sizes = hparameters["stride"], hparameters["pad"]
    return image_gradient(dZ, A_prev, W, *sizes), filter_gradient(dZ, A_prev, W, *sizes), bias_gradient(dZ)


def _layer(rng: Rng, f: int, stride: int, pad: int, *, m: int = 2, n_C_prev: int = 2, n_C: int = 3) -> Any:
    """Arguments (dZ, cache) of a layer on images that are not square."""
    n_H, n_W = two_sides(rng, f + 1)
    A_prev, W = rng.normal(size=(m, n_H, n_W, n_C_prev)) + 0.5, rng.normal(size=(f, f, n_C_prev, n_C))
    b = rng.normal(size=(1, 1, 1, n_C))
    shape = (m, fitting(n_H + 2 * pad, f, stride), fitting(n_W + 2 * pad, f, stride), n_C)
    return rng.normal(size=shape) + 0.5, (A_prev, W, b, {"stride": stride, "pad": pad})


def _gradients(keep: str, *settings: tuple[int, int, int], **sizes: int) -> Any:
    """Cases (f, stride, pad) that look at the gradients named in `keep` and let the others be anything."""

    def cases(rng: Rng) -> Iterator[Case]:
        for f, stride, pad in settings:
            args = _layer(rng, f, stride, pad, **sizes)
            named = zip(("dA_prev", "dW", "db"), _backward(*args), strict=True)
            yield Case(args, tuple(value if name in keep.split() else ... for name, value in named))

    return cases


def _other_types(rng: Rng) -> Iterator[Case]:
    dZ, (A_prev, W, b, hparameters) = _layer(rng, 2, 1, 1)
    yield Case((dZ.astype(np.float32), (A_prev.astype(np.float32), W.astype(np.float32), b, hparameters)))
    yield Case((dZ, (rng.integers(0, 255, size=A_prev.shape), W, b, hparameters)))


_SHAPES = "It did not return three gradients with the shapes of A_prev, W and b."


def _shaped(returned: Any, *like: np.ndarray) -> list[np.ndarray] | None:
    """What was returned as arrays with the shapes of `like`, or None if it is something else."""
    if not isinstance(returned, (tuple, list)) or len(returned) != len(like):
        return None
    arrays = [a for a in map(as_array, returned) if a is not None and a.dtype.kind == "f"]
    return arrays if [a.shape for a in arrays] == [other.shape for other in like] else None


def _published(call: Call, rng: Rng) -> Violation | None:
    """The means of the well-known example, whose gradient is the Z of its own forward pass."""
    state = np.random.RandomState(1)
    A_prev, W, b = state.randn(10, 4, 4, 3), state.randn(2, 2, 3, 8), state.randn(1, 1, 1, 8)
    gradients = _shaped(call(convolve(A_prev, W, b, 2, 2), (A_prev, W, b, {"stride": 2, "pad": 2})), A_prev, W, b)
    if gradients is None:
        return Violation(_SHAPES)
    wanted = {"dA_prev": 1.45243777754, "dW": 1.72699145831, "db": 7.83923256462}
    for (name, mean), gradient in zip(wanted.items(), gradients, strict=True):
        if not np.isclose(np.mean(gradient), mean, rtol=1e-4):
            return Violation(f"The mean of {name} is {np.mean(gradient):.6g}, published is {mean}.")
    return None


def _slopes(call: Call, rng: Rng) -> Violation | None:
    """The loss sum(Z * Z) / 2, whose dZ is Z, must change by gradient times step for a small step anywhere."""
    _, (A_prev, W, b, hparameters) = _layer(rng, 3, 2, 1)
    sizes = hparameters["stride"], hparameters["pad"]
    place = [A_prev, W, b]
    gradients = _shaped(call(convolve(A_prev, W, b, *sizes), (A_prev, W, b, hparameters)), A_prev, W, b)
    if gradients is None:
        return Violation(_SHAPES)
    for index, (name, gradient) in enumerate(zip(("A_prev", "W", "b"), gradients, strict=True)):
        step = 1e-5 * rng.normal(size=place[index].shape)
        ends = [[x + sign * step if i == index else x for i, x in enumerate(place)] for sign in (1, -1)]
        up, down = (float(np.sum(convolve(end[0], end[1], end[2], *sizes) ** 2)) / 2 for end in ends)
        change, promised = (up - down) / 2e-5, float(np.sum(gradient * step)) / 1e-5
        if not np.isclose(change, promised, rtol=1e-3, atol=1e-3):
            text = f"A small step in {name} changes the loss by {change:.5g} per unit, d{name} says {promised:.5g}."
            return Violation(text, "fails_gradient_check")
    return None


conv_backward = Check(
    signature="conv_backward(dZ, cache)",
    output=Output("(dA_prev, dW, db)"),
    oracle=_backward,
    parts=(
        Values("db", _gradients("db", (2, 1, 1), (3, 1, 1))),
        Values("dW at stride 1", _gradients("dW", (2, 1, 1), (3, 1, 2)), weight=1.5),
        Values("dA_prev at stride 1, pad 0", _gradients("dA_prev", (2, 1, 0), (3, 1, 0)), weight=1.5),
        Values("dA_prev with padding", _gradients("dA_prev", (2, 1, 1), (3, 1, 2))),
        Values("dW at stride 2 and 3", _gradients("dW", (2, 2, 1), (2, 3, 1), (3, 2, 1))),
        Values("dA_prev at stride 2 and 3", _gradients("dA_prev", (2, 2, 0), (2, 3, 0), (3, 2, 0))),
        Values("one image, one channel", _gradients("dA_prev dW db", (2, 1, 0), m=1, n_C_prev=1, n_C=1), weight=0.5),
        Values("float32 and integer images", _other_types, weight=0.5),
        Law("the published example", _published, weight=0.5),
        Law("numerical gradient check", _slopes, weight=0.5),
    ),
    misconceptions=MISTAKES,
)
