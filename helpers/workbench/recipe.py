"""Keras layers made of plain data: small models to give to a function, and blocks to stand in for a broken one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# Of each layer: its kind, a name, its options, and the names of the layers whose outputs it takes ("X": the input).
Recipe = Sequence[tuple[str, str, dict[str, Any], Sequence[str]]]
_POOLS = {"max": "MaxPooling2D", "avg": "AveragePooling2D"}


def applied(recipe: Recipe, X: Any) -> Any:
    """What the layers of a recipe make of a tensor.

    Args:
        recipe: kinds are conv, dense, norm, zero_pad, pool, activation, flatten, mean, dropout, add, concat; options
            are f (of conv height and width), n_C, stride, padding, bias, axis, pad, units, mode, rate.
        X: symbolic tensor (None, n_H, n_W, n_C).

    Returns:
        The last layer's output.

    Raises:
        KeyError: a kind, or a layer that another takes, is unknown.
    """
    import keras

    known, out = {"X": X}, X
    for kind, name, options, inputs in recipe:
        given = [known[each] for each in inputs]
        out = known[name] = _layer(keras.layers, kind, options)(given if kind in ("add", "concat") else given[0])
    return out


def base_of(recipe: Recipe, input_shape: Sequence[int], name: str = "base") -> Any:
    """A Keras model of a recipe, for inputs of the shape (n_H, n_W, n_C)."""
    import keras

    X = keras.Input(tuple(input_shape))
    return keras.Model(X, applied(recipe, X), name=name)


def _layer(layers: Any, kind: str, options: dict[str, Any]) -> Any:
    moves = {key: options[key] for key in ("padding",) if key in options} | {"strides": options.get("stride", 1)}
    if kind == "conv":
        return layers.Conv2D(options["n_C"], tuple(options["f"]), use_bias=options["bias"], **moves)
    if kind == "pool":
        return getattr(layers, _POOLS[options["mode"]])(options["f"], **moves)
    if kind == "norm":
        axis = options["axis"]
        return layers.BatchNormalization(axis=axis if axis < 0 else axis + 1)  # an axis of one picture, or of the batch
    simple = {
        "dense": lambda: layers.Dense(options["units"], use_bias=options["bias"]),
        "zero_pad": lambda: layers.ZeroPadding2D(options["pad"]),
        "activation": lambda: layers.Activation(options["mode"]),
        "flatten": layers.Flatten,
        "mean": layers.GlobalAveragePooling2D,
        "dropout": lambda: layers.Dropout(options["rate"]),
        "add": layers.Add,
        "concat": layers.Concatenate,
    }
    return simple[kind]()
