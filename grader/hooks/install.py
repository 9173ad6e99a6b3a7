"""Put this grader under nbgrader's commands and formgrader's buttons: `install()` in nbgrader_config.py."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import NbGraderException

from grader.course import stage
from grader.engine.factory import real_engine
from grader.feedback import write_feedback
from grader.intake.submission import read_timestamp
from grader.run.orchestrator import grade_week
from grader.run.progress import Lines
from grader.run.request import Choice
from grader.run.trouble import CannotStart


def install() -> None:
    """Replace what nbgrader does with students' files; doing it twice changes nothing.

    nbgrader's converters copy a submission, links and all, before any preprocessor could look at it, and its server
    opens timestamp.txt whatever it is; so the methods themselves are replaced.
    """
    Autograde.start = autograde
    GenerateFeedback.start = generate_feedback
    NbGraderAPI.get_submitted_timestamp = submitted_timestamp


def autograde(self: Any) -> None:
    """What `nbgrader autograde` and formgrader's button do.

    Args:
        self: nbgrader's converter; its course directory says which week and which students.

    Raises:
        NbGraderException: not every submission has its marks.
    """
    course = self.coursedir
    if course.notebook_id != "*":
        self.log.warning("A submission is graded as a whole: --notebook is left aside")
    excluded = [name for name in course.student_id_exclude.split(",") if name]
    choice = Choice(course.student_id, excluded, bool(self.force), bool(self.create_student))
    try:
        summary = grade_week(
            Path(course.root), course.assignment_id, real_engine(), Lines(self.log.info), choice=choice, course=course
        )
    except CannotStart as why:
        raise _failed(self, [f"Nothing was graded: {why}."]) from None
    if summary.exit_code:
        raise _failed(self, summary.lines())
    if not summary.total:
        raise _failed(self, [f"Nobody ({course.student_id}) has handed in {summary.week}."])
    for line in summary.lines():
        self.log.info(line)


def generate_feedback(self: Any) -> None:
    """What `nbgrader generate_feedback` and formgrader's button do.

    Args:
        self: nbgrader's converter; its course directory says which week and which students.

    Raises:
        NbGraderException: a page could not be written.
    """
    course = self.coursedir
    try:
        failures = write_feedback(
            Path(course.root),
            course.assignment_id,
            students=course.student_id,
            force=bool(self.force),
            log=self.log.info,
        )
    except (LookupError, CannotStart) as why:
        raise _failed(self, [f"No feedback was written: {why}."]) from None
    if failures:
        raise _failed(self, failures)


def submitted_timestamp(self: Any, assignment_id: str, student_id: str) -> datetime | None:
    """When a submission came, as formgrader shows it; a file that does not say it is as good as none."""
    return read_timestamp(stage(self.coursedir, "submitted"), student_id, assignment_id)


def _failed(converter: Any, lines: list[str]) -> Exception:
    for line in lines:
        converter.log.error(line)
    error: Exception = NbGraderException(" ".join(line.strip() for line in lines))
    return error
