"""The two forms of a lesson: a manuscript (.py, compact metadata) and a notebook (nbgrader's metadata)."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import jupytext
import nbformat
from nbformat.notebooknode import NotebookNode

ROLES = ("setup", "exercise", "check", "demo", "training", "reflection")
_KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_POINTS = re.compile(r"^report\.points\((\d+(?:\.\d+)?)\)$", re.MULTILINE)


class ManuscriptError(Exception):
    """A lesson breaks a rule of its format; the message says which cell, what was expected, and what to do."""


def to_notebook(text: str, week: str, points: dict[str, int]) -> NotebookNode:
    """Build the instructor's notebook from a manuscript.

    Args:
        text: the manuscript, py:percent.
        week: id of the week, used to name the reflection.
        points: of each graded function of this notebook.

    Returns:
        A notebook without outputs whose bytes depend on nothing but the arguments.

    Raises:
        ManuscriptError: a cell has no role, or exercise, check and points do not belong together.
    """
    parsed = jupytext.reads(text, fmt="py:percent")
    seen: dict[str, int] = {}
    cells = [_built_cell(cell, week, points, seen) for cell in parsed.cells]
    graded = [cell.metadata["graded"] for cell in parsed.cells if "check" in cell.metadata.get("tags", [])]
    if sorted(graded) != sorted(points):
        raise ManuscriptError(
            f"the check cells are for {sorted(graded)}, the syllabus has points for {sorted(points)}: "
            "make them the same"
        )
    return notebook_of(cells)


def notebook_of(cells: list[dict[str, Any]], metadata: dict[str, Any] | None = None) -> NotebookNode:
    """A notebook with these cells, for the Python kernel if no other metadata are given."""
    about = {"kernelspec": _KERNELSPEC} if metadata is None else metadata
    return nbformat.from_dict({"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5})


def to_manuscript(notebook: NotebookNode) -> str:
    """Turn an instructor's notebook back into the manuscript it came from, edits included."""
    cells = [_plain_cell(cell) for cell in notebook.cells]
    filters = {"notebook_metadata_filter": "-all", "cell_metadata_filter": "all,-nbgrader"}
    return str(jupytext.writes(notebook_of(cells, {"jupytext": filters}), fmt="py:percent"))


def dumps(notebook: NotebookNode) -> str:
    """The notebook as text, always the same bytes for the same content."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def _built_cell(cell: NotebookNode, week: str, points: dict[str, int], seen: dict[str, int]) -> dict[str, Any]:
    tags, graded = list(cell.metadata.get("tags", [])), cell.metadata.get("graded")
    _demand_role(cell, tags)
    metadata: dict[str, Any] = {key: cell.metadata[key] for key in ("tags", "topics") if key in cell.metadata}
    if "exercise" in tags:
        metadata["nbgrader"] = _nbgrader(_name(cell, graded), solution=True)
    elif "check" in tags:
        maximum = _demand_points(cell, _name(cell, graded), points)
        metadata["nbgrader"] = _nbgrader(f"check_{graded}", grade=True, locked=True, points=maximum)
    elif "reflection" in tags:
        metadata["nbgrader"] = _nbgrader(f"reflection_{week.partition('_')[0]}", grade=True, solution=True, points=0)
    built: dict[str, Any] = {
        "cell_type": cell.cell_type,
        "id": _cell_id(cell, seen),
        "metadata": metadata,
        "source": cell.source,
    }
    if cell.cell_type == "code":
        built |= {"execution_count": None, "outputs": []}
    return built


def _demand_role(cell: NotebookNode, tags: list[str]) -> None:
    roles = [tag for tag in tags if tag in ROLES]
    if cell.cell_type == "code" and len(roles) != 1:
        raise ManuscriptError(f"{_quote(cell)} has the tags {tags}, expected exactly one of {', '.join(ROLES)}")


def _name(cell: NotebookNode, graded: Any) -> str:
    if not isinstance(graded, str):
        raise ManuscriptError(f'{_quote(cell)} is an exercise or check without graded="name of the function"')
    return graded


def _demand_points(cell: NotebookNode, name: str, points: dict[str, int]) -> float:
    found = _POINTS.search(cell.source)
    if found is None or name not in points or float(found[1]) != points[name]:
        wanted = points.get(name, "none yet")
        raise ManuscriptError(
            f"{_quote(cell)} must end in report.points(N) with the points that the syllabus has for {name} ({wanted})"
        )
    return points[name]


def _nbgrader(grade_id: str, *, grade: bool = False, solution: bool = False, **more: Any) -> dict[str, Any]:
    base = {"grade": grade, "grade_id": grade_id, "locked": False, "schema_version": 3, "solution": solution}
    return base | {"task": False} | more


def _cell_id(cell: NotebookNode, seen: dict[str, int]) -> str:
    """An id from the cell's text; a repeated text is numbered."""
    digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
    seen[digest] = seen.get(digest, 0) + 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def _plain_cell(cell: NotebookNode) -> dict[str, Any]:
    metadata = {key: cell.metadata[key] for key in ("tags", "topics") if key in cell.metadata}
    nbgrader = cell.metadata.get("nbgrader", {})
    if nbgrader and "reflection" not in metadata.get("tags", []):
        metadata["graded"] = nbgrader["grade_id"].removeprefix("check_")
    metadata["lines_to_next_cell"] = 1
    plain: dict[str, Any] = {"cell_type": cell.cell_type, "metadata": metadata, "source": cell.source, "id": "x"}
    if cell.cell_type == "code":
        plain |= {"execution_count": None, "outputs": []}
    return plain


def _quote(cell: NotebookNode) -> str:
    first = (cell.source.splitlines() or ["(empty)"])[0]
    return f"the {cell.cell_type} cell that begins with {first[:60]!r}"
