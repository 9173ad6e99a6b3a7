"""Weights that lie beside the course, put into a Keras model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras

FILES = Path(__file__).resolve().parents[1] / "data" / "files"


def load_weights(model: keras.Model, file: Path) -> None:
    """Give every layer of a model its stored weights.

    A weight is found by the names of its layer and of its variable, "conv1/kernel". The file keeps float16, the model
    float32. What the model lacks, for example the classifier, stays in the file.

    Args:
        model: its layers carry the names of the file.
        file: made by `tools.vendor_data`; read without unpickling anything.

    Raises:
        KeyError: the file has no weight for a variable of the model.
        ValueError: a weight has another shape in the file than in the model.
    """
    with np.load(file, allow_pickle=False) as stored:
        for layer in model.layers:
            if layer.weights:
                layer.set_weights([stored[f"{layer.name}/{variable.name}"] for variable in layer.weights])
