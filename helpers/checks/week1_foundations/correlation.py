"""Check of cross-correlation.

The oracle multiplies with whole shift matrices, so it shares no step with the exercise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..check import Check
from ..compare import Output, as_array
from ..parts import Call, Case, Law, Values, Violation
from .correlation_mistakes import MISTAKES, correlated

Rng = np.random.Generator

LECTURE_IMAGE = np.array(
    [
        [3, 0, 1, 2, 7, 4],
        [1, 5, 8, 9, 3, 1],
        [2, 7, 2, 5, 1, 3],
        [0, 1, 3, 1, 7, 8],
        [4, 2, 1, 6, 2, 8],
        [2, 4, 5, 2, 3, 9],
    ],
    dtype=np.float64,
)
LECTURE_KERNEL = np.array([[1.0, 0.0, -1.0]] * 3)
LECTURE_OUTPUT = np.array([[-5, -4, 0, 8], [-10, -2, 2, 3], [0, -2, -4, -7], [-3, -2, -3, -16]], dtype=np.float64)


def _worked_example(rng: Rng) -> Iterator[Case]:
    yield Case((LECTURE_IMAGE, LECTURE_KERNEL), LECTURE_OUTPUT)
    yield Case((rng.permuted(LECTURE_IMAGE), LECTURE_KERNEL))  # no answer typed in from the text


def _sides(rng: Rng, at_least: int) -> tuple[int, int]:
    """Two different sides, so that an image is never square."""
    n_H, n_W = rng.choice(np.arange(at_least, at_least + 5), 2, replace=False)
    return int(n_H), int(n_W)


def tenths(rng: Rng, shape: tuple[int, ...]) -> np.ndarray:
    """Random numbers with one decimal, so that a message that shows them can be read; shape `shape`."""
    return np.round(rng.normal(size=shape), 1)


def _images(*kernels: tuple[int, int]) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for f_H, f_W in kernels:
            yield Case((tenths(rng, _sides(rng, max(f_H, f_W) + 1)), tenths(rng, (f_H, f_W))))

    return cases


def _kernel_fills_image(rng: Rng) -> Iterator[Case]:
    for image, kernel in [((3, 4), (3, 4)), ((3, 6), (3, 3)), ((5, 2), (2, 2))]:
        yield Case((tenths(rng, image), tenths(rng, kernel)))


def _pixel_types(rng: Rng) -> Iterator[Case]:
    pixels = rng.integers(0, 256, size=(5, 7)).astype(np.uint8)
    yield Case((pixels, tenths(rng, (3, 3))))
    yield Case((pixels.astype(np.int64), rng.integers(-3, 4, size=(3, 3))))
    yield Case((pixels.astype(np.float32) / np.float32(255), tenths(rng, (3, 2)).astype(np.float32)))
    yield Case((1e6 * tenths(rng, (4, 6)), tenths(rng, (2, 2))))


def _moves_along(call: Call, rng: Rng) -> Violation | None:
    """What is seen one pixel further on is the old output, one pixel further back."""
    image, kernel = rng.normal(size=(7, 6)), rng.normal(size=(3, 3))
    whole, below, right = (floats(call(view, kernel)) for view in (image, image[1:], image[:, 1:]))
    if whole is not None and whole.ndim == 2 and close(below, whole[1:]) and close(right, whole[:, 1:]):
        return None
    return Violation("Moving the image by one pixel must move the output by one pixel, and nothing else.", "not_local")


def floats(value: Any) -> np.ndarray | None:
    """What a learner's function returned as an array of real numbers, or None if it is no such thing."""
    array = as_array(value)
    return None if array is None or array.dtype.kind == "c" else array


def close(got: np.ndarray | None, wanted: np.ndarray) -> bool:
    """Whether two arrays agree in shape and, within 0.001, in values."""
    if got is None or got.shape != wanted.shape:
        return False
    return bool(np.allclose(got, wanted, rtol=1e-3, atol=1e-3))


cross_correlate = Check(
    signature="cross_correlate(image, kernel)",
    output=Output("output", "(n_H - f_H + 1, n_W - f_W + 1)"),
    oracle=correlated,
    parts=(
        Values("the 6 x 6 example of the text, and one like it", _worked_example),
        Values("a 3 x 3 kernel, images that are not square", _images((3, 3), (3, 3), (3, 3)), weight=2),
        Values("kernels of 1 x 1, 2 x 2 and 5 x 5", _images((1, 1), (2, 2), (5, 5))),
        Values("kernels that are not square", _images((1, 3), (3, 1), (2, 4))),
        Values("a kernel as high or as wide as the image", _kernel_fills_image, weight=0.5),
        Values("integer, uint8 and float32 images, large values", _pixel_types),
        Law("moves along with the image", _moves_along, weight=0.5),
    ),
    misconceptions=MISTAKES,
)
