"""What all pretrained networks of the course have in common, whether their weights lie here or are fetched."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .pictures import KEEP, as_batch, require_size, resized

if TYPE_CHECKING:
    import keras


class PretrainedNetwork(ABC):
    """A network trained on ImageNet: call it for a Keras model, and let it prepare pictures for that model.

    Attributes:
        name: what the network is called.
        picture_size: (n_H, n_W) of the pictures on which it was trained.
        smallest: fewest pixels a side that it takes.
    """

    name: str
    picture_size: tuple[int, int]
    smallest: int = 32

    def __call__(self, include_top: bool = True, input_shape: Sequence[int | None] | None = None) -> keras.Model:
        """A new Keras model with the trained weights.

        Args:
            include_top: with the classifier, which gives the probabilities of ImageNet's 1,000 classes, (m, 1000).
                Without it the model ends in its last feature maps, (m, n_H, n_W, n_C).
            input_shape: (n_H, n_W, 3) of the pictures; None in place of a side leaves it open. By default
                (*picture_size, 3) with the classifier, and (None, None, 3) without it.

        Returns:
            The model, ready to predict; all its layers are trainable.

        Raises:
            ValueError: an impossible input shape.
        """
        if not isinstance(include_top, (bool, np.bool_)):
            raise ValueError(f"include_top is True or False; it is {include_top!r}.")
        return self._build(bool(include_top), self._checked(input_shape, bool(include_top)))

    def preprocess(self, images: ArrayLike, size: tuple[int, int] | str | None = None) -> NDArray[np.float32]:
        """Turn pictures into what this network was trained on.

        Args:
            images: RGB, one picture (n_H, n_W, 3) or several (m, n_H, n_W, 3); whole numbers from 0 to 255, or
                fractions from 0 to 1.
            size: the middle of each picture is cut in the proportions of this (n_H, n_W) and brought to it; None means
                `picture_size`, and "keep" leaves pictures as large as they are.

        Returns:
            The network's input, float32, shape (m, n_H, n_W, 3), where m is 1 for one picture.

        Raises:
            ValueError: these are no RGB pictures, or the size is impossible.
        """
        batch = as_batch(images)
        wanted = self.picture_size if size is None else require_size(size, self.smallest)
        if wanted == KEEP:
            require_size(batch.shape[1:3], self.smallest)
        elif isinstance(wanted, tuple):
            batch = resized(batch, wanted)
        return self._scaled(batch)

    def _checked(self, shape: Any, include_top: bool) -> tuple[int | None, int | None, int]:
        if shape is None:
            return (*self.picture_size, 3) if include_top else (None, None, 3)
        sides = tuple(shape) if isinstance(shape, (tuple, list)) else ()
        if len(sides) != 3 or sides[2] != 3:
            raise ValueError(f"input_shape is (n_H, n_W, 3), RGB pictures without the batch; it is {shape!r}.")
        for side in sides[:2]:
            if side is not None and (not isinstance(side, (int, np.integer)) or side < self.smallest):
                raise ValueError(
                    f"{self.name} takes pictures of at least {self.smallest} x {self.smallest}, in whole pixels, or "
                    f"None for any size; input_shape is {shape!r}."
                )
        return sides[0], sides[1], 3

    @abstractmethod
    def _build(self, include_top: bool, input_shape: tuple[int | None, int | None, int]) -> keras.Model:
        """The model, for arguments that are checked."""

    @abstractmethod
    def _scaled(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """RGB from 0 to 255, (m, n_H, n_W, 3), to the network's own numbers."""


class OfflineNetwork(PretrainedNetwork):
    """A network whose weights lie in the course, and whose input can be turned back into a picture."""

    def to_pictures(self, inputs: ArrayLike) -> NDArray[np.uint8]:
        """The way back from `preprocess`, for pictures that were changed by gradient descent.

        Args:
            inputs: numbers as `preprocess` gives them, shape (n_H, n_W, 3) or (m, n_H, n_W, 3).

        Returns:
            RGB pictures of the same shape, rounded and cut to 0 to 255.

        Raises:
            ValueError: another shape.
        """
        numbers = np.asarray(inputs, np.float32)
        if numbers.ndim not in (3, 4) or numbers.shape[-1] != 3:
            raise ValueError(f"Inputs have shape (n_H, n_W, 3) or (m, n_H, n_W, 3); these have {numbers.shape}.")
        return np.asarray(np.clip(np.round(self._unscaled(numbers)), 0, 255), np.uint8)

    @abstractmethod
    def _unscaled(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """The network's own numbers to RGB from 0 to 255, not yet cut off."""
