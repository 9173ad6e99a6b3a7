"""Drawn hands that show the numbers 0 to 5: six classes to learn, as many pictures as you ask for.

They are drawings, not photographs: no one's hand is in them, and every label is right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from helpers.data.hand_pose import HELD_UP
from helpers.data.hand_scene import draw_hand

NUM_SIGNS = len(HELD_UP)
SMALLEST, LARGEST = 16, 256


def hand_signs(num_images: int, *, size: int = 64, seed: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Draw hands of every skin tone, turned, lit and placed at random, each showing a number from 0 to 5.

    A seed always gives the same pictures: image i depends on the seed, on i and on the size, not on how many
    you ask for. Each run of six images holds every sign once, so the classes are balanced. For data that a network
    has never seen, take another seed.

    Args:
        num_images: how many, 0 or more; one takes a few milliseconds at 64 pixels.
        size: height and width in pixels, 16 to 256.
        seed: 0 to 4294967295.

    Returns:
        Images, RGB, 0 to 255, shape (m, size, size, 3), and the numbers they show, 0 to 5, shape (m,).

    Raises:
        ValueError: an argument is out of its range.
    """
    _require("num_images", num_images, 0, 1_000_000)
    _require("size", size, SMALLEST, LARGEST)
    _require("seed", seed, 0, 2**32 - 1)
    images = np.empty((num_images, size, size, 3), np.uint8)
    labels = _labels(num_images, seed)
    for index, sign in enumerate(labels):
        images[index] = draw_hand(int(sign), size, _stream(seed, 1, index))
    return images, labels


def _labels(num_images: int, seed: int) -> NDArray[np.int64]:
    """A new order of the six signs for each run of six images."""
    num_runs = -(-num_images // NUM_SIGNS)
    runs = [_stream(seed, 0, run).permutation(NUM_SIGNS) for run in range(num_runs)]
    return np.array(runs, np.int64).reshape(-1)[:num_images]


def _stream(seed: int, purpose: int, index: int) -> np.random.RandomState:
    """Random numbers of one image: RandomState, for NumPy promises never to change what a seed gives there."""
    return np.random.RandomState([seed, purpose, index])


def _require(name: str, value: object, lowest: int, highest: int) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or not lowest <= value <= highest:
        raise ValueError(f"{name} is {value!r}, but must be a whole number from {lowest} to {highest}.")
