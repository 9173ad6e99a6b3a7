"""Marks as instructors read them: points of a check, of a notebook, of a student's week, and where there are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from grader.run.summary import MARKED
from grader.verdict import SheetState

from .verdicts import Verdict

State = SheetState | Literal["not graded yet"]

# A week is in the worst state of its notebooks; one that was not handed in takes nothing from the others.
_WORST: tuple[State, ...] = (
    "failed by us",
    "refused",
    "not graded yet",
    "graded with limits",
    "graded",
    "not handed in",
)


@dataclass(frozen=True)
class Mark:
    """Points for one graded cell; `points` is None while nobody has graded it."""

    name: str
    points: float | None
    maximum: float
    verdict: Verdict = field(default_factory=Verdict)


@dataclass(frozen=True)
class Sheet:
    """One notebook of one student.

    Args:
        notebook: its name.
        state: what became of it.
        marks: one a check cell.
        reading: what is still to do with its written answer, or "".
        bonus: points for the written answer.
        penalty: points taken off because it came late.
        remarks: why there are no marks, what was put right, which limits were hit; one sentence each.
    """

    notebook: str
    state: State
    marks: tuple[Mark, ...]
    reading: str = ""
    bonus: float = 0.0
    penalty: float = 0.0
    remarks: tuple[str, ...] = ()

    @property
    def total(self) -> float | None:
        """Points of the notebook; 0 where it was not handed in, None where it was not graded."""
        points = [mark.points for mark in self.marks if mark.points is not None]
        if self.state == "not handed in":
            return 0.0
        if self.state not in MARKED or len(points) < len(self.marks):
            return None
        return sum(points) + self.bonus - self.penalty


@dataclass(frozen=True)
class StudentMarks:
    """Everything about one student's week; `unsafe` marks were made without a sandbox and can be forged."""

    student: str
    sheets: tuple[Sheet, ...]
    seconds_late: float = 0.0
    timestamp: Any = None
    unsafe: bool = False

    @property
    def state(self) -> State:
        """The worst state of its notebooks; without points for every check it is not graded yet."""
        states = {sheet.state for sheet in self.sheets}
        state = next(state for state in _WORST if state in states)
        unknown = any(sheet.total is None for sheet in self.sheets)
        return "not graded yet" if state in MARKED and unknown else state

    @property
    def total(self) -> float | None:
        """Points of the week, late penalty taken off; None where a notebook was not graded."""
        totals = [sheet.total for sheet in self.sheets]
        known = [total for total in totals if total is not None]
        return max(0.0, sum(known)) if self.state in MARKED and len(known) == len(totals) else None
