"""Shapes and sizes of a network by arithmetic: what every step gives, and the weights it has."""

from __future__ import annotations

import math
from collections.abc import Iterable

from .model_blueprint import INPUT, Shape, Step, wired

Row = tuple[Step, Shape, Shape, list[Shape]]


def windows(n: int, f: int, stride: int, padding: str) -> int:
    """How many windows of size f fit along n entries; 0 if none."""
    return len(range(0, n if padding == "same" else n - f + 1, stride))


def output_shape(step: Step, shape: Shape, *others: Shape) -> Shape:
    """Shape after one step, without the batch axis.

    Args:
        step: the step.
        shape: what it takes, for example (n_H, n_W, n_C).
        others: what else it takes, where it joins several.

    Raises:
        ValueError: the step cannot take these shapes.
    """
    if step.kind in ("add", "concat"):
        return _joined(step, (shape, *others))
    if step.kind in ("conv", "pool"):
        f_H, f_W = step["f"] if step.kind == "conv" else (step["f"], step["f"])
        n_H, n_W = (windows(n, f, step["stride"], step["padding"]) for n, f in zip(shape[:2], (f_H, f_W), strict=True))
        if len(shape) != 3 or min(n_H, n_W) < 1:
            raise ValueError(f"{step.name} finds no window of {f_H} x {f_W} in {shape}")
        return n_H, n_W, step["n_C"] if step.kind == "conv" else shape[2]
    if step.kind == "zero_pad":
        return shape[0] + 2 * step["pad"], shape[1] + 2 * step["pad"], shape[2]
    if step.kind == "flatten":
        return (math.prod(shape),)
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


def walk(steps: Iterable[Step], shape: Shape) -> list[Row]:
    """Each step with the shape before it, the shape after it and the shapes of its weights.

    Raises:
        ValueError: some step cannot take what comes before it.
    """
    rows: list[Row] = []
    known = {INPUT: shape}
    for step in wired(steps):
        before = tuple(known[name] for name in step.inputs)
        known[step.name] = output_shape(step, *before)
        rows.append((step, before[0], known[step.name], weight_shapes(step, before[0])))
    return rows


def all_weight_shapes(steps: Iterable[Step], shape: Shape) -> list[Shape]:
    """Shapes of all the weights of a network, in the order of its steps."""
    return [weight for *_, weights in walk(steps, shape) for weight in weights]


def size(shapes: Iterable[Shape]) -> int:
    """How many numbers weights of these shapes hold."""
    return sum(math.prod(shape) for shape in shapes)


def _joined(step: Step, shapes: tuple[Shape, ...]) -> Shape:
    """After an addition, or after channels were put one after the other."""
    parts = {shape if step.kind == "add" else shape[:-1] for shape in shapes}
    if len(parts) != 1:
        raise ValueError(f"{step.name} cannot join {' and '.join(map(str, shapes))}")
    return shapes[0] if step.kind == "add" else (*shapes[0][:-1], sum(shape[-1] for shape in shapes))
