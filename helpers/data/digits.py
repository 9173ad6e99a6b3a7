"""Five thousand real handwritten digits, from MNIST."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).resolve().parent / "files" / "digits.npz"


@dataclass(frozen=True, eq=False)
class Digits:
    """Handwritten digits, ready for a network: the same number of each class in both parts, in a fixed random order.

    Attributes:
        x_train: pictures to learn from, white ink on black, 0 to 1, float32, shape (4000, 28, 28, 1).
        y_train: their digits, 0 to 9, int64, shape (4000,).
        x_test: pictures kept aside for measuring, shape (1000, 28, 28, 1).
        y_test: their digits, shape (1000,).
        class_names: what to write under a picture of class k.
    """

    x_train: NDArray[np.float32]
    y_train: NDArray[np.int64]
    x_test: NDArray[np.float32]
    y_test: NDArray[np.int64]
    class_names: tuple[str, ...] = tuple("0123456789")

    def __repr__(self) -> str:
        return f"Digits(x_train {self.x_train.shape}, x_test {self.x_test.shape}, classes 0 to 9)"


def digits() -> Digits:
    """Read the digits: 4,000 for training and 1,000 for testing.

    Each call gives fresh arrays, so that you may change them.

    Returns:
        The pictures as float32 from 0 to 1 and the labels as int64; see `Digits` for the shapes.
    """
    with np.load(FILE, allow_pickle=False) as stored:
        return Digits(
            x_train=_as_pictures(stored["x_train"]),
            y_train=stored["y_train"].astype(np.int64),
            x_test=_as_pictures(stored["x_test"]),
            y_test=stored["y_test"].astype(np.int64),
        )


def _as_pictures(stored: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Bytes of shape (m, 28, 28) to brightness 0 to 1 of shape (m, 28, 28, 1)."""
    return np.asarray(stored[..., np.newaxis] / np.float32(255), np.float32)
