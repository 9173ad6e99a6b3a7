"""Export grades to CSV: nbgrader's columns, and an empty score where there is none yet."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin

from .mark import StudentMarks
from .marks import read_marks

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "status",
)


class GradesCsv(ExportPlugin):  # type: ignore[misc]
    """What `nbgrader export` writes: one row a student and week.

    nbgrader's own exporter writes 0 for work that nobody handed in and for work that could not be graded; here the
    first has status "not handed in", the second no score at all and a status that says why.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the file named by --to, or grades.csv."""
        root = Path(self.parent.coursedir.root)
        people = {student.id: student for student in gradebook.students}
        with Path(self.to or "grades.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for assignment in sorted(gradebook.assignments, key=lambda item: str(item.name)):
                if self.assignment and assignment.name not in self.assignment:
                    continue
                for result in read_marks(root, assignment.name):
                    if self.student and result.student not in self.student:
                        continue
                    person = people.get(result.student)
                    about = [getattr(person, key, None) for key in ("last_name", "first_name", "email")]
                    head = [assignment.name, assignment.duedate, result.timestamp, result.student, *about]
                    writer.writerow([_cell(value) for value in [*head, *_scores(result)]])
        self.log.info("Exported grades to %s", self.to or "grades.csv")


def _scores(result: StudentMarks) -> list[float | str | None]:
    penalty = sum(sheet.penalty for sheet in result.sheets)
    maximum = sum(mark.maximum for sheet in result.sheets for mark in sheet.marks)
    raw = None if result.total is None else result.total + penalty
    status = result.state
    if status == "not handed in":
        return [0.0, 0.0, 0.0, maximum, status]
    return [raw, penalty, result.total, maximum, status]


def _cell(value: Any) -> Any:
    """A value of the table; text that a spreadsheet would take for a formula becomes text again."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return "" if value is None else value
