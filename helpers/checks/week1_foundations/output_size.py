"""Check of conv_output_size: how many windows fit along one side."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...shifts import fitting
from ..check import Check
from ..compare import Output
from ..parts import Call, Case, Law, Misconception, Values, Violation
from ..words import short

Rng = np.random.Generator


def _counted(n: int, f: int, p: int, s: int) -> int:
    return fitting(n + 2 * p, f, s)


def _sizes(*, stride: int | None, pad: int | None, divides: bool) -> Any:
    """Eight cases whose stride divides the way of the window, or does not.

    A pad is wide beside the stride, so that mistakes with the one do not give the same numbers as with the other.
    """

    def cases(rng: Rng) -> Iterator[Case]:
        made = 0
        while made < 8:
            f, s = int(rng.integers(1, 8)), stride or int(rng.integers(2, 5))
            p = int(rng.integers(2 * s, 2 * s + 4)) if pad is None else pad
            n = int(rng.integers(f + 1, 60))
            if s == 1 or ((n + 2 * p - f) % s == 0) == divides:
                made += 1
                yield Case((n, f, p, s))

    return cases


def _is_whole(call: Call, rng: Rng) -> Violation | None:
    size = call(7, 3, 0, 2)
    try:
        operator.index(size)
    except Exception:  # of a learner's own type anything may come
        return Violation(
            f"conv_output_size(7, 3, 0, 2) returned the {type(size).__name__} {short(size)}.", "not_an_integer"
        )
    return None


conv_output_size = Check(
    signature="conv_output_size(n, f, p, s)",
    output=Output("the output size"),
    oracle=_counted,
    parts=(
        Values("no padding, stride 1", _sizes(stride=1, pad=0, divides=True)),
        Values("padding", _sizes(stride=1, pad=None, divides=True)),
        Values("stride that divides", _sizes(stride=None, pad=0, divides=True)),
        Values("stride that does not divide", _sizes(stride=None, pad=0, divides=False)),
        Values("padding and stride together", _sizes(stride=None, pad=None, divides=False)),
        Law("is a whole number", _is_whole, weight=0.5),
    ),
    misconceptions=(
        Misconception(
            "no_floor",
            "Half a window is no window: what happens when the stride does not divide the distance?",
            lambda n, f, p, s: (n + 2 * p - f) / s + 1,
        ),
        Misconception(
            "rounded_up",
            "A window that hangs over the edge is dropped. In which direction does that round?",
            lambda n, f, p, s: -(-(n + 2 * p - f) // s) + 1,
        ),
        Misconception(
            "rounded_to_nearest",
            "Rounding to the nearest whole number sometimes counts a window that hangs over the edge.",
            lambda n, f, p, s: round((n + 2 * p - f) / s) + 1,
        ),
        Misconception(
            "pad_counted_once", "Padding is added on both sides.", lambda n, f, p, s: _counted(n + p, f, 0, s)
        ),
        Misconception(
            "pad_forgotten", "The padding does not enter the result.", lambda n, f, p, s: _counted(n, f, 0, s)
        ),
        Misconception(
            "pad_subtracted",
            "Padding makes the image larger: look at the sign in front of it.",
            lambda n, f, p, s: (n - 2 * p - f) // s + 1,
        ),
        Misconception(
            "plus_one_forgotten",
            "Count windows, not steps: how many posts does a fence with 4 gaps have? And is the one divided as well?",
            lambda n, f, p, s: _counted(n, f, p, s) - 1,
        ),
        Misconception(
            "plus_one_divided",
            "The stride divides the distance between the first and the last window, and only that.",
            lambda n, f, p, s: (n + 2 * p - f + 1) // s,
        ),
        Misconception(
            "filter_not_divided",
            "The stride divides the whole way the window can travel. How far is that for a window of side f?",
            lambda n, f, p, s: (n + 2 * p) // s - f + 1,
        ),
        Misconception(
            "brackets_missing",
            "Division binds tighter than plus and minus: what should the stride divide?",
            lambda n, f, p, s: n + 2 * p - f // s + 1,
        ),
        Misconception(
            "filter_added",
            "A larger filter has less room to move: look at the sign in front of f.",
            lambda n, f, p, s: (n + 2 * p + f) // s + 1,
        ),
        Misconception(
            "stride_forgotten", "The stride does not enter the result.", lambda n, f, p, s: _counted(n, f, p, 1)
        ),
        Misconception(
            "always_same",
            "The output is as large as the input only with just the right padding and stride 1.",
            lambda n, f, p, s: n,
        ),
        Misconception("not_an_integer", "A size is used in np.zeros and range: return an int, not a float."),
    ),
)
