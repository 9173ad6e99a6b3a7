"""Real photographs, and the edges a trained network sees in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

FILES = Path(__file__).resolve().parent / "files"
LARGEST_SIZE = 2048


def photograph_names() -> tuple[str, ...]:
    """Names that `photograph` and `learned_edges` know, in alphabetical order."""
    return tuple(sorted(path.stem for path in FILES.glob("*.jpg")))


def photograph(name: str, *, size: int | tuple[int, int] | None = None, grey: bool = False) -> NDArray[np.uint8]:
    """One of the course's real photographs; `CREDITS.md` names who took it.

    Args:
        name: one of `photograph_names()`.
        size: None keeps the stored size (at most 384 pixels wide, 320 high); an integer is the length of the longer
            side in pixels, in the photograph's own proportions; a pair (n_H, n_W) cuts the middle to exactly that
            shape. Each side 1 to 2048.
        grey: one channel of brightness instead of RGB. Some photographs are grey already: their three channels
            are then equal.

    Returns:
        The picture, 0 to 255, RGB of shape (n_H, n_W, 3), or of shape (n_H, n_W) if grey.

    Raises:
        ValueError: the name is not known, or the size is impossible.
    """
    from PIL import Image

    with Image.open(_path(name, ".jpg")) as opened:
        picture = opened.convert("L" if grey else "RGB")
    return np.array(_resized(picture, size), np.uint8)


def learned_edges(name: str) -> NDArray[np.uint8]:
    """Edges of a photograph as HED finds them, a network trained on outlines that people drew.

    The map was computed once and stored, for the network itself is a 59 MB file. It fits the photograph at its
    stored size, pixel for pixel.

    Args:
        name: one of `photograph_names()`.

    Returns:
        How sure the network is of an edge at each pixel, 0 (no edge) to 255, shape (n_H, n_W).

    Raises:
        ValueError: the name is not known.
    """
    from PIL import Image

    with Image.open(_path(name, "_edges.png")) as opened:
        return np.array(opened, np.uint8)


def _path(name: str, ending: str) -> Path:
    if name not in photograph_names():
        known = ", ".join(photograph_names())
        raise ValueError(f"There is no photograph called {name!r}. The names are: {known}.")
    return FILES / f"{name}{ending}"


def _resized(picture: Image.Image, size: int | tuple[int, int] | None) -> Image.Image:
    from PIL import Image, ImageOps

    if size is None:
        return picture
    _require_possible(size)
    if isinstance(size, tuple):
        return ImageOps.fit(picture, (int(size[1]), int(size[0])), Image.Resampling.LANCZOS)
    scale = size / max(picture.size)
    width, height = (max(1, round(side * scale)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _require_possible(size: object) -> None:
    sides = size if isinstance(size, tuple) and len(size) == 2 else (size,)
    whole = [side for side in sides if isinstance(side, (int, np.integer)) and not isinstance(side, bool)]
    if len(whole) < len(sides) or not all(1 <= side <= LARGEST_SIZE for side in whole):
        raise ValueError(
            f"A photograph cannot have size {size!r}. Give the longer side as a whole number of pixels, "
            f"or the pair (n_H, n_W); each side from 1 to {LARGEST_SIZE}."
        )
