"""Hand in for the whole sample class: `python -m tests.course.sample_class.build FOLDER` fills FOLDER/<student>."""

from __future__ import annotations

import datetime
import functools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import parse_utc

from grader.report.mark import State
from tests.course.sample_class.material import read_material
from tests.course.sample_class.students import REFLECTION, STUDENTS, Student
from tools.syllabus import ROOT, Week, read_syllabus


def build(week: Week, root: Path, submitted: Path, students: Sequence[Student] = STUDENTS) -> dict[str, State]:
    """Compose every student's notebooks from the release.

    Args:
        week: which week.
        root: folder with source/ and release/.
        submitted: where <student>/<week>/ goes.
        students: who hands in.

    Returns:
        Their names, and the state that each one's week should end in.
    """
    names = [notebook.name for notebook in week.notebooks]
    material = read_material(root / "source" / week.id, names)
    for student in students:
        folder = submitted / student.name / week.id
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            notebook = nbformat.read(root / "release" / week.id / f"{name}.ipynb", as_version=4)
            fill(notebook, functools.partial(student.writes, material, week.id))
            if student.reflects:
                reflect(notebook, REFLECTION)
            (folder / f"{name}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8", newline="\n")
        if student.happens is not None:
            student.happens(folder, names)
        (folder / "timestamp.txt").write_text(_stamp(week.due, student.after_due), encoding="utf-8")
    return {student.name: student.ends for student in students}


def fill(notebook: NotebookNode, answer: Callable[[str], str | None]) -> None:
    """Write answers into the exercise cells of a released notebook; `answer(function)` may be None."""
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and about.get("solution"):
            text = answer(about["grade_id"])
            cell.source = cell.source if text is None else text


def reflect(notebook: NotebookNode, text: str) -> None:
    """Answer the written question of a released notebook, where it has one."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = text


def _stamp(due: str, after: datetime.timedelta) -> str:
    return f"{parse_utc(due) + after} UTC\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder to hand in to, for example build/demo/submitted.")
    for each in read_syllabus().weeks:
        print(f"{each.id}: {', '.join(build(each, ROOT, Path(sys.argv[1])))}")
