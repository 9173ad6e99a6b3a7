"""A learner's model, touched in one place only: what it says about its shapes, its weights, and what it computes.

All that comes in and goes out is plain data: tuples of ints and NumPy arrays.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import workbench
from . import calls
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
        source: the function that it came of; the model is asked where that lives.

    Raises:
        NotAModel: the value has not what a model has.
    """

    def __init__(self, value: Any, input_shape: Shape, source: Any = None) -> None:
        if not is_model(value):
            raise NotAModel(*_what_it_is(value))
        self._model = value
        self._source = source
        self.input_shape = _shape(value, "input_shape")
        self.output_shape = _shape(value, "output_shape")
        if self.input_shape is None:
            with contextlib.suppress(Exception), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value(np.zeros((1, *input_shape), np.float32), training=False)

    def weight_shapes(self) -> list[Shape]:
        """Shapes of all weights, in Keras' order."""
        shapes = calls.beside(self._source, workbench.weight_shapes)(self._model)
        return [tuple(int(n) for n in shape) for shape in shapes]

    def outputs(self, weights: Sequence[np.ndarray], x: np.ndarray, *modes: bool) -> list[np.ndarray]:
        """What the model gives for x with other weights; its own come back after.

        Args:
            weights: one array a weight, in Keras' order.
            x: (m, ...).
            modes: for each output whether it is one while training.

        Returns:
            For each mode (m, ...) float64.
        """
        with warnings.catch_warnings():  # a warning of Keras about the learner's layers is no reason to stop
            warnings.simplefilter("ignore")
            given = calls.beside(self._source, workbench.outputs)(self._model, list(weights), x, modes)
            return [np.asarray(output, dtype=np.float64) for output in given]


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
