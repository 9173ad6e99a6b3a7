"""Right values of padding, convolution and pooling, found with shifted copies of the whole batch.

No window is ever cut out here, so these oracles share no step, and hence no mistake, with the exercises.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def fitting(n: int, f: int, stride: int) -> int:
    """How many windows of side f fit into n entries, one every `stride`: counted, not computed.

    Args:
        n: length of the side.
        f: side of the window.
        stride: distance of two windows, 1 or more.
    """
    return len([start for start in range(0, n, stride) if start + f <= n])


def zero_padded(X: np.ndarray, pad: int) -> np.ndarray:
    """A batch with a border of zeros, as two matrix products with matrices that only move entries.

    Args:
        X: (m, n_H, n_W, n_C), any number type.
        pad: width of the border, 0 or more.

    Returns:
        (m, n_H + 2 pad, n_W + 2 pad, n_C) float64.
    """
    rows, columns = (np.eye(n + 2 * pad, n, -pad) for n in X.shape[1:3])
    return np.asarray(np.einsum("ih,mhjc->mijc", rows, np.einsum("jw,mhwc->mhjc", columns, X)))


def convolve(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int | tuple[int, int], pad: int) -> np.ndarray:
    """Convolve a batch as a sum of f x f shifted copies of it, one product over the channels each.

    Args:
        A_prev: (m, n_H_prev, n_W_prev, n_C_prev).
        W: (f, f, n_C_prev, n_C).
        b: (1, 1, 1, n_C) or (1, 1, 1, 1).
        stride: 1 or more; or one for height and one for width.
        pad: zeros on each side.

    Returns:
        (m, n_H, n_W, n_C) float64.
    """
    s_H, s_W = (stride, stride) if isinstance(stride, int) else stride
    padded = zero_padded(A_prev, pad)
    f_H, f_W, _, n_C = W.shape
    n_H, n_W = fitting(padded.shape[1], f_H, s_H), fitting(padded.shape[2], f_W, s_W)
    total = np.zeros((len(A_prev), n_H, n_W, n_C)) + np.asarray(b, dtype=np.float64)
    for row in range(f_H):
        for column in range(f_W):
            copy = padded[:, row::s_H, column::s_W][:, :n_H, :n_W]
            total += np.einsum("mhwc,cd->mhwd", copy, W[row, column])
    return total


def pooled(A_prev: np.ndarray, f: int, stride: int, reduce: Any) -> np.ndarray:
    """Pool a batch by stacking its f x f shifted copies and reducing over the stack.

    Args:
        A_prev: (m, n_H_prev, n_W_prev, n_C).
        f: side of the window.
        stride: 1 or more.
        reduce: np.max, np.mean, np.min or np.sum.

    Returns:
        (m, n_H, n_W, n_C) float64.
    """
    n_H, n_W = fitting(A_prev.shape[1], f, stride), fitting(A_prev.shape[2], f, stride)
    copies = [A_prev[:, row::stride, column::stride][:, :n_H, :n_W] for row in range(f) for column in range(f)]
    return np.asarray(reduce(np.stack(copies).astype(np.float64), axis=0))


def two_sides(rng: np.random.Generator, smallest: int) -> tuple[int, int]:
    """Two different sides (n_H, n_W) of an image, each `smallest` to `smallest` + 3."""
    n_H, n_W = rng.choice(np.arange(smallest, smallest + 4), 2, replace=False)
    return int(n_H), int(n_W)
