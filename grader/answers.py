"""Which exercises and answers a student left as they were given out."""

from __future__ import annotations

from collections.abc import Mapping

from .notebook_text import NotANotebook, read_notebook
from .plan import Plan, PlanNotebook


def left_as_given(plan: Plan, notebooks: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Grade ids of cells without a word of the student's, by notebook.

    Args:
        plan: of the week, with the text that students were given.
        notebooks: autograded ones, content by name without ending.
    """
    return {one.name: _of_notebook(one, notebooks[one.name]) for one in plan.notebooks if one.name in notebooks}


def _of_notebook(plan: PlanNotebook, content: bytes) -> list[str]:
    given = {cell.grade_id: cell.source for cell in plan.cells if cell.kind in ("exercise", "answer")}
    try:
        written = {cell.grade_id: cell.source for cell in read_notebook(content).cells if cell.grade_id in given}
    except NotANotebook:  # of our own making, so this cannot be; nobody's answer may count as missing for it
        return []
    return [grade_id for grade_id, source in given.items() if written.get(grade_id, source) == source]
