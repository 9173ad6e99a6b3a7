"""What a model says about itself, as plain data: shapes, layers, settings, connections. No numbers of its weights."""

from __future__ import annotations

import math
from typing import Any

MOST_LAYERS = 2000
_PLAIN = (bool, int, float, str)


def outline_of(model: Any) -> dict[str, Any]:
    """Describe a Keras model.

    Returns:
        "input_shape" and "output_shape": without the batch axis, 0 for a free side, None if not known.
        "weights": shape of each weight, in Keras' order. "trainable": how many numbers may be trained.
        "calls": for each layer and nested model by its name, the plain keyword arguments of each of its calls, as
            {"base": [{"training": False}]}; empty for a model that is no graph.
        "layers": for each layer, those of nested models in place of the model, a dictionary with "name", "kind" (its
        class), "trainable", "output_shape", "weights" (shapes) and "settings" (of `get_config`, plain ones only).

    Raises:
        AttributeError: it is no model.
    """
    return {
        "input_shape": _shape(getattr(model, "input_shape", None)),
        "output_shape": _shape(getattr(model, "output_shape", None)),
        "weights": [_whole(weight.shape) for weight in model.weights],
        "trainable": sum(math.prod(_whole(weight.shape)) for weight in model.trainable_weights),
        "calls": _calls(model),
        "layers": [_row(layer) for layer in _leaves(model)[:MOST_LAYERS]],
    }


def _calls(model: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    try:
        for layer in model.get_config()["layers"][:MOST_LAYERS]:
            given = [dict(node["kwargs"]) for node in layer.get("inbound_nodes", ())]
            found[str(layer["config"]["name"])] = [
                {str(key): value for key, value in call.items() if _is_plain(value)} for call in given
            ]
    except Exception:  # a class of the learner's own may have any configuration
        return {}
    return found


def _leaves(model: Any) -> list[Any]:
    """Layers in order, those of nested models in place of the model."""
    return [leaf for layer in model.layers for leaf in (_leaves(layer) if hasattr(layer, "layers") else [layer])]


def _row(layer: Any) -> dict[str, Any]:
    config = layer.get_config()
    plain = {str(key): value for key, value in config.items() if _is_plain(value)}
    return {
        "name": str(layer.name),
        "kind": type(layer).__name__,
        "trainable": bool(layer.trainable),
        "output_shape": _shape(getattr(_output(layer), "shape", None)),
        "weights": [_whole(weight.shape) for weight in layer.weights],
        "settings": plain,
    }


def _output(layer: Any) -> Any:
    try:
        return layer.output
    except Exception:  # used twice or never: there is no one output
        return None


def _is_plain(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return len(value) < 10 and all(isinstance(item, _PLAIN) for item in value)
    return value is None or isinstance(value, _PLAIN)


def _shape(shape: Any) -> tuple[int, ...] | None:
    """Without the batch axis."""
    try:
        return tuple(int(n or 0) for n in shape)[1:]
    except Exception:
        return None


def _whole(shape: Any) -> tuple[int, ...]:
    return tuple(int(n) for n in shape)
