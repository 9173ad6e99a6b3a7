"""What learners write for conv_forward that is not the convolution asked for."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...shifts import convolve, fitting, zero_padded
from ..explain import GENERAL_HINTS
from ..parts import Call, Misconception

HParameters = dict[str, int]


def _right(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: HParameters) -> np.ndarray:
    return convolve(A_prev, W, b, hparameters["stride"], hparameters["pad"])


def _other_input(change: Call) -> Call:
    """The right Z of a changed (A_prev, W, b)."""

    def gives(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: HParameters) -> Any:
        A_prev, W, b = change(A_prev, W, b)
        return _right(A_prev, W, b, hparameters), ...

    return gives


def _other_step(change: Call) -> Call:
    """The right Z of a changed (stride, pad)."""
    return lambda A_prev, W, b, hparameters: (
        convolve(A_prev, W, b, *change(hparameters["stride"], hparameters["pad"])),
        ...,
    )


def _changed(change: Call) -> Call:
    """A change of the right Z; `change` sees Z and A_prev, and returns None where the mistake has no meaning."""

    def gives(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: HParameters) -> Any:
        return change(_right(A_prev, W, b, hparameters), A_prev), ...

    return gives


def _every(rows: bool, columns: bool) -> Call:
    """Windows that begin at h and w instead of h * stride and w * stride, on one side or both."""

    def gives(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: HParameters) -> Any:
        s, n_H, n_W = hparameters["stride"], *_right(A_prev, W, b, hparameters).shape[1:3]
        strides = (1 if rows else s, 1 if columns else s)
        return convolve(A_prev, W, b, strides, hparameters["pad"])[:, :n_H, :n_W], ...

    return gives


def _window_one_short(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: HParameters) -> Any:
    """Windows of side f - 1, which NumPy stretches over the filter where it can: to nothing, or one entry for all."""
    first = np.zeros_like(W)
    if len(W) == 2:
        first[0, 0] = W.sum(axis=(0, 1))
    return (_right(A_prev, first, b, hparameters), ...) if len(W) < 3 else None


def _size_ignores_pad(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, hparameters: HParameters) -> Any:
    n_H, n_W = (fitting(n, len(W), hparameters["stride"]) for n in A_prev.shape[1:3])
    return _right(A_prev, W, b, hparameters)[:, :n_H, :n_W], ...


def _keep(Z: np.ndarray, index: Any) -> np.ndarray:
    """Z with zeros everywhere but at `index`."""
    kept = np.zeros_like(Z)
    kept[index] = Z[index]
    return kept


MISTAKES = (
    Misconception(
        "bias_forgotten",
        "The bias of each filter does not enter Z.",
        _other_input(lambda A, W, b: (A, W, 0 * b)),
    ),
    Misconception(
        "bias_in_every_product",
        "The bias is added once to each sum, not to each of the products.",
        _other_input(lambda A, W, b: (A, W, b * W[..., 0].size)),
    ),
    Misconception(
        "one_bias_for_all",
        "Every filter uses the bias of filter 0: which index of b belongs to filter c?",
        _other_input(lambda A, W, b: (A, W, b[..., :1])),
    ),
    Misconception(
        "stride_forgotten_in_window",
        "The window moves by 1 whatever the stride: where does window number h begin?",
        _every(rows=True, columns=True),
    ),
    Misconception(
        "stride_for_height_only",
        "The stride moves the window down, but not to the right.",
        _every(rows=False, columns=True),
    ),
    Misconception(
        "stride_for_width_only",
        "The stride moves the window to the right, but not down.",
        _every(rows=True, columns=False),
    ),
    Misconception("stride_forgotten", "The stride has no effect on Z.", _other_step(lambda s, p: (1, p))),
    Misconception("pad_forgotten", "The padding has no effect on Z.", _other_step(lambda s, p: (s, 0))),
    Misconception("pad_one", "It pads by 1 whatever `pad` says.", _other_step(lambda s, p: (s, 1))),
    Misconception(
        "size_ignores_pad",
        "The last rows and columns are missing: the padding makes room for more windows.",
        _size_ignores_pad,
    ),
    Misconception(
        "pads_the_result",
        "The zeros are around Z: the padding belongs around the image, before the filter slides.",
        lambda A, W, b, hp: (zero_padded(convolve(A, W, b, hp["stride"], 0), hp["pad"]), ...),
    ),
    Misconception(
        "kernel_flipped",
        "The filters are turned by 180 degrees. In this course convolution means cross-correlation.",
        _other_input(lambda A, W, b: (A, W[::-1, ::-1], b)),
    ),
    Misconception(
        "filter_transposed",
        "Rows and columns of the filter are swapped.",
        _other_input(lambda A, W, b: (A, W.transpose(1, 0, 2, 3), b)),
    ),
    Misconception(
        "same_filter_for_all",
        "Every channel of Z comes from filter 0: which index of W belongs to filter c?",
        _other_input(lambda A, W, b: (A, np.repeat(W[..., :1], W.shape[3], axis=3), b)),
    ),
    Misconception(
        "one_input_channel_only",
        "Only the first channel of A_prev is used: a window reaches through all channels.",
        _other_input(lambda A, W, b: (A[..., :1], W[:, :, :1], b)),
    ),
    Misconception(
        "first_image_for_all",
        "Every image of the batch gives the result of image 0.",
        _other_input(lambda A, W, b: (np.repeat(A[:1], len(A), axis=0), W, b)),
    ),
    Misconception(
        "mean_for_sum",
        "The products are averaged; a filter adds them up.",
        _other_input(lambda A, W, b: (A / W[..., 0].size, W, b)),
    ),
    Misconception(
        "rectified",
        "Negative values are missing: the activation g comes after this function.",
        _changed(lambda Z, A_prev: np.maximum(Z, 0)),
    ),
    Misconception(
        "whole_numbers_only",
        "The decimals are lost: which dtype does the array Z have?",
        _changed(lambda Z, A_prev: np.trunc(Z)),
    ),
    Misconception(
        "height_and_width_swapped",
        "n_H and n_W are swapped: images need not be square.",
        _changed(lambda Z, A_prev: Z.swapaxes(1, 2) if Z.shape[1] != Z.shape[2] else None),
    ),
    Misconception(
        "last_window_missing",
        "The last row and column of windows are missing: how many windows fit?",
        _changed(lambda Z, A_prev: Z[:, :-1, :-1]),
    ),
    Misconception(
        "last_window_empty",
        "Z has the right size, but its last row and column stay 0: how far does range(n) count?",
        _changed(lambda Z, A_prev: _keep(Z, np.s_[:, :-1, :-1])),
    ),
    Misconception(
        "returned_too_early",
        "Only image 0 was worked on: how far is the `return` indented?",
        _changed(lambda Z, A_prev: _keep(Z, np.s_[:1])),
    ),
    Misconception(
        "loops_over_input_channels",
        "Some channels of Z stay 0: over which number of channels does your last loop run?",
        _changed(lambda Z, A_prev: _keep(Z, np.s_[..., : A_prev.shape[3]])),
    ),
    Misconception(
        "cache_not_returned",
        "Z came back alone; the backward pass needs the cache as well.",
        _right,
    ),
    Misconception(
        "cache_holds_padded_input",
        "The cache holds the padded image; the backward pass expects A_prev as it came in.",
        lambda A, W, b, hp: (..., (zero_padded(A, hp["pad"]), ..., ..., ...)),
    ),
    Misconception(
        "window_does_not_fit",
        "Window and filter differ in shape: print both. Where does the window begin and end, does it still lie inside "
        "the padded image, and which axis of W counts the filters?",
        _window_one_short,
        raises=r"^ValueError: operands could not be broadcast",
    ),
    Misconception(
        "array_for_number",
        "An entry of Z holds one number, but an array was put there: print its shape. Is it b, or the products?",
        raises=r"^ValueError: setting an array element with a sequence",
    ),
    Misconception(
        "numpy_scalar", GENERAL_HINTS["numpy_scalar"], raises=r"^TypeError: only (0-dimensional|length-1|size-1) arrays"
    ),
    Misconception(
        "tuple_order",
        "All the values are right, but in another order: compare the cache and the `return` line with the docstring.",
    ),
    Misconception(
        "not_linear",
        "Doubling the image must double Z (with b = 0): something is added, clipped or rounded on the way.",
    ),
)
