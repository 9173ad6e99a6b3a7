"""From what people call a picture to a batch of RGB numbers, and back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

KEEP = "keep"
Size = tuple[int, int] | str


def as_batch(images: ArrayLike) -> NDArray[np.float32]:
    """Pictures as a batch of RGB brightness.

    Args:
        images: RGB, one picture (n_H, n_W, 3) or several (m, n_H, n_W, 3); whole numbers from 0 to 255, or fractions
            from 0 to 1.

    Returns:
        Brightness from 0 to 255, float32, shape (m, n_H, n_W, 3), where m is 1 for one picture.

    Raises:
        ValueError: another shape or other values.
    """
    batch = np.asarray(images)
    if batch.ndim not in (3, 4) or batch.shape[-1] != 3 or 0 in batch.shape:
        raise ValueError(
            f"Pictures must be RGB, of shape (n_H, n_W, 3) or (m, n_H, n_W, 3); this has shape {batch.shape}. "
            "A grey picture becomes one with np.stack([grey] * 3, axis=-1)."
        )
    fractions = np.issubdtype(batch.dtype, np.floating)
    if not fractions and not np.issubdtype(batch.dtype, np.integer):
        raise ValueError(f"Pictures must be numbers; these are {batch.dtype}.")
    largest = 1 if fractions else 255
    # Written so that NaN fails as well.
    if not (batch.min() >= 0 and batch.max() <= largest):
        raise ValueError(
            f"{'Fractions' if fractions else 'Whole numbers'} in a picture must lie from 0 to {largest}; these go from "
            f"{batch.min():g} to {batch.max():g}."
            + (" Fractions from 0 to 255 must be divided by 255 first." if fractions else "")
        )
    brightness = np.asarray(batch, np.float32) * np.float32(255 if fractions else 1)
    return np.asarray(brightness.reshape(-1, *batch.shape[-3:]), np.float32)


def resized(batch: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """The middle of every picture, as large as it can be cut in the proportions of `size`, brought to (n_H, n_W).

    That is close to how such networks are measured. Bilinear, from as many pixels as a new one covers; values in
    between are kept.
    """
    from PIL import Image, ImageOps

    n_H, n_W = size
    if batch.shape[1:3] == (n_H, n_W):
        return batch
    made = np.empty((len(batch), n_H, n_W, 3), np.float32)
    for picture, target in zip(batch, made, strict=True):
        for channel in range(3):  # Pillow resizes fractions in one channel at a time only
            layer = Image.fromarray(picture[..., channel])
            target[..., channel] = np.asarray(ImageOps.fit(layer, (n_W, n_H), Image.Resampling.BILINEAR))
    return made


def require_size(size: Any, smallest: int) -> Size:
    """Check what `preprocess` was given as a size.

    Raises:
        ValueError: it is neither "keep" nor a pair of whole numbers, or smaller than the network allows.
    """
    if size == KEEP and isinstance(size, str):
        return KEEP
    sides = size if isinstance(size, (tuple, list)) and len(size) == 2 else (None,)
    if not all(isinstance(side, (int, np.integer)) and not isinstance(side, bool) for side in sides):
        raise ValueError(f'size is a pair (n_H, n_W) of whole numbers, "keep" or None; it is {size!r}.')
    if min(sides) < smallest:
        raise ValueError(f"This network needs at least {smallest} pixels a side; size is {tuple(size)}.")
    return int(size[0]), int(size[1])
