"""Small models made of plain data, to be given to functions that take a model: a base with known layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Recipe = Sequence[tuple[str, str, dict[str, Any]]]
_POOLS = {"max": "MaxPooling2D", "avg": "AveragePooling2D"}


def base_of(recipe: Recipe, input_shape: tuple[int, ...], name: str = "base") -> Any:
    """A Keras model.

    Args:
        recipe: for each layer its kind (conv, dense, norm, pool, activation, flatten, mean, dropout), its name, and its
            options: f (height and width), n_C, stride, padding, units, mode, rate.
        input_shape: (n_H, n_W, n_C).
        name: of the model.

    Raises:
        KeyError: a kind is unknown.
    """
    import keras

    layers = [_layer(keras.layers, kind, options, f"{name}_{label}") for kind, label, options in recipe]
    return keras.Sequential([keras.Input(input_shape), *layers], name=name)


def _layer(layers: Any, kind: str, options: dict[str, Any], name: str) -> Any:
    make = {
        "conv": lambda: layers.Conv2D(
            options["n_C"], tuple(options["f"]), strides=options["stride"], padding=options["padding"], name=name
        ),
        "dense": lambda: layers.Dense(options["units"], name=name),
        "norm": lambda: layers.BatchNormalization(name=name),
        "pool": lambda: getattr(layers, _POOLS[options["mode"]])(
            options["f"], strides=options["stride"], padding=options["padding"], name=name
        ),
        "activation": lambda: layers.Activation(options["mode"], name=name),
        "flatten": lambda: layers.Flatten(name=name),
        "mean": lambda: layers.GlobalAveragePooling2D(name=name),
        "dropout": lambda: layers.Dropout(options["rate"], name=name),
    }
    return make[kind]()
