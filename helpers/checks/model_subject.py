"""A learner's model, touched in one place only: what it says about its shapes, its weights, and what it computes.

All that comes in and goes out is plain data: tuples of ints and NumPy arrays.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .model_blueprint import Shape


class NotAModel(Exception):
    """What a function returned is no Keras model; `hint` names the misconception, the text says what came."""

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text)
        self.hint = hint


class Subject:
    """A Keras model under examination.

    Args:
        value: what the learner's function returned.
        input_shape: (n_H, n_W, n_C) that it should take; a model that has no shape yet is called once on such zeros.

    Raises:
        NotAModel: the value has not what a model has.
    """

    def __init__(self, value: Any, input_shape: Shape) -> None:
        if not is_model(value):
            raise NotAModel(*_what_it_is(value))
        self._model = value
        self.input_shape = _shape(value, "input_shape")
        self.output_shape = _shape(value, "output_shape")
        if self.input_shape is None:
            with contextlib.suppress(Exception), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value(np.zeros((1, *input_shape), np.float32), training=False)

    def weights(self) -> list[np.ndarray]:
        """Copies of all weights, in Keras' order."""
        return [np.array(weight) for weight in self._model.get_weights()]

    @contextlib.contextmanager
    def holding(self, weights: Sequence[np.ndarray]) -> Iterator[None]:
        """While inside, the model has these weights; afterwards its own again."""
        own = self.weights()
        self._model.set_weights(list(weights))
        try:
            yield
        finally:
            self._model.set_weights(own)

    def output(self, x: np.ndarray, *, training: bool = False) -> np.ndarray:
        """What the model gives for x, (m, ...) float64; called directly, since `predict` compiles first."""
        with warnings.catch_warnings():  # a warning of Keras about the learner's layers is no reason to stop
            warnings.simplefilter("ignore")
            return np.asarray(self._model(x, training=training), dtype=np.float64)


def is_model(value: Any) -> bool:
    """Whether a value can be asked like a Keras model; a single layer has no `layers`."""
    return _has(value, "get_weights", "set_weights", "get_config", "layers")


def _has(value: Any, *names: str) -> bool:
    """Whether a value, however odd, has all these attributes."""
    try:
        return all(hasattr(value, name) for name in names)
    except Exception:
        return False


def _shape(model: Any, name: str) -> Shape | None:
    """A shape without its batch axis, 0 for a free side; None where the model has no shape yet."""
    try:
        return tuple(int(n or 0) for n in getattr(model, name))[1:]
    except Exception:
        return None


def _what_it_is(value: Any) -> tuple[str, str]:
    kind = type(value).__name__
    if value is None:
        return "It returned None, expected a Keras model.", "returns_none"
    if isinstance(value, (list, tuple)):
        return f"It returned a {kind} of {len(value)}, expected one Keras model.", "returns_layers"
    if _has(value, "shape", "dtype"):
        return f"It returned a {kind}, expected a Keras model.", "returns_tensor"
    return f"It returned a {kind}, expected a Keras model.", "returns_layers"
