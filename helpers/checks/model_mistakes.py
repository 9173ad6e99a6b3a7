"""Mistakes in a model, each written as a change to the right steps; the same ones serve every model of the course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .model_blueprint import Step
from .model_changes import Change, groups, replaced, setting, without


@dataclass(frozen=True)
class Mistake:
    """A mistake that learners make in a model.

    Args:
        name: short and stable, for example "relu_missing".
        hint: what to look at; never the answer itself.
        part: the part of the check that loses by it.
        changes: what it makes of the right steps, the commonest form first; empty where it is found otherwise.
        raises: regular expression for "TypeName: text" of the error that the learner's function ends in by it.
    """

    name: str
    hint: str
    part: str = ""
    changes: tuple[Change, ...] = ()
    raises: str = ""


def of_activations(part: str, hidden: Sequence[str], *also: tuple[str, ...]) -> tuple[Mistake, ...]:
    """What goes wrong with ReLU.

    Args:
        part: the part that loses.
        hidden: names of the ReLU steps.
        also: further groups of them that are often forgotten together.
    """
    sets = [groups(hidden)[0], *also, *groups(hidden)[1:]]

    def forms(*modes: str) -> tuple[Change, ...]:
        return tuple(setting(*names, mode=mode) for mode in modes for names in sets)

    return (
        Mistake(
            "relu_missing",
            "Negative values pass through a hidden layer: which layers of the description end in ReLU?",
            part,
            forms("linear"),
        ),
        Mistake("tanh_inside", "A hidden layer uses tanh; compare with the description.", part, forms("tanh")),
        Mistake(
            "sigmoid_inside",
            "A hidden layer squeezes its values between 0 and 1; compare its activation with the description.",
            part,
            forms("sigmoid"),
        ),
        Mistake(
            "other_activation_inside",
            "A hidden layer's activation is close to ReLU, but below zero it is not 0.",
            part,
            forms("leaky_relu", "elu", "selu", "gelu", "swish"),
        ),
    )


def of_pooling(part: str, pools: Sequence[str], sizes: Sequence[int]) -> tuple[Mistake, ...]:
    """What goes wrong with pooling; `pools` names the steps, `sizes` their windows."""
    pairs = list(zip(pools, sizes, strict=True))

    def all_with(**options: Any) -> tuple[Change, ...]:
        return tuple(setting(*names, **options) for names in groups(pools))

    others = tuple(setting(name, f=f, stride=f) for name, right in pairs for f in (2, 3, 4, 8) if f != right)
    return (
        Mistake(
            "average_pooling", "A window gives its mean here. Which pooling is asked for?", part, all_with(mode="avg")
        ),
        Mistake(
            "pool_stride",
            "The pooling windows overlap: how far does a window of the description move?",
            part,
            all_with(stride=1) + tuple(setting(name, stride=s) for name, f in pairs for s in (2, 4) if s < f),
        ),
        Mistake("pool_missing", "A pooling layer is missing.", part, tuple(without(*names) for names in groups(pools))),
        Mistake("pool_size", "A pooling window has another size than the description says.", part, others),
    )


def of_output(part: str, name: str, right: str) -> tuple[Mistake, ...]:
    """What goes wrong with the last activation, which should be `right` (softmax or sigmoid)."""
    missing = "They do not add up to 1" if right == "softmax" else "They do not lie between 0 and 1"
    mistakes = [
        Mistake(
            f"{right}_missing",
            f"The outputs are no probabilities yet. {missing}: what belongs after the last layer's sums?",
            part,
            (setting(name, mode="linear"), setting(name, mode="relu"), setting(name, mode="tanh")),
        )
    ]
    if right == "softmax":
        hint = "Each output lies between 0 and 1, but together they do not add up to 1: one picture has one class."
        mistakes.append(Mistake("sigmoid_for_softmax", hint, part, (setting(name, mode="sigmoid"),)))
    else:
        hint = "Shared out over a single number, all of the probability goes to it: the output is always 1."
        mistakes.append(Mistake("softmax_for_sigmoid", hint, part, (setting(name, mode="softmax"),)))
    return tuple(mistakes)


def of_flatten(part: str, name: str = "flatten") -> tuple[Mistake, ...]:
    """What goes wrong between the last volume and the first dense layer."""
    return (
        Mistake(
            "flatten_missing",
            "The dense layer works on each pixel alone: what turns a volume into one row of numbers?",
            part,
            (without(name),),
        ),
        Mistake(
            "averaged_instead_of_flattened",
            "Averaging over height and width forgets where a feature was; the description keeps every number.",
            part,
            (replaced(name, Step("mean", name)),),
        ),
    )


# Found by comparing weights or by looking at what came back, not by trying a change.
FOUND_DIRECTLY = (
    Mistake("returns_layers", "Hand back the whole model: one object with an input, layers and an output."),
    Mistake(
        "returns_tensor",
        "What came back is the output of the last layer. A model joins an input and an output into one object.",
    ),
    Mistake(
        "no_input_shape",
        "The model has no shape yet, so it has no weights either. Which object tells a model what will come in?",
    ),
    Mistake("returns_model", "The function is given a tensor and should give back a tensor, not a whole model."),
    Mistake("returns_no_tensor", "Hand back one tensor: what comes out when the last layer is called on the rest."),
    Mistake(
        "not_connected",
        "What came back does not depend on X: follow the names from the `return` line up, layer by layer.",
        raises="^NotConnected",
    ),
    Mistake(
        "none_left",
        "A None went into a layer: is a placeholder left, or a layer made but not called on a tensor?",
        raises=r"NoneType|[=:] ?None\b|no `None` dimensions",
    ),
    Mistake(
        "function_of_tensorflow",
        "A function of tf wants numbers, and a tensor that a model is built of has none yet: take a layer, or the "
        "function of that name in tf.keras.ops.",
        raises="KerasTensor cannot be used as input to a TensorFlow function",
    ),
    Mistake(
        "arguments_ignored",
        "The output has the same shape whatever the arguments say: is a number written out instead of a name?",
    ),
    Mistake("input_shape_ignored", "The model takes the same input whatever input_shape says: is a shape written out?"),
    Mistake("classes_ignored", "The number of outputs stays the same whatever `classes` says: is it written out?"),
    Mistake("wrong_input_shape", "The model takes pictures of another shape than the description says."),
    Mistake("wrong_output_shape", "The model's output has another shape than the description says."),
    Mistake("wrong_filters", "Compare the number of filters of this layer with the description."),
    Mistake("wrong_kernel_size", "Compare the size of this layer's filters with the description."),
    Mistake("wrong_units", "Compare the number of units of this layer with the description."),
    Mistake("bias_missing", "A layer works without its bias: 1 number for each filter or unit."),
    Mistake("wrong_layers", "Compare the layers that have weights with the description: one is missing or too many."),
    Mistake(
        "norm_frozen",
        "While training, batch normalisation uses the mean and variance of the batch at hand; this one never does. "
        "Is something switched off in the layer, or in its call?",
    ),
)
