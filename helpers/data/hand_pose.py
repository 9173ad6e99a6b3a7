"""Where the parts of a hand lie, its palm towards you and its fingers up.

Units: the palm is about one wide, its centre is (0, 0), x goes right and y down. The thumb is on the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

import numpy as np

from helpers.data.distance_fields import Canvas, Field, Point, capsule, union

# Which of thumb, index, middle, ring and little finger are held up. People show a three in two ways.
HELD_UP = {
    0: ((0, 0, 0, 0, 0),),
    1: ((0, 1, 0, 0, 0),),
    2: ((0, 1, 1, 0, 0),),
    3: ((0, 1, 1, 1, 0), (1, 1, 1, 0, 0)),
    4: ((0, 1, 1, 1, 1),),
    5: ((1, 1, 1, 1, 1),),
}
KNUCKLES: tuple[Point, ...] = ((-0.40, -0.40), (-0.135, -0.47), (0.135, -0.44), (0.39, -0.31))
LENGTHS = (0.86, 0.97, 0.88, 0.68)
ANGLES = (-11.0, -3.0, 5.0, 15.0)  # degrees from upright
RADII = (0.132, 0.137, 0.128, 0.113)


@dataclass(frozen=True)
class Hand:
    """A hand as distance fields, each of shape (n_H, n_W), from the back to the front.

    Attributes:
        body: forearm, palm and every finger that is held up.
        folded: each finger bent over the palm, then the thumb if it is bent too.
        nails: the nail of each of `folded`.
        creases: distance to the lines of the palm and of the held-up fingers.
    """

    body: Field
    folded: list[Field]
    nails: list[Field]
    creases: Field


def pose(sign: int, canvas: Canvas, random: np.random.RandomState) -> Hand:
    """Draw one hand that shows `sign`, every joint a little different each time."""
    ways = HELD_UP[sign]
    thumb_up, *fingers_up = ways[int(len(ways) * random.random_sample())]
    angles, length_factor = _spread(fingers_up, random.uniform(0.85, 1.4)), random.uniform(0.92, 1.08)
    body, folded, nails = _palm(canvas, random), [], []
    creases = _palm_lines(canvas)
    for finger, is_up in enumerate(fingers_up):
        bend, stretch = random.normal(0, 2.5), random.uniform(0.95, 1.05) * length_factor
        radius = RADII[finger] * random.uniform(0.94, 1.06)
        if is_up:
            angle = angles[finger] + bend
            joints = _straight(KNUCKLES[finger], angle, LENGTHS[finger] * stretch, random.normal(0, 4))
            lower = capsule(canvas, joints[0], joints[1], radius * 1.05, radius)
            upper = capsule(canvas, joints[1], joints[2], radius, radius * 0.82)
            body.append(np.minimum(lower, upper))
            creases += [_crease(canvas, joints[1], angle, radius), _crease(canvas, KNUCKLES[finger], angle, radius)]
        else:
            shape, nail = _folded(canvas, KNUCKLES[finger], bend, stretch, radius)
            folded.append(shape)
            nails.append(nail)
    if thumb_up:
        body += _thumb_up(canvas, random.normal(0, 9), length_factor)
    else:
        shape, nail = _thumb_folded(canvas, random.normal(0, 0.03), covers_fingers=not fingers_up[1])
        folded.append(shape)
        nails.append(nail)
    return Hand(union(body, softness=0.09), folded, nails, np.minimum.reduce(creases))


def _palm(canvas: Canvas, random: np.random.RandomState) -> list[Field]:
    """Four bones that fan out from the wrist, the ball of the thumb, and the forearm."""
    slant = random.normal(0, 0.12)
    wrists: tuple[Point, ...] = ((-0.2, 0.6), (-0.07, 0.62), (0.07, 0.62), (0.2, 0.58))
    bones = [capsule(canvas, wrist, knuckle, 0.25, 0.17) for wrist, knuckle in zip(wrists, KNUCKLES, strict=True)]
    ball_of_thumb = capsule(canvas, (-0.16, 0.50), (-0.40, 0.16), 0.24, 0.19)
    return [*bones, ball_of_thumb, capsule(canvas, (0, 0.6), (slant, 2.6), 0.33, 0.42)]


def _palm_lines(canvas: Canvas) -> list[Field]:
    lines = ((-0.50, -0.12), (-0.22, 0.08), (-0.10, 0.50)), ((0.52, -0.12), (0.10, -0.10), (-0.20, -0.25))
    return [capsule(canvas, a, b, 0.012, 0.012) for line in lines for a, b in pairwise(line)]


def _spread(fingers_up: list[int], amount: float) -> list[float]:
    """Degrees from upright of each finger; two fingers alone make a clear V."""
    middle = sum(angle for angle, is_up in zip(ANGLES, fingers_up, strict=True) if is_up) / max(1, sum(fingers_up))
    amount *= 2.5 if sum(fingers_up) == 2 else 1
    return [middle / 2 + (angle - middle) * amount for angle in ANGLES]


def _straight(base: Point, angle: float, length: float, bend: float) -> tuple[Point, Point, Point]:
    """Base, middle joint and tip of a finger held up."""
    middle = _step(base, angle, 0.52 * length)
    return base, middle, _step(middle, angle + bend, 0.48 * length)


def _step(start: Point, angle: float, length: float) -> Point:
    return start[0] + length * sin(radians(angle)), start[1] - length * cos(radians(angle))


def _crease(canvas: Canvas, centre: Point, angle: float, radius: float) -> Field:
    """A short line across a finger."""
    half_x, half_y = 0.6 * radius * cos(radians(angle)), 0.6 * radius * sin(radians(angle))
    left, right = (centre[0] - half_x, centre[1] - half_y), (centre[0] + half_x, centre[1] + half_y)
    return capsule(canvas, left, right, 0.012, 0.012)


def _folded(canvas: Canvas, knuckle: Point, bend: float, stretch: float, radius: float) -> tuple[Field, Field]:
    """A finger bent forwards: its middle bone comes down over the palm, the nail at its lower end."""
    top = (knuckle[0] * 0.98, knuckle[1] - 0.06)
    tip = (knuckle[0] * 0.86 + 0.003 * bend, knuckle[1] + 0.40 * stretch)
    nail = capsule(canvas, (tip[0], tip[1] - 0.02), (tip[0], tip[1] + 0.05), 0.055, 0.05)
    return capsule(canvas, top, tip, radius * 1.08, radius * 0.95), nail


def _thumb_up(canvas: Canvas, turn: float, stretch: float) -> list[Field]:
    base, joint = (-0.38, 0.22), _step((-0.38, 0.22), -58 + turn, 0.50 * stretch)
    tip = _step(joint, -38 + turn, 0.42 * stretch)
    return [capsule(canvas, base, joint, 0.19, 0.15), capsule(canvas, joint, tip, 0.15, 0.115)]


def _thumb_folded(canvas: Canvas, lift: float, *, covers_fingers: bool) -> tuple[Field, Field]:
    """The thumb bent across the palm; over the fingers of a fist it reaches a little higher."""
    height = (-0.02 if covers_fingers else 0.10) + lift
    base, joint, tip = (-0.42, 0.26), (-0.24, height + 0.06), (0.10, height)
    thumb = union([capsule(canvas, base, joint, 0.19, 0.155), capsule(canvas, joint, tip, 0.155, 0.13)], softness=0.06)
    return thumb, capsule(canvas, (tip[0] - 0.02, tip[1] - 0.01), (tip[0] + 0.06, tip[1] - 0.01), 0.06, 0.055)
