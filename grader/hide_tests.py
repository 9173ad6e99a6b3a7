"""Take hidden tests out of feedback: their source, the tracebacks that quote it, and what was printed meanwhile."""

from __future__ import annotations

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade, is_solution

from .verdicts import REPORT_MIME


class HideTests(ClearHiddenTests):  # type: ignore[misc]
    """nbgrader's ClearHiddenTests for check cells only, their outputs included."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Clean one cell; cells that a learner may edit are left as they are, markers and all."""
        if cell.cell_type != "code" or not is_grade(cell) or is_solution(cell):
            return cell, resources
        self._remove_hidden_test_region(cell)
        cell.outputs = [shown for output in cell.outputs if (shown := _shown(output)) is not None]
        return cell, resources


def _shown(output: NotebookNode) -> NotebookNode | None:
    """What a learner may see of one output of a check cell: the report, the points, the name of an error."""
    if output.output_type == "error":
        output.traceback = [f"{output.ename}: {output.evalue}"]
        return output
    if output.output_type == "execute_result":
        return output
    if output.output_type == "display_data" and REPORT_MIME in output.data:
        return output
    return None
