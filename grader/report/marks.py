"""The marks of a week: states from the ledger, points from nbgrader's gradebook, reasons from autograded notebooks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory

from grader.course import course_directory, ledger_folder, open_gradebook, stage, week_folder
from grader.intake.submission import find_students
from grader.records.books import Record
from grader.records.ledger import read_books
from grader.run.summary import MARKED
from grader.verdict import Finding, SheetVerdict, read_verdict

from .mark import Mark, Sheet, StudentMarks
from .verdicts import Verdict, read_verdicts


def read_marks(root: Path, week: str, order: Sequence[str] = ()) -> list[StudentMarks]:
    """Marks of every student who handed in or is in the gradebook, by name.

    Args:
        root: course folder.
        week: id of the week.
        order: names of its notebooks in the order of the course; those not named come last.

    Raises:
        LookupError: the week was not released yet.
    """
    course = course_directory(root)
    layout = _layout(week_folder(course, "release", week), order)
    if not layout:
        raise LookupError(f"there is no release of {week} in {root}: run make release first")
    records = read_books(ledger_folder(root)).of_week(week)
    handed_in, _ = find_students(stage(course, "submitted"), week)
    with open_gradebook(course) as gradebook:
        students = {student.id for student in gradebook.students} | set(handed_in)
        reader = _Reader(gradebook, course, week, layout, records)
        return [reader.student(student) for student in sorted(students)]


def _layout(release: Path, order: Sequence[str]) -> dict[str, list[Any]]:
    """Metadata of the graded cells of each released notebook, in order."""
    paths = sorted(release.glob("*.ipynb"), key=lambda path: order.index(path.stem) if path.stem in order else 999)
    return {
        path.stem: [
            cell.metadata.nbgrader
            for cell in nbformat.reads(path.read_text(encoding="utf-8"), as_version=4).cells
            if cell.metadata.get("nbgrader", {}).get("grade")
        ]
        for path in paths
    }


@dataclass(frozen=True)
class _Reader:
    """What all students of a week share."""

    gradebook: Gradebook
    course: CourseDirectory
    week: str
    layout: dict[str, list[Any]]
    records: dict[str, Record]

    def student(self, student: str) -> StudentMarks:
        try:
            submission = self.gradebook.find_submission(self.week, student)
            late, timestamp = float(submission.total_seconds_late), submission.timestamp
        except MissingEntry:
            late, timestamp = 0.0, None
        record = self.records.get(student)
        verdict = read_verdict(record["verdict"]) if record else None
        found = {sheet.notebook: sheet for sheet in verdict.sheets} if verdict else {}
        sheets = tuple(self._sheet(student, name, found.get(name)) for name in self.layout)
        return StudentMarks(student, sheets, late, timestamp, unsafe=verdict is not None and verdict.tier == "unsafe")

    def _sheet(self, student: str, name: str, verdict: SheetVerdict | None) -> Sheet:
        cells = self.layout[name]
        empty = tuple(Mark(cell.grade_id, None, float(cell.points)) for cell in cells if not cell.solution)
        if verdict is None:
            sent = stage(self.course, "submitted") / student / self.week / f"{name}.ipynb"
            return Sheet(name, "not graded yet" if os.path.lexists(sent) else "not handed in", empty)
        graded = stage(self.course, "autograded") / student / self.week / f"{name}.ipynb"
        if verdict.state not in MARKED:
            return Sheet(name, verdict.state, empty, remarks=_remarks(verdict))
        try:
            notebook = self.gradebook.find_submission_notebook(name, self.week, student)
            reasons = read_verdicts(graded)
        except (MissingEntry, OSError):  # somebody removed it since
            return Sheet(name, "not graded yet", empty)
        grades = {grade.name: grade for grade in notebook.grades}
        reasons = {finding.grade_id: _reason(finding, reasons) for finding in verdict.findings}
        marks = tuple(_mark(cell, grades.get(cell.grade_id), reasons) for cell in cells if not cell.solution)
        written = [grades[cell.grade_id] for cell in cells if cell.solution and cell.grade_id in grades]
        bonus = sum(_points(grade) or 0.0 for grade in written)
        penalty = float(notebook.late_submission_penalty or 0.0)
        return Sheet(name, verdict.state, marks, _reading(written), bonus, penalty, _remarks(verdict))


def _reason(finding: Finding, reports: dict[str, Verdict]) -> Verdict:
    """Why a check gave its points: what its report says, or where it has none, the engine."""
    report = reports.get(finding.grade_id, Verdict())
    return report if report.causes or not finding.note else Verdict((finding.note.rstrip("."),))


def _remarks(sheet: SheetVerdict) -> tuple[str, ...]:
    limits = [f"{finding.grade_id}: {limit}" for finding in sheet.findings for limit in finding.limits]
    return tuple(text for text in (sheet.why, *sheet.repairs, *limits) if text)


def _mark(cell: Any, grade: Any, verdicts: dict[str, Verdict]) -> Mark:
    points = None if grade is None else _points(grade)
    return Mark(cell.grade_id, points, float(cell.points), verdicts.get(cell.grade_id, Verdict()))


def _points(grade: Any) -> float | None:
    """Points given; None where nobody has graded (nbgrader's own score says 0 then)."""
    given = grade.manual_score if grade.manual_score is not None else grade.auto_score
    return None if given is None else float(given) + float(grade.extra_credit or 0.0)


def _reading(written: list[Any]) -> str:
    if not written:
        return ""
    if any(grade.needs_manual_grade for grade in written):
        return "to be graded by hand"
    return "no answer" if all(grade.manual_score is None for grade in written) else "graded by hand"
