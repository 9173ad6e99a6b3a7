"""What goes wrong in cross-correlation, and the matrix form of it that every mistake is computed from."""

from __future__ import annotations

import numpy as np

from ..parts import Misconception


def shifted(image: np.ndarray, f_H: int, f_W: int) -> np.ndarray:
    """The image seen through each place of a kernel: a row shift times the image times a column shift.

    Args:
        image: (n_H, n_W).
        f_H: height of the kernel.
        f_W: width of the kernel.

    Returns:
        (f_H, f_W, n_H - f_H + 1, n_W - f_W + 1) float64.
    """
    rows, columns = _shifts(image.shape[0], f_H), _shifts(image.shape[1], f_W)
    return np.asarray(rows[:, None] @ image.astype(np.float64) @ columns.transpose(0, 2, 1))


def _shifts(n: int, f: int) -> np.ndarray:
    """(f, n - f + 1, n): matrix k takes the entries k, k + 1, ... out of n."""
    return np.stack([np.eye(n - f + 1, n, k) for k in range(f)])


def correlated(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Valid cross-correlation, as the sum of the kernel's views of the image.

    Args:
        image: (n_H, n_W).
        kernel: (f_H, f_W).

    Returns:
        (n_H - f_H + 1, n_W - f_W + 1) float64.
    """
    return np.asarray(np.einsum("rc,rcij->ij", kernel, shifted(image, *kernel.shape)))


def _same_size(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    f_H, f_W = kernel.shape
    margins = (((f_H - 1) // 2, f_H // 2), ((f_W - 1) // 2, f_W // 2))
    return correlated(np.pad(image, margins), kernel)


def _running_total(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    output = correlated(image, kernel)
    return np.cumsum(output).reshape(output.shape)


def _first_window(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    output = correlated(image, kernel)
    return np.full_like(output, output[0, 0])


def _as_whole_numbers(image: np.ndarray, kernel: np.ndarray) -> np.ndarray | None:
    """The output in an array of the image's own integer type: fractions cut off, uint8 wrapped around."""
    if image.dtype.kind not in "iu":
        return None
    return np.asarray(np.trunc(correlated(image, kernel)).astype(np.int64).astype(image.dtype))


def _row_times_column(image: np.ndarray, kernel: np.ndarray) -> np.ndarray | None:
    """sum(window @ kernel) in every window: each column of the window meets each row sum of the kernel."""
    if kernel.shape[0] != kernel.shape[1]:
        return None
    return correlated(image, np.tile(kernel.sum(axis=1), (kernel.shape[0], 1)))


def _column_times_row(image: np.ndarray, kernel: np.ndarray) -> np.ndarray | None:
    """sum(kernel @ window) in every window."""
    turned = _row_times_column(image.T, kernel.T)
    return None if turned is None else turned.T


def _only_last(kernel: np.ndarray) -> np.ndarray:
    mask = np.zeros(kernel.shape)
    mask[-1, -1] = 1.0
    return mask


MISTAKES = (
    Misconception(
        "kernel_flipped",
        "This is the mathematicians' convolution. Cross-correlation lays the kernel on the image as it is.",
        lambda image, kernel: correlated(image, kernel[::-1, ::-1]),
    ),
    Misconception(
        "kernel_transposed",
        "Rows and columns of the kernel are swapped.",
        lambda image, kernel: correlated(image, kernel.T),
    ),
    Misconception(
        "output_transposed",
        "The output lies on its side: n_H belongs to rows, n_W to columns.",
        lambda image, kernel: correlated(image, kernel).T,
    ),
    Misconception(
        "same_size_as_image",
        '"Valid" means that the window never leaves the image. How many places does that leave along each side?',
        _same_size,
    ),
    Misconception(
        "last_window_missing",
        "The last row and the last column of windows are missing: count the places of a 3 x 3 kernel in 6 x 6.",
        lambda image, kernel: correlated(image, kernel)[:-1, :-1],
    ),
    Misconception(
        "last_window_missing",
        "",
        lambda image, kernel: np.pad(correlated(image, kernel)[:-1, :-1], ((0, 1), (0, 1))),
    ),
    Misconception(
        "mean_for_sum",
        "The products are averaged; cross-correlation adds them up.",
        lambda image, kernel: correlated(image, kernel) / kernel.size,
    ),
    Misconception(
        "not_summed",
        "Only the last product of each window survives: what happens to the ones before it?",
        lambda image, kernel: correlated(image, kernel * _only_last(kernel)),
    ),
    Misconception(
        "running_total",
        "Each window goes on counting from the one before. Where does the sum have to start anew?",
        _running_total,
    ),
    Misconception(
        "window_stays",
        "Every entry is the answer of the first window: does the window move with i and j?",
        _first_window,
    ),
    Misconception(
        "matrix_product",
        "`@` and np.dot multiply rows with columns; here entries in the same place are multiplied.",
        _row_times_column,
        raises=r"matmul: |shapes .* not aligned",
    ),
    Misconception("matrix_product", "", _column_times_row),
    Misconception(
        "negative_lost",
        "No entry is below zero: the sign says which side is brighter, keep it.",
        lambda image, kernel: np.maximum(correlated(image, kernel), 0),
    ),
    Misconception(
        "negative_lost",
        "",
        lambda image, kernel: np.abs(correlated(image, kernel)),
    ),
    Misconception(
        "clipped_to_pixels",
        "The values are cut off at 0 and 255. An edge map is no photograph: it has any range and both signs.",
        lambda image, kernel: np.clip(correlated(image, kernel), 0, 255),
    ),
    Misconception(
        "integer_output",
        "The output array has inherited the integer type of the image, so fractions or signs get lost in it.",
        _as_whole_numbers,
    ),
    Misconception(
        "window_and_kernel_differ",
        "Window and kernel must have the same shape. Print both: is the kernel square? Does a window hang over "
        "the border?",
        raises=r"could not be broadcast|Incompatible shapes",
    ),
    Misconception("not_local", "An output entry depends on its own window and on nothing else."),
)
