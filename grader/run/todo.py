"""Which submissions have to be graded, and which have their marks already."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from grader.intake.submission import Intake
from grader.plan import Plan
from grader.records.books import Books, Record
from grader.verdict import read_verdict

from .summary import Outcome, why_of


@dataclass(frozen=True)
class Todo:
    """Submissions to grade, and outcomes of the others."""

    students: list[str]
    settled: list[Outcome]


def find_todo(
    students: list[str],
    plan: Plan,
    books: Books,
    in_gradebook: Collection[str],
    autograded: Path,
    read: Callable[[str], Intake],
    *,
    force: bool,
) -> Todo:
    """Tell those that need grading from those that do not.

    Args:
        students: who handed in.
        plan: of the week; marks for another release do not count.
        books: of the course.
        in_gradebook: who has marks there.
        autograded: the course's folder of that name.
        read: a submission by its student.
        force: grade also what is graded.
    """
    todo = Todo([], [])
    seal = plan.seal
    waiting = {r["student"]: r for r in books.unfinished.values() if r["kind"] == "verdict" and r["week"] == plan.week}
    recorded = {} if force else books.of_week(plan.week)
    for student in students:
        if student in waiting and _same(waiting[student], seal, read):
            why = "Its mark waits in the ledger; run this again to record it."
            todo.settled.append(Outcome(student, "not recorded yet", why))
        elif student in recorded and student in in_gradebook and _stands(recorded[student], seal, autograded, read):
            verdict = read_verdict(recorded[student]["verdict"])
            todo.settled.append(Outcome(student, verdict.state, why_of(verdict), fresh=False))
        else:
            todo.students.append(student)
    return todo


def _stands(record: Record, seal: str, autograded: Path, read: Callable[[str], Intake]) -> bool:
    """Whether a recorded mark is of this submission and release, and its notebooks are where they belong."""
    place = autograded / record["student"] / record["week"]
    if any(sheet["state"] == "failed by us" for sheet in record["verdict"]["sheets"]):
        return False
    if not all((place / f"{name}.ipynb").exists() for name in record["notebooks"]):
        return False
    return _same(record, seal, read)


def _same(record: Record, seal: str, read: Callable[[str], Intake]) -> bool:
    try:
        intake = read(record["student"])
    except FileNotFoundError:
        return False
    handed_in = intake.timestamp.isoformat() if intake.timestamp else None
    verdict = record["verdict"]
    now = (intake.job.digest, seal, handed_in)
    return (verdict["digest"], verdict["seal"], record["timestamp"]) == now
