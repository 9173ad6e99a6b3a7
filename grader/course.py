"""A course folder as nbgrader sees it: its stages and its gradebook."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader


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
