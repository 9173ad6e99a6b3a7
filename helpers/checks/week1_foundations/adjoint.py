"""Gradients of convolution and pooling as transposed maps: the oracles of the backward pass.

A convolution is linear in the image and in the filter. One-hot images and one-hot filters, sent through the forward
pass, write the map down as a matrix, and a gradient is its transpose; the exercise walks over windows instead.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...shifts import convolve, pooled


def windows_of(A_prev: np.ndarray, f: int, stride: int, pad: int) -> np.ndarray:
    """The entries of every window, found by convolving with one-hot filters.

    Args:
        A_prev: (m, n_H_prev, n_W_prev, n_C_prev).
        f: side of the window.
        stride: 1 or more.
        pad: zeros on each side.

    Returns:
        (m, n_H, n_W, f * f * n_C_prev) float64.
    """
    size = f * f * A_prev.shape[3]
    return convolve(A_prev, np.eye(size).reshape(f, f, A_prev.shape[3], size), np.zeros((1, 1, 1, 1)), stride, pad)


def image_gradient(dZ: np.ndarray, A_prev: np.ndarray, W: np.ndarray, stride: int, pad: int) -> np.ndarray:
    """How far each one-hot image moves Z along dZ.

    Args:
        dZ: (m, n_H, n_W, n_C).
        A_prev: (m, n_H_prev, n_W_prev, n_C_prev); only its shape matters.
        W: (f, f, n_C_prev, n_C).
        stride: 1 or more.
        pad: zeros on each side.

    Returns:
        dA_prev, (m, n_H_prev, n_W_prev, n_C_prev) float64.
    """
    size = A_prev[0].size
    moved = convolve(np.eye(size).reshape(size, *A_prev.shape[1:]), W, np.zeros((1, 1, 1, 1)), stride, pad)
    return np.asarray(np.einsum("khwc,mhwc->mk", moved, dZ).reshape(A_prev.shape))


def filter_gradient(dZ: np.ndarray, A_prev: np.ndarray, W: np.ndarray, stride: int, pad: int) -> np.ndarray:
    """How far each one-hot filter moves Z along dZ: dW, (f, f, n_C_prev, n_C); arguments as in `image_gradient`."""
    windows = windows_of(A_prev, W.shape[0], stride, pad)
    return np.asarray(np.einsum("mhwk,mhwc->kc", windows, dZ).reshape(W.shape))


def bias_gradient(dZ: np.ndarray) -> np.ndarray:
    """How far a bias of 1 moves Z along dZ: db, (1, 1, 1, n_C), for dZ (m, n_H, n_W, n_C)."""
    return np.asarray(np.einsum("mhwc->c", dZ.astype(np.float64))[None, None, None, :])


def scattered(
    dA: np.ndarray, A_prev: np.ndarray, f: int, stride: int, share: Any, *, add: bool = True, slack: Any = 0.0
) -> np.ndarray:
    """Move dA back along each of the f x f shifts that the forward pass stacked.

    Args:
        dA: (m, n_H, n_W, n_C).
        A_prev: (m, n_H_prev, n_W_prev, n_C).
        f: side of the window.
        stride: 1 or more.
        share: share(copy, top, f) says how much of dA goes along a shift; copy and top, the shifted A_prev and the
            maximum of the windows, are (m, n_H, n_W, n_C).
        add: False lets a later window replace what an earlier one left.
        slack: added to A_prev where the maximum is searched; it breaks ties.

    Returns:
        dA_prev, (m, n_H_prev, n_W_prev, n_C) float64.
    """
    values = A_prev + slack
    n_H, n_W = dA.shape[1:3]
    top = pooled(values, f, stride, np.max)[:, :n_H, :n_W]
    gradient = np.zeros(A_prev.shape)
    for row, column in reversed([(r, c) for r in range(f) for c in range(f)]):  # the last window has the least shift
        copy = values[:, row::stride, column::stride][:, :n_H, :n_W]
        part = gradient[:, row::stride, column::stride][:, :n_H, :n_W]
        part[...] = share(copy, top, f) * dA + (part if add else 0)
    return gradient


def top_share(copy: np.ndarray, top: np.ndarray, f: int) -> Any:
    """All for every maximum, nothing for the rest."""
    return copy == top


def even_share(copy: np.ndarray, top: np.ndarray, f: int) -> Any:
    """The same for every entry of a window."""
    return 1 / f**2


def pool_gradient(dA: np.ndarray, cache: tuple[np.ndarray, dict[str, int]], mode: str = "max") -> np.ndarray:
    """dA_prev of a pooling layer, (m, n_H_prev, n_W_prev, n_C).

    Args:
        dA: (m, n_H, n_W, n_C).
        cache: A_prev (m, n_H_prev, n_W_prev, n_C) and {"f", "stride"}.
        mode: "max" or "average".
    """
    A_prev, hparameters = cache
    share = top_share if mode == "max" else even_share
    return scattered(dA, A_prev, hparameters["f"], hparameters["stride"], share)
