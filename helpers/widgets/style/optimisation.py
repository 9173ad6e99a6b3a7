"""A learner's own step, taken again and again: the best picture is kept in any case, and showing it costs little."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...checks.explain import error_text

Step = Callable[[Any, Any], Any]
_FILM = 16  # pictures kept on the way
_PER_SECOND = 8  # pictures shown at most
_SHARE = 0.05  # of the time may go into showing


class Unusable(Exception):
    """What a step gave cannot be used; the text says why."""


@dataclass(eq=False)
class Progress:
    """How far an optimisation has come.

    Args:
        generated: what the last step returned, or what to begin with; given to the next step as it is.
        shape: (n_H, n_W, 3) of the pictures.
        best: the picture of the smallest total so far, float32, 0 to 1.
        best_step: the step that made it; 0 is what it began with.
        best_total: its total; infinite before the first step.
        steps: how many were taken.
        costs: each cost after every step.
        film: (step, picture as uint8), some of those on the way.
        seconds: how long it ran, of which `shown_seconds` went into showing.
    """

    generated: Any
    shape: tuple[int, ...]
    best: np.ndarray
    best_step: int = 0
    best_total: float = math.inf
    steps: int = 0
    costs: dict[str, list[float]] = field(default_factory=dict)
    film: list[tuple[int, np.ndarray]] = field(default_factory=list)
    seconds: float = 0.0
    shown_seconds: float = 0.0
    _every: int = 1

    def take(self, step: Step, choice: Any) -> np.ndarray:
        """Take one step; the picture it gave, (n_H, n_W, 3) float32, 0 to 1.

        Raises:
            Unusable: the step failed, or gave no picture and costs; nothing of it is kept.
        """
        try:
            given = step(self.generated, choice)
        except NotImplementedError:
            raise Unusable("It is not written yet: write it, run its cell, then run this cell again.") from None
        except Exception as error:
            raise Unusable(error_text(error, step, (self.generated, choice))) from None
        generated, costs = _pair(given)
        picture, numbers = _picture(generated, self.shape), _costs(costs, self.costs)
        self.generated = generated
        for name, value in numbers.items():
            self.costs.setdefault(name, []).append(value)
        self.steps += 1
        total = total_of(numbers)
        if total < self.best_total:
            self.best, self.best_step, self.best_total = picture, self.steps, total
        if (self.steps - 1) % self._every == 0:
            self._keep(picture)
        return picture

    def forget_half_steps(self) -> None:
        """Drop what an interrupted step has left behind."""
        for values in self.costs.values():
            del values[self.steps :]

    def _keep(self, picture: np.ndarray) -> None:
        self.film.append((self.steps, as_bytes(picture)))
        if len(self.film) > _FILM:
            self.film = self.film[::2]
            self._every *= 2


class Pace:
    """When to show something again: at most 8 times a second, and so rarely that it takes 5 % of the time at most."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock, self._next = clock, 0.0

    def due(self) -> bool:
        """Whether it is time to show something."""
        return self._clock() >= self._next

    def shown(self, began: float) -> float:
        """Note that something was shown since `began`; how many seconds that took."""
        now = self._clock()
        self._next = now + max(1 / _PER_SECOND, (now - began) * (1 / _SHARE - 1))
        return now - began


def advance(
    progress: Progress, step: Step, choice: Any, steps: int, tell: Callable[[np.ndarray], None], pace: Pace
) -> tuple[str, str]:
    """Take steps until they are done, one fails, or somebody interrupts.

    Args:
        progress: where to go on from; changed.
        step: (generated, choice) -> (generated, costs).
        choice: handed to each step.
        steps: how many.
        tell: shows a picture, and the costs in `progress`.
        pace: says when.

    Returns:
        "done", "interrupted" or "failed", and why it failed.
    """
    began, first = time.perf_counter(), progress.steps
    try:
        while progress.steps < first + steps:
            picture = progress.take(step, choice)
            if pace.due():
                start = time.perf_counter()
                tell(picture)
                progress.shown_seconds += pace.shown(start)
        return "done", ""
    except KeyboardInterrupt:
        progress.forget_half_steps()
        return "interrupted", ""
    except Unusable as reason:
        progress.generated = np.array(progress.best)
        return "failed", str(reason)
    finally:
        progress.seconds += time.perf_counter() - began


def total_of(costs: Mapping[str, float]) -> float:
    """The cost to make small: the one called "total", or else their sum."""
    return costs["total"] if "total" in costs else sum(costs.values())


def as_bytes(picture: np.ndarray) -> np.ndarray:
    """Floats 0 to 1 as uint8."""
    return np.asarray(np.round(picture * 255), np.uint8)


def _pair(given: Any) -> tuple[Any, Any]:
    if given is None:
        raise Unusable("It returned None: a return is missing, or sits where it is never reached.")
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        raise Unusable(f"It returned one {type(given).__name__}: expected a pair, the picture and a dict of its costs.")
    return given[0], given[1]


def _picture(generated: Any, shape: tuple[int, ...]) -> np.ndarray:
    """A copy of what a step gave, without a leading 1, cut to 0 to 1."""
    try:
        plain = generated.numpy() if hasattr(generated, "numpy") else generated  # NumPy warns of variables themselves
        array = np.asarray(plain, dtype=np.float32)
    except Exception:
        raise Unusable("The first thing it returned is no picture: expected an array or tensor of numbers.") from None
    array = array[0] if array.ndim == 4 and len(array) == 1 else array
    if array.shape != shape:
        raise Unusable(f"It returned a picture of the shape {array.shape}: expected {shape}.")
    if not np.isfinite(array).all():
        raise Unusable("It gave NaN or infinity in the picture: is the learning rate too large?")
    if max(array.max(), -array.min()) > 20:
        raise Unusable(f"Its picture runs from {array.min():.4g} to {array.max():.4g}: expected values from 0 to 1.")
    return np.asarray(array.clip(0, 1))  # a copy, whatever the step does with its own


def _costs(costs: Any, before: Mapping[str, Any]) -> dict[str, float]:
    if not isinstance(costs, Mapping) or not costs:
        raise Unusable('The second thing it returned is no dict of costs, such as {"total": 1.5}.')
    try:
        numbers = {str(name)[:30]: float(np.asarray(value).item()) for name, value in costs.items()}
    except (TypeError, ValueError):
        raise Unusable("Its costs are not single numbers: expected a dict of floats.") from None
    wrong = [name for name, value in numbers.items() if not math.isfinite(value)]
    if wrong:
        raise Unusable(f"Its cost {wrong[0]!r} is NaN or infinite: is the learning rate too large?")
    if (before and set(before) != set(numbers)) or len(numbers) > 6:
        raise Unusable(f"Its costs are {', '.join(numbers)}: expected the same names in every step, 6 at most.")
    return numbers
