"""One step of a convolution: the window, the filter, their products and sum, and the cell they become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers import plots
from helpers.shifts import convolve, zero_padded

_INCHES_PER_CELL = 0.42
_BORDER = "#5a5a5a"


@dataclass(frozen=True)
class Step:
    """The numbers of one step.

    Args:
        padded: (n_H_prev + 2 pad, n_W_prev + 2 pad, n_C_prev).
        kernel: (f, f, n_C_prev).
        products: window times filter, entry by entry, (f, f, n_C_prev).
        output: (n_H, n_W).
        corner: row and column of the padded image where the window begins.
        cell: row and column of the output.
        pad: zeros on each side.
    """

    padded: np.ndarray
    kernel: np.ndarray
    products: np.ndarray
    output: np.ndarray
    corner: tuple[int, int]
    cell: tuple[int, int]
    pad: int


def convolution_stepper(
    image: ArrayLike, kernel: ArrayLike, *, stride: int = 1, pad: int = 0, position: tuple[int, int] = (0, 0)
) -> None:
    """Show how one cell of a convolution's output comes about.

    Args:
        image: (n_H_prev, n_W_prev) or (n_H_prev, n_W_prev, n_C_prev), at most about 10 x 10 to stay readable.
        kernel: (f, f) or (f, f, n_C_prev), one filter.
        stride: how far the window moves, 1 or more.
        pad: zeros on each side, 0 or more.
        position: row and column of the output cell to explain.

    Raises:
        ValueError: the shapes do not belong together, or there is no such cell.
    """
    step = one_step(image, kernel, stride=stride, pad=pad, position=position)
    plots.show(_draw(step), describe(step))


def one_step(
    image: ArrayLike, kernel: ArrayLike, *, stride: int = 1, pad: int = 0, position: tuple[int, int] = (0, 0)
) -> Step:
    """The numbers behind `convolution_stepper`, which has the same arguments and errors."""
    picture, weights = _with_channels(image, "image"), _with_channels(kernel, "kernel")
    f = weights.shape[0]
    if stride < 1 or pad < 0:
        raise ValueError(f"stride is {stride} and pad {pad}: expected a stride of 1 or more and a pad of 0 or more")
    if weights.shape[1:] != (f, picture.shape[2]):
        raise ValueError(
            f"the kernel has the shape {weights.shape}, the image {picture.shape}: "
            f"expected a square kernel with {picture.shape[2]} channels, as many as the image has"
        )
    if min(picture.shape[:2]) + 2 * pad < f:
        raise ValueError(f"a window of side {f} does not fit into the image {picture.shape} with pad {pad}")
    output = convolve(picture[None], weights[..., None], np.zeros((1, 1, 1, 1)), stride, pad)[0, :, :, 0]
    row, column = position
    if not (0 <= row < output.shape[0] and 0 <= column < output.shape[1]):
        raise ValueError(f"position is {position}: expected a cell of the output, which has the shape {output.shape}")
    padded = zero_padded(picture[None], pad)[0]
    top, left = row * stride, column * stride
    products = padded[top : top + f, left : left + f] * weights + 0.0  # no -0
    return Step(padded, weights, products, output, (top, left), (row, column), pad)


def _with_channels(values: ArrayLike, name: str) -> np.ndarray:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim not in (2, 3):
        raise ValueError(
            f"the {name} has the shape {array.shape}: expected (rows, columns) or (rows, columns, channels)"
        )
    return array if array.ndim == 3 else array[..., None]


def describe(step: Step) -> str:
    """What the figure shows, in words."""
    f, channels = step.kernel.shape[0], step.kernel.shape[2]
    depth = f" through {channels} channels" if channels > 1 else ""
    around = f", zeros {step.pad} wide around the image" if step.pad else ""
    rows, columns = step.output.shape
    return (
        f"One step of a convolution{around}. The {f} x {f} window{depth} begins at row {step.corner[0]}, "
        f"column {step.corner[1]} of the input; its products with the filter add up to {step.products.sum():.4g}, "
        f"which is the framed cell in row {step.cell[0]}, column {step.cell[1]} of the {rows} x {columns} output."
    )


def _draw(step: Step) -> Any:
    from matplotlib import pyplot as plt

    f, channels = step.kernel.shape[0], step.kernel.shape[2]
    widths = [step.padded.shape[1], max(f, 3), max(f, 3), max(step.output.shape[1], 3)]
    height = max(step.padded.shape[0], 3) + 1.2
    size = (_INCHES_PER_CELL * (sum(widths) + 4), _INCHES_PER_CELL * channels * height)
    fig = plt.figure(figsize=size, layout="constrained")
    grid = fig.add_gridspec(channels, 4, width_ratios=widths)
    for channel in range(channels):
        _draw_channel([fig.add_subplot(grid[channel, column]) for column in range(3)], step, channel)
    axes = fig.add_subplot(grid[:, 3])
    rows, columns = step.output.shape
    plots.draw_matrix(axes, step.output, f"output {rows} x {columns}", window=(*step.cell, 1, 1))
    total = " all channels," if channels > 1 else ""
    axes.set_xlabel(f"framed:{total} sum {step.products.sum():.4g}", fontsize=10)
    return fig


def _draw_channel(axes: Any, step: Step, channel: int) -> None:
    """Input, filter and products of one channel."""
    f, several = step.kernel.shape[0], step.kernel.shape[2] > 1
    label = f", channel {channel}" if several else ""
    (rows, columns), p = step.padded.shape[:2], step.pad
    name = "padded input" if p else "input"
    window = (*step.corner, f, f)
    plots.draw_matrix(axes[0], step.padded[..., channel], f"{name} {rows} x {columns}{label}", window=window)
    if p:
        _draw_border(axes[0], p, rows - 2 * p, columns - 2 * p)
    plots.draw_matrix(axes[1], step.kernel[..., channel], "filter")
    plots.draw_matrix(axes[2], step.products[..., channel], "products")
    axes[2].set_xlabel(f"sum {step.products[..., channel].sum():.4g}", fontsize=10)


def _draw_border(axes: Any, pad: int, rows: int, columns: int) -> None:
    """A dashed line around the image proper, inside its border of zeros."""
    from matplotlib.patches import Rectangle

    frame = Rectangle(
        (pad - 0.5, pad - 0.5), columns, rows, fill=False, edgecolor=_BORDER, linewidth=1.5, linestyle="--"
    )
    axes.add_patch(frame)
