"""The one writer of nbgrader's gradebook: a verdict becomes grades and comments in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from nbgrader.api import Comment, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from grader.run.trouble import LeftForLater
from grader.verdict import Finding, SheetVerdict, Verdict

from .rows import Rows, rows_by_cell
from .week import NotebookLayout, WeekLayout

Penalty = Callable[[str, float, float], float | None]

_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0)  # seconds; with the 5 s that SQLite waits each time about a minute


class GradebookWriter:
    """Writes the verdicts of one week.

    Args:
        gradebook: nbgrader's, open.
        layout: what the gradebook knows of the week.
        penalty: what a late submission costs: student, score of a notebook and seconds late to points, or None.
    """

    def __init__(self, gradebook: Gradebook, layout: WeekLayout, penalty: Penalty) -> None:
        self._gradebook = gradebook
        self._layout = layout
        self._penalty = penalty
        self._pauses: tuple[float, ...] = _PAUSES

    def write(self, verdict: Verdict, timestamp: datetime | None) -> None:
        """Bring the gradebook to what a verdict says; doing it twice changes nothing more.

        Args:
            verdict: of one submission.
            timestamp: when it was handed in, UTC without zone.

        Raises:
            LeftForLater: the gradebook was locked or out of reach for a minute; nothing of it was written.
        """
        for pause in (*self._pauses, None):
            try:
                with self._gradebook.engine.begin() as database:
                    self._write(database, verdict, timestamp)
                return
            except DBAPIError as error:
                if pause is None or not isinstance(error, OperationalError) or "full" in str(error.orig):
                    self._pauses = ()  # one minute a run is enough to wait
                    raise LeftForLater(f"the gradebook could not be written ({error.orig})") from None
                time.sleep(pause)

    def _write(self, database: Connection, verdict: Verdict, timestamp: datetime | None) -> None:
        submission, extension = self._submission(database, verdict.student, timestamp)
        late = self._layout.seconds_late(timestamp, extension)
        papers = self._papers(database, submission)
        grades = rows_by_cell(database, Grade, list(papers.values()))
        comments = rows_by_cell(database, Comment, list(papers.values()))
        handed_in = any(sheet.state != "not handed in" for sheet in verdict.sheets)
        for sheet in verdict.sheets:
            notebook = self._layout.notebooks.get(sheet.notebook)
            if notebook is None:
                raise LeftForLater(
                    f"the gradebook does not know {sheet.notebook} any more, so it has to be graded anew"
                )
            paper = papers[notebook.id]
            left = frozenset(sheet.unanswered)
            total = self._grade(grades, paper, notebook, sheet, left, handed_in=handed_in)
            for name, cell in notebook.commented.items():
                comments.put(paper, cell, auto_comment="No response." if name in left else None)
            charged = late > 0 and sheet.state in ("graded", "graded with limits")
            penalty = self._penalty(verdict.student, total, late) if charged else None
            database.execute(
                update(SubmittedNotebook.__table__)
                .where(SubmittedNotebook.__table__.c.id == paper)
                .values(late_submission_penalty=penalty)
            )
        grades.flush(database)
        comments.flush(database)

    def _submission(self, database: Connection, student: str, timestamp: datetime | None) -> tuple[str, Any]:
        """Id and extension of the student's submission, made if it is the first."""
        people, table = Student.__table__, SubmittedAssignment.__table__
        if database.execute(select(people.c.id).where(people.c.id == student)).first() is None:
            database.execute(insert(people).values(id=student))
        mine = (table.c.assignment_id == self._layout.id) & (table.c.student_id == student)
        row = database.execute(select(table.c.id, table.c.extension).where(mine)).first()
        if row is None:
            values = {"assignment_id": self._layout.id, "student_id": student, "timestamp": timestamp}
            made = database.execute(insert(table).values(**values))
            return _key(made), None
        database.execute(update(table).where(table.c.id == row.id).values(timestamp=timestamp))
        return str(row.id), row.extension

    def _papers(self, database: Connection, submission: str) -> dict[str, str]:
        """Ids of the submission's notebooks by id of the released one; made where they are missing."""
        table = SubmittedNotebook.__table__
        rows = database.execute(select(table.c.notebook_id, table.c.id).where(table.c.assignment_id == submission))
        papers = {str(row.notebook_id): str(row.id) for row in rows}
        for notebook in self._layout.notebooks.values():
            if notebook.id not in papers:
                made = database.execute(insert(table).values(notebook_id=notebook.id, assignment_id=submission))
                papers[notebook.id] = _key(made)
        return papers

    def _grade(
        self,
        grades: Rows,
        paper: str,
        notebook: NotebookLayout,
        sheet: SheetVerdict,
        left: frozenset[str],
        *,
        handed_in: bool,
    ) -> float:
        """Note the automatic score of each cell as nbgrader's SaveAutoGrades would; returns the notebook's points."""
        total = 0.0
        findings = {finding.grade_id: finding for finding in sheet.findings}
        for name, cell in notebook.graded.items():
            old = grades.get(paper, cell)
            manual, extra = old.get("manual_score"), old.get("extra_credit")
            score = _score(name, notebook, sheet, findings.get(name), left) if handed_in else None
            review = manual is not None or score is None
            if handed_in and sheet.state == "not handed in":
                review = False
            grades.put(paper, cell, auto_score=score, needs_manual_grade=review)
            given = manual if manual is not None else score
            total += 0.0 if given is None else given + (extra or 0.0)
        for cell in notebook.tasks.values():  # a person's alone
            old = grades.get(paper, cell)
            if not old:
                grades.put(paper, cell, auto_score=None, needs_manual_grade=True)
            total += (old.get("manual_score") or 0.0) + (old.get("extra_credit") or 0.0)
        return total


def _key(made: Any) -> str:
    return str(made.inserted_primary_key[0])


def _score(
    name: str, notebook: NotebookLayout, sheet: SheetVerdict, finding: Finding | None, left: frozenset[str]
) -> float | None:
    """Automatic points of one cell; None where a person has to decide, or nobody can."""
    if sheet.state == "not handed in":
        return 0.0
    if sheet.state in ("refused", "failed by us"):
        return None
    if name in notebook.commented:  # an answer in words: graded and a solution
        return 0.0 if name in left else None
    return None if finding is None else finding.score
