"""A network as a list of plain steps: its shapes and parameter counts by arithmetic, its output by tf.nn on arrays.

No Keras layer takes part, so a learner's model is compared with something that went another way. TensorFlow is
imported when an output is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

Shape = tuple[int, ...]
Weights = Sequence[np.ndarray]


@dataclass(frozen=True)
class Step:
    """One operation of a network.

    Args:
        kind: conv, dense, norm, zero_pad, pool, flatten, mean (over height and width) or activation.
        name: what the report calls it, for example "CONV1".
        options: f (side, or height and width), n_C, stride, padding ("same" or "valid"), units, bias, axis, pad, mode.
    """

    kind: str
    name: str
    options: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.options[key]

    def but(self, **options: Any) -> Step:
        """The same step with some options changed."""
        return replace(self, options={**self.options, **options})


Steps = tuple[Step, ...]


def conv(name: str, f: int, n_C: int, *, stride: int = 1, padding: str = "valid") -> Step:
    """A convolution with n_C filters of f x f and a bias each."""
    return Step("conv", name, {"f": (f, f), "n_C": n_C, "stride": stride, "padding": padding, "bias": True})


def dense(name: str, units: int) -> Step:
    """A fully connected layer."""
    return Step("dense", name, {"units": units, "bias": True})


def pool(name: str, f: int, *, stride: int | None = None, padding: str = "valid", mode: str = "max") -> Step:
    """Pooling over f x f windows; the stride is f if left out."""
    return Step("pool", name, {"f": f, "stride": stride or f, "padding": padding, "mode": mode})


def norm(name: str) -> Step:
    """Batch normalisation over the channels."""
    return Step("norm", name, {"axis": -1})


def activation(name: str, mode: str) -> Step:
    """An activation: relu, softmax, sigmoid, tanh or linear."""
    return Step("activation", name, {"mode": mode})


def zero_border(name: str, pad: int) -> Step:
    """`pad` zeros on each side of the image."""
    return Step("zero_pad", name, {"pad": pad})


def flatten(name: str = "flatten") -> Step:
    """The volume as one row of numbers."""
    return Step("flatten", name)


# ---- shapes and sizes ------------------------------------------------------------------------------------------


def windows(n: int, f: int, stride: int, padding: str) -> int:
    """How many windows of size f fit along n entries; 0 if none."""
    return len(range(0, n if padding == "same" else n - f + 1, stride))


def output_shape(step: Step, shape: Shape) -> Shape:
    """Shape after one step, without the batch axis.

    Raises:
        ValueError: the step cannot take this shape.
    """
    if step.kind in ("conv", "pool"):
        f_H, f_W = step["f"] if step.kind == "conv" else (step["f"], step["f"])
        n_H, n_W = (windows(n, f, step["stride"], step["padding"]) for n, f in zip(shape[:2], (f_H, f_W), strict=True))
        if len(shape) != 3 or min(n_H, n_W) < 1:
            raise ValueError(f"{step.name} finds no window of {f_H} x {f_W} in {shape}")
        return n_H, n_W, step["n_C"] if step.kind == "conv" else shape[2]
    if step.kind == "zero_pad":
        return shape[0] + 2 * step["pad"], shape[1] + 2 * step["pad"], shape[2]
    if step.kind == "flatten":
        return (int(np.prod(shape)),)
    if step.kind == "mean":
        return (shape[-1],)
    return (*shape[:-1], step["units"]) if step.kind == "dense" else shape


def weight_shapes(step: Step, shape: Shape) -> list[Shape]:
    """Shapes of a step's weights for an input of this shape, in Keras' order."""
    if step.kind == "conv":
        return [(*step["f"], shape[-1], step["n_C"])] + [(step["n_C"],)] * step["bias"]
    if step.kind == "dense":
        return [(shape[-1], step["units"])] + [(step["units"],)] * step["bias"]
    return [(shape[step["axis"]],)] * 4 if step.kind == "norm" else []


def walk(steps: Iterable[Step], shape: Shape) -> list[tuple[Step, Shape, Shape, list[Shape]]]:
    """Each step with the shape before it, the shape after it and the shapes of its weights.

    Raises:
        ValueError: some step cannot take the shape before it.
    """
    rows = []
    for step in steps:
        after = output_shape(step, shape)
        rows.append((step, shape, after, weight_shapes(step, shape)))
        shape = after
    return rows


def all_weight_shapes(steps: Iterable[Step], shape: Shape) -> list[Shape]:
    """Shapes of all the weights of a network, in Keras' order."""
    return [weight for *_, weights in walk(steps, shape) for weight in weights]


# ---- output ----------------------------------------------------------------------------------------------------

EPSILON = 1e-3  # of batch normalisation; random_weights keeps variances so large that its exact value does not show


def forward(steps: Iterable[Step], x: np.ndarray, weights: Weights, *, training: bool = False) -> np.ndarray:
    """What a network gives.

    Args:
        steps: the network.
        x: (m, n_H, n_W, n_C) float32.
        weights: arrays in Keras' order, taken in turn by the steps; each may come in another shape of the same size.
        training: normalise with the statistics of the batch.

    Returns:
        (m, ...) float64.

    Raises:
        ValueError: the weights are too few, or of another size than the steps need.
    """
    left = list(weights)
    out: Any = x
    for step in steps:
        shapes = weight_shapes(step, tuple(int(n) for n in out.shape[1:]))
        if len(left) < len(shapes):
            raise ValueError(f"{step.name} needs {len(shapes)} weights, but only {len(left)} are left")
        mine, left = left[: len(shapes)], left[len(shapes) :]
        mine = [np.reshape(weight, shape) for weight, shape in zip(mine, shapes, strict=True)]
        out = _OPERATIONS[step.kind](step, out, mine, training)
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
    "mean": lambda step, x, weights, training: np.mean(x, axis=(1, 2)),
}


def random_weights(shapes: Sequence[Shape], rng: np.random.Generator) -> list[np.ndarray]:
    """Weights under which every step shows in the output: signs mixed, biases not small, outputs not saturated.

    Args:
        shapes: as `get_weights` gives them: kernels, biases, and four vectors for a normalisation.
        rng: source of the numbers.
    """
    weights: list[np.ndarray] = []
    for index, shape in enumerate(shapes):
        values = rng.normal(size=shape)
        role = _role(shapes, index)
        if role == "kernel":
            values /= np.sqrt(np.prod(shape[:-1]))
        elif role == "scale":  # of both signs, none near zero
            values = np.copysign(rng.uniform(0.5, 1.5, size=shape), values)
        elif role == "shift":  # so small that a normalised channel keeps values of both signs
            values /= 2
        elif role == "variance":  # far above EPSILON
            values = rng.uniform(15, 40, size=shape)
        weights.append(values.astype(np.float32))
    return weights


def _role(shapes: Sequence[Shape], index: int) -> str:
    """What a weight is for: a normalisation brings four vectors of one length, after a bias or without one."""
    if len(shapes[index]) > 1:
        return "kernel"
    start, end = index, index + 1
    while start > 0 and shapes[start - 1] == shapes[index]:
        start -= 1
    while end < len(shapes) and shapes[end] == shapes[index]:
        end += 1
    return ("variance", "mean", "shift", "scale", "bias")[end - index - 1] if end - start in (4, 5) else "bias"
