"""What a network gives, computed with tf.nn and NumPy; TensorFlow is imported when an output is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from .model_blueprint import INPUT, Step, wired
from .model_shapes import weight_shapes

Weights = Sequence[np.ndarray]
EPSILON = 1e-3  # of batch normalisation; random_weights keeps variances so large that its exact value does not show


def forward(steps: Iterable[Step], x: np.ndarray, weights: Weights, *, training: bool = False) -> np.ndarray:
    """What a network gives.

    Args:
        steps: the network.
        x: (m, n_H, n_W, n_C) float32.
        weights: arrays, taken in turn by the steps; each may come in another shape of the same size.
        training: normalise with the statistics of the batch; dropout does nothing here all the same.

    Returns:
        (m, ...) float64.

    Raises:
        ValueError: the weights are too few, or of another size than the steps need.
    """
    left = list(weights)
    known: dict[str, Any] = {INPUT: x}
    out: Any = x
    for step in wired(steps):
        before = [known[name] for name in step.inputs]
        shapes = weight_shapes(step, tuple(int(n) for n in before[0].shape[1:]))
        if len(left) < len(shapes):
            raise ValueError(f"{step.name} needs {len(shapes)} weights, but only {len(left)} are left")
        mine, left = left[: len(shapes)], left[len(shapes) :]
        mine = [np.reshape(weight, shape) for weight, shape in zip(mine, shapes, strict=True)]
        joins = step.kind in ("add", "concat")
        out = known[step.name] = _OPERATIONS[step.kind](step, before if joins else before[0], mine, training)
    return np.asarray(out, dtype=np.float64)


def _conv(step: Step, x: Any, weights: Weights, training: bool) -> Any:
    import tensorflow as tf

    out = tf.nn.conv2d(x, weights[0], step["stride"], step["padding"].upper())
    return out + weights[1] if step["bias"] else out


def _dense(step: Step, x: Any, weights: Weights, training: bool) -> Any:
    import tensorflow as tf

    out = tf.tensordot(x, weights[0], 1)
    return out + weights[1] if step["bias"] else out


def _pool(step: Step, x: Any, weights: Weights, training: bool) -> Any:
    import tensorflow as tf

    reduce = tf.nn.max_pool2d if step["mode"] == "max" else tf.nn.avg_pool2d
    return reduce(x, step["f"], step["stride"], step["padding"].upper())


def _norm(step: Step, x: Any, weights: Weights, training: bool) -> Any:
    values = np.asarray(x)
    axis = step["axis"] % (values.ndim - 1) + 1
    others = tuple(i for i in range(values.ndim) if i != axis)
    along = tuple(-1 if i == axis else 1 for i in range(values.ndim))
    gamma, beta, mean, variance = (np.reshape(weight, along) for weight in weights)
    if training:
        mean, variance = values.mean(axis=others, keepdims=True), values.var(axis=others, keepdims=True)
    return gamma * (values - mean) / np.sqrt(variance + EPSILON) + beta


def _zero_pad(step: Step, x: Any, weights: Weights, training: bool) -> Any:
    side = (step["pad"], step["pad"])
    return np.pad(np.asarray(x), ((0, 0), side, side, (0, 0)))


def _activation(step: Step, x: Any, weights: Weights, training: bool) -> Any:
    import tensorflow as tf

    return x if step["mode"] == "linear" else getattr(tf.nn, step["mode"])(x)


_OPERATIONS: dict[str, Callable[[Step, Any, Weights, bool], Any]] = {
    "conv": _conv,
    "dense": _dense,
    "pool": _pool,
    "norm": _norm,
    "zero_pad": _zero_pad,
    "activation": _activation,
    "flatten": lambda step, x, weights, training: np.reshape(x, (len(x), -1)),
    "dropout": lambda step, x, weights, training: x,
    "add": lambda step, xs, weights, training: sum(np.asarray(x, np.float32) for x in xs),
    "concat": lambda step, xs, weights, training: np.concatenate([np.asarray(x) for x in xs], axis=-1),
    "mean": lambda step, x, weights, training: np.mean(x, axis=(1, 2)),
}
