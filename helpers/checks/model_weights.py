"""Weights to put into a model that is looked at, so that every step shows in its output."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .model_blueprint import Shape

_LARGE = 1 << 20  # a kernel of so many numbers is drawn in single precision, in half the time and memory


def random_weights(shapes: Sequence[Shape], rng: np.random.Generator) -> list[np.ndarray]:
    """Weights under which every step shows in the output: signs mixed, biases not small, outputs not saturated.

    Args:
        shapes: as `get_weights` gives them: kernels, biases, and four vectors for a normalisation.
        rng: source of the numbers.
    """
    weights: list[np.ndarray] = []
    for index, shape in enumerate(shapes):
        large = math.prod(shape) > _LARGE
        values = rng.standard_normal(shape, dtype=np.float32) if large else rng.normal(size=shape)
        role = _role(shapes, index)
        if role == "kernel":
            values /= np.sqrt(np.prod(shape[:-1]))
        elif role == "scale":  # of both signs, none near zero
            values = np.copysign(rng.uniform(0.5, 1.5, size=shape), values)
        elif role == "shift":  # so small that a normalised channel keeps values of both signs
            values /= 2
        elif role == "variance":  # far above EPSILON
            values = rng.uniform(15, 40, size=shape)
        weights.append(values.astype(np.float32, copy=False))
    return weights


def silent_weights(shapes: Sequence[Shape]) -> list[np.ndarray]:
    """All kernels and biases 0: what a residual block adds to its shortcut is 0, normalised or not.

    Args:
        shapes: as for `random_weights`.
    """
    ones = [_role(shapes, index) in ("scale", "variance") for index in range(len(shapes))]
    return [np.full(shape, one, dtype=np.float32) for shape, one in zip(shapes, ones, strict=True)]


def _role(shapes: Sequence[Shape], index: int) -> str:
    """What a weight is for: normalisations bring four vectors of one length each, after a bias or without one."""
    if len(shapes[index]) > 1:
        return "kernel"
    start, end = index, index + 1
    while start > 0 and shapes[start - 1] == shapes[index]:
        start -= 1
    while end < len(shapes) and shapes[end] == shapes[index]:
        end += 1
    biases = (end - start) % 4  # before the normalisations of parallel branches, which may follow each other
    if biases > 1 or index - start < biases:
        return "bias"
    return ("scale", "shift", "mean", "variance")[(index - start - biases) % 4]
