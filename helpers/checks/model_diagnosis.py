"""Find out which network a learner's model is: the right one, or the right one with one or two named mistakes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice

import numpy as np

from .compare import Mismatch, Output, first_mismatch
from .model_blueprint import Shape, Steps
from .model_changes import Change
from .model_fit import fits
from .model_forward import forward
from .model_mistakes import Mistake
from .model_shapes import walk
from .model_subject import Subject
from .model_weights import random_weights

NUM_IMAGES = 3
LIKELY_ORDERS = 4  # of the weights of parallel branches, where there is a mistake as well
MOST_OUTPUTS = 150  # networks to compute before giving up; a bound in seconds would not be the same on every machine


@dataclass(frozen=True)
class Finding:
    """A network that computes what the model computes.

    Args:
        steps: its steps, with the sizes that the model's weights have.
        mistakes: what was changed in the right steps to get there.
    """

    steps: Steps
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class Probe:
    """Random weights in a model, a random batch, and what the model made of them.

    Args:
        input_shape: (n_H, n_W, n_C).
        weights: in Keras' order, shaped as the model has them.
        x: (m, n_H, n_W, n_C) float32.
        output: (m, ...) what the model gives, not training.
        training_output: the same while training; None where that is not asked.
    """

    input_shape: Shape
    weights: list[np.ndarray]
    x: np.ndarray
    output: np.ndarray
    training_output: np.ndarray | None = None

    @property
    def weight_shapes(self) -> list[Shape]:
        """Shapes of the model's weights."""
        return [weight.shape for weight in self.weights]

    def mismatch(self, steps: Steps, *, training: bool = False) -> Mismatch | None:
        """How the model's output differs from that of `steps` with the same weights.

        Raises:
            ValueError: these weights do not belong to `steps`.
        """
        got = self.training_output if training else self.output
        expected = forward(steps, self.x, self.weights, training=training)
        return first_mismatch(got, expected, Output("output"))


def probe(subject: Subject, input_shape: Shape, rng: np.random.Generator, *, training: bool) -> Probe:
    """Put random weights into a model, and see what it makes of a random batch; its own weights come back after."""
    weights = random_weights(subject.weight_shapes(), rng)
    scale = 5.0 if training else 1.0  # so that a normalisation sees variances far above its epsilon
    x = (scale * rng.normal(size=(NUM_IMAGES, *input_shape))).astype(np.float32)
    modes = (False, True) if training else (False,)
    output, *others = subject.outputs(weights, x, *modes)
    return Probe(input_shape, weights, x, output, *others)


def diagnose(
    seen: Probe,
    right: Steps,
    mistakes: Sequence[Mistake],
    *,
    also_right: Sequence[Change] = (),
    most: int = MOST_OUTPUTS,
) -> Finding | None:
    """The fewest mistakes, at most two, that turn the right steps into what the model computes.

    Filters, kernel sizes, units and missing biases are taken over from the model's weights, so that they are no reason
    for a difference here.

    Args:
        seen: the model.
        right: the network as it should be.
        mistakes: what learners do to it.
        also_right: changes that are no mistakes.
        most: networks to compute before giving up.

    Returns:
        None if no such network is found.
    """
    computed = 0
    known: set[str] = set()
    unchanged: list[tuple[tuple[Mistake, ...], Steps]] = [((), change(right)) for change in also_right]
    for found, steps in chain([((), right)], unchanged, _variants(right, mistakes)):
        for fitted in islice(fits(steps, seen.weight_shapes, seen.input_shape), None if not found else LIKELY_ORDERS):
            if repr(fitted) in known or not could_be(fitted, seen):
                continue
            known.add(repr(fitted))
            computed += 1
            if computed > most:
                return None
            if seen.mismatch(fitted) is None:
                return Finding(fitted, found)
    return None


def _variants(right: Steps, mistakes: Sequence[Mistake]) -> Iterator[tuple[tuple[Mistake, ...], Steps]]:
    """Each mistake, then pairs of different mistakes, common forms first."""
    forms = [(rank, mistake, change) for mistake in mistakes for rank, change in enumerate(mistake.changes)]
    for _, mistake, change in forms:
        yield (mistake,), change(right)
    pairs = [pair for pair in combinations(forms, 2) if pair[0][1] is not pair[1][1]]
    for (_, first, change), (_, second, other) in sorted(pairs, key=lambda pair: pair[0][0] + pair[1][0]):
        yield (first, second), _both(right, change, other)


def _both(steps: Steps, first: Change, second: Change) -> Steps:
    return second(first(steps))


def could_be(steps: Steps, seen: Probe) -> bool:
    """Whether weights and output have the sizes that these steps give."""
    try:
        rows = walk(steps, seen.input_shape)
    except (ValueError, IndexError):
        return False
    sizes = [math.prod(shape) for *_, shapes in rows for shape in shapes]
    return rows[-1][2] == seen.output.shape[1:] and sizes == [weight.size for weight in seen.weights]
