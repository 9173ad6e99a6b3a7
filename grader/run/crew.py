"""Many threads that wait for the engine, and results as they come: the loop of a run."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.intake.submission import Intake
from grader.job import Graded
from grader.plan import Plan
from grader.records.ledger import Ledger

from .faults import demand_answer, failed, note_error
from .request import Grader
from .trouble import DiskTrouble

_TICK = 0.2  # seconds between two looks at whether to stop


@dataclass(frozen=True)
class Done:
    """What a thread brings back; without `graded` it says what went wrong, or the submission was taken away.

    Args:
        student: whose.
        identity: of the grading in the ledger, if it was started.
        intake: what was read.
        graded: what came of it.
        trouble: the disk failed.
        fault: something else of ours did.
    """

    student: str
    identity: str = ""
    intake: Intake | None = None
    graded: Graded | None = None
    trouble: DiskTrouble | None = None
    fault: str = ""


class Crew:
    """Threads that read and grade submissions.

    Args:
        engine: that grades.
        plan: of the week.
        ledger: of the course.
        read: a submission by its student.
        errors: file for the tracebacks of grading that went wrong.
        jobs: how many at once.
    """

    def __init__(
        self, engine: Grader, plan: Plan, ledger: Ledger, read: Callable[[str], Intake], errors: Path, jobs: int
    ) -> None:
        self._engine, self._plan, self._ledger, self._read, self._errors = engine, plan, ledger, read, errors
        self._seal = plan.seal  # a hash over the whole week, so made once
        self._waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[Done] = queue.SimpleQueue()
        self._room = threading.Semaphore(2 * jobs)  # results that nobody has recorded yet stay few
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(jobs)]

    def run(self, students: list[str], stopping: Callable[[], bool]) -> Iterator[Done]:
        """Grade; yields results in the order in which they come.

        Args:
            students: whose submissions.
            stopping: asked again and again; once it says yes, no more come.
        """
        for student in students:
            self._waiting.put(student)
        for thread in self._threads:
            thread.start()
        left = len(students)
        while left and not stopping():
            try:
                done = self._results.get(timeout=_TICK)
            except queue.Empty:
                continue
            self._room.release()
            left -= 1
            yield done

    def halt(self) -> None:
        """Take no new jobs; those under way end when the engine is closed."""
        self._stop.set()
        for _ in self._threads:
            self._room.release()

    def remains(self) -> Iterator[Done]:
        """Results that came after the halt, which nobody will record."""
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout=10)
        while not self._results.empty():
            yield self._results.get()

    def _work(self) -> None:
        while True:
            self._room.acquire()
            try:
                student = self._waiting.get_nowait()
            except queue.Empty:
                return
            if self._stop.is_set():
                return
            try:
                done = self._one(student)
            except BaseException as error:  # a thread that ended without a word would leave the run waiting
                note_error(self._errors, student, error)
                done = Done(student, fault=f"{type(error).__name__}: {error}")
            self._results.put(done)

    def _one(self, student: str) -> Done:
        try:
            intake = self._read(student)
        except FileNotFoundError:
            return Done(student)
        try:
            identity = self._ledger.start(self._plan.week, student, digest=intake.job.digest, seal=self._seal)
        except DiskTrouble as trouble:
            return Done(student, trouble=trouble)
        try:
            graded = self._engine.grade(intake.job)
            demand_answer(graded, intake.job, self._plan, self._seal)
        except BaseException as error:  # whatever it is, it ends this one submission only
            graded = Graded(failed(intake.job, self._plan, self._seal, error))
            if not self._stop.is_set():
                note_error(self._errors, student, error)
        return Done(student, identity, intake, graded)
