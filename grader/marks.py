"""The marks of a week: points from nbgrader's gradebook, reasons from the autograded notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory

from .course import course_directory, open_gradebook
from .verdicts import Verdict, read_verdicts

State = Literal["graded", "not graded", "not handed in"]


@dataclass(frozen=True)
class Mark:
    """Points for one graded cell; `points` is None while nobody has graded it."""

    name: str
    points: float | None
    maximum: float
    verdict: Verdict = field(default_factory=Verdict)


@dataclass(frozen=True)
class Sheet:
    """One notebook of one student; `reading` is what is still to do with its written answer, or ""."""

    notebook: str
    state: State
    marks: tuple[Mark, ...]
    reading: str = ""
    bonus: float = 0.0
    penalty: float = 0.0

    @property
    def total(self) -> float | None:
        """Points of the notebook; 0 where it was not handed in, None where it was not graded."""
        points = [mark.points for mark in self.marks if mark.points is not None]
        if self.state == "not handed in":
            return 0.0
        if self.state == "not graded" or len(points) < len(self.marks):
            return None
        return sum(points) + self.bonus - self.penalty


@dataclass(frozen=True)
class StudentMarks:
    """Everything about one student's week."""

    student: str
    sheets: tuple[Sheet, ...]
    seconds_late: float = 0.0
    timestamp: Any = None

    @property
    def state(self) -> State:
        """The week's state: not graded as soon as one notebook is not."""
        states = [sheet.state for sheet in self.sheets]
        if "not graded" in states or any(sheet.total is None for sheet in self.sheets):
            return "not graded"
        return "graded" if "graded" in states else "not handed in"

    @property
    def total(self) -> float | None:
        """Points of the week, late penalty taken off; None where a notebook was not graded."""
        totals = [sheet.total for sheet in self.sheets]
        known = [total for total in totals if total is not None]
        return max(0.0, sum(known)) if self.state == "graded" and len(known) == len(totals) else None


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
    layout = _layout(Path(course.format_path(course.release_directory, ".", week)), order)
    if not layout:
        raise LookupError(f"there is no release of {week} in {root}: run make release first")
    with open_gradebook(course) as gradebook:
        students = {student.id for student in gradebook.students} | set(_handed_in(course, week))
        return [_student(gradebook, course, week, student, layout) for student in sorted(students)]


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


def _handed_in(course: CourseDirectory, week: str) -> Iterator[str]:
    folder = Path(course.format_path(course.submitted_directory, "x", "x")).parent.parent
    if folder.is_dir():
        yield from (path.name for path in folder.iterdir() if (path / week).is_dir())


def _student(
    gradebook: Gradebook, course: CourseDirectory, week: str, student: str, layout: dict[str, list[Any]]
) -> StudentMarks:
    try:
        submission = gradebook.find_submission(week, student)
        late, timestamp = float(submission.total_seconds_late), submission.timestamp
    except MissingEntry:
        late, timestamp = 0.0, None
    sheets = tuple(_sheet(gradebook, course, (name, week, student), cells) for name, cells in layout.items())
    return StudentMarks(student, sheets, late, timestamp)


def _sheet(gradebook: Gradebook, course: CourseDirectory, key: tuple[str, str, str], cells: list[Any]) -> Sheet:
    name, week, student = key
    stages = (course.submitted_directory, course.autograded_directory)
    sent, graded = (Path(course.format_path(stage, student, week)) / f"{name}.ipynb" for stage in stages)
    empty = tuple(Mark(cell.grade_id, None, float(cell.points)) for cell in cells if not cell.solution)
    if not graded.exists():  # nbgrader's gradebook may still hold 0, or points of an earlier run
        return Sheet(name, "not graded" if sent.exists() else "not handed in", empty)
    try:
        notebook = gradebook.find_submission_notebook(name, week, student)
    except MissingEntry:
        return Sheet(name, "not graded", empty)
    verdicts = read_verdicts(graded)
    grades = {grade.name: grade for grade in notebook.grades}
    marks = tuple(_mark(cell, grades.get(cell.grade_id), verdicts) for cell in cells if not cell.solution)
    written = [grades[cell.grade_id] for cell in cells if cell.solution and cell.grade_id in grades]
    bonus = sum(_points(grade) or 0.0 for grade in written)
    penalty = float(notebook.late_submission_penalty or 0.0)
    return Sheet(name, "graded", marks, _reading(written), bonus, penalty)


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
