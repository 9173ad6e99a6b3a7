"""Call a learner's function beside which this runs, on what only Keras can make here: tensors, models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .blocks import Blocks, standing_in
from .hollow import hollow
from .outline import outline_of
from .recipe import Recipe, base_of

Function = Callable[..., Any]


class NotConnected(ValueError):
    """What a function returned does not depend on the tensor that it was given."""


def model_of(fn: Function, blocks: Blocks, args: Sequence[Any]) -> Any:
    """What a function that builds a model returns.

    Args:
        fn: `fn(*args)`.
        blocks: correct ones in place of the learner's own, as `standing_in` takes them.
        args: plain values.
    """
    with standing_in(fn, blocks):
        return fn(*args)


def from_tensor(fn: Function, blocks: Blocks, input_shape: Sequence[int], args: Sequence[Any]) -> dict[str, Any]:
    """Call a function from tensor to tensor on a `keras.Input`, and wrap what comes in a model.

    Args:
        fn: `fn(X, *args)`.
        blocks: as for `model_of`.
        input_shape: of X, without the batch axis.
        args: what it gets besides.

    Returns:
        {"model": the model}, or {"value": what the function returned} where that is no symbolic tensor.

    Raises:
        NotConnected: the tensor that it returned does not come of X.
    """
    import keras

    X = keras.Input(tuple(input_shape))
    with standing_in(fn, blocks):
        value = fn(X, *args)
    if not isinstance(value, keras.KerasTensor):
        return {"value": value}
    try:
        return {"model": keras.Model(X, value)}
    except Exception as error:
        raise NotConnected(str(error)) from None


def counted(fn: Function, blocks: Blocks, args: Sequence[Any]) -> dict[str, Any]:
    """The outline of the model that a function builds, made without the memory of its weights.

    Args:
        fn: `fn(*args)` gives a Keras model.
        blocks: as for `model_of`.
        args: plain values.

    Returns:
        {"outline": as `outline_of` has it}, or {"value": what came} where that is no model.
    """
    with hollow(), standing_in(fn, blocks):
        value = fn(*args)
        return {"outline": outline_of(value)} if _is_model(value) else {"value": value}


def on_base(fn: Function, recipe: Recipe, input_shape: Sequence[int], args: Sequence[Any]) -> dict[str, Any]:
    """Call a function that takes a model first, on a base made here.

    Args:
        fn: `fn(base, *args)`; an argument `["recipe", shape, recipe]` becomes a model, too, as an augmenter.
        recipe: of the base.
        input_shape: (n_H, n_W, n_C) of the base.
        args: what it gets besides.

    Returns:
        {"model" or "value": what came, "before" and "after": outlines of the base}.
    """
    base = base_of(recipe, input_shape)
    before = outline_of(base)
    value = fn(base, *(_made(arg, index) for index, arg in enumerate(args)))
    return {"model" if _is_model(value) else "value": value, "before": before, "after": outline_of(base)}


def weight_shapes(model: Any) -> list[tuple[int, ...]]:
    """Shapes of a model's weights, in Keras' order."""
    return [tuple(int(n) for n in np.shape(weight)) for weight in model.get_weights()]


def outputs(model: Any, weights: Sequence[np.ndarray], x: np.ndarray, modes: Sequence[bool]) -> list[np.ndarray]:
    """What a model gives with other weights; its own come back after.

    Args:
        model: a Keras model.
        weights: one array a weight, in Keras' order.
        x: (m, ...).
        modes: for each call `training` as in `model(x, training=...)`; before each, the weights are set anew.

    Returns:
        For each call (m, ...).
    """
    own, given = model.get_weights(), list(weights)
    try:
        result = []
        for training in modes:
            model.set_weights(given)
            result.append(np.asarray(model(x, training=training)))  # `predict` would compile first
        return result
    finally:
        model.set_weights(own)


def trained_once(model: Any, x: np.ndarray, *, thaw: bool = False) -> list[bool]:
    """Which weights move when a model is called with training=True, as the statistics of a normalisation do.

    Args:
        model: a Keras model; its weights come back after.
        x: (m, ...) a batch whose statistics are far from 0 and 1.
        thaw: make every layer trainable before, as fine-tuning does. Then the statistics move even where the model was
            built by `base(X, training=False)`: in Keras 3 `training=True` of the outer call goes through to all layers.
            What a call said is in the outline's "calls".

    Returns:
        For each weight, in Keras' order, whether it changed.
    """
    own, frozen = model.get_weights(), [(layer, layer.trainable) for layer in _all_layers(model)]
    try:
        for layer, _ in frozen if thaw else ():
            layer.trainable = True
        model(x, training=True)
        return [not np.array_equal(a, b) for a, b in zip(own, model.get_weights(), strict=True)]
    finally:
        model.set_weights(own)
        for layer, trainable in frozen:  # the outer ones first: setting them sets what is inside
            layer.trainable = trainable


def _all_layers(model: Any) -> list[Any]:
    """A model, its layers, and those of nested models, the outer ones first."""
    inner = [found for layer in getattr(model, "layers", ()) for found in _all_layers(layer)]
    return [model, *inner]


def _made(arg: Any, index: int) -> Any:
    if isinstance(arg, (list, tuple)) and len(arg) == 3 and isinstance(arg[0], str) and arg[0] == "recipe":
        return base_of(arg[2], arg[1], name=f"given_{index}")
    return arg


def _is_model(value: Any) -> bool:
    try:
        return all(hasattr(value, name) for name in ("get_weights", "set_weights", "get_config", "layers"))
    except Exception:
        return False
