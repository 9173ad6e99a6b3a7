"""What nbgrader's gradebook knows of a week: its notebooks, its cells, and when it is due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import Assignment, BaseCell, Gradebook, Notebook, Student, SubmittedAssignment
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from grader.plan import Plan
from grader.run.trouble import CannotStart


@dataclass(frozen=True)
class NotebookLayout:
    """One notebook: its id, and the ids of its cells by grade id.

    Args:
        graded: cells with points that are not tasks: checks, and answers in words.
        commented: cells a student writes: exercises and answers.
        tasks: cells that describe a task for a person to grade.
    """

    id: str
    graded: dict[str, str] = field(default_factory=dict)
    commented: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WeekLayout:
    """One assignment: its id, when it is due (UTC without zone), and its notebooks by name."""

    id: str
    due: datetime | None
    notebooks: dict[str, NotebookLayout]

    def seconds_late(self, timestamp: datetime | None, extension: timedelta | None) -> float:
        """How late a submission is; 0 where nobody knows."""
        if timestamp is None or self.due is None:
            return 0.0
        return max(0.0, (timestamp - self.due - (extension or timedelta())).total_seconds())


def read_layout(gradebook: Gradebook, week: str) -> WeekLayout:
    """The layout of a week.

    Raises:
        CannotStart: the gradebook does not know the week, or cannot be read.
    """
    assignments, notebooks, cells = Assignment.__table__, Notebook.__table__, BaseCell.__table__
    try:
        with gradebook.engine.connect() as database:
            row = database.execute(select(assignments).where(assignments.c.name == week)).mappings().first()
            if row is None:
                raise CannotStart(f"the gradebook does not know {week}: make release tells it")
            names = database.execute(select(notebooks).where(notebooks.c.assignment_id == row["id"])).mappings()
            layout = {one["id"]: (one["name"], NotebookLayout(one["id"])) for one in names}
            for cell in database.execute(select(cells).where(cells.c.notebook_id.in_(list(layout)))).mappings():
                _place(layout[cell["notebook_id"]][1], cell)
    except DBAPIError as error:
        raise CannotStart(f"the gradebook cannot be read ({error.orig})") from None
    return WeekLayout(row["id"], row["duedate"], dict(layout.values()))


def _place(notebook: NotebookLayout, cell: Any) -> None:
    kinds = {"GradeCell": notebook.graded, "SolutionCell": notebook.commented, "TaskCell": notebook.tasks}
    kinds[cell["type"]][cell["name"]] = cell["id"]
    if cell["type"] == "TaskCell":
        notebook.commented[cell["name"]] = cell["id"]


def demand_same_cells(layout: WeekLayout, plan: Plan) -> None:
    """Refuse a week whose release the gradebook does not know.

    Raises:
        CannotStart: a notebook or a graded cell of the plan is missing in the gradebook.
    """
    for notebook in plan.notebooks:
        known = layout.notebooks.get(notebook.name)
        missing = [
            cell.grade_id
            for cell in notebook.cells
            if cell.kind in ("check", "answer") and (known is None or cell.grade_id not in known.graded | known.tasks)
        ]
        if known is None or missing:
            what = missing[0] if known and missing else notebook.name
            raise CannotStart(f"the gradebook does not know {what} of {plan.week}: make release tells it")


def students_with_marks(gradebook: Gradebook, layout: WeekLayout) -> set[str]:
    """Who has a submission of the week in the gradebook."""
    table = SubmittedAssignment.__table__
    with gradebook.engine.connect() as database:
        return set(database.execute(select(table.c.student_id).where(table.c.assignment_id == layout.id)).scalars())


def known_students(gradebook: Gradebook) -> set[str]:
    """Everybody in the gradebook."""
    with gradebook.engine.connect() as database:
        return set(database.execute(select(Student.__table__.c.id)).scalars())
