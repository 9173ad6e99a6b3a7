"""Nine numbers over a photograph: the picture, the signed output, and one window with its products and their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers import plots
from helpers.shifts import convolve

from ..pictures import brightness, listed, numbers, place, sheet, shortened
from ..view import View, for_script

_FRAME = "#b8004e"
_MOST_FILTERS = 24  # of one's own
_ROOM, _LEAST = 24_000, 6_000  # characters for the picture and these filters, and for the picture at least


@dataclass(frozen=True)
class Look:
    """The numbers of the playground.

    Args:
        picture: (n_H, n_W), brightness.
        kernel: (3, 3).
        output: (n_H - 2, n_W - 2).
        cell: row and column of the output; the window's upper left corner lies at the same place of the picture.
        window: (3, 3), the pixels under the kernel.
        products: window times kernel, entry by entry, (3, 3).
    """

    picture: np.ndarray
    kernel: np.ndarray
    output: np.ndarray
    cell: tuple[int, int]
    window: np.ndarray
    products: np.ndarray


def filter_playground(
    image: ArrayLike,
    kernel: ArrayLike = ((1, 0, -1), (1, 0, -1), (1, 0, -1)),
    *,
    cell: tuple[int, int] | None = None,
    filters: Mapping[str, ArrayLike] | None = None,
) -> View:
    """See what nine numbers find in a picture, change them, and follow one cell of the output.

    Args:
        image: (n_H, n_W) or RGB (n_H, n_W, 3), of any range; colours are turned into brightness, and a picture larger
            than 256 pixels is made smaller.
        kernel: (3, 3), what to begin with.
        cell: row and column of the output cell to explain first; the strongest one if left out.
        filters: at most 24 more filters to choose from, by name, each (3, 3): learned ones, say.

    Raises:
        ValueError: the shapes do not belong together, or there is no such cell.
    """
    if filters is not None and not isinstance(filters, Mapping):
        raise ValueError(f"filters is {type(filters).__name__}: expected names with nine numbers each, in a dictionary")
    own = filters or {}
    if len(own) > _MOST_FILTERS:
        raise ValueError(f"there are {len(own)} filters: expected at most {_MOST_FILTERS}; choose the ones to look at")
    more = {str(name): listed(shortened(_nine(nine, f"filter {name!r}"))) for name, nine in own.items()}
    picture = sheet(image, most=max(_LEAST, _ROOM - len(for_script(more))))
    seen = look(picture.values, shortened(_nine(kernel, "kernel")), cell=cell)
    state = {"sheet": picture.state, "kernel": listed(seen.kernel), "cell": list(seen.cell), "filters": more}
    return View("playground", "Filter playground", state, describe(seen), lambda: _draw(seen))


def look(image: ArrayLike, kernel: ArrayLike, *, cell: tuple[int, int] | None = None) -> Look:
    """The numbers behind `filter_playground`, for a picture of any size; arguments and errors are the same."""
    picture, weights = brightness(image), _nine(kernel, "kernel")
    if min(picture.shape) < 3:
        raise ValueError(f"the image has {picture.shape[0]} x {picture.shape[1]} pixels: expected at least 3 x 3")
    output = convolve(picture[None, :, :, None], weights[:, :, None, None], np.zeros((1, 1, 1, 1)), 1, 0)[0, :, :, 0]
    if cell is None:
        strongest = np.unravel_index(int(np.argmax(np.abs(output))), output.shape)
        cell = int(strongest[0]), int(strongest[1])
    row, column = place(cell, "cell", output.shape)
    window = picture[row : row + 3, column : column + 3]
    return Look(picture, weights, output, (int(row), int(column)), window, window * weights + 0.0)  # no -0


def _nine(kernel: ArrayLike, name: str) -> np.ndarray:
    weights = numbers(kernel, name, (2,))
    if weights.shape != (3, 3):
        raise ValueError(f"the {name} has the shape {weights.shape}, expected (3, 3): nine numbers in three rows")
    return weights


def describe(seen: Look) -> str:
    """The playground in words, for the alt text."""
    rows = "; ".join(" ".join(f"{value:.4g}" for value in row) for row in seen.kernel)
    row, column = seen.cell
    return (
        f"A picture of {seen.picture.shape[0]} by {seen.picture.shape[1]} pixels and its cross-correlation with the "
        f"kernel {rows}: values from {seen.output.min():.4g} to {seen.output.max():.4g}, coloured by sign. "
        f"Below, the window at row {row}, column {column}: pixels, kernel and products, which add up to "
        f"{seen.output[seen.cell]:.4g}."
    )


def _draw(seen: Look) -> Any:
    from matplotlib import pyplot as plt

    row, column = seen.cell
    height = 8.6 * seen.picture.shape[0] / seen.picture.shape[1] / 2
    fig = plt.figure(figsize=(9.2, min(height, 6.0) + 2.9), layout="constrained")
    top, bottom = fig.subfigures(2, 1, height_ratios=(min(height, 6.0) + 0.4, 2.4))
    photo, output = top.subplots(1, 2)
    plots.draw_image(photo, seen.picture, "image, with the window")
    plots.draw_image(output, seen.output, "output: the sign says which side is brighter", signed=True)
    top.colorbar(output.images[0], ax=output, shrink=0.8, label="purple below zero, orange above")
    _mark(photo, (column + 1, row + 1), seen.picture.shape)
    _mark(output, (column, row), seen.picture.shape)
    axes = bottom.subplots(1, 4, width_ratios=(1, 1, 1, 0.8))
    plots.draw_image(axes[0], seen.window, "pixels in the window")
    axes[0].images[0].set_clim(float(seen.picture.min()), float(seen.picture.max()))
    _write_numbers(axes[0], seen.window, float(seen.picture.mean()))
    plots.draw_matrix(axes[1], seen.kernel, "times the kernel")
    plots.draw_matrix(axes[2], seen.products, "= products")
    axes[3].axis("off")
    total = f"sum\n{seen.output[seen.cell]:.4g}"
    axes[3].text(0.5, 0.5, total, ha="center", va="center", fontsize=15, color=_FRAME)
    axes[3].set_title(f"output[{row}, {column}]", fontsize=10)
    return fig


def _mark(axes: Any, centre: tuple[int, int], shape: tuple[int, ...]) -> None:
    """Frame the 3 x 3 window, and draw a ring that is still seen where the window is only a few dots wide."""
    from matplotlib.patches import Circle, Rectangle

    x, y = centre
    axes.add_patch(Rectangle((x - 1.5, y - 1.5), 3, 3, fill=False, edgecolor=_FRAME, linewidth=1.2))
    if max(shape) > 40:
        ring = Circle(centre, max(shape) / 28, fill=False, edgecolor=_FRAME, linewidth=2.0)
        axes.add_patch(ring)


def _write_numbers(axes: Any, values: np.ndarray, middle: float) -> None:
    for (row, column), value in np.ndenumerate(values):
        colour = "black" if value > middle else "white"
        axes.text(column, row, f"{value:.3g}", ha="center", va="center", fontsize=9, color=colour)
