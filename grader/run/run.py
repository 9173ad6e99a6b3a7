"""One run of the grader over a week: what an earlier run left, what is to do, the engine, the recorder, the summary."""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from functools import partial
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from grader.course import stage
from grader.gradebook.late import late_penalty
from grader.gradebook.week import demand_same_cells, known_students, read_layout, students_with_marks
from grader.intake.names import printable
from grader.intake.submission import find_students, take_in
from grader.plan import Plan
from grader.records.ledger import Ledger
from grader.records.recorder import Recorder
from grader.records.secret import course_secret, seed_for
from grader.records.spool import Spool

from .crew import Crew, Done
from .faults import note_error
from .request import EVERYBODY, Choice, Grader, GraderFactory
from .stop import Stop
from .summary import Outcome, Report, Summary, why_of
from .todo import find_todo
from .trouble import CannotStart, DiskTrouble, LeftForLater


class Run:
    """One run with everything it holds open.

    Args:
        course: as nbgrader sees it.
        folder: its ledger/.
        gradebook: nbgrader's, open.
        plan: of the week.
        report: told about progress.
        stop: asked whether to go on.

    Raises:
        CannotStart: the gradebook does not know the week, or the secret is broken.
    """

    def __init__(
        self, course: CourseDirectory, folder: Path, gradebook: Gradebook, plan: Plan, report: Report, stop: Stop
    ) -> None:
        self.plan, self.report, self.stop, self.folder, self.gradebook = plan, report, stop, folder, gradebook
        self.errors = folder / "errors.log"
        self.layout = read_layout(gradebook, plan.week)
        demand_same_cells(self.layout, plan)
        self.secret = course_secret(folder)
        self.ledger = Ledger(folder)
        penalty = late_penalty(course.config)
        self.recorder = Recorder(course, gradebook, self.ledger, Spool(folder), penalty, {plan.week: self.layout})
        self.autograded, submitted = stage(course, "autograded"), stage(course, "submitted")
        notebooks = [notebook.name for notebook in plan.notebooks]
        self.find = partial(find_students, submitted, plan.week)
        self.read = partial(take_in, submitted, week=plan.week, wanted=notebooks)
        self.summary = Summary(plan.week, notes=list(self.ledger.notes))

    def resume(self) -> None:
        """Finish what an earlier run left behind.

        Raises:
            DiskTrouble: a file could not be written.
        """
        self.summary.notes += self.recorder.resume()

    def whole(self, factory: GraderFactory, jobs: int, choice: Choice = EVERYBODY) -> Summary:
        """Grade; returns what became of each submission."""
        marked = students_with_marks(self.gradebook, self.layout)
        students = self._students(choice)
        todo = find_todo(students, self.plan, self.ledger.books, marked, self.autograded, self.read, force=choice.force)
        self.summary.total = len(students)
        self.report.begin(self.plan.week, len(students))
        for outcome in todo.settled:
            self._tell(outcome)
        if todo.students:
            self._grade(factory, todo.students, min(jobs, len(todo.students)))
        if self.stop.asked:
            self.summary.by_hand, self.summary.stopped = True, "a person stopped the run; run it again to go on"
        self.report.end()
        return self.summary

    def _students(self, choice: Choice) -> list[str]:
        found, self.summary.left_out = self.find(choice.students)
        if not choice.create_students:
            known = known_students(self.gradebook)
            self.summary.left_out |= {name: "is nobody the gradebook knows" for name in found if name not in known}
            found = [name for name in found if name in known]
        return [name for name in found if name not in choice.exclude]

    def _grade(self, factory: GraderFactory, students: list[str], jobs: int) -> None:
        """Open the engine, grade, and record what comes."""
        seeds = partial(seed_for, self.secret)
        try:
            context = factory(self.plan, seeds, jobs)
            engine = context.__enter__()
        except CannotStart:
            raise
        except Exception as error:
            note_error(self.errors, "the engine's start", error)
            raise CannotStart(
                f"the engine did not start ({type(error).__name__}: {error}); see {self.errors}"
            ) from None
        crew = Crew(engine, self.plan, self.ledger, self.read, self.errors, jobs)
        try:
            for done in crew.run(students, self._is_stopping):
                self._tell(self._record(done))
        finally:
            crew.halt()
            self._close(context)
            with suppress(DiskTrouble):  # the next run ends those that cannot be noted now
                for done in crew.remains():
                    if done.identity:
                        self.recorder.abandon(done.identity, self.plan.week, done.student, "stopped")

    def _close(self, context: AbstractContextManager[Grader]) -> None:
        try:
            context.__exit__(None, None, None)
        except Exception as error:
            note_error(self.errors, "the engine's end", error)
            self.summary.notes.append(f"the engine did not end well ({type(error).__name__}); see {self.errors}")

    def _is_stopping(self) -> bool:
        return self.stop.asked or bool(self.summary.stopped)

    def _record(self, done: Done) -> Outcome:
        if done.trouble is not None:
            return self._stopped_by(done.student, done.trouble)
        if done.fault:
            return Outcome(
                done.student, "failed by us", f"{printable(done.fault)}; see {self.errors}, then run this again."
            )
        if done.intake is None or done.graded is None:
            return Outcome(done.student, "taken away", "Its folder was removed before it was read.")
        self.summary.notes += [f"{done.student}: {note}" for note in done.intake.notes]
        try:
            self.recorder.record(done.identity, done.graded, done.intake.timestamp)
        except LeftForLater as why:
            return Outcome(
                done.student, "not recorded yet", f"Its mark is safe in the ledger, but {why}; run this again."
            )
        except DiskTrouble as trouble:
            return self._stopped_by(done.student, trouble)
        verdict = done.graded.verdict
        return Outcome(done.student, verdict.state, why_of(verdict))

    def _stopped_by(self, student: str, trouble: DiskTrouble) -> Outcome:
        self.summary.stopped = f"{trouble}. Make room, then run this again: nothing that was graded is lost"
        return Outcome(student, "not recorded yet", f"{trouble}.")

    def _tell(self, outcome: Outcome) -> None:
        self.summary.outcomes.append(outcome)
        self.report.outcome(outcome)
