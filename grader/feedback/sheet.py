"""What a feedback page is made of, as plain values: one sheet a notebook, one exercise a section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.verdict import SheetState

Status = Literal["passed", "failed", "unchecked"]

SIGNS: dict[Status, str] = {"passed": "✓", "failed": "✗", "unchecked": "?"}
WORDS: dict[Status, str] = {"passed": "passed", "failed": "failed", "unchecked": "could not be checked"}


@dataclass(frozen=True)
class Part:
    """One line of a check's report: what was looked at, how it came out, and the check's own remark."""

    name: str
    status: Status
    message: str = ""


@dataclass(frozen=True)
class Output:
    """Something a student's cell showed: text, or a picture (a PNG from `clean_png`) with a text that describes it."""

    text: str
    picture: bytes = b""


@dataclass(frozen=True)
class Exercise:
    """One section of the page: a test cell with the exercise it looks at, or a written answer.

    Args:
        name: of the exercise.
        points: given; None where there are none yet.
        maximum: points it can give; 0 for a written answer that earns extra credit only.
        extra: extra credit, in points.
        parts: of the check's report.
        begun: False where the student left the cell as it was given.
        limits: limits that were hit, one sentence each.
        note: one sentence where there is no report, or "".
        written: whether a person reads it.
        by_hand: whether a person set the points.
        source: the student's code or answer.
        outputs: what the student's cell showed.
        comment: the instructor's.
    """

    name: str
    points: float | None
    maximum: float
    extra: float = 0.0
    parts: tuple[Part, ...] = ()
    begun: bool = True
    limits: tuple[str, ...] = ()
    note: str = ""
    written: bool = False
    by_hand: bool = False
    source: str = ""
    outputs: tuple[Output, ...] = ()
    comment: str = ""

    @property
    def status(self) -> tuple[str, str]:
        """A sign and a few words for the whole of it."""
        passed = sum(part.status == "passed" for part in self.parts)
        if self.points is None:
            return ("…", "not read yet") if self.written else ("?", "could not be graded")
        if self.written and not self.by_hand and not self.extra:
            return "○", "no answer"
        if self.written or self.by_hand:
            return "✎", "marked by your instructor"
        if not self.begun:
            return "○", "not written yet"
        if self.parts and passed == len(self.parts):
            return SIGNS["passed"], WORDS["passed"]
        if self.parts and all(part.status == "unchecked" for part in self.parts):
            return SIGNS["unchecked"], WORDS["unchecked"]
        if self.parts:
            return SIGNS["failed"], f"{passed} of {len(self.parts)} parts passed"
        return (SIGNS["passed"], WORDS["passed"]) if self.points >= self.maximum else (SIGNS["failed"], WORDS["failed"])


@dataclass(frozen=True)
class Sheet:
    """One notebook of one student.

    Args:
        student: name of the student.
        week: name of the assignment.
        title: heading of the notebook.
        state: what became of it.
        why: for "refused" and "failed by us" what happened and what to do, else "".
        repairs: what was put right on the way in, one sentence each.
        exercises: in the order of the release.
        penalty: points taken off because it came late.
        hours_late: how late the week was handed in, in hours.
        unsafe: whether it was graded without a sandbox, so that the mark is not final.
    """

    student: str
    week: str
    title: str
    state: SheetState
    why: str = ""
    repairs: tuple[str, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    penalty: float = 0.0
    hours_late: float = 0.0
    unsafe: bool = False

    @property
    def has_mark(self) -> bool:
        """Whether there are points to speak of."""
        return self.state in ("graded", "graded with limits")

    @property
    def maximum(self) -> float:
        """Points of all exercises."""
        return sum(exercise.maximum for exercise in self.exercises)

    @property
    def total(self) -> float:
        """Points so far, late penalty taken off; never below 0."""
        earned = sum((exercise.points or 0.0) + exercise.extra for exercise in self.exercises)
        return max(0.0, earned - self.penalty)
