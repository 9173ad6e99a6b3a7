"""A course folder as nbgrader sees it: its stages and its gradebook."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from grader.run.trouble import CannotStart
from tools.syllabus import read_syllabus


def course_directory(root: Path) -> CourseDirectory:
    """The course as nbgrader sees it: its folders and its gradebook, as nbgrader_config.py has them."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.CourseDirectory.root = str(root.resolve())
    return CourseDirectory(config=config)


def open_gradebook(course: CourseDirectory) -> Gradebook:
    """The course's gradebook, for a with statement; made if there is none yet."""
    if shutil.which("alembic") is None:  # nbgrader starts it by name when it makes a gradebook
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return Gradebook(course.db_url, course.course_id)


def notebook_order(root: Path, week: str) -> list[str]:
    """Names of a week's notebooks as the course has them; empty where the folder has no syllabus."""
    syllabus = root / "course" / "syllabus.toml"
    weeks = read_syllabus(syllabus).weeks if syllabus.exists() else ()
    return [notebook.name for entry in weeks if entry.id == week for notebook in entry.notebooks]


def stage(course: CourseDirectory, name: str) -> Path:
    """The folder of one stage, with <student>/<week> folders in it.

    Args:
        course: as nbgrader sees it.
        name: "submitted", "autograded" or "feedback".

    Raises:
        CannotStart: the course has its folders in another order.
    """
    path = Path(course.format_path(getattr(course, f"{name}_directory"), "student", "week"))
    if path.parts[-2:] != ("student", "week"):
        raise CannotStart("CourseDirectory.directory_structure has to end in {student_id}/{assignment_id}")
    return path.parent.parent


def week_folder(course: CourseDirectory, name: str, week: str) -> Path:
    """The folder of a week in "source" or "release"."""
    return Path(course.format_path(getattr(course, f"{name}_directory"), ".", week))


def ledger_folder(root: Path) -> Path:
    """Where a course keeps what its gradings leave behind: ledger, secret, lock."""
    return root / "ledger"
