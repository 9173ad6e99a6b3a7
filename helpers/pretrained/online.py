"""Larger networks, fetched by Keras when somebody asks for them; nothing in the course needs one."""

from __future__ import annotations

import importlib
import warnings
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .network import PretrainedNetwork

if TYPE_CHECKING:
    import keras


class Known(NamedTuple):
    """A network of `keras.applications`.

    Attributes:
        module: where its `preprocess_input` is, below `keras.applications`.
        side: the pictures it was trained on are side x side.
        smallest: fewest pixels a side.
        megabytes: of the download with the classifier, as Keras lists it.
        checked: whether Keras compares the download with a checksum.
    """

    module: str
    side: int
    smallest: int
    megabytes: int
    checked: bool


ONLINE = {
    "EfficientNetB0": Known("efficientnet", 224, 32, 29, checked=True),
    "InceptionV3": Known("inception_v3", 299, 75, 92, checked=True),
    "MobileNetV2": Known("mobilenet_v2", 224, 32, 14, checked=False),
    "VGG19": Known("vgg19", 224, 32, 549, checked=True),
}


class OnlineNetwork(PretrainedNetwork):
    """A network of `keras.applications` with the interface of the course's own.

    Keras fetches the weights when the network is first called, and keeps them in its cache. It compares them with a
    checksum where `ONLINE[name].checked` says so; for MobileNetV2 it has none.

    Source: https://keras.io/api/applications/ names the paper and the licence of each.
    """

    def __init__(self, name: str, known: Known) -> None:
        self.name = name
        self.picture_size = (known.side, known.side)
        self.smallest = known.smallest
        self._module = known.module

    def _build(self, include_top: bool, input_shape: tuple[int | None, int | None, int]) -> keras.Model:
        """Fetch the weights and build the model.

        Raises:
            ConnectionError: they could not be fetched.
            ValueError: what was fetched is not what Keras expects.
        """
        from keras import applications

        try:
            with warnings.catch_warnings():
                # Says that weights for another size are taken, which is wanted: the layers are the same.
                warnings.filterwarnings("ignore", message=".*non-square")
                return getattr(applications, self.name)(
                    include_top=include_top,
                    weights="imagenet",
                    input_shape=input_shape,
                    classifier_activation="softmax",
                )
        except Exception as error:  # Keras raises a bare Exception when it cannot fetch
            if not isinstance(error, OSError) and "URL fetch failure" not in str(error):
                raise
            raise ConnectionError(
                f"The weights of {self.name} could not be fetched; is there a network connection? Without one, take "
                "pretrained.squeezenet() or pretrained.efficientnet_lite0(), whose weights lie in the course."
            ) from error

    def _scaled(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        module = importlib.import_module(f"keras.applications.{self._module}")
        return np.asarray(module.preprocess_input(batch), np.float32)


def online(name: str) -> OnlineNetwork:
    """A network of `keras.applications`; its weights are fetched when it is called, not before.

    Args:
        name: one of `ONLINE`, for example "MobileNetV2" (14 MB).

    Returns:
        The network, to be called and used like `pretrained.squeezenet`.

    Raises:
        ValueError: the name is not among them.
    """
    if name not in ONLINE:
        raise ValueError(f"There is no online network called {name!r}. The names are: {', '.join(ONLINE)}.")
    return OnlineNetwork(name, ONLINE[name])
