"""Shapes as distance fields: at each pixel, how far the shape's edge is; negative inside.

With a distance one gets smooth edges, rounded shading and soft shadows by arithmetic alone, the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
Point = tuple[float, float]


@dataclass(frozen=True)
class Canvas:
    """The pixels of a picture, in the coordinates of the thing that is drawn.

    Attributes:
        x: to the right, shape (n_H, n_W).
        y: downwards, shape (n_H, n_W).
        pixel: width of one pixel in the same units.
    """

    x: Field
    y: Field
    pixel: float


def capsule(canvas: Canvas, start: Point, end: Point, start_radius: float, end_radius: float) -> Field:
    """Distance to a stroke with round ends whose radius changes evenly from start to end, shape (n_H, n_W)."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    from_x, from_y = canvas.x - np.float32(start[0]), canvas.y - np.float32(start[1])
    along = np.clip((from_x * np.float32(dx) + from_y * np.float32(dy)) / np.float32(dx * dx + dy * dy), 0, 1)
    across_x, across_y = from_x - along * np.float32(dx), from_y - along * np.float32(dy)
    radius = np.float32(start_radius) + along * np.float32(end_radius - start_radius)
    distance: Field = np.sqrt(across_x * across_x + across_y * across_y) - radius
    return distance


def union(fields: list[Field], *, softness: float) -> Field:
    """Join shapes; where two come closer than `softness` they melt into each other, as skin does between fingers.

    The polynomial smooth minimum of Inigo Quilez, "Smooth minimum" (2013).
    """
    joined = fields[0]
    for field in fields[1:]:
        overlap = np.maximum(np.float32(softness) - np.abs(joined - field), 0)
        joined = np.minimum(joined, field) - overlap * overlap / np.float32(4 * softness)
    return joined


def coverage(field: Field, canvas: Canvas) -> Field:
    """How much of each pixel the shape covers, 0 to 1."""
    covered: Field = np.clip(0.5 - field / np.float32(canvas.pixel), 0, 1)
    return covered


def rounded_light(field: Field, canvas: Canvas, *, roundness: float, light: tuple[float, float, float]) -> Field:
    """Brightness of a shape whose rim curves away like a finger's (Lambert's cosine law), 0 to 1.

    Args:
        field: distance to the shape, shape (n_H, n_W).
        canvas: the pixels.
        roundness: how far inside the edge the surface has become flat.
        light: unit vector (right, down, towards the viewer) to the lamp.

    Returns:
        Cosine of the angle between the surface and the light, shape (n_H, n_W).
    """
    slope_y, slope_x = np.gradient(field, canvas.pixel)
    tilt = np.clip(1 + field / np.float32(roundness), 0, 1)  # 1 at the edge, 0 on the flat
    facing = np.sqrt(1 - tilt * tilt)
    right, down, towards = (np.float32(part) for part in light)
    brightness: Field = np.clip(tilt * (slope_x * right + slope_y * down) + facing * towards, 0, 1)
    return brightness


def shifted(field: Field, rows: int, columns: int) -> Field:
    """The field moved down and to the right by whole pixels; the border is continued."""
    n_H, n_W = field.shape
    return field[np.ix_(np.clip(np.arange(n_H) - rows, 0, n_H - 1), np.clip(np.arange(n_W) - columns, 0, n_W - 1))]
