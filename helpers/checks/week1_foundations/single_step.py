"""Check of conv_single_step: one window, one filter, one number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..check import Check
from ..compare import Output
from ..parts import Case, Misconception, Values

Rng = np.random.Generator


def _step(a_slice_prev: np.ndarray, W: np.ndarray, b: np.ndarray) -> float:
    return float(np.einsum("hwc,hwc->", a_slice_prev, W) + np.sum(b))


def _published(rng: Rng) -> Iterator[Case]:
    state = np.random.RandomState(1)
    yield Case((state.randn(4, 4, 3), state.randn(4, 4, 3), state.randn(1, 1, 1)), -6.999089450680221)
    yield Case((rng.normal(size=(4, 4, 3)), rng.normal(size=(4, 4, 3)), rng.normal(size=(1, 1, 1))))


def _windows(*, bias: bool) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for f, n_C in ((2, 2), (2, 3), (3, 1), (1, 1)):
            b = rng.normal(size=(1, 1, 1)) + 2 if bias else np.zeros((1, 1, 1))
            yield Case((rng.normal(size=(f, f, n_C)), rng.normal(size=(f, f, n_C)), b))

    return cases


def _other_numbers(rng: Rng) -> Iterator[Case]:
    W, b = rng.normal(size=(2, 3, 3, 2)).astype(np.float32), rng.normal(size=(1, 1, 1)).astype(np.float32) + 2
    yield Case(((1000 * rng.normal(size=(3, 3, 2))).astype(np.float32), W[0], b))
    yield Case((rng.integers(0, 255, size=(3, 3, 2)), W[1], b))


conv_single_step = Check(
    signature="conv_single_step(a_slice_prev, W, b)",
    output=Output("Z"),
    oracle=_step,
    parts=(
        Values("product and sum, bias 0", _windows(bias=False)),
        Values("bias", _windows(bias=True)),
        Values("the published example, and one like it", _published, weight=0.5),
        Values("large values, float32, whole numbers", _other_numbers, weight=0.5),
    ),
    misconceptions=(
        Misconception("bias_forgotten", "The bias does not enter the result.", lambda a, W, b: _step(a, W, 0 * b)),
        Misconception(
            "bias_in_every_product",
            "The bias is added once to the sum, not to each of the products.",
            lambda a, W, b: _step(a, W, b * a.size),
        ),
        Misconception("bias_subtracted", "The sign of the bias is turned.", lambda a, W, b: _step(a, W, -b)),
        Misconception(
            "bias_multiplied",
            "The bias multiplies the sum, so a bias of 0 wipes everything out: how does b enter the formula?",
            lambda a, W, b: _step(a, W, 0 * b) * float(np.sum(b)),
        ),
        Misconception(
            "mean_for_sum",
            "The products are averaged; a filter adds them up.",
            lambda a, W, b: _step(a / a.size, W, b),
        ),
        Misconception(
            "kernel_flipped",
            "The filter is turned by 180 degrees. In this course convolution means cross-correlation.",
            lambda a, W, b: _step(a, W[::-1, ::-1], b),
        ),
        Misconception(
            "added_not_multiplied",
            "Window and filter were added; each entry of the window is weighted by its entry of the filter.",
            lambda a, W, b: float(np.sum(a + W) + np.sum(b)),
        ),
        Misconception(
            "product_of_sums",
            "Each was summed before they were multiplied. Which comes first, the product or the sum?",
            lambda a, W, b: float(np.sum(a) * np.sum(W) + np.sum(b)),
        ),
        Misconception(
            "not_summed",
            "The products are still there one by one: what becomes of them?",
            lambda a, W, b: a * W + b if a.size > 1 else None,
        ),
        Misconception(
            "summed_per_channel",
            "There is still one number for each channel: the sum runs over height, width and channels.",
            lambda a, W, b: np.einsum("hwc,hwc->c", a, W) + np.sum(b) if a.shape[2] > 1 else None,
        ),
        Misconception(
            "one_channel_only",
            "Only the first channel enters. The sum runs over height, width and channels.",
            lambda a, W, b: _step(a[..., :1], W[..., :1], b),
        ),
        Misconception(
            "rectified",
            "A negative result became 0: the activation g comes after this function.",
            lambda a, W, b: max(_step(a, W, b), 0.0),
        ),
        Misconception("whole_numbers_only", "The decimals are lost on the way.", lambda a, W, b: int(_step(a, W, b))),
        Misconception(
            "matrix_product",
            "`@` and np.dot multiply rows with columns; a filter multiplies entry by entry.",
            lambda a, W, b: float(np.sum(a @ W)) + float(np.sum(b)),
            raises=r"^ValueError: (matmul|shapes .* not aligned)",
        ),
    ),
)
