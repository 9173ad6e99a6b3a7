"""Match a network's steps with the weights of a model, which come in an order of the model's own.

Keras lists the weights of layers that follow each other in that order. Layers of parallel branches come in any order,
so every order is tried that the branches leave open and the shapes allow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from .model_blueprint import INPUT, Shape, Step, Steps, tidy, wired
from .model_shapes import output_shape, weight_shapes

MOST_ORDERS = 24
_MOST_TRIES = 4000  # of one step and one weight: no model of the course comes near
_OWN_WEIGHTS = ("conv", "dense", "norm")


def fits(steps: Steps, shapes: Sequence[Shape], input_shape: Shape) -> Iterator[Steps]:
    """The same network with the sizes that weights of these shapes have, listed in the order of these weights.

    Filters, kernel sizes, units and missing biases are taken over from the weights.

    Args:
        steps: the network.
        shapes: of the model's weights, in the model's order.
        input_shape: (n_H, n_W, n_C) or whatever comes in.

    Yields:
        Each way to see the weights as those of the network, likely ones first, at most 24; nothing if they are of
        another number or kind than the steps need.
    """
    network = list(wired(steps))
    seen: set[str] = set()
    # Most models build the one branch first throughout, or the other: one of the first two orders is theirs.
    searches = [_Search(network, tuple(shapes), way).orders((), {INPUT: input_shape}, 0) for way in (False, True)]
    for found in islice(chain.from_iterable(zip_longest(*searches)), MOST_ORDERS):
        fitted = () if found is None else tidy(found)
        if fitted and repr(fitted) not in seen:
            seen.add(repr(fitted))
            yield fitted


@dataclass
class _Search:
    """Depth first through the orders of a network's steps.

    Args:
        steps: all of them, inputs written out.
        shapes: of the weights.
        backwards: of several steps that could be next, take the last listed first.
        tries: how many steps were tried so far.
    """

    steps: list[Step]
    shapes: tuple[Shape, ...]
    backwards: bool
    tries: int = 0

    def orders(self, done: Steps, known: dict[str, Shape], used: int) -> Iterator[Steps]:
        """Ways to go on.

        Args:
            done: steps so far.
            known: shape of what each of them gives.
            used: how many weights they have.
        """
        known = dict(known)
        free = [step for step in self.steps if step.kind not in _OWN_WEIGHTS and step.name not in known]
        for step in free:  # listed so that one pass is enough
            if all(name in known for name in step.inputs):
                try:
                    known[step.name] = output_shape(step, *(known[name] for name in step.inputs))
                except (ValueError, IndexError):
                    return
                done = (*done, step)
        ready = [s for s in self.steps if s.name not in known and all(name in known for name in s.inputs)]
        if len(done) == len(self.steps):
            if used == len(self.shapes):
                yield done
            return
        for step in reversed(ready) if self.backwards else ready:
            self.tries += 1
            before = known[step.inputs[0]]
            mine = _sized(step, before, self.shapes[used:])
            if mine is None or self.tries > _MOST_TRIES:
                continue
            try:
                after = output_shape(mine, before)
            except (ValueError, IndexError):
                continue
            count = len(weight_shapes(mine, before))
            yield from self.orders((*done, mine), {**known, step.name: after}, used + count)


def _sized(step: Step, before: Shape, left: Sequence[Shape]) -> Step | None:
    """A step with the sizes of the next weights; None if they cannot be its own."""
    if step.kind == "norm":
        four = [math.prod(shape) for shape in left[:4]]
        return step if four == [before[step["axis"]]] * 4 and all(len(shape) == 1 for shape in left[:4]) else None
    if not left or len(left[0]) not in ((4,) if step.kind == "conv" else (2, 4)):
        return None
    kernel = left[0]
    vectors = next((i for i, shape in enumerate(left[1:]) if len(shape) != 1), len(left) - 1)
    bias = vectors % 4 == 1  # a normalisation brings four
    if step.kind == "dense":
        return step.but(units=kernel[-1], bias=bias) if math.prod(kernel[:-1]) == before[-1] else None
    if len(before) != 3 or kernel[2] != before[2]:
        return None
    return step.but(f=tuple(kernel[:2]), n_C=kernel[-1], bias=bias)
