"""Where a gradient goes: one output cell, the input cells that made it, and how much each of them receives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers import plots
from helpers.checks.week1_foundations.adjoint import even_share, image_gradient, scattered, top_share
from helpers.shifts import fitting, zero_padded

from ..pictures import numbers, place, whole
from ..view import View

LAYERS = ("convolution", "max", "average")
_LOCAL = {"convolution": "the filter\nW", "max": "mask of\nthe window", "average": "1/f²\nfor each"}
_LARGEST = 14  # cells on a side, so that every number can be read
_CELL, _WIDEST = 0.55, 9.2  # side of a cell and width of the figure at most, in inches


@dataclass(frozen=True)
class Flow:
    """The numbers of the view.

    Args:
        layer: "convolution", "max" or "average".
        inputs: (n_H_prev + 2 pad, n_W_prev + 2 pad), the image with its border of zeros.
        arriving: (n_H, n_W), the gradient of the output: 1 at the chosen cell, or everywhere.
        received: the gradient of the inputs, same shape as `inputs`.
        local: (f, f), the derivative of the chosen cell with respect to its window; None if it differs between cells.
        window: row, column, height and width of the chosen cell's window in `inputs`; None for all cells.
        cell: the chosen output cell; None for all.
        pad: width of the border.
        side: side of the window.
    """

    layer: str
    inputs: np.ndarray
    arriving: np.ndarray
    received: np.ndarray
    local: np.ndarray | None
    window: tuple[int, int, int, int] | None
    cell: tuple[int, int] | None
    pad: int
    side: int


def gradient_flow(
    image: ArrayLike,
    kernel: ArrayLike | None = None,
    *,
    layer: str = "convolution",
    cell: tuple[int, int] | None = (0, 0),
    f: int = 2,
    stride: int = 1,
    pad: int = 0,
) -> View:
    """See which input cells receive gradient from an output cell, and how much; then choose another.

    Args:
        image: (n_H_prev, n_W_prev), at most 14 x 14, better less, to stay readable.
        kernel: (f, f), for a convolution only.
        layer: "convolution", or pooling by "max" or "average".
        cell: row and column of the output cell whose gradient is 1; None gives every cell the gradient 1.
        f: side of the pooling window; a convolution takes it from the kernel.
        stride: how far the window moves, 1 or more.
        pad: zeros on each side, for a convolution only.

    Raises:
        ValueError: there is no such layer or cell, or the shapes do not belong together.
    """
    seen = flow(image, kernel, layer=layer, cell=cell, f=f, stride=stride, pad=pad)
    if max(seen.inputs.shape) > _LARGEST:
        n_H, n_W = seen.inputs.shape
        raise ValueError(f"{n_H} x {n_W} numbers cannot be read: give a part of at most {_LARGEST} x {_LARGEST}")
    state = {
        "image": numbers(image, "image", (2,)).tolist(),
        "kernel": None if kernel is None else numbers(kernel, "kernel", (2,)).tolist(),
        "layer": layer,
        "cell": None if seen.cell is None else list(seen.cell),
        "f": seen.side,
        "stride": int(stride),
        "pad": int(pad),
    }
    return View("flow", "Gradient flow", state, describe(seen), lambda: _draw(seen))


def flow(
    image: ArrayLike,
    kernel: ArrayLike | None = None,
    *,
    layer: str = "convolution",
    cell: tuple[int, int] | None = (0, 0),
    f: int = 2,
    stride: int = 1,
    pad: int = 0,
) -> Flow:
    """The numbers behind `gradient_flow`, which has the same arguments and errors."""
    picture = numbers(image, "image", (2,))
    weights = None if kernel is None else numbers(kernel, "kernel", (2,))
    side = whole(f, "f", 1, 99) if weights is None else len(weights)
    stride, pad = whole(stride, "stride", 1, 99), whole(pad, "pad", 0, 99)
    _demand_arguments(weights, layer, pad)
    inputs = zero_padded(picture[None, :, :, None], pad)
    n_H, n_W = (fitting(n, side, stride) for n in inputs.shape[1:3])
    if min(n_H, n_W) < 1:
        raise ValueError(f"a window of {side} x {side} does not fit into {inputs.shape[1]} x {inputs.shape[2]} inputs")
    cell = None if cell is None else place(cell, "cell", (n_H, n_W))
    arriving = np.ones((1, n_H, n_W, 1)) if cell is None else np.zeros((1, n_H, n_W, 1))
    window = None
    if cell is not None:
        arriving[0, cell[0], cell[1], 0] = 1
        window = (cell[0] * stride, cell[1] * stride, side, side)
    if weights is not None:
        received = image_gradient(arriving, inputs, weights[:, :, None, None], stride, 0)
    else:
        received = scattered(arriving, inputs, side, stride, top_share if layer == "max" else even_share)
    local = weights
    if layer == "average":
        local = np.ones((side, side)) / side**2
    elif layer == "max" and window is not None:
        local = received[0, window[0] : window[0] + side, window[1] : window[1] + side, 0]
    return Flow(layer, inputs[0, ..., 0], arriving[0, ..., 0], received[0, ..., 0], local, window, cell, pad, side)


def _demand_arguments(weights: np.ndarray | None, layer: str, pad: int) -> None:
    if not isinstance(layer, str) or layer not in LAYERS:
        raise ValueError(f"layer is {layer!r}, expected one of {', '.join(map(repr, LAYERS))}")
    if (layer == "convolution") != (weights is not None):
        raise ValueError("a convolution needs a kernel, and pooling has none: leave one of the two out")
    if weights is not None and weights.shape[0] != weights.shape[1]:
        raise ValueError(f"the kernel has the shape {weights.shape}, expected (f, f)")
    if pad and layer != "convolution":
        raise ValueError(f"pad is {pad}, but pooling here has no padding: leave it out")


def describe(seen: Flow) -> str:
    """The view in words, for the alt text."""
    who = "every output cell" if seen.cell is None else f"output cell {seen.cell}"
    places = np.argwhere(seen.received)
    listed = ", ".join(f"{seen.received[r, c]:.3g} at row {r}, column {c}" for r, c in places[:9])
    more = f" and {len(places) - 9} more" if len(places) > 9 else ""
    border = f" Positions count from the corner of the border of zeros, which is {seen.pad} wide." if seen.pad else ""
    kind = "a convolution" if seen.layer == "convolution" else f"{seen.layer} pooling"
    return f"Matrices of {kind}: a gradient of 1 at {who} gives the inputs {listed or 'nothing'}{more}.{border}"


def _draw(seen: Flow) -> Any:
    from matplotlib import pyplot as plt

    symbol = "Z" if seen.layer == "convolution" else "A"
    panels: list[tuple[np.ndarray, str]] = [(seen.inputs, "A_prev" + (", padded" if seen.pad else ""))]
    if seen.local is not None:
        panels.append((seen.local, _LOCAL[seen.layer]))
    panels += [(seen.arriving, f"d{symbol} arrives"), (seen.received, "dA_prev" + (", padded" if seen.pad else ""))]
    widths = [values.shape[1] for values, _ in panels]  # the same side of a cell in every panel
    side = min(_CELL, _WIDEST / sum(widths))
    size = (side * sum(widths) + 0.5 * len(panels), side * len(seen.inputs) + 0.5)
    fig, axes = plt.subplots(1, len(panels), figsize=size, width_ratios=widths, squeeze=False, layout="constrained")
    fig.get_layout_engine().set(wspace=0.08)
    chosen = None if seen.cell is None else (*seen.cell, 1, 1)
    for axis, (values, title) in zip(axes.flat, panels, strict=True):
        window = seen.window if values is seen.inputs or values is seen.received else None
        plots.draw_matrix(axis, values, title, window=chosen if values is seen.arriving else window)
        if seen.pad and values.shape == seen.inputs.shape and values is not seen.arriving:
            _mark_border(axis, seen)
    return fig


def _mark_border(axis: Any, seen: Flow) -> None:
    """A dashed line where the image ends and the zeros begin."""
    from matplotlib.patches import Rectangle

    height, width = (n - 2 * seen.pad for n in seen.inputs.shape)
    corner = (seen.pad - 0.5, seen.pad - 0.5)
    axis.add_patch(Rectangle(corner, width, height, fill=False, edgecolor="black", linewidth=1.5, linestyle="--"))
