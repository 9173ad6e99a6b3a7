"""Bring a verdict home in an order that survives a kill at any moment: spool, ledger, gradebook, files, ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from grader.course import stage
from grader.gradebook.week import WeekLayout, read_layout
from grader.gradebook.writer import GradebookWriter, Penalty
from grader.job import Graded
from grader.run.trouble import CannotStart, LeftForLater
from grader.verdict import BadVerdict, read_verdict

from .books import Record
from .ledger import Ledger
from .spool import Spool


class Recorder:
    """The one writer of marks in a course; `layouts` are what is known already of its weeks in the gradebook.

    Each step can be done again without harm, so whatever a killed run leaves is finished by the next one: before the
    ledger has the verdict, the submission is simply graded again; after that, `resume` does the missing steps.
    """

    def __init__(
        self,
        course: CourseDirectory,
        gradebook: Gradebook,
        ledger: Ledger,
        spool: Spool,
        penalty: Penalty,
        layouts: Mapping[str, WeekLayout],
    ) -> None:
        self._autograded = stage(course, "autograded")
        self._mode = 0o664 if course.groupshared else 0o444
        self._gradebook = gradebook
        self._ledger = ledger
        self._spool = spool
        self._penalty = penalty
        self._writers = {week: GradebookWriter(gradebook, layout, penalty) for week, layout in layouts.items()}

    def record(self, identity: str, graded: Graded, timestamp: datetime | None) -> None:
        """Record what a grading found.

        Args:
            identity: of the grading in the ledger.
            graded: its verdict and notebooks.
            timestamp: when the submission was handed in.

        Raises:
            LeftForLater: the verdict is safe, but the gradebook could not be written; `resume` will do it.
            DiskTrouble: a file could not be written.
        """
        sums = self._spool.put(identity, graded.notebooks)
        record = self._ledger.add(
            "verdict",
            identity,
            graded.verdict.week,
            graded.verdict.student,
            verdict=graded.verdict.to_dict(),
            notebooks=sums,
            timestamp=timestamp.isoformat() if timestamp else None,
        )
        self._finish(record)

    def resume(self) -> list[str]:
        """Finish what an earlier run left; returns one sentence for each thing worth knowing.

        Raises:
            DiskTrouble: a file could not be written.
        """
        notes: list[str] = []
        books = self._ledger.books
        for record in list(books.unfinished.values()):
            who = f"{record['student']} ({record['week']})"
            if record["kind"] == "started" or record["id"] in books.superseded:
                self._abandon(record, "cut off" if record["kind"] == "started" else "overtaken by a later grading")
                continue
            try:
                self._finish(record)
                notes.append(f"the mark of {who}, left by an interrupted run, was recorded")
            except (LeftForLater, CannotStart) as why:
                notes.append(f"the mark of {who} was not recorded: {why}")
            except BadVerdict as why:
                self._abandon(record, str(why))
                notes.append(f"the mark of {who} in the ledger cannot be read and is made anew: {why}")
        self._spool.keep_only(set(books.unfinished))
        return notes

    def abandon(self, identity: str, week: str, student: str, why: str) -> None:
        """End a grading without a mark."""
        self._ledger.add("abandoned", identity, week, student, why=why)
        self._spool.drop(identity)

    def _abandon(self, record: Record, why: str) -> None:
        self.abandon(record["id"], record["week"], record["student"], why)

    def _finish(self, record: Record) -> None:
        """The steps from the gradebook on."""
        identity, week, student = record["id"], record["week"], record["student"]
        verdict = read_verdict(record["verdict"])
        timestamp = datetime.fromisoformat(record["timestamp"]) if record["timestamp"] else None
        self._writer(week).write(verdict, timestamp)
        target = self._autograded / student / week
        if not self._spool.deliver(identity, record["notebooks"], target, self._mode):
            self._abandon(record, "its notebooks are gone from the spool")
            raise LeftForLater("its notebooks are gone from ledger/spool, so it has to be graded anew")
        self._ledger.add("recorded", identity, week, student)
        self._spool.drop(identity)

    def _writer(self, week: str) -> GradebookWriter:
        if week not in self._writers:
            self._writers[week] = GradebookWriter(self._gradebook, read_layout(self._gradebook, week), self._penalty)
        return self._writers[week]
