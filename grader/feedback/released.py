"""What a released notebook asks: its heading and its questions, which alone decide what a feedback page shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.notebook_text import Notebook, read_notebook


@dataclass(frozen=True)
class Question:
    """One thing of a released notebook that earns points.

    Args:
        grade_id: nbgrader's name of the test cell or the written answer.
        solution: nbgrader's name of the cell that the student writes, or "".
        maximum: points.
        written: whether a person reads it.
    """

    grade_id: str
    solution: str
    maximum: float
    written: bool


@dataclass(frozen=True)
class Released:
    """One notebook of the release: its name without ending, its heading, and its questions in order."""

    name: str
    title: str
    questions: tuple[Question, ...]


def read_released(name: str, content: bytes) -> Released:
    """A notebook of the release.

    Raises:
        NotANotebook: it is something else.
    """
    notebook = read_notebook(content)
    return Released(name, _heading(notebook) or name, tuple(_questions(notebook)))


def _heading(notebook: Notebook) -> str:
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    lines = (line for text in texts for line in text.splitlines())
    return next((line.lstrip("#").strip() for line in lines if line.startswith("# ")), "")


def _questions(notebook: Notebook) -> Iterator[Question]:
    exercise = ""
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        points = float(about.get("points") or 0)
        if about.get("task") or (about.get("grade") and about.get("solution")):
            yield Question(cell.grade_id, cell.grade_id, points, written=True)
        elif about.get("grade") and cell.cell_type == "code":
            yield Question(cell.grade_id, exercise, points, written=False)
            exercise = ""
        elif about.get("solution"):
            exercise = cell.grade_id
