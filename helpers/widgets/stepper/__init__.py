"""A convolution step by step: the window, the filter, their products and sum, and the cell they become."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers import plots
from helpers.shifts import convolve, zero_padded

from ..learner import answer_of
from ..pictures import listed, numbers, place, shortened, whole
from ..view import View
from .comparing import compared

_INCHES_PER_CELL = 0.42
_LARGEST, _DEEPEST, _WIDEST = 12, 4, 5  # rows and columns, channels, and side of a filter that can still be read
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
    image: ArrayLike,
    kernel: ArrayLike,
    *,
    stride: int = 1,
    pad: int = 0,
    position: tuple[int, int] = (0, 0),
    function: Callable[..., Any] | None = None,
) -> View:
    """Slide a window over an image and see how each cell of the output comes about.

    Args:
        image: (n_H_prev, n_W_prev) or (n_H_prev, n_W_prev, n_C_prev), at most 12 x 12 x 4 to stay readable.
        kernel: (f, f) or (f, f, n_C_prev), one filter, f at most 5.
        stride: how far the window moves, 1 to 4.
        pad: zeros on each side, 0 to 3.
        position: row and column of the output cell to begin with.
        function: your own `conv_forward(A_prev, W, b, hparameters)`, to be run beside it.

    Raises:
        ValueError: the shapes do not belong together, or there is no such cell.
    """
    stride, pad = whole(stride, "stride", 1, 4), whole(pad, "pad", 0, 3)
    if function is not None and not callable(function):
        raise ValueError(f"function is {type(function).__name__}: expected your function itself, function=conv_forward")
    picture, weights = _with_channels(image, "image"), _with_channels(kernel, "kernel")
    if max(picture.shape[:2]) > _LARGEST or picture.shape[2] > _DEEPEST or len(weights) > _WIDEST:
        raise ValueError(
            f"the image has the shape {picture.shape} and the kernel {weights.shape}: to stay readable, expected at "
            f"most {_LARGEST} x {_LARGEST} x {_DEEPEST} and a kernel of at most {_WIDEST} x {_WIDEST}; take a part, "
            f"image[:{_LARGEST}, :{_LARGEST}]"
        )
    picture, weights = shortened(picture), shortened(weights)
    step = one_step(picture, weights, stride=stride, pad=pad, position=position)
    state = {
        "image": listed(np.moveaxis(picture, 2, 0)),
        "kernel": listed(np.moveaxis(weights, 2, 0)),
        "stride": stride,
        "pad": pad,
        "position": list(step.cell),
        "function": "" if function is None else getattr(function, "__name__", "function"),
    }
    replies = {} if function is None else {"run": lambda asked: _run(function, picture, weights, asked)}
    return View("stepper", "Convolution stepper", state, describe(step), lambda: _draw(step), replies)


def _run(
    function: Callable[..., Any], picture: np.ndarray, weights: np.ndarray, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """The learner's output beside the right one, for the values that the sliders show."""
    stride, pad = whole(asked.get("stride"), "stride", 1, 4), whole(asked.get("pad"), "pad", 0, 3)
    f, channels = whole(asked.get("f"), "f", 1, _WIDEST), whole(asked.get("channels"), "channels", 1, picture.shape[2])
    if f != len(weights):
        weights = np.repeat(_edge(f)[:, :, None], picture.shape[2], axis=2)
    A_prev, W = picture[None, :, :, :channels], weights[:, :, :channels, None]
    b = np.zeros((1, 1, 1, 1))
    if min(A_prev.shape[1:3]) + 2 * pad < f:
        raise ValueError(f"a window of side {f} does not fit here, so there is nothing to run")
    expected = convolve(A_prev, W, b, stride, pad)
    returned = answer_of(function, (A_prev, W, b, {"stride": stride, "pad": pad}))
    Z = returned[0] if isinstance(returned, (tuple, list)) and len(returned) else returned
    return compared(Z, expected, "Z", getattr(function, "__name__", "your function"))


def _edge(f: int) -> np.ndarray:
    """The filter of a size that none was given for, (f, f): as `edgeOf` in stepper/stepper.js."""
    kernel = np.zeros((f, f))
    kernel[:, -1] = -1.0
    kernel[:, 0] = 1.0
    return kernel


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
    row, column = place(position, "position", output.shape)
    padded = zero_padded(picture[None], pad)[0]
    top, left = row * stride, column * stride
    products = padded[top : top + f, left : left + f] * weights + 0.0  # no -0
    return Step(padded, weights, products, output, (top, left), (row, column), pad)


def _with_channels(values: ArrayLike, name: str) -> np.ndarray:
    array = numbers(values, name, (2, 3))
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
