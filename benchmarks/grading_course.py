"""A course folder to grade: one lesson as a plain nbgrader assignment, and a class that solved it.

A lesson is Markdown with marked code cells: `solution="name"` is an exercise with its solution, `test="name" points=3`
a test cell, and any other is the setup. Nothing in it is particular to this course: plain asserts, nbgrader's marks.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat.notebooknode import NotebookNode

from grader.hooks.command import nbgrader

LESSONS = Path(__file__).parent / "lessons"
WEEK = "lesson"
_MARK = re.compile(r"^ *### (BEGIN|END) SOLUTION\n", re.MULTILINE)
_PLAIN = 'c = get_config()\nc.CourseDirectory.course_id = "benchmark"\nc.ExecutePreprocessor.timeout = 300\n'


@dataclass(frozen=True)
class Lesson:
    """A released lesson.

    Args:
        name: of the notebook.
        folder: a course folder where nobody has handed in yet.
        points: full marks.
        cells: the code cells in order, as the instructor wrote them.
    """

    name: str
    folder: Path
    points: float
    cells: tuple[str, ...]

    def course(self, folder: Path, students: Iterable[int]) -> Path:
        """A copy of the course in which students have handed in.

        Args:
            folder: where to make it.
            students: their numbers; the same number always hands in the same.
        """
        shutil.copytree(self.folder, folder)
        content = self._released()
        for number in students:
            place = folder / "submitted" / student(number) / WEEK
            place.mkdir(parents=True)
            nbformat.write(self._answered(content, number), place / f"{self.name}.ipynb")
        return folder

    def submission(self, number: int) -> bytes:
        """The notebook that a student hands in."""
        return bytes(nbformat.writes(self._answered(self._released(), number)), "utf-8")

    def instructors(self) -> str:
        """The notebook with solutions and hidden tests."""
        return (self.folder / "source" / WEEK / f"{self.name}.ipynb").read_text(encoding="utf-8")

    def code_of(self, number: int) -> list[str]:
        """All code of a submission with the instructor's tests, cell by cell."""
        return [personal(source, number) for source in self.cells]

    def _released(self) -> NotebookNode:
        return nbformat.read(self.folder / "release" / WEEK / f"{self.name}.ipynb", as_version=4)

    def _answered(self, released: NotebookNode, number: int) -> NotebookNode:
        solutions = iter(personal(source, number) for source in self.cells if _MARK.search(source))
        for cell in released.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = next(solutions)
        return released


def release(name: str, folder: Path) -> Lesson:
    """Build a lesson and release it with nbgrader.

    Args:
        name: of a file in lessons/, without ending.
        folder: empty or not there yet.
    """
    notebook = jupytext.read(LESSONS / f"{name}.md", fmt="md")
    built = nbformat.v4.new_notebook(cells=[_cell(cell) for cell in notebook.cells], metadata=_KERNEL)
    (folder / "source" / WEEK).mkdir(parents=True)
    nbformat.write(built, folder / "source" / WEEK / f"{name}.ipynb")
    (folder / "nbgrader_config.py").write_text(_PLAIN, encoding="utf-8")
    nbgrader(folder, "generate_assignment", WEEK)
    points = sum(cell.metadata.get("points", 0) for cell in notebook.cells)
    return Lesson(name, folder, float(points), tuple(c.source for c in notebook.cells if c.cell_type == "code"))


def student(number: int) -> str:
    """Name of a student's folder."""
    return f"student{number:04}"


def personal(source: str, number: int) -> str:
    """A solution in a student's own hand: nbgrader's marks are gone, a variable has another name, a comment is new."""
    if not _MARK.search(source):
        return source
    own = re.sub(r"\bresult\b", f"result_{number}", _MARK.sub("", source))
    return f"# Solved by {student(number)}.\n{own}"


_KERNEL = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}


def _cell(cell: NotebookNode) -> NotebookNode:
    """A lesson's cell with nbgrader's metadata."""
    about: dict[str, Any] = {}
    if "solution" in cell.metadata:
        about = {"grade_id": cell.metadata["solution"], "grade": False, "solution": True, "locked": False}
    elif "test" in cell.metadata:
        about = {"grade_id": cell.metadata["test"], "grade": True, "solution": False, "locked": True}
        about["points"] = cell.metadata["points"]
    metadata = {"nbgrader": {**about, "task": False, "schema_version": 3}} if about else {}
    make = nbformat.v4.new_markdown_cell if cell.cell_type == "markdown" else nbformat.v4.new_code_cell
    name = hashlib.sha256(cell.source.encode()).hexdigest()[:12]
    return make(cell.source, metadata=metadata, id=name)
