"""A network as a list of plain steps, each of which names what it takes: a chain, or a graph with branches.

Its shapes are computed in `model_shapes`, its output in `model_forward`. No Keras layer takes part, so a learner's
model is compared with something that went another way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

Shape = tuple[int, ...]
INPUT = "X"  # what a step names in `inputs` to take what comes into the network


@dataclass(frozen=True)
class Step:
    """One operation of a network.

    Args:
        kind: conv, dense, norm, zero_pad, pool, flatten, mean (over height and width), dropout, activation, add,
            concat.
        name: what the report calls it, for example "CONV1"; another for each step of a network.
        options: f (side, or height and width), n_C, stride, padding ("same" or "valid"), units, bias, axis, pad, mode.
        inputs: names of the steps whose outputs it takes, all of them listed before it; empty for the step before it.
    """

    kind: str
    name: str
    options: dict[str, Any] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Any:
        return self.options[key]

    def but(self, **options: Any) -> Step:
        """The same step with some options changed."""
        return replace(self, options={**self.options, **options})

    def of(self, *inputs: str) -> Step:
        """The same step on the outputs of these steps."""
        return replace(self, inputs=inputs)


Steps = tuple[Step, ...]
Recipe = list[tuple[str, str, dict[str, Any], tuple[str, ...]]]


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


def mean(name: str = "mean") -> Step:
    """Global average pooling: the mean over height and width."""
    return Step("mean", name)


def dropout(name: str = "dropout", rate: float = 0.5) -> Step:
    """Dropout, which does nothing but while training."""
    return Step("dropout", name, {"rate": rate})


def add(name: str, *inputs: str) -> Step:
    """The sum of the outputs of these steps, as at the end of a shortcut."""
    return Step("add", name, {}, inputs)


def concat(name: str, *inputs: str) -> Step:
    """The channels of these steps' outputs, one after the other."""
    return Step("concat", name, {}, inputs)


# ---- who takes what --------------------------------------------------------------------------------------------


def wired(steps: Iterable[Step]) -> Steps:
    """The same network with every step's inputs written out."""
    result: list[Step] = []
    for step in steps:
        before = result[-1].name if result else INPUT
        result.append(step if step.inputs else step.of(before))
    return tuple(result)


def tidy(steps: Iterable[Step]) -> Steps:
    """The same network in one form: nothing that the last step does not need, inputs named only where they must be."""
    every = list(wired(steps))
    needed = {every[-1].name} if every else set()
    for step in reversed(every):
        needed |= set(step.inputs) if step.name in needed else set()
    kept = [step for step in every if step.name in needed]
    before = [INPUT, *(step.name for step in kept)]
    return tuple(step.of() if step.inputs == (last,) else step for step, last in zip(kept, before, strict=False))


def stacked(*parts: tuple[str, Steps]) -> Steps:
    """One network of several, each on the output of the one before it.

    Args:
        parts: for each a text to put before the names of its steps, and its steps.
    """
    result: list[Step] = []
    for prefix, steps in parts:
        before = result[-1].name if result else INPUT
        for step in wired(steps):
            inputs = (before if name == INPUT else prefix + name for name in step.inputs)
            result.append(replace(step, name=prefix + step.name, inputs=tuple(inputs)))
    return tidy(result)


def recipe_of(steps: Iterable[Step]) -> Recipe:
    """The network as plain data, of which `helpers.workbench` makes Keras layers where a learner's function lives."""
    return [(step.kind, step.name, step.options, step.inputs) for step in wired(steps)]
