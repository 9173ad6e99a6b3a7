"""What is behind a hand."""

from __future__ import annotations

from colorsys import hsv_to_rgb

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float32]  # RGB, 0 to 1, shape (3, 1, 1)
Picture = NDArray[np.float32]  # RGB planes, 0 to 1, shape (3, n_H, n_W): fastest to calculate with


def colour_of(hue: float, saturation: float, value: float) -> Colour:
    """A colour from its hue, saturation and value, each 0 to 1; shape (3, 1, 1)."""
    return np.array(hsv_to_rgb(hue, saturation, value), np.float32).reshape(3, 1, 1)


def background(side: int, skin: Colour, random: np.random.RandomState) -> Picture:
    """A wall, a wall and a table, a curtain or lights out of focus; never of the colour of the hand.

    Args:
        side: height and width in pixels.
        skin: colour of the hand that must stand out, RGB, 0 to 1, shape (3, 1, 1).
        random: where every choice is drawn from.

    Returns:
        RGB planes, 0 to 1, shape (3, side, side).
    """
    first, second = _unlike(skin, random), _unlike(skin, random)
    down, right = np.mgrid[0:side, 0:side].astype(np.float32) / np.float32(side)
    kind, angle, place = int(4 * random.random_sample()), random.uniform(0, np.pi), random.uniform(0.35, 0.75)
    slope = np.float32(np.cos(angle)) * right + np.float32(np.sin(angle)) * down
    if kind == 0:
        mix = np.clip(0.35 * slope, 0, 1)
    elif kind == 1:
        edge = down + np.float32(0.3 * np.cos(angle)) * (right - 0.5) - np.float32(place)
        mix = np.clip(0.5 + edge * np.float32(random.uniform(15, 60)), 0, 1)
    elif kind == 2:
        mix = 0.25 + 0.25 * np.sin(slope * np.float32(random.uniform(20, 60)))
    else:
        centres, radii = random.uniform(0, 1, (4, 2)), random.uniform(0.1, 0.3, 4)
        spots = [np.hypot(right - np.float32(x), down - np.float32(y)) for x, y in centres]
        mix = sum(0.5 * np.clip((np.float32(r) - d) * 12, 0, 1) for d, r in zip(spots, radii, strict=True))
        mix = np.clip(mix, 0, 0.8)
    return np.asarray(first + mix * (second - first), np.float32)


def _unlike(skin: Colour, random: np.random.RandomState) -> Colour:
    """A colour that a hand of this skin stands out from."""
    while True:
        hue, saturation, value = random.random_sample(), random.uniform(0.03, 0.45), random.uniform(0.25, 0.97)
        colour = colour_of(hue, saturation, value)
        if np.abs(colour - skin).mean() > 0.22:
            return colour
