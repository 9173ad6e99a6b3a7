"""What learners write for conv_backward that is not the gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...shifts import fitting, zero_padded
from ..parts import Call, Misconception
from .adjoint import bias_gradient, filter_gradient, image_gradient

ConvCache = tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, int]]


def _changed(dA: Any = None, dW: Any = None, db: Any = None) -> Call:
    """A misconception's gradients; each change gets (dZ, A_prev, W, stride, pad), the others may be anything."""

    def gives(dZ: np.ndarray, cache: ConvCache) -> Any:
        A_prev, W, _, hparameters = cache
        args = dZ, A_prev, W, hparameters["stride"], hparameters["pad"]
        return tuple(change(*args) if change else ... for change in (dA, dW, db))

    return gives


def _last_only(dZ: np.ndarray) -> np.ndarray:
    """A copy of dZ with only the last place of the last image left."""
    last = np.zeros(dZ.shape)
    last[-1, -1, -1] = dZ[-1, -1, -1]
    return last


def _last_writer(dZ: np.ndarray, A_prev: np.ndarray, W: np.ndarray, stride: int, pad: int) -> np.ndarray:
    """dA_prev where each entry keeps what the last window and the last filter put there."""
    m, n_H, n_W, _ = dZ.shape
    f = W.shape[0]
    padded = np.zeros((m, A_prev.shape[1] + 2 * pad, A_prev.shape[2] + 2 * pad, A_prev.shape[3]))
    for row in reversed(range(f)):  # a later window reaches an entry with a smaller offset
        for column in reversed(range(f)):
            part = padded[:, row::stride, column::stride][:, :n_H, :n_W]
            part[...] = dZ[..., -1:] * W[row, column, :, -1]
    return padded[:, pad : pad + A_prev.shape[1], pad : pad + A_prev.shape[2]]


def _uncut(dZ: np.ndarray, A_prev: np.ndarray, W: np.ndarray, stride: int, pad: int) -> np.ndarray | None:
    return image_gradient(dZ, zero_padded(A_prev, pad), W, stride, 0) if pad else None


def _at_stride_1(gradient: Any) -> Any:
    """Windows that begin at h and w instead of h * stride and w * stride."""

    def change(dZ: np.ndarray, A_prev: np.ndarray, W: np.ndarray, stride: int, pad: int) -> np.ndarray:
        f = W.shape[0]
        wide = np.zeros((len(dZ), *(fitting(n + 2 * pad, f, 1) for n in A_prev.shape[1:3]), dZ.shape[3]))
        wide[:, : dZ.shape[1], : dZ.shape[2]] = dZ
        return np.asarray(gradient(wide, A_prev, W, 1, pad))

    return change


MISTAKES = (
    Misconception(
        "pad_cut_at_pad_0",
        "With pad 0 the slice pad:-pad is 0:0, which is empty. Count the end of the slice from the front.",
        _changed(dA=lambda dZ, A, W, s, p: None if p else np.zeros((len(A), 0, 0, A.shape[3]))),
        raises=r"could not broadcast input array from shape \((\d+,)?0,0,",
    ),
    Misconception(
        "pad_not_cut_off",
        "dA_prev has the size of the padded image. Who needs the gradient of a zero that you added yourself?",
        _changed(dA=_uncut),
    ),
    Misconception(
        "dA_overwritten",
        "An input that lies in several windows has a gradient from each: does a later one replace the earlier?",
        _changed(dA=_last_writer),
    ),
    Misconception(
        "dW_overwritten",
        "dW holds the share of the last window only: a filter works at every place of every image.",
        _changed(dW=lambda dZ, A, W, s, p: filter_gradient(_last_only(dZ), A, W, s, p)),
    ),
    Misconception(
        "db_overwritten",
        "db holds the last entry of dZ only: a bias is added at every place of every image.",
        _changed(db=lambda dZ, A, W, s, p: bias_gradient(_last_only(dZ))),
    ),
    Misconception(
        "db_divided_by_m",
        "db is divided by the number of images. Whether the loss is a mean is already inside dZ.",
        _changed(db=lambda dZ, A, W, s, p: bias_gradient(dZ) / len(dZ)),
    ),
    Misconception(
        "dW_divided_by_m",
        "dW is divided by the number of images. Whether the loss is a mean is already inside dZ.",
        _changed(dW=lambda dZ, A, W, s, p: filter_gradient(dZ, A, W, s, p) / len(dZ)),
    ),
    Misconception(
        "db_is_a_mean",
        "db is a mean over images and places; the chain rule asks for something else.",
        _changed(db=lambda dZ, A, W, s, p: np.mean(dZ, axis=(0, 1, 2), keepdims=True)),
    ),
    Misconception(
        "db_shape",
        "The numbers in db are right. A gradient has the shape of what it belongs to: look at b.",
        _changed(db=lambda dZ, A, W, s, p: np.ravel(bias_gradient(dZ))),
    ),
    Misconception(
        "db_of_one_image",
        "db has an entry per image: one bias serves them all.",
        _changed(db=lambda dZ, A, W, s, p: np.sum(dZ, axis=(1, 2), keepdims=True)),
    ),
    Misconception(
        "kernel_flipped",
        "The filter is turned by 180 degrees. Which weight did this input meet in this window on the way forward?",
        _changed(dA=lambda dZ, A, W, s, p: image_gradient(dZ, A, W[::-1, ::-1], s, p)),
    ),
    Misconception(
        "same_filter_for_all",
        "Every channel of dZ goes back through filter 0: which index of W belongs to channel c?",
        _changed(dA=lambda dZ, A, W, s, p: image_gradient(dZ, A, np.repeat(W[..., :1], W.shape[3], 3), s, p)),
    ),
    Misconception(
        "first_image_for_all",
        "The windows of image 0 are used for every image of the batch.",
        _changed(dW=lambda dZ, A, W, s, p: filter_gradient(dZ, np.repeat(A[:1], len(A), 0), W, s, p)),
    ),
    Misconception(
        "stride_forgotten_in_window",
        "The window moves by 1 whatever the stride: where did window number h begin on the way forward?",
        _changed(dA=_at_stride_1(image_gradient), dW=_at_stride_1(filter_gradient)),
    ),
    Misconception(
        "dZ_forgotten_in_dA",
        "dA_prev does not depend on dZ: the filter's weights are only half of the product.",
        _changed(dA=lambda dZ, A, W, s, p: image_gradient(np.ones(dZ.shape), A, W, s, p)),
    ),
    Misconception(
        "dW_from_W",
        "dW is made of W and dZ. By what was a weight multiplied on the way forward?",
        _changed(dW=lambda dZ, A, W, s, p: W * bias_gradient(dZ)),
    ),
    Misconception(
        "integer_gradient",
        "np.zeros_like of an array of integers holds integers, and a gradient needs floats.",
        _changed(dA=lambda dZ, A, W, s, p: np.trunc(image_gradient(dZ, A, W, s, p)) if A.dtype.kind == "i" else None),
        raises="Cannot cast ufunc",
    ),
    Misconception(
        "window_of_unpadded_image",
        "Two shapes do not fit: did the windows of the forward pass come from A_prev or from the padded A_prev?",
        raises="operands could not be broadcast|could not be broadcast together|non-broadcastable",
    ),
    Misconception(
        "fails_gradient_check",
        "A small step in one of the inputs changes the loss by another amount than the gradient says.",
    ),
)
