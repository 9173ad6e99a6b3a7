"""Wrong counts of parameters that learners get, each computed from the layers' weight shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..parts import Call, Misconception

LayerSpec = Mapping[str, Any]


def entries(*shape: int) -> int:
    """How many numbers an array of this shape holds, without making it."""
    return int(np.broadcast_to(0, shape).size)


def weights_of(layer: LayerSpec) -> tuple[int, int]:
    """Entries in the kernel and in the bias of a layer."""
    if layer["kind"] == "conv":
        f, n_C = layer["f"], layer["n_C"]
        return entries(f, f, layer["n_C_prev"], n_C), entries(1, 1, 1, n_C)
    return (entries(layer["n_out"], layer["n_in"]), entries(layer["n_out"])) if layer["kind"] == "dense" else (0, 0)


def total(layers: Sequence[LayerSpec]) -> int:
    """Entries in all the arrays that the layers learn."""
    return sum(sum(weights_of(layer)) for layer in layers)


def _twisted(conv_count: Any = None, dense_count: Any = None, pool_count: Any = None) -> Call:
    """The total with another count for one kind of layer."""
    counts = {"conv": conv_count, "dense": dense_count, "pool": pool_count}

    def gives(layers: Sequence[LayerSpec]) -> int:
        return sum(counts[x["kind"]](x) if counts[x["kind"]] else sum(weights_of(x)) for x in layers)

    return gives


MISCONCEPTIONS = (
    Misconception(
        "bias_forgotten",
        "Each filter and each unit also has one number of its own that is added.",
        lambda layers: sum(weights_of(layer)[0] for layer in layers),
    ),
    Misconception(
        "one_bias_a_layer",
        "A layer has more than one bias: what is each of them added to?",
        lambda layers: sum(kernel + (bias > 0) for kernel, bias in map(weights_of, layers)),
    ),
    Misconception(
        "input_channels_forgotten",
        "A filter reaches through all channels of what comes in.",
        _twisted(conv_count=lambda x: entries(x["f"], x["f"], x["n_C"]) + x["n_C"]),
    ),
    Misconception(
        "filters_forgotten",
        "That is one filter. How many are there?",
        _twisted(conv_count=lambda x: entries(x["f"], x["f"], x["n_C_prev"]) + 1),
    ),
    Misconception(
        "f_not_squared",
        "A filter has a height and a width.",
        _twisted(conv_count=lambda x: entries(x["f"], x["n_C_prev"], x["n_C"]) + x["n_C"]),
    ),
    Misconception(
        "bias_for_each_input_channel",
        "A filter sums over all its input channels and then adds one bias, not one for each of them.",
        _twisted(conv_count=lambda x: weights_of(x)[0] + x["n_C_prev"] * x["n_C"]),
    ),
    Misconception(
        "bias_of_the_input_channels",
        "The biases were counted by the channels that come in. Which channels do they belong to?",
        _twisted(conv_count=lambda x: weights_of(x)[0] + x["n_C_prev"]),
    ),
    Misconception(
        "bias_of_the_inputs",
        "A dense layer's biases were counted by what comes in. Which numbers are they added to?",
        _twisted(dense_count=lambda x: weights_of(x)[0] + x["n_in"]),
    ),
    Misconception(
        "pool_counted",
        "What does a pooling layer learn? Look at the section on pooling in 1.2 again.",
        _twisted(pool_count=lambda x: x["f"] ** 2),
    ),
    Misconception(
        "only_the_last_layer",
        "Only the last layer is in the total.",
        lambda layers: total(layers[-1:]),
    ),
    Misconception(
        "only_the_first_layer",
        "Only the first layer is in the total: is the `return` inside the loop?",
        lambda layers: total(layers[:1]) if layers else None,
    ),
    Misconception(
        "list_of_counts",
        "The counts are still one by one: the total is asked for.",
        lambda layers: np.array([sum(weights_of(layer)) for layer in layers]) if layers else None,
    ),
    Misconception(
        "fails_without_layers", "With no layers at all there is nothing to add up.", raises=r"^(IndexError|Unbound)"
    ),
    Misconception(
        "key_missing_for_pooling",
        "A pooling layer has no channels written in its dict: look at `kind` first, then at the rest.",
        raises=r"^KeyError: '(n_C|n_C_prev|n_in|n_out)'",
    ),
    Misconception("not_an_integer", "Parameters are counted: return an int, not a float."),
)
