"""Write the feedback pages of a week: one HTML file a notebook, whole or not at all, and none that is out of date."""

from __future__ import annotations

import contextlib
import fnmatch
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from grader.course import course_directory, open_gradebook, stage, week_folder
from grader.intake.names import odd_name
from grader.intake.safe_files import NotRead, open_folder, read_file
from grader.verdict import Verdict
from .notebook import read_graded
from .page import page
from .record import hours_late, marked, read_marks, read_verdicts, sheet_verdict
from .released import Released, read_released
from .sheet import Sheet

_MOST_NOTEBOOK = 50_000_000
_PERMISSIONS = 0o644


@dataclass(frozen=True)
class _Week:
    """What all students of a week share."""

    name: str
    course: CourseDirectory
    gradebook: Gradebook
    released: tuple[Released, ...]
    verdicts: dict[str, Verdict]

    def folder(self, name: str, student: str) -> Path:
        """Where a student's files of one stage are, for example "autograded"."""
        return stage(self.course, name) / student / self.name


def write(root: Path, week: str, *, students: str, force: bool, log: Callable[[str], None]) -> list[str]:
    """See `grader.feedback.write_feedback`."""
    course = course_directory(root)
    folder = week_folder(course, "release", week)
    paths = [path for path in sorted(folder.glob("*.ipynb")) if not odd_name(path.stem)]
    if not paths:
        raise LookupError(f"there is no release of {week} in {root}: run make release first")
    released = tuple(read_released(path.stem, path.read_bytes()) for path in paths)
    failures: list[str] = []
    with open_gradebook(course) as gradebook:
        about = _Week(week, course, gradebook, released, read_verdicts(root, week))
        for student in _students(about):
            if fnmatch.fnmatchcase(student, students):
                failures += _student(about, student, force, log)
    return failures


def _students(week: _Week) -> list[str]:
    """Everybody who handed in or has a verdict, by name."""
    names = set(week.verdicts)
    for name in ("submitted", "autograded"):
        parent = stage(week.course, name)
        if parent.is_dir():
            names |= {entry.name for entry in parent.iterdir() if (entry / week.name).is_dir()}
    return sorted(name for name in names if not odd_name(name))


def _student(week: _Week, student: str, force: bool, log: Callable[[str], None]) -> list[str]:
    """Write one student's pages; returns what went wrong, one sentence a page."""
    folder = week.folder("feedback", student)
    failures, written = [], 0
    for released in week.released:
        path = folder / f"{released.name}.html"
        try:
            written += _replace(path, page(_sheet(week, student, released)).encode(), force)
        except (OSError, ValueError, NotRead) as error:
            failures.append(f"{student}: no feedback on {released.name}: {_reason(error)}")
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)  # the old page may tell a mark that no longer holds
    for path in folder.glob("*.html"):
        if path.stem not in {released.name for released in week.released}:
            path.unlink()
    log(f"{student}: {written} of {len(week.released)} pages written, {len(failures)} could not be")
    return failures


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"it could not be read or written ({error.strerror}); try again"
    return f"the autograded notebook {error}" if isinstance(error, NotRead) else str(error)


def _sheet(week: _Week, student: str, released: Released) -> Sheet:
    file = f"{released.name}.ipynb"
    sent = (week.folder("submitted", student) / file).exists()
    content = _autograded(week.folder("autograded", student), file)
    verdict = week.verdicts.get(student)
    state = sheet_verdict(verdict, released.name, sent=sent, graded=bool(content))
    marks = read_marks(week.gradebook, week.name, student, released.name)
    exercises = zip(read_graded(content, released.questions), released.questions, strict=True)
    return Sheet(
        student,
        week.name,
        released.title,
        state.state,
        state.why,
        state.repairs,
        tuple(marked(exercise, question, marks) for exercise, question in exercises),
        marks.penalty,
        hours_late(week.gradebook, week.name, student),
        unsafe=verdict is not None and verdict.tier == "unsafe",
    )


def _autograded(folder: Path, file: str) -> bytes:
    """The notebook that grading left, b"" if there is none."""
    try:
        with open_folder(folder) as opened:
            return read_file(opened, file, _MOST_NOTEBOOK)
    except FileNotFoundError:
        return b""


def _replace(path: Path, content: bytes, force: bool) -> bool:
    """Put a file in its place in one step, if it is new or forced; returns whether it was."""
    if not force and path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(_PERMISSIONS)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True
