"""The checks of the three models of the first convnet: lenet5, happyModel and convolutional_model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..model_blueprint import Shape, Steps, activation, conv, dense, flatten, norm, pool, zero_border
from ..model_changes import groups, moved, setting, without
from ..model_check import Aspect, Build, ModelCheck
from ..model_mistakes import Mistake, of_activations, of_flatten, of_output, of_pooling

Rng = np.random.Generator


LAYOUT, POOLING, RELU = "convolutions, padding and flatten", "pooling", "ReLU"
SOFTMAX, SIGMOID = "softmax at the end", "sigmoid at the end"


def _adds_up_to_one(output: np.ndarray) -> bool:
    return bool(np.all(output >= 0) and np.allclose(output.sum(axis=-1), 1, atol=1e-3))


def _lenet_build(input_shape: Shape = (28, 28, 1), classes: int = 10, *, args: tuple[Any, ...] = ()) -> Build:
    steps = (
        conv("CONV1", 5, 6, padding="same"),
        activation("ReLU1", "relu"),
        pool("POOL1", 2),
        conv("CONV2", 5, 16),
        activation("ReLU2", "relu"),
        pool("POOL2", 2),
        flatten(),
        dense("FC3", 120),
        activation("ReLU3", "relu"),
        dense("FC4", 84),
        activation("ReLU4", "relu"),
        dense("OUTPUT", classes),
        activation("output", "softmax"),
    )
    return Build(args, input_shape, steps)


def _other_lenet(rng: Rng) -> Build:
    n_H, n_W = (4 * int(n) for n in rng.choice(np.arange(4, 9), 2, replace=False))
    input_shape, classes = (n_H, n_W, int(rng.integers(2, 5))), int(rng.choice([4, 6, 7, 12]))
    return _lenet_build(input_shape, classes, args=(input_shape, classes))


def _of_padding(names: Sequence[str], hint: str, *, right: str) -> Mistake:
    wrong = "valid" if right == "same" else "same"
    return Mistake(f"{wrong}_for_{right}", hint, LAYOUT, tuple(setting(*n, padding=wrong) for n in groups(names)))


_CONV_STRIDE_HINT = "A convolution jumps over pixels: only the pooling layers of the description move by more than 1."


def _of_conv_stride(names: Sequence[str]) -> Mistake:
    return Mistake("conv_stride", _CONV_STRIDE_HINT, LAYOUT, tuple(setting(*n, stride=2) for n in groups(names)))


lenet5 = ModelCheck(
    signature="lenet5(input_shape=(28, 28, 1), classes=10)",
    plain=_lenet_build(),
    varied=_other_lenet,
    aspects=(
        Aspect(LAYOUT, 1.5),
        Aspect(POOLING),
        Aspect(RELU),
        Aspect(SOFTMAX, holds=_adds_up_to_one),
    ),
    mistakes=(
        _of_padding(["CONV1"], "CONV1 loses the border: its output should be as large as its input.", right="same"),
        _of_padding(["CONV2"], "CONV2 keeps the size: its output should be 10 x 10.", right="valid"),
        *of_output(SOFTMAX, "output", "softmax"),
        *of_pooling(POOLING, ["POOL1", "POOL2"], [2, 2]),
        *of_activations(RELU, ["ReLU1", "ReLU2", "ReLU3", "ReLU4"], ("ReLU1", "ReLU2"), ("ReLU3", "ReLU4")),
        *of_flatten(LAYOUT),
        _of_conv_stride(["CONV1", "CONV2"]),
        Mistake(
            "layer_missing", "A dense layer is missing.", LAYOUT, (without("FC4", "ReLU4"), without("FC3", "ReLU3"))
        ),
    ),
)


_HAPPY: Steps = (
    zero_border("zero padding", 3),
    conv("CONV", 7, 32),
    norm("NORM"),
    activation("ReLU", "relu"),
    pool("POOL", 2),
    flatten(),
    dense("FC", 1),
    activation("output", "sigmoid"),
)
NORM = "batch normalisation"


def _between_zero_and_one(output: np.ndarray) -> bool:
    return bool(np.all((output >= 0) & (output <= 1)))


happyModel = ModelCheck(
    signature="happyModel()",
    plain=Build((), (64, 64, 3), _HAPPY),
    normalises=True,
    aspects=(
        Aspect(LAYOUT, 1.5),
        Aspect(NORM),
        Aspect(RELU),
        Aspect(POOLING),
        Aspect(SIGMOID, holds=_between_zero_and_one),
    ),
    mistakes=(
        Mistake("padding_missing", "The zeros around the picture are missing.", LAYOUT, (without("zero padding"),)),
        Mistake("norm_missing", "Batch normalisation is missing.", NORM, (without("NORM"),)),
        Mistake(
            "norm_after_relu",
            "Batch normalisation and ReLU come in another order than in the description.",
            NORM,
            (moved("NORM", after="ReLU"), moved("NORM", after="POOL"), moved("NORM", after="flatten")),
        ),
        Mistake(
            "norm_axis",
            "Batch normalisation keeps one mean for each entry of an axis. Which axis holds the channels?",
            NORM,
            (setting("NORM", axis=0), setting("NORM", axis=1)),
        ),
        *of_output(SIGMOID, "output", "sigmoid"),
        *of_activations(RELU, ["ReLU"]),
        *of_pooling(POOLING, ["POOL"], [2]),
        *of_flatten(LAYOUT),
        Mistake(
            "padded_twice",
            "The picture is padded twice: by its own layer, and by the convolution.",
            LAYOUT,
            (setting("CONV", padding="same"),),
        ),
        Mistake(
            "pad_wrong",
            "The border of zeros has another width than the description says.",
            LAYOUT,
            tuple(setting("zero padding", pad=pad) for pad in (1, 2, 4, 6)),
        ),
        _of_conv_stride(["CONV"]),
    ),
)


def _sign_build(input_shape: Shape) -> Build:
    steps = (
        conv("CONV1", 4, 8, padding="same"),
        activation("ReLU1", "relu"),
        pool("POOL1", 8, padding="same"),
        conv("CONV2", 2, 16, padding="same"),
        activation("ReLU2", "relu"),
        pool("POOL2", 4, padding="same"),
        flatten(),
        dense("FC", 6),
        activation("output", "softmax"),
    )
    return Build((input_shape,), input_shape, steps)


def _other_signs(rng: Rng) -> Build:
    """Sides that no pooling window divides: there padding shows."""
    n_H, n_W = (int(8 * n + rng.integers(1, 8)) for n in rng.choice([4, 5, 6], 2, replace=False))
    return _sign_build((n_H, n_W, int(rng.choice([1, 2, 4]))))


convolutional_model = ModelCheck(
    signature="convolutional_model(input_shape)",
    plain=_sign_build((64, 64, 3)),
    varied=_other_signs,
    aspects=(
        Aspect(LAYOUT, 1.5),
        Aspect(POOLING),
        Aspect(RELU),
        Aspect(SOFTMAX, holds=_adds_up_to_one),
    ),
    mistakes=(
        _of_padding(
            ["CONV1", "CONV2"], "A convolution makes the picture smaller: it should keep its size.", right="same"
        ),
        *of_output(SOFTMAX, "output", "softmax"),
        Mistake(
            "pool_valid_for_same",
            "Where the window does not divide the size, pooling loses the last rows or columns: look at its padding.",
            POOLING,
            tuple(setting(*names, padding="valid") for names in groups(["POOL1", "POOL2"])),
        ),
        *of_pooling(POOLING, ["POOL1", "POOL2"], [8, 4]),
        *of_activations(RELU, ["ReLU1", "ReLU2"]),
        *of_flatten(LAYOUT),
        _of_conv_stride(["CONV1", "CONV2"]),
    ),
)
