"""The check of a function that builds a Keras model: the model is judged by what it computes, not by how it is written.

Random weights are put into the learner's model and its output is compared with the same network computed by tf.nn. The
second opinion also knows what each usual mistake would give, so that a mistake is named and costs only its own part.
A function from tensor to tensor is judged in the same way, by the model that it makes of an input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from . import calls, explain
from .compare import kind_of
from .model_blueprint import Recipe, Shape, Steps, recipe_of
from .model_changes import Change
from .model_diagnosis import MOST_OUTPUTS
from .model_mistakes import FOUND_DIRECTLY, Mistake
from .model_run import ModelRun
from .model_shapes import walk
from .model_subject import is_model
from .model_telling import FULL, OTHER, SHAPES, SIZES, TRAINING, comes_back
from .parts import Call
from .report import Report

Rng = np.random.Generator


@dataclass(frozen=True)
class Build:
    """One call of the learner's function.

    Args:
        args: positional arguments; for a function from tensor to tensor, those after the tensor.
        input_shape: (n_H, n_W, n_C) of the model that should come of it, or of the tensor.
        steps: the network that it should be.
    """

    args: tuple[Any, ...]
    input_shape: Shape
    steps: Steps

    @property
    def output_shape(self) -> Shape:
        """What one picture should give."""
        return walk(self.steps, self.input_shape)[-1][2]


@dataclass(frozen=True)
class Aspect:
    """A part of the report on what the layers compute: it loses by the mistakes of its name.

    Args:
        name: as in the report.
        weight: its share of the score.
        holds: where no named mistake explains the model, whether outputs (m, ...) satisfy this part all the same;
            not for the first aspect, which then stands for all.
    """

    name: str
    weight: float = 1.0
    holds: Callable[[np.ndarray], bool] | None = None


@dataclass(frozen=True)
class SilentLaw:
    """A part of the report: what must hold when all kernels and biases are 0, whatever the network is.

    Args:
        name: the law in a few words.
        expects: the output for inputs x (m, n_H, n_W, n_C).
        weight: its share of the score.
    """

    name: str
    expects: Callable[[np.ndarray], np.ndarray]
    weight: float = 1.0


@dataclass(frozen=True)
class ModelCheck:
    """Everything known about one function that builds a model; called like a `Check`: `check(fn)`, `check(fn, seed=7)`.

    Args:
        signature: as the learner sees it.
        plain: the call as the description has it.
        aspects: what is looked at in the model's output, in the order of the report.
        mistakes: named mistakes in the steps, commonest first.
        varied: makes a call with other arguments; None for a function without any.
        normalises: also look at the output while training.
        from_tensor: whether it is a function from tensor to tensor: `fn(X, *args)`.
        also_right: changes to the steps that the description leaves open, as another order of branches.
        laws: what must hold without weights.
        full: a call for a network too large to be filled; it is counted only, so `plain` is a smaller one.
        oracle: the right steps for the arguments of a function from tensor to tensor, those after the tensor; keyword
            arguments that change no shape (`initializer`) must be taken, too.
        needs: checks of the functions from tensor to tensor that this one may call; each has an oracle.
        most_outputs: how many networks to compute in search of the mistake: fewer where one takes long.
    """

    signature: str
    plain: Build
    aspects: tuple[Aspect, ...]
    mistakes: tuple[Mistake, ...]
    varied: Callable[[Rng], Build] | None = None
    normalises: bool = False
    from_tensor: bool = False
    also_right: tuple[Change, ...] = ()
    laws: tuple[SilentLaw, ...] = ()
    full: Build | None = None
    oracle: Callable[..., Steps] | None = None
    needs: tuple[ModelCheck, ...] = ()
    most_outputs: int = MOST_OUTPUTS

    @property
    def name(self) -> str:
        """Name of the graded function."""
        return self.signature.partition("(")[0]

    @property
    def misconceptions(self) -> tuple[Mistake, ...]:
        """All mistakes that a report can name, apart from the general ones."""
        return self.mistakes + FOUND_DIRECTLY

    @property
    def parts(self) -> tuple[tuple[str, float], ...]:
        """Names and weights of the parts, in the order of the report."""
        last = [(TRAINING, 0.5)] * self.normalises + [(law.name, law.weight) for law in self.laws]
        last += [(OTHER, 1.0)] * (self.varied is not None) + [(FULL, 1.0)] * (self.full is not None)
        aspects = [(aspect.name, aspect.weight) for aspect in self.aspects]
        return ((comes_back(self), 0.5), (SHAPES, 0.5), (SIZES, 1.0), *aspects, *last)

    def hint_text(self, name: str) -> str:
        """What to look at for a mistake."""
        return explain.hint_text(name, self.misconceptions)

    def __call__(self, fn: Call, *, seed: int | None = None) -> Report:
        """Check a learner's function.

        Args:
            fn: the function itself.
            seed: left out, the public random weights; given, others, reported without any numbers.

        Returns:
            A report with the same parts in the same order for every seed.

        Raises:
            TypeError: `fn` is not a function that can be called.
        """
        if not callable(fn) or is_model(fn):
            raise explain.no_function(self.name, "a model" if is_model(fn) else kind_of(fn))
        first = ModelRun(self, fn, seed).report()
        broken = {} if first.passed else self._broken_needs(fn)
        if not broken:
            return first
        second = ModelRun(self, fn, seed, blocks=broken).report()
        if second.score < first.score:
            return first  # it makes up for what its helper lacks
        note = f"Judged with a correct {' and '.join(broken)}, because yours does not pass its own check yet."
        return replace(second, note=note)

    def _broken_needs(self, fn: Call) -> dict[str, Callable[..., Recipe]]:
        """Recipes for those functions that `fn` calls and that fail their own check."""
        used = calls.names_used(fn)
        broken: dict[str, Callable[..., Recipe]] = {}
        for check in self.needs:
            theirs, oracle = calls.global_value(fn, check.name), check.oracle
            if check.name in used and oracle is not None and not (callable(theirs) and check(theirs).passed):
                broken[check.name] = partial(_recipe, oracle)
        return broken


def _recipe(oracle: Callable[..., Steps], *args: Any, **options: Any) -> Recipe:
    return recipe_of(oracle(*args, **options))
