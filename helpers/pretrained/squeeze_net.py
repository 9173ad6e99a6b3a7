"""SqueezeNet 1.1: few parameters, and maps that are a pleasure to look at and to paint with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .network import OfflineNetwork
from .weights import FILES, load_weights

if TYPE_CHECKING:
    import keras

# Mean colour of ImageNet's pictures, blue first: the authors trained with Caffe, which reads pictures that way.
MEAN_BGR = np.array([104.006, 116.669, 122.679], np.float32)
# For each fire module the filters that squeeze, and those of each kind that expand; "pool" halves the maps.
FIRES: tuple[tuple[int, int] | str, ...] = (
    *("pool", (16, 64), (16, 64)),
    *("pool", (32, 128), (32, 128)),
    *("pool", (48, 192), (48, 192), (64, 256), (64, 256)),
)


class SqueezeNet(OfflineNetwork):
    """SqueezeNet 1.1, 1,235,496 parameters, trained on ImageNet.

    Each of its fire modules squeezes the channels with 1x1 filters and expands them with 1x1 and 3x3 filters side by
    side. Layers to look at: "conv1", the outputs of the modules "fire2" to "fire9", and "conv10", one map a class.
    Within a module, "fire2_squeeze1x1", "fire2_expand1x1" and "fire2_expand3x3".

    Source: F. Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters", 2016; weights of the
    authors' repository (forresti/SqueezeNet, v1.1) by way of the package ndf; see `helpers/data/CREDITS.md`.
    """

    name = "SqueezeNet 1.1"
    picture_size = (227, 227)

    def _build(self, include_top: bool, input_shape: tuple[int | None, int | None, int]) -> keras.Model:
        import keras
        from keras import layers

        inputs = keras.Input(input_shape, name="pictures")
        maps = layers.Conv2D(64, 3, strides=2, activation="relu", name="conv1")(inputs)
        number = 1
        for part in FIRES:
            if isinstance(part, str):
                maps = _pool(maps, f"pool{number}")
            else:
                number += 1
                maps = _fire(maps, *part, name=f"fire{number}")
        if include_top:
            maps = layers.Dropout(0.5, name="dropout")(maps)
            maps = layers.Conv2D(1000, 1, activation="relu", name="conv10")(maps)
            maps = layers.GlobalAveragePooling2D(name="pool10")(maps)
            maps = layers.Softmax(name="predictions")(maps)
        model = keras.Model(inputs, maps, name="squeezenet")
        load_weights(model, FILES / "squeezenet.npz")
        return model

    def _scaled(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        return batch[..., ::-1] - MEAN_BGR

    def _unscaled(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        return (inputs + MEAN_BGR)[..., ::-1]


def _fire(maps: Any, squeeze: int, expand: int, name: str) -> Any:
    """Maps (m, n_H, n_W, n_C) to (m, n_H, n_W, 2 * expand)."""
    from keras import layers

    few = layers.Conv2D(squeeze, 1, activation="relu", name=f"{name}_squeeze1x1")(maps)
    small = layers.Conv2D(expand, 1, activation="relu", name=f"{name}_expand1x1")(few)
    large = layers.Conv2D(expand, 3, padding="same", activation="relu", name=f"{name}_expand3x3")(few)
    return layers.Concatenate(name=name)([small, large])


def _pool(maps: Any, name: str) -> Any:
    """3x3 maximum with stride 2 in which, as in Caffe, a window may hang over the edge at the bottom and on the right.

    Zeros there change nothing, since the maps come from a ReLU; and where no window reaches them they are not used.
    """
    from keras import layers

    padded = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f"{name}_edge")(maps)
    return layers.MaxPooling2D(3, strides=2, name=name)(padded)
