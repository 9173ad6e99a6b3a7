"""Which cells grading runs: all but demo and training cells, whose outputs stay as the learner saw them."""

from __future__ import annotations

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import ClearOutput, Execute
from nbgrader.utils import is_grade, is_solution

STUDY_ROLES = frozenset({"demo", "training"})

Result = tuple[NotebookNode, dict[str, Any]]


def is_study(cell: NotebookNode) -> bool:
    """Whether a cell is for study only.

    Graded cells and solutions never are, whatever tags somebody gave them: a check cell that was not run would have
    no output, and nbgrader gives full points for that.
    """
    tags = cell.metadata.get("tags", [])
    return (
        cell.cell_type == "code"
        and not is_grade(cell)
        and not is_solution(cell)
        and isinstance(tags, list)
        and any(tag in STUDY_ROLES for tag in tags if isinstance(tag, str))
    )


class ClearGradedOutput(ClearOutput):  # type: ignore[misc]
    """Clear the outputs of the cells that grading will run."""

    def preprocess_cell(self, cell: NotebookNode, resources: dict[str, Any], cell_index: int) -> Result:
        """Clear one cell."""
        if is_study(cell):
            return cell, resources
        cleared: Result = super().preprocess_cell(cell, resources, cell_index)
        return cleared


class ExecuteGraded(Execute):  # type: ignore[misc]
    """Run setup, exercise and check cells, and cells that a learner added."""

    def preprocess_cell(self, cell: NotebookNode, resources: dict[str, Any], cell_index: int) -> Result:
        """Run one cell."""
        if is_study(cell):
            return cell, resources
        tags = cell.metadata.get("tags", [])
        if self.skip_cells_with_tag in tags:  # nbclient would skip it, and a check without output earns full points
            cell.metadata["tags"] = [tag for tag in tags if tag != self.skip_cells_with_tag]
        run: Result = super().preprocess_cell(cell, resources, cell_index)
        return run
