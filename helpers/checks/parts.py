"""What a check is made of: cases, parts (values and laws) and misconceptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

Call = Callable[..., Any]


@dataclass(frozen=True)
class Case:
    """Arguments for one call.

    Args:
        args: positional arguments; arrays, numbers, strings and dicts.
        expected: the value to expect; left out, the check's oracle computes it. `...` inside agrees with anything.
    """

    args: tuple[Any, ...]
    expected: Any = None


@dataclass(frozen=True)
class Values:
    """A part that compares returned values with the oracle's.

    Args:
        name: what is looked at, in a few words: it is the line in the report.
        cases: makes the cases from a seeded generator.
        weight: its share of the score.
    """

    name: str
    cases: Callable[[np.random.Generator], Iterable[Case]]
    weight: float = 1.0


@dataclass(frozen=True)
class Law:
    """A part that states what must hold whatever the values are: linearity, symmetry, a gradient check.

    Args:
        name: the law in a few words.
        judge: `judge(call, rng)` returns None if the law holds, else a Violation; `call` is the learner's function.
        weight: its share of the score.
    """

    name: str
    judge: Callable[[Call, np.random.Generator], Violation | None]
    weight: float = 1.0


@dataclass(frozen=True)
class Violation:
    """How a law was broken: `text` may name values (shown for public inputs only), `hint` a misconception."""

    text: str
    hint: str = ""


@dataclass(frozen=True)
class Misconception:
    """A wrong answer that learners write.

    Args:
        name: short and stable, for example "kernel_flipped".
        hint: what to look at; never the answer itself.
        gives: what this mistake returns for the same arguments; None where it makes no sense, and `...` for an
            element of a tuple that may be anything.
        raises: regular expression for "TypeName: text" of the error it ends in.
    """

    name: str
    hint: str
    gives: Callable[..., Any] | None = None
    raises: str = ""
