"""Keep text on stderr from costing points: nbgrader gives 0 to a check cell that has any."""

from __future__ import annotations

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade


class QuietStderr(NbGraderPreprocessor):  # type: ignore[misc]
    """Turn stderr of check cells into plain output: between execution and saving the marks.

    Warnings, prints and what TensorFlow's C++ side logs straight to the file descriptor all arrive as a stream named
    stderr. An instructor still reads them in the autograded notebook; an exception is another kind of output and still
    counts as one.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Rename the streams of one cell."""
        if cell.cell_type == "code" and is_grade(cell):
            for output in cell.outputs:
                if output.output_type == "stream":
                    output.name = "stdout"
        return cell, resources
