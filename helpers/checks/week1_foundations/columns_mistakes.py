"""What learners write for im2col that lays the windows out in another way."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..parts import Call, Misconception
from .adjoint import windows_of


def _rows(A_prev: np.ndarray, f: int, s: int, p: int) -> np.ndarray:
    return windows_of(A_prev, f, s, p).reshape(-1, f * f * A_prev.shape[3])


def _reordered(spec: str) -> Call:
    """The windows as (m, h, w, r, c, k): image, output row and column, window row and column, channel, in new order."""

    def gives(A_prev: np.ndarray, f: int, s: int, p: int) -> Any:
        windows = windows_of(A_prev, f, s, p)
        six = windows.reshape(*windows.shape[:3], f, f, A_prev.shape[3])
        return np.einsum(f"mhwrck->{spec}", six).reshape(-1, windows.shape[3])

    return gives


def _dense(A_prev: np.ndarray, f: int, s: int, p: int) -> np.ndarray:
    """As many windows as there should be, beginning at h and w instead of h * stride and w * stride."""
    _, n_H, n_W, size = windows_of(A_prev, f, s, p).shape
    return windows_of(A_prev, f, 1, p)[:, :n_H, :n_W].reshape(-1, size)


MISTAKES = (
    Misconception(
        "transposed",
        "Rows and columns of the matrix are swapped: each window is one row.",
        lambda A, f, s, p: _rows(A, f, s, p).T,
    ),
    Misconception(
        "channels_first_in_columns",
        "The channels come first within a row. In which order does W.reshape(-1, n_C) flatten a filter?",
        _reordered("mhwkrc"),
    ),
    Misconception(
        "window_transposed",
        "Within a row the window is read down its columns first; a filter is flattened along its rows.",
        _reordered("mhwcrk"),
    ),
    Misconception(
        "windows_down_the_columns",
        "The windows are taken down the columns of the output first; reading order goes along the rows.",
        _reordered("mwhrck"),
    ),
    Misconception(
        "images_interleaved",
        "The images are mixed: all windows of image 0 come first, then those of image 1.",
        _reordered("hwmrck"),
    ),
    Misconception(
        "stride_forgotten_in_window",
        "The window moves by 1 whatever the stride: where does window number h begin?",
        _dense,
    ),
    Misconception("stride_forgotten", "The stride has no effect on cols.", lambda A, f, s, p: _rows(A, f, 1, p)),
    Misconception("pad_forgotten", "The padding has no effect on cols.", lambda A, f, s, p: _rows(A, f, s, 0)),
    Misconception(
        "first_image_for_all",
        "Every image of the batch gives the windows of image 0.",
        lambda A, f, s, p: _rows(np.repeat(A[:1], len(A), axis=0), f, s, p),
    ),
    Misconception(
        "first_channel_only",
        "Only the first channel enters: a window reaches through all channels.",
        lambda A, f, s, p: _rows(A[..., :1], f, s, p),
    ),
    Misconception(
        "last_window_missing",
        "The last row and column of windows are missing: how many windows fit?",
        lambda A, f, s, p: windows_of(A, f, s, p)[:, :-1, :-1].reshape(-1, f * f * A.shape[3]),
    ),
    Misconception(
        "not_flattened",
        "The entries are right, the shape is not: a matrix has two axes.",
        windows_of,
    ),
    Misconception("product_is_not_Z", "Multiplied with the flattened filters, cols must give the convolution."),
)
