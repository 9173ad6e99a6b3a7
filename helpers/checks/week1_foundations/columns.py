"""Check of im2col: every window of every image as one row of a matrix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...shifts import convolve, two_sides
from ..check import Check
from ..compare import Output, as_array
from ..parts import Call, Case, Law, Values, Violation
from .adjoint import windows_of
from .columns_mistakes import MISTAKES

Rng = np.random.Generator


def _im2col_oracle(A_prev: np.ndarray, f: int, stride: int, pad: int) -> np.ndarray:
    return windows_of(A_prev, f, stride, pad).reshape(-1, f * f * A_prev.shape[3])


def _batches(*settings: tuple[int, int, int], m: int = 1, n_C: int = 1) -> Any:
    """Cases (f, stride, pad) on images that are not square."""

    def cases(rng: Rng) -> Iterator[Case]:
        for f, stride, pad in settings:
            n_H, n_W = two_sides(rng, f + 1)
            yield Case((rng.normal(size=(m, n_H, n_W, n_C)) + 2, f, stride, pad))

    return cases


def _column_types(rng: Rng) -> Iterator[Case]:
    yield Case((rng.normal(size=(1, 3, 4, 1)).astype(np.float32), 2, 1, 1))
    yield Case((rng.integers(1, 255, size=(1, 4, 3, 1)), 2, 1, 0))


def _product_is_Z(call: Call, rng: Rng) -> Violation | None:
    """The law the layout is made for: cols @ W.reshape(-1, n_C) is the convolution."""
    A_prev, W = rng.normal(size=(2, 6, 5, 3)), rng.normal(size=(3, 3, 3, 4))
    wanted = convolve(A_prev, W, np.zeros((1, 1, 1, 4)), 2, 1)
    cols = as_array(call(A_prev, 3, 2, 1))
    if cols is None or cols.shape != (wanted.size // 4, 27):
        shape = None if cols is None else cols.shape
        text = f"For A_prev (2, 6, 5, 3), f 3, stride 2, pad 1 the shape is {shape}, expected (18, 27)."
        return Violation(text, "product_is_not_Z")
    Z = (cols @ W.reshape(-1, 4)).reshape(wanted.shape)
    if np.allclose(Z, wanted, rtol=1e-3, atol=1e-3):
        return None
    where = tuple(int(i) for i in np.argwhere(~np.isclose(Z, wanted, rtol=1e-3, atol=1e-3))[0])
    text = f"cols @ W.reshape(-1, n_C) gives Z{list(where)} = {Z[where]:.5g}, the convolution {wanted[where]:.5g}."
    return Violation(text, "product_is_not_Z")


im2col = Check(
    signature="im2col(A_prev, f, stride, pad)",
    output=Output("cols", "(m n_H n_W, f f n_C_prev)"),
    oracle=_im2col_oracle,
    parts=(
        Values("one image, one channel", _batches((2, 1, 0), (3, 1, 0))),
        Values("several channels", _batches((2, 1, 0), (3, 1, 0), n_C=3)),
        Values("several images", _batches((2, 1, 0), (3, 1, 0), m=3)),
        Values("padding", _batches((2, 1, 1), (3, 1, 2))),
        Values("a stride, also one that does not divide", _batches((2, 2, 0), (2, 3, 0), (3, 2, 0))),
        Law("cols @ W.reshape(-1, n_C) is the convolution", _product_is_Z),
        Values("float32 and integer images", _column_types, weight=0.5),
    ),
    misconceptions=MISTAKES,
)
