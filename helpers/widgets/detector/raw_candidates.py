"""A detector's candidates, made up around objects that were marked by hand: an example until a detector is trained."""

from __future__ import annotations

import numpy as np

from helpers.overlap import shared_parts

from ..anchors import alike

PHOTOGRAPH, SIDE, GRID = "astronaut", 224, 8
NAMES = ("person", "head", "helmet", "space shuttle", "badge")
ANCHORS = ((165, 215), (62, 90), (98, 76), (32, 30))  # width, height in pixels
_OBJECTS = np.array(
    [
        [10, 6, 174, 224],
        [68, 7, 133, 89],
        [120, 149, 223, 224],
        [153, 0, 203, 125],
        [59, 151, 92, 186],
        [120, 148, 146, 167],
    ],
    dtype=float,
)  # x1, y1, x2, y2
_KINDS = np.array([0, 1, 2, 3, 4, 4])
_SEED = 8
_FAR = 1.0  # cells from an object's midpoint until its candidates get weak


def made_up() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One candidate for each cell and anchor, 256 in all: boxes (256, 4), scores (256,) and classes (256,).

    Nothing was trained. Each anchor of each cell looks at the object that it fits best, by shape and by how near the
    object's midpoint lies. Its box is pulled towards that object, the better it fits the more, and shaken; the score is
    what the box and the object share, less some chance. A few candidates get a wrong class. The seed is fixed.
    """
    rng = np.random.default_rng(_SEED)
    middles = (np.arange(GRID) + 0.5) * SIDE / GRID
    centres = np.stack(np.meshgrid(middles, middles), axis=-1).reshape(-1, 2).repeat(len(ANCHORS), axis=0)
    sizes = np.tile(np.array(ANCHORS, dtype=float), (GRID * GRID, 1))
    slots = np.concatenate([centres - sizes / 2, centres + sizes / 2], axis=1)
    aims = (_OBJECTS[:, :2] + _OBJECTS[:, 2:]) / 2
    far = np.linalg.norm(centres[:, None] - aims[None], axis=2) * GRID / SIDE
    fits = alike(sizes, _OBJECTS[:, 2:] - _OBJECTS[:, :2]) * np.exp(-((far / _FAR) ** 2) / 2)
    aim = fits.argmax(axis=1)
    pull = np.clip(2 * fits.max(axis=1), 0, 0.93)[:, None]
    shaken = rng.normal(0, 1, slots.shape) * (1.5 + 0.06 * np.tile(sizes, 2) * (1 - pull))
    boxes = (slots + pull * (_OBJECTS[aim] - slots) + shaken).clip(0, SIDE).round()
    boxes[:, 2:] = np.maximum(boxes[:, 2:], boxes[:, :2] + 4)
    share = shared_parts(boxes, _OBJECTS)[np.arange(len(boxes)), aim]
    scores = np.clip(1.04 * share - 0.03 - np.abs(rng.normal(0, 0.07, len(boxes))), 0.01, 0.99)
    wrong = rng.random(len(boxes)) < 0.15 * (1 - share)
    classes = np.where(wrong, rng.integers(0, len(NAMES), len(boxes)), _KINDS[aim])
    return boxes, scores.round(3), classes
