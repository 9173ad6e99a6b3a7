"""What a week asks for, read from the instructor's notebooks: cells, tests, points, order; never a student's file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from .notebook_text import Notebook, read_notebook

Kind = Literal["setup", "exercise", "check", "answer", "study", "text"]

STUDY_ROLES = frozenset({"demo", "training"})


class NoPlan(Exception):
    """A week that cannot be graded; the text says what is missing and which command makes it."""


@dataclass(frozen=True)
class PlanCell:
    """One cell of a released notebook.

    Args:
        kind: setup and exercise cells run at the student's side, checks at ours; an answer is read by a person; study
            (demo and training) and text are not run.
        id: of the cell in the notebook format.
        grade_id: nbgrader's name of an exercise, check or answer, else "".
        source: the instructor's text, hidden tests included; of an exercise the text that students are given.
        given: the text that students are given.
        points: maximum of a check or an answer.
        metadata: of the cell, nbgrader's included.
        cell_type: "code" or "markdown".
    """

    kind: Kind
    id: str
    grade_id: str
    source: str
    given: str
    points: float
    metadata: dict[str, Any]
    cell_type: str


@dataclass(frozen=True)
class PlanNotebook:
    """One released notebook: its name without ending, its cells in order, and the metadata of the whole."""

    name: str
    cells: tuple[PlanCell, ...]
    metadata: dict[str, Any]

    def graded(self) -> tuple[PlanCell, ...]:
        """The test cells."""
        return tuple(cell for cell in self.cells if cell.kind == "check")


@dataclass(frozen=True)
class Plan:
    """A week: its name and its notebooks."""

    week: str
    notebooks: tuple[PlanNotebook, ...]

    @property
    def seal(self) -> str:
        """SHA-256 over everything in it, hexadecimal: marks with another seal are of another release."""
        return hashlib.sha256(json.dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        return asdict(self)


def plan_from_dict(data: dict[str, Any]) -> Plan:
    """The plan that `to_dict` wrote; for data of our own only."""
    notebooks = (
        PlanNotebook(one["name"], tuple(PlanCell(**cell) for cell in one["cells"]), one["metadata"])
        for one in data["notebooks"]
    )
    return Plan(data["week"], tuple(notebooks))


def read_plan(source: Path, release: Path, order: Sequence[str] = ()) -> Plan:
    """The plan of one week.

    Args:
        source: folder with the week's instructor notebooks; its name is the week's.
        release: folder with what students were given, for the text of their exercise cells.
        order: names of notebooks in the order of the course; those not named come last, by name.

    Raises:
        NoPlan: there are no notebooks, or one was not released.
    """
    paths = sorted(source.glob("*.ipynb"), key=lambda path: _rank(path.stem, order)) if source.is_dir() else []
    if not paths:
        raise NoPlan(f"there are no notebooks in {source.parent.name}/{source.name}: make notebooks builds them")
    week = source.resolve().name
    return Plan(week, tuple(_notebook(path, release / path.name) for path in paths))


def _rank(name: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(name) if name in order else len(order), name)


def _notebook(path: Path, released: Path) -> PlanNotebook:
    if not released.is_file():
        raise NoPlan(f"{path.stem} was never released: make release does it")
    notebook = read_notebook(path.read_bytes())
    given = {cell.grade_id: cell.source for cell in read_notebook(released.read_bytes()).cells if cell.grade_id}
    return PlanNotebook(path.stem, tuple(_cells(notebook, given)), notebook.metadata)


def _cells(notebook: Notebook, given: dict[str, str]) -> list[PlanCell]:
    cells = []
    for cell in notebook.cells:
        kind = _kind(cell.cell_type, cell.metadata)
        text = given.get(cell.grade_id, cell.source)
        source = text if kind in ("exercise", "answer") else cell.source
        points = float(cell.metadata.get("nbgrader", {}).get("points", 0) or 0)
        cells.append(PlanCell(kind, cell.id, cell.grade_id, source, text, points, cell.metadata, cell.cell_type))
    return cells


def _kind(cell_type: str, metadata: dict[str, Any]) -> Kind:
    about = metadata.get("nbgrader", {})
    grade, solution = bool(about.get("grade")), bool(about.get("solution"))
    if (grade and solution) or about.get("task"):
        return "answer"
    if cell_type != "code":
        return "text"
    if solution:
        return "exercise"
    if grade:
        return "check"
    return "study" if STUDY_ROLES & set(metadata.get("tags", [])) else "setup"
