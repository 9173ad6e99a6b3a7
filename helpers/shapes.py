"""What a Keras model is made of, as a table: every layer's output shape, its size and its parameters."""

from __future__ import annotations

import math
import re
from typing import Any


def layer_table(model: Any) -> str:
    """The layers of a model as text: kind or given name, output shape, number of activations, number of parameters.

    Args:
        model: a Keras model that knows its input shape.

    Returns:
        One line a layer, in order, and a last line with all parameters.

    Raises:
        ValueError: the model has no input shape, so that its layers have no shapes either.
    """
    try:
        shape = tuple(model.input_shape[1:])
    except AttributeError:
        raise ValueError(
            f"the model {model.name!r} has no input shape yet, so its layers have no shapes: "
            "begin it with keras.Input(shape)"
        ) from None
    rows = [("input", shape, 0)]
    for layer in model.layers:
        if type(layer).__name__ != "InputLayer":
            rows.append((_called(layer), tuple(layer.output.shape[1:]), layer.count_params()))
    width = max(len("layer"), *(len(name) for name, _, _ in rows))
    lines = [f"{'layer':{width}}  {'output shape':>14}  {'activations':>11}  {'parameters':>10}"]
    lines += [f"{name:{width}}  {s!s:>14}  {math.prod(s):>11,}  {count:>10,}" for name, s, count in rows]
    return "\n".join([*lines, f"{'all':{width}}  {'':>14}  {'':>11}  {model.count_params():>10,}"])


def _called(layer: Any) -> str:
    """The name that somebody gave to a layer, else its kind: names like max_pooling2d_16 say nothing more."""
    kind = type(layer).__name__
    counted = re.sub(r"_\d+$", "", layer.name).replace("_", "")
    return kind if counted == kind.lower() else str(layer.name)
