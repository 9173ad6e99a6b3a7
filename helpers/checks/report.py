"""What a check found: one outcome per part, a score, and the misconceptions behind the failures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Status = Literal["passed", "failed", "unchecked"]

SIGNS: dict[Status, str] = {"passed": "✓", "failed": "✗", "unchecked": "?"}
WORDS: dict[Status, str] = {"passed": "passed", "failed": "failed", "unchecked": "could not be checked"}
_WORST: tuple[Status, ...] = ("failed", "unchecked", "passed")
REPORT_MIME = "application/vnd.receptive-fields.report+json"


@dataclass(frozen=True)
class Picture:
    """Two small matrices to draw side by side, with their difference.

    Args:
        title: what the matrices are, for example "Z[0, :, :, 2]".
        expected: (rows, columns).
        got: (rows, columns).
    """

    title: str
    expected: np.ndarray
    got: np.ndarray


@dataclass(frozen=True)
class Outcome:
    """One line of a report.

    Args:
        name: what was looked at, in a few words.
        status: passed, failed or unchecked.
        message: what happened, what was expected and what to look at; at most six lines, empty when passed.
        weight: its share of the score.
        hint: name of the misconception that explains the failure, or "".
        picture: expected and got, where a drawing says more.
    """

    name: str
    status: Status
    message: str = ""
    weight: float = 1.0
    hint: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Report:
    """The result of checking one function; reports of the same function can be added.

    Args:
        function: name of the graded function.
        outcomes: one per part of the check, in a fixed order.
        hints: names of the misconceptions found, most certain first.
        note: a remark on how it was judged, or "".
    """

    function: str
    outcomes: tuple[Outcome, ...]
    hints: tuple[str, ...] = ()
    note: str = ""

    @property
    def score(self) -> float:
        """Share of the weights whose parts passed, 0.0 to 1.0."""
        total = sum(outcome.weight for outcome in self.outcomes)
        earned = sum(outcome.weight for outcome in self.outcomes if outcome.status == "passed")
        return float(earned / total) if total else 0.0

    @property
    def passed(self) -> bool:
        """Whether every part passed."""
        return bool(self.outcomes) and all(outcome.status == "passed" for outcome in self.outcomes)

    def points(self, maximum: float) -> float:
        """Points earned out of `maximum`, as a plain float that nbgrader reads as partial credit."""
        return float(maximum) if self.passed else round(float(maximum) * self.score, 2)

    def __add__(self, other: Report) -> Report:
        """Both reports in one: a part counts as passed only where it passed in both."""
        if not isinstance(other, Report):
            return NotImplemented
        if other.function != self.function:
            raise ValueError(
                f"cannot add a report on {other.function} to one on {self.function}: "
                "add reports of the same function only"
            )
        theirs = {outcome.name: outcome for outcome in other.outcomes}
        mine = {outcome.name for outcome in self.outcomes}
        merged = [_worse(outcome, theirs.get(outcome.name, outcome)) for outcome in self.outcomes]
        merged += [outcome for outcome in other.outcomes if outcome.name not in mine]
        hints = tuple(dict.fromkeys(self.hints + other.hints))
        return Report(self.function, tuple(merged), hints, self.note or other.note)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON data, without pictures."""
        return {
            "function": self.function,
            "score": self.score,
            "passed": self.passed,
            "hints": list(self.hints),
            "note": self.note,
            "outcomes": [
                {"name": o.name, "status": o.status, "message": o.message, "weight": o.weight, "hint": o.hint}
                for o in self.outcomes
            ],
        }

    def __str__(self) -> str:
        lines = [f"{self.function}: {summary(self.outcomes)}"]
        if self.note:
            lines.append(f"  note: {self.note}")
        for outcome in self.outcomes:
            lines.append(f"  {SIGNS[outcome.status]} {WORDS[outcome.status]}: {outcome.name}")
            lines += [f"      {line}" for line in outcome.message.splitlines()]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from .panel import panel

        return panel(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": str(self), "text/html": self._repr_html_(), REPORT_MIME: self.to_dict()}


def summary(outcomes: Iterable[Outcome]) -> str:
    """One line that counts the outcomes, for example "5 of 7 parts passed"."""
    statuses = [outcome.status for outcome in outcomes]
    passed = statuses.count("passed")
    if statuses and passed == len(statuses):
        return f"all {passed} parts passed" if passed > 1 else "passed"
    return f"{passed} of {len(statuses)} parts passed"


def _worse(first: Outcome, second: Outcome) -> Outcome:
    return first if _WORST.index(first.status) <= _WORST.index(second.status) else second
