"""One picture of a hand: a place, a lamp, skin and a camera that is not perfect."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from helpers.data.distance_fields import Canvas, Field, capsule, coverage, rounded_light, shifted
from helpers.data.hand_background import Colour, Picture, background, colour_of
from helpers.data.hand_pose import Hand, pose

FINENESS = 2  # drawn this many times larger, then averaged
VIEW = 3.15  # height of the picture in palm widths
SKIN = np.array(
    [
        (248, 224, 206), (241, 205, 178), (228, 183, 148), (208, 157, 118), (181, 128, 88),
        (150, 99, 64), (117, 74, 48), (86, 54, 38), (63, 41, 32),
    ],
    np.float32,
) / np.float32(255)  # fmt: skip
SHADE = np.array((0.50, 0.36, 0.33), np.float32).reshape(
    3, 1, 1
)  # light that reaches skin in the shade: reddest, as through a hand


def draw_hand(sign: int, size: int, random: np.random.RandomState) -> NDArray[np.uint8]:
    """Draw a hand that shows `sign`.

    Args:
        sign: 0 to 5.
        size: height and width in pixels.
        random: where every choice is drawn from.

    Returns:
        RGB, 0 to 255, shape (size, size, 3).
    """
    canvas, flipped = _canvas(size * FINENESS, random)
    angle, height = random.uniform(0, 2 * np.pi), random.uniform(0.55, 0.8)
    reach = np.sqrt(1 - height**2)
    light = (float(reach * np.cos(angle)), float(-abs(reach * np.sin(angle))), float(height))
    skin = _skin(random)
    picture = background(size * FINENESS, skin, random)
    picture = _paint_hand(picture, pose(sign, canvas, random), canvas, skin, light)
    picture = _paint_sleeve(picture, canvas, light, random)
    if flipped:
        picture = picture[:, :, ::-1]
    return _photographed(picture.reshape(3, size, FINENESS, size, FINENESS).mean(axis=(2, 4)), random)


def _canvas(side: int, random: np.random.RandomState) -> tuple[Canvas, bool]:
    """Coordinates of a hand that is turned, scaled, sheared and moved; and whether the picture is mirrored."""
    turn = np.clip(random.normal(0, 0.32), -0.75, 0.75)
    unit = VIEW / random.uniform(0.70, 1.10)
    across = (np.arange(side, dtype=np.float32) + np.float32(0.5)) / np.float32(side) - np.float32(0.5)
    right = across[np.newaxis, :] * np.float32(unit) - np.float32(np.clip(random.normal(0, 0.15), -0.3, 0.3))
    down = across[:, np.newaxis] * np.float32(unit) - np.float32(np.clip(random.normal(0, 0.12), -0.15, 0.25))
    c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    x, y = c * right + s * down, c * down - s * right
    x = x / np.float32(random.uniform(0.90, 1.10)) + np.float32(random.normal(0, 0.06)) * y
    return Canvas(x, y - np.float32(0.30), unit / side), bool(random.random_sample() < 0.5)


def _skin(random: np.random.RandomState) -> Colour:
    """A tone anywhere between the lightest and the darkest of `SKIN`."""
    place = random.uniform(0, len(SKIN) - 1)
    tone = [np.interp(place, np.arange(len(SKIN)), SKIN[:, channel]) for channel in range(3)]
    return np.asarray(np.clip(tone * random.uniform(0.95, 1.05, 3), 0, 1), np.float32).reshape(3, 1, 1)


def _paint_hand(
    picture: Picture, hand: Hand, canvas: Canvas, skin: Colour, light: tuple[float, float, float]
) -> Picture:
    """Shadow on the background, the body, its lines, then each folded finger with a shadow of its own."""
    away = round(0.10 / canvas.pixel)
    fall = shifted(hand.body, round(-light[1] * away) + 1, round(-light[0] * away))
    picture = picture * (1 - 0.38 * np.exp(-np.maximum(fall, 0) / np.float32(0.12)))
    picture = _paint(picture, hand.body, canvas, skin, light)
    lines = 0.13 * np.clip(1 - hand.creases / np.float32(0.03), 0, 1) * coverage(hand.body + 0.03, canvas)
    picture = picture * (1 - lines)
    for part, nail in zip(hand.folded, hand.nails, strict=True):
        contact = 0.45 * np.exp(-np.maximum(part, 0) / np.float32(0.05)) * coverage(hand.body, canvas)
        picture = _paint(picture * (1 - contact), part, canvas, skin, light)
        shine = 0.45 * coverage(nail, canvas)
        picture = picture + shine * (skin * 0.55 + np.float32(0.42) - picture)
    return picture


def _paint_sleeve(
    picture: Picture, canvas: Canvas, light: tuple[float, float, float], random: np.random.RandomState
) -> Picture:
    """Two hands of three come out of a sleeve."""
    cloth = colour_of(random.random_sample(), random.uniform(0.1, 0.8), random.uniform(0.2, 0.9))
    hem, wears = random.uniform(1.05, 1.3), random.random_sample() < 2 / 3
    if not wears:
        return picture
    sleeve = np.maximum(capsule(canvas, (0, 0.9), (0, 3.0), 0.42, 0.60), np.float32(hem) - canvas.y)
    return _paint(picture, sleeve, canvas, cloth, light)


def _paint(picture: Picture, part: Field, canvas: Canvas, colour: Colour, light: tuple[float, float, float]) -> Picture:
    """Lay one rounded part over the picture, a little darker along its rim."""
    lit = rounded_light(part, canvas, roundness=0.17, light=light)
    rim = np.clip(-part / np.float32(0.07), 0, 1)
    painted = colour * (SHADE + (1.12 - SHADE) * lit) * (0.74 + 0.26 * rim)
    return np.asarray(picture + coverage(part, canvas) * (painted - picture), np.float32)


def _photographed(picture: Picture, random: np.random.RandomState) -> NDArray[np.uint8]:
    """Uneven light, a tint, a little blur and the noise of a sensor: planes (3, n, n) to pixels (n, n, 3)."""
    size = picture.shape[1]
    across = np.linspace(-1, 1, size, dtype=np.float32)
    angle, strength, exposure = random.uniform(0, 2 * np.pi), random.uniform(0, 0.22), random.uniform(0.72, 1.10)
    slope = np.float32(np.cos(angle)) * across[np.newaxis, :] + np.float32(np.sin(angle)) * across[:, np.newaxis]
    tint = random.normal(1, 0.035, (3, 1, 1)).astype(np.float32)
    picture = picture * (1 + np.float32(strength) * slope) * (np.float32(exposure) * tint)
    blur, noise = max(0.0, random.uniform(-0.2, 0.2)), random.uniform(0.004, 0.028)
    wide = np.pad(picture, ((0, 0), (1, 1), (1, 1)), mode="edge")
    wide = (1 - 2 * blur) * wide[:, 1:-1] + blur * (wide[:, :-2] + wide[:, 2:])
    wide = (1 - 2 * blur) * wide[:, :, 1:-1] + blur * (wide[:, :, :-2] + wide[:, :, 2:])
    noisy = wide + random.normal(0, noise, wide.shape)
    pixels = np.round(255 * np.clip(noisy, 0, 1)).astype(np.uint8)
    return np.moveaxis(pixels, 0, 2)
