"""Watch a training: a live curve and a progress bar in one place of the notebook, and one knob for its length.

The environment variable RECEPTIVE_FIELDS_TRAINING_SCALE, a number above 0 and up to 1, shortens every training of the
course: 0.2 runs a fifth of the epochs, at least one. Accuracies suffer; tests and slow machines gain.
TensorFlow is imported when a training begins, not before.
"""

from __future__ import annotations

import os
from typing import Any

from .training_curve import Curve, Show

SCALE_VARIABLE = "RECEPTIVE_FIELDS_TRAINING_SCALE"


def scale() -> float:
    """The length of trainings as a share of the full one, above 0 and up to 1; 1.0 unless the environment says else.

    Raises:
        ValueError: the variable holds something else.
    """
    text = os.environ.get(SCALE_VARIABLE, "").strip() or "1"
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 1:
        raise ValueError(
            f"{SCALE_VARIABLE} is {text!r}, expected a number above 0 and up to 1, for example 0.2: "
            "change it, or remove it for the full training"
        )
    return value


def epochs(full: int) -> int:
    """Epochs to train: `full` times `scale()`, rounded, at least 1.

    Raises:
        ValueError: `full` is less than 1.
    """
    if full < 1:
        raise ValueError(f"epochs({full}) was asked for, expected 1 or more")
    return max(1, round(full * scale()))


def live(title: str) -> Any:
    """A Keras callback that shows a training as it goes: `model.fit(..., verbose=0, callbacks=[live("LeNet-5")])`.

    Everything is drawn into one display, at most four times a second. Outside a notebook nothing is shown.

    Args:
        title: what is being trained, in a few words.

    Returns:
        A `keras.callbacks.Callback`; its `curve` keeps the history.
    """
    import keras

    class Live(keras.callbacks.Callback):  # type: ignore[misc]
        """Passes what Keras tells on to a Show."""

        def __init__(self) -> None:
            super().__init__()
            self.curve = Curve(title)
            self.show = Show(self.curve)

        def on_train_begin(self, logs: Any = None) -> None:
            self.curve.num_epochs = int(self.params.get("epochs") or 1)
            self.show.begin()

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            self.show.batch(batch + 1, int(self.params.get("steps") or 0))

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            self.curve.add(logs or {})
            self.show.epoch()

        def on_train_end(self, logs: Any = None) -> None:
            self.show.end()

    return Live()
