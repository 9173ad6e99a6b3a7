"""What the gradebook and the ledger say about one notebook of one student, put onto its feedback sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from grader.course import ledger_folder
from grader.records.ledger import read_books
from grader.verdict import BadVerdict, SheetVerdict, Verdict, read_verdict
from .released import Question
from .sheet import Exercise


@dataclass(frozen=True)
class Entry:
    """One grade: points are None while nobody has given any; `waiting` until a person has looked at it."""

    points: float | None
    extra: float
    by_hand: bool
    waiting: bool


@dataclass(frozen=True)
class Marks:
    """Of one notebook of one student: grades and comments by the name of their cell, and the late penalty."""

    grades: Mapping[str, Entry] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    penalty: float = 0.0


def read_marks(gradebook: Gradebook, week: str, student: str, notebook: str) -> Marks:
    """Marks of one notebook; empty where the gradebook has none."""
    try:
        entry = gradebook.find_submission_notebook(notebook, week, student)
    except MissingEntry:
        return Marks()
    grades = {str(grade.name): _entry(grade) for grade in entry.grades}
    comments = {str(comment.name): str(comment.manual_comment or "") for comment in entry.comments}
    return Marks(grades, comments, float(entry.late_submission_penalty or 0.0))


def _entry(grade: Any) -> Entry:
    given = grade.auto_score if grade.manual_score is None else grade.manual_score
    points = None if given is None else float(given)
    by_hand = grade.manual_score is not None
    return Entry(points, float(grade.extra_credit or 0.0), by_hand, bool(grade.needs_manual_grade))


def hours_late(gradebook: Gradebook, week: str, student: str) -> float:
    """How late a week was handed in, in hours; 0 where it was in time or the gradebook does not know."""
    try:
        return float(gradebook.find_submission(week, student).total_seconds_late) / 3600
    except MissingEntry:
        return 0.0


def read_verdicts(root: Path, week: str) -> dict[str, Verdict]:
    """The last recorded verdict of each student, from the ledger; those that cannot be read are left out."""
    verdicts = {}
    for student, record in read_books(ledger_folder(root)).of_week(week).items():
        try:
            verdicts[student] = read_verdict(record.get("verdict"))
        except BadVerdict:
            continue
    return verdicts


def sheet_verdict(verdict: Verdict | None, notebook: str, *, sent: bool, graded: bool) -> SheetVerdict:
    """What became of one notebook.

    Args:
        verdict: of the submission; None where the ledger has none, and the files must say.
        notebook: its name.
        sent: whether it is among what was handed in.
        graded: whether there is an autograded notebook.
    """
    for sheet in verdict.sheets if verdict else ():
        if sheet.notebook == notebook:
            return sheet
    if verdict is None and graded:
        return SheetVerdict(notebook, "graded")
    return SheetVerdict(notebook, "failed by us" if sent else "not handed in")


def marked(exercise: Exercise, question: Question, marks: Marks) -> Exercise:
    """The exercise with its points and the instructor's comment."""
    comment = marks.comments.get(question.solution, "")
    entry = marks.grades.get(question.grade_id)
    if entry is None:
        return replace(exercise, comment=comment)
    read = question.written and entry.points is None and not entry.waiting  # formgrader leaves a 0 out
    points, by_hand = (0.0, True) if read else (entry.points, entry.by_hand)
    return replace(exercise, points=points, extra=entry.extra, by_hand=by_hand, comment=comment)
