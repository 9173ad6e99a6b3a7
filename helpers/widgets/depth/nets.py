"""Two deep nets with the same weights, one plain and one with shortcuts, and random numbers that never change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WIDTH = 20  # units in a layer
BATCH = 16  # inputs
BENDS = ("ReLU", "tanh", "sigmoid")


@dataclass(frozen=True)
class Net:
    """One pass through a net, and back.

    Args:
        norms: norm of dJ/dz[l] over the batch, for layers 1 to depth, (depth,).
        input: a[0], (WIDTH, BATCH), from 0 to 1.
        output: a[depth], (WIDTH, BATCH).
    """

    norms: np.ndarray
    input: np.ndarray
    output: np.ndarray


def uniform(seed: int, count: int) -> np.ndarray:
    """Numbers from 0 to 1, equal to the bit to those of depth/randomness.js, (count,).

    Mulberry32 by Tommy Ettinger (public domain): a counter whose bits are mixed, so that all can be had at once.
    """
    a = (np.arange(1, count + 1, dtype=np.uint64) * 0x6D2B79F5 + seed).astype(np.uint32)
    t = (a ^ (a >> 15)) * (a | 1)
    t ^= t + (t ^ (t >> 7)) * (t | 61)
    return np.asarray((t ^ (t >> 14)) / 2.0**32)


def bells(seed: int, count: int) -> np.ndarray:
    """Numbers around 0 with variance 1, nearly normal: each is the sum of four uniform ones, (count,)."""
    return np.asarray((uniform(seed, 4 * count).reshape(count, 4).sum(axis=1) - 2) * np.sqrt(3))


def he_weights(seed: int, layer: int) -> np.ndarray:
    """Weights of a layer, counted from 1, with the variance 2 / WIDTH of He et al. (2015), (WIDTH, WIDTH)."""
    return float(np.sqrt(2 / WIDTH)) * bells(seed + 1000 * (layer + 2), WIDTH**2).reshape(WIDTH, WIDTH)


def deep_net(depth: int, bend: str, scale: float, seed: int, shortcuts: bool) -> Net:
    """A net of `depth` layers without biases: a[l] = g(z[l]), and with shortcuts a[l+2] = g(z[l+2] + a[l]).

    Args:
        depth: number of layers, even.
        bend: the nonlinearity g, one of BENDS.
        scale: what He's weights are multiplied by.
        seed: of weights, inputs and targets; both kinds of nets get the same ones.
        shortcuts: whether the input of every pair of layers is added before its second g.

    Returns:
        Norms for J = the squared distance from random targets, halved, mean over the batch.
    """
    weights = [scale * he_weights(seed, layer) for layer in range(1, depth + 1)]
    a = start = uniform(seed + 1000, WIDTH * BATCH).reshape(WIDTH, BATCH)
    slopes, carried = [], start
    for layer, w in enumerate(weights, 1):
        second = shortcuts and layer % 2 == 0
        z = w @ a + (carried if second else 0)
        a, slope = _bent(z, bend)
        slopes.append(slope)
        carried = a if layer % 2 == 0 else carried
    arriving = (a - uniform(seed + 2000, WIDTH * BATCH).reshape(WIDTH, BATCH)) / BATCH
    norms, over = [], np.zeros_like(start)
    for layer in range(depth, 0, -1):
        dz = arriving * slopes[layer - 1]
        norms.append(float(np.linalg.norm(dz)))
        second = shortcuts and layer % 2 == 0
        arriving = weights[layer - 1].T @ dz + (0 if second else over)
        over = dz if second else np.zeros_like(start)  # what goes around the layer before
    return Net(np.array(norms[::-1]), start, a)


def _bent(z: np.ndarray, bend: str) -> tuple[np.ndarray, np.ndarray]:
    """g(z) and its slope."""
    if bend == "ReLU":
        return np.maximum(z, 0), (z > 0).astype(float)
    a = np.tanh(z) if bend == "tanh" else 1 / (1 + np.exp(-z))
    return a, 1 - a**2 if bend == "tanh" else a * (1 - a)
