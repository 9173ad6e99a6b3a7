"""Models without the memory of their weights, for counting: VGG-16 would take 0.5 GB, and half a second to fill."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def hollow() -> Iterator[None]:
    """While inside, the weights of new Keras layers have a shape and an initializer, but no numbers.

    Each is made under `keras.StatelessScope`, which puts off its first value, and then taken off Keras' list of what is
    to be filled, on which the end of the next such scope would act. Everything else (seeds of dropout, optimizers) is
    made as ever. A layer that reads such a weight gets fresh initial values each time.
    """
    import keras
    from keras.src.backend.common import global_state

    ordinary = keras.layers.Layer.add_weight

    def add_weight(layer: Any, *args: Any, **options: Any) -> Any:
        with keras.StatelessScope(initialize_variables=False):
            weight = ordinary(layer, *args, **options)
        waiting = global_state.get_global_attribute("uninitialized_variables") or []
        waiting[:] = [variable for variable in waiting if variable is not weight]
        return weight

    keras.layers.Layer.add_weight = add_weight
    try:
        yield
    finally:
        keras.layers.Layer.add_weight = ordinary
