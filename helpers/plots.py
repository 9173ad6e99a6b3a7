"""Figures with alt text: pictures in a row, signed colours, matrices of numbers."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import numpy as np

SIGNED = "PuOr_r"  # below zero purple, zero white, above zero orange: told apart without red and green
# Told apart by hue and by lightness, never alone; as LINES in widgets/page/colour.js.
LINES = ("#0b62b0", "#c2410c", "#187a3c", "#8b2fa8", "#8a6400", "#0f6f77")

_SMALL = 18_000  # bytes of a picture that is only there in case
_SHRINK = 0.75  # of its sides, until it is as small


def show(figure: Any, alt: str) -> None:
    """Show a matplotlib figure as a picture with alt text, and close it.

    Args:
        figure: a matplotlib Figure.
        alt: what the picture shows, for those who cannot see it; one or two sentences.

    Raises:
        ValueError: `alt` is empty.
    """
    from IPython.display import HTML, display

    display(HTML(html(figure, alt)))


def html(figure: Any, alt: str) -> str:
    """A matplotlib figure as an HTML picture with alt text, for `show` and for displays that are updated; closes it.

    Raises:
        ValueError: `alt` is empty.
    """
    return _element(_png(figure, 110), alt)


def small_html(figure: Any, alt: str, *, most: int | None = None) -> str:
    """As `html`, as small as it can be read: a picture that is there in case something better cannot be shown.

    Args:
        figure: a matplotlib Figure.
        alt: as for `show`.
        most: characters that the element may have, if fewer than it has otherwise; 2,000 and those of `alt` at least.

    Raises:
        ValueError: `alt` is empty.
    """
    from PIL import Image

    dots = Image.fromarray(_dots(figure))
    room = _SMALL if most is None else min(_SMALL, (most - len(_element(b"", alt, "jpeg"))) // 4 * 3)
    while max(dots.size) > 1:
        for kind, picture in _ever_smaller(dots):
            if len(picture) <= room:
                return _element(picture, alt, kind)
        dots = dots.resize([max(1, int(side * _SHRINK)) for side in dots.size], Image.Resampling.LANCZOS)
    return _element(picture, alt, kind)


def _ever_smaller(dots: Any) -> Iterator[tuple[str, bytes]]:
    """A PIL image as files, by kind: with few colours, then with less and less detail."""
    flat = io.BytesIO()
    dots.quantize(64).save(flat, format="png", optimize=True)
    yield "png", flat.getvalue()
    for quality in (60, 45, 30, 20, 12):
        photographic = io.BytesIO()
        dots.save(photographic, format="jpeg", quality=quality, optimize=True)
        yield "jpeg", photographic.getvalue()


def _png(figure: Any, dots_per_inch: int) -> bytes:
    """The figure as a PNG file; closes it."""
    from matplotlib import pyplot as plt

    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=dots_per_inch, bbox_inches="tight", facecolor="white")
    plt.close(figure)
    return buffer.getvalue()


def _dots(figure: Any) -> np.ndarray:
    """The figure as (n_H, n_W, 3) uint8, drawn once, at 72 dots per inch; closes it."""
    from matplotlib import pyplot as plt
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set(dpi=72, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    plt.close(figure)
    dots: np.ndarray = np.asarray(canvas.buffer_rgba())[..., :3].copy()
    return dots


def _element(picture: bytes, alt: str, kind: str = "png") -> str:
    if not alt.strip():
        raise ValueError("show() got an empty alt text: say in a sentence what the figure shows")
    source = f"data:image/{kind};base64,{base64.b64encode(picture).decode('ascii')}"
    return f'<img src="{source}" alt="{escape(alt, quote=True)}" style="max-width:100%">'


def figure(columns: int = 1, rows: int = 1, *, width: float = 3.2, height: float = 3.0) -> Any:
    """A figure and its axes, an object array of shape (rows, columns), `width` x `height` inches each."""
    from matplotlib import pyplot as plt

    return plt.subplots(rows, columns, figsize=(width * columns, height * rows), squeeze=False, layout="constrained")


def draw_image(axes: Any, image: np.ndarray, title: str = "", *, signed: bool = False) -> None:
    """Draw one picture on axes without ticks.

    Args:
        axes: matplotlib Axes.
        image: (n_H, n_W) or (n_H, n_W, 3); uint8 0..255, or floats of any range (grey is stretched to it).
        title: above the picture.
        signed: colour by sign, zero white, the same strength above and below.
    """
    picture = np.asarray(image)
    if signed:
        limit = float(np.max(np.abs(picture), initial=0.0)) or 1.0
        axes.imshow(picture, cmap=SIGNED, vmin=-limit, vmax=limit, interpolation="nearest")
    elif picture.ndim == 2:
        axes.imshow(picture, cmap="gray", interpolation="nearest")
    else:
        axes.imshow(picture if picture.dtype == np.uint8 else np.clip(picture, 0, 1), interpolation="nearest")
    axes.set_title(title, fontsize=10)
    axes.set_xticks([])
    axes.set_yticks([])


def images(pictures: Sequence[np.ndarray], titles: Sequence[str], alt: str, *, signed: Sequence[bool] = ()) -> None:
    """Show pictures in rows of at most four.

    Args:
        pictures: each (n_H, n_W) or (n_H, n_W, 3).
        titles: one a picture.
        alt: what the row shows.
        signed: which pictures to colour by sign; none if left out.
    """
    columns = min(len(pictures), 4)
    tallest = max(np.shape(picture)[0] / np.shape(picture)[1] for picture in pictures)
    height = min(3.0, 3.1 * tallest + 0.3)  # no gap between rows of wide pictures
    fig, axes = figure(columns, -(-len(pictures) // columns), height=height)
    flags = list(signed) or [False] * len(pictures)
    for axis, picture, title, flag in zip(axes.flat, pictures, titles, flags, strict=False):
        draw_image(axis, picture, title, signed=flag)
    for axis in axes.flat[len(pictures) :]:
        axis.axis("off")
    show(fig, alt)


def draw_matrix(
    axes: Any, values: np.ndarray, title: str = "", *, window: tuple[int, int, int, int] | None = None
) -> None:
    """Draw a matrix as numbers on signed colours.

    Args:
        axes: matplotlib Axes.
        values: (rows, columns), at most about 12 x 12 to stay readable.
        title: above the matrix.
        window: (row, column, height, width) of a part to frame.
    """
    from matplotlib.patches import Rectangle

    grid = np.asarray(values, dtype=float)
    draw_image(axes, grid, title, signed=True)
    limit = float(np.max(np.abs(grid), initial=0.0)) or 1.0
    for (row, column), value in np.ndenumerate(grid):
        colour = "white" if abs(value) > 0.65 * limit else "black"
        axes.text(column, row, f"{value:.3g}", ha="center", va="center", fontsize=9, color=colour)
    axes.set_xticks(np.arange(-0.5, grid.shape[1]), minor=True)
    axes.set_yticks(np.arange(-0.5, grid.shape[0]), minor=True)
    axes.grid(which="minor", color="0.75", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    if window is not None:
        row, column, height, width = window
        frame = Rectangle((column - 0.5, row - 0.5), width, height, fill=False, edgecolor="#b8004e", linewidth=2.5)
        frame.set(zorder=4, clip_on=False)  # above the grid, and whole at the border
        axes.add_patch(frame)


def matrices(arrays: Sequence[np.ndarray], titles: Sequence[str], alt: str) -> None:
    """Show matrices of numbers side by side; each array is (rows, columns)."""
    fig, axes = figure(len(arrays))
    for axis, values, title in zip(axes.flat, arrays, titles, strict=True):
        draw_matrix(axis, values, title)
    show(fig, alt)
