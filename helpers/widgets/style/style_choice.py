"""What can be chosen in the style studio, and what is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.checks.words import short

from ..pictures import dots, number


@dataclass(frozen=True, eq=False)
class Choice:
    """What is chosen in a style studio.

    Args:
        content: the picture to keep, (n_H, n_W, 3) float32, 0 to 1.
        style: the picture to learn the manner from, cut to the same shape.
        alpha: weight of the content cost.
        beta: weight of the style cost.
        layers: pairs of a layer's name and its weight.
        content_name: what the content is called.
        style_name: what the style is called.
    """

    content: np.ndarray
    style: np.ndarray
    alpha: float
    beta: float
    layers: tuple[tuple[str, float], ...]
    content_name: str
    style_name: str


def named_pictures(pictures: Any, kind: str) -> dict[str, np.ndarray]:
    """Pictures to choose from, by name, each (n_H, n_W, 3) uint8.

    Raises:
        ValueError: there is none, or something is no picture.
    """
    if not isinstance(pictures, Mapping) or not 1 <= len(pictures) <= 12:
        raise ValueError(f"{kind} is no mapping of 1 to 12 pictures: expected {{name: (n_H, n_W, 3) array}}")
    return {str(name)[:60]: _colours(picture, f"picture {name!r} of {kind}") for name, picture in pictures.items()}


def _colours(picture: Any, name: str) -> np.ndarray:
    alone = getattr(picture, "ndim", 0) == 4 and len(picture) == 1
    array = dots(picture[0] if alone else picture, name)
    return np.repeat(array[..., None], 3, axis=2) if array.ndim == 2 else array


def layer_weights(layers: Sequence[Any] | Mapping[str, float]) -> dict[str, float]:
    """Layers with weights: names alone share 1 evenly; pairs and mappings bring their own.

    Raises:
        ValueError: there are no layers in this, or a weight is negative or none.
    """
    if isinstance(layers, str) or not isinstance(layers, Iterable):
        raise ValueError(f"layers is {short(layers)}: expected a list of names, or of pairs (name, weight)")
    listed = list(layers.items()) if isinstance(layers, Mapping) else list(layers)
    pairs = [one if isinstance(one, (tuple, list)) and len(one) == 2 else (one, 1 / len(listed)) for one in listed]
    if len(pairs) > 8:
        raise ValueError(f"there are {len(pairs)} layers: expected 8 at most")
    return {str(name)[:40]: weight(value, f"the weight of layer {name!r}") for name, value in pairs}


def weight(value: Any, name: str) -> float:
    """A finite number, 0 or more.

    Raises:
        ValueError: it is none.
    """
    return number(value, name, 0, 1e9)
