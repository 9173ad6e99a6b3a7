"""Where attacks are made: the control and a whole run of ours, each asked whether the attack won."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import determine_grade

from grader.engine import Engine, EngineFault, Options
from grader.examiner.limits import Patience
from grader.feedback import write_feedback
from grader.job import Job
from grader.records.ledger import FILE, read_lines
from grader.run.orchestrator import grade_week
from grader.run.run import EVERYBODY, Choice
from grader.sandbox import Limits
from grader.sandbox.processes import descendants
from tests.grader.toy_course import Silence

from .assignment import FULL, NAME, POINTS, WEEK, Assignment
from .case import Attack, Outcome, damages, gains, learns, lingers
from .ground import VICTIM, Ground, changes, honest

TOKEN = "COURSE_TOKEN"
PATIENCE = Patience(cell_seconds=10, call_seconds=4, notebook_seconds=30, restarts=4)
LIMITS = Limits(memory=1 << 30, cpu_seconds=30, processes=64, work_bytes=64 << 20, shm_bytes=16 << 20)
_CONTROL_SECONDS = 10.0
_BELIEVING_SECONDS = 3.0
_GRACE = 3.0
_CONTROL_GRACE = 0.5


class Arena:
    """One run's secrets, course, engine and control; a context manager."""

    def __init__(self) -> None:
        self.assignment = Assignment()
        self.secrets = self.assignment.secrets
        self._stack = contextlib.ExitStack()
        self._engines: dict[Options, Engine] = {}
        self._arguments: tuple[Any, ...] = ()
        self._runner: subprocess.Popen[str] | None = None
        self._number = 0

    def __enter__(self) -> Arena:
        self.place = Path(self._stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        os.environ[TOKEN] = self.assignment.token  # as a grader's environment may hold one
        self._stack.callback(os.environ.pop, TOKEN, None)
        self.ground = Ground(self.place / "course", self.assignment)
        self.ground.build()
        self._grade(self.ground, VICTIM, self._engine_for(honest(VICTIM)))
        self.secrets += ((self.ground.root / "ledger" / "secret").read_bytes().hex(),)
        self._start_runner()
        ear = self._stack.enter_context(socket.socket(socket.AF_UNIX))
        ear.bind(f"\0attack-ear-{os.getpid()}")
        ear.listen()
        return self

    def __exit__(self, *error: object) -> None:
        if self._runner is not None:
            self._runner.kill()
            self._runner.communicate()
        self._stack.close()

    # ---- one attack --------------------------------------------------------------------------------------------

    def faults(self, attack: Attack) -> list[str]:
        """What speaks against our having held: one sentence each; none where all is well."""
        control = self.control(attack)
        found = [] if attack.wins(control) else [f"the control withstood it, so it proves nothing: {_about(control)}"]
        return found + self.weaknesses(attack)

    def weaknesses(self, attack: Attack) -> list[str]:
        """What the attack does to a run of ours."""
        outcome = self.engine(attack)
        found = ["it won"] if attack.wins(outcome) else []
        found += ["it gained marks"] if gains(outcome) else []
        found += ["a secret can be read"] if learns(outcome) else []
        found += [f"it changed {', '.join(outcome.damage)}"] if damages(outcome) else []
        found += [f"{outcome.left} processes stay"] if lingers(outcome) else []
        found = [f"{text}: {_about(outcome)}" for text in found]
        self.ground.forget(_student(attack))
        return found + self._harm_to_others(self._engine_for(attack))

    def control(self, attack: Attack) -> Outcome:
        """The attack against the unprotected control, in a copy of the course."""
        self._number += 1
        ground = Ground(self.place / f"control{self._number}" / "course", self.assignment)
        shutil.copytree(self.ground.root, ground.root, symlinks=True)
        try:
            if attack.control is not None:
                return attack.control(ground)
            ground.forget(_student(attack))
            ground.hand_in(_student(attack), attack)
            return self._controlled(ground, attack)
        finally:
            shutil.rmtree(ground.root.parent, ignore_errors=True)

    def engine(self, attack: Attack) -> Outcome:
        """The attack against a whole run of ours."""
        make = self._engine_for(attack)
        student = _student(attack)
        self.ground.forget(student)
        folder = self.ground.hand_in(student, attack)
        before, running = self.ground.state(student), set(descendants(os.getpid()))
        started = time.monotonic()
        for _ in range(attack.times):
            notes = self._grade(self.ground, student, make)
        seconds = time.monotonic() - started
        left = _still_there(lambda: {pid for pid in _living(os.getpid()) - running if _is_held(pid)})
        damage = changes(before, self.ground.state(student))
        outcome = Outcome(
            self._marks(student),
            self._visible(student),
            self.secrets,
            damage,
            len(left),
            attack.deserved,
            notes,
            seconds,
            {"folder": folder, "verdict": self._verdict(student)},
        )
        shutil.rmtree(folder.parent, ignore_errors=True)
        return outcome

    # ---- ours --------------------------------------------------------------------------------------------------

    def _engine_for(self, attack: Attack) -> Callable[..., Any]:
        """The common engine, or one with limits of its own, which attacks with the same limits share."""
        patience = {name: attack.limits.get(name, value) for name, value in vars(PATIENCE).items()}
        worker = {name: attack.limits.get(name, value) for name, value in vars(LIMITS).items()}
        options = Options(patience=Patience(**patience), worker=Limits(**worker), examiner=LIMITS)

        def make(plan: Any, seeds: Any, jobs: int) -> Any:
            if options not in self._engines:
                self._engines[options] = self._stack.enter_context(Engine(plan, seeds, options))
            self._arguments = (plan, seeds, jobs)
            return contextlib.nullcontext(self._engines[options])

        if self._arguments:
            make(*self._arguments)
        return make

    def _grade(self, ground: Ground, student: str, make: Callable[..., Any]) -> str:
        report = Silence()
        choice = Choice(students=student, exclude=EVERYBODY.exclude, force=True)
        summary = grade_week(ground.root, WEEK, make, report, choice=choice, jobs=1)
        failures = write_feedback(ground.root, WEEK, students=student, log=lambda text: None)
        return "; ".join([f"{o.state}: {o.why}" for o in summary.outcomes] + summary.notes + failures)

    def _harm_to_others(self, make: Callable[..., Any]) -> list[str]:
        """Whether an honest submission has full marks right afterwards."""
        content = self.assignment.answered(honest())
        try:
            graded = make(*self._arguments).enter_result.grade(Job("honest", WEEK, {f"{NAME}.ipynb": content}))
        except EngineFault as fault:
            return [f"an honest submission could not be graded afterwards: {fault}"]
        sheet = graded.verdict.sheets[0]
        points = sum(finding.score or 0.0 for finding in sheet.findings)
        return [] if points == FULL else [f"an honest submission had {points} of {FULL} afterwards: {sheet}"]

    def _marks(self, student: str) -> dict[str, float] | None:
        state = {key: value for key, value in self.ground.state("").items() if key.startswith(f"marks of {student} ")}
        scores = {key.rpartition(" ")[2]: json.loads(value.replace("None", "null")) for key, value in state.items()}
        if not any(score[0] is not None for score in scores.values()):
            return None
        return {cell: sum(part or 0.0 for part in score) for cell, score in scores.items()}

    def _verdict(self, student: str) -> dict[str, Any]:
        records = [record for _, record in read_lines(self.ground.root / "ledger" / FILE) if record is not None]
        verdicts = [r for r in records if r["student"] == student and r["kind"] == "verdict"]
        return verdicts[-1]["verdict"] if verdicts else {}

    def _visible(self, student: str) -> str:
        """Feedback, reasons in the ledger, and the autograded notebook without the instructor's test cells."""
        root = self.ground.root
        texts = [path.read_text(encoding="utf-8") for path in self.ground.folder(student, "feedback").rglob("*.html")]
        records = [record for _, record in read_lines(root / "ledger" / FILE) if record is not None]
        texts += [json.dumps(record) for record in records if record["student"] == student]
        for path in self.ground.folder(student, "autograded").rglob("*.ipynb"):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                about = cell["metadata"].get("nbgrader", {})
                texts.append(json.dumps(cell if not about.get("grade") else cell["outputs"]))
        return "\n".join(texts)

    # ---- the control -------------------------------------------------------------------------------------------

    def _start_runner(self) -> None:
        program = str(Path(__file__).with_name("control.py"))
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "OPENBLAS_NUM_THREADS": "1"}
        self._runner = subprocess.Popen(
            [sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def _controlled(self, ground: Ground, attack: Attack) -> Outcome:
        """Run a submission as nbgrader's autograde does: in a folder of the course, test cells put back."""
        student = _student(attack)
        folder = ground.folder(student, "autograded")
        shutil.copytree(ground.folder(student), folder)
        notebook = folder / f"{NAME}.ipynb"
        data = self.assignment.overwritten(json.loads(notebook.read_text(encoding="utf-8")))
        notebook.write_text(json.dumps(data), encoding="utf-8")
        before = ground.state(student)
        result = ground.root.parent / "result.json"
        variables = {"HOME": str(ground.root / "home"), "NBGRADER_EXECUTION": "autograde"}
        variables["IPYTHONDIR"] = str(ground.root.parent / "ipython")  # what IPython itself writes is no damage
        order = {"folder": str(folder), "notebook": str(notebook), "result": str(result), "environment": variables}
        order["believes"] = attack.believes
        started = time.monotonic()
        for _ in range(attack.times):
            seconds = _BELIEVING_SECONDS if attack.believes else _CONTROL_SECONDS
            self._run({**order, "seconds": attack.limits.get("control_seconds", seconds)})
        runner = self._runner
        assert runner is not None
        left = _still_there(lambda: _living(runner.pid), _CONTROL_GRACE)
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, 9)
        ran = json.loads(result.read_text(encoding="utf-8")) if result.exists() else None
        marks = None if ran is None else ran["marks"] if attack.believes else _determined(ran)
        return Outcome(
            marks,
            json.dumps([cell.get("outputs", []) for cell in ran.get("cells", [])]) if ran else "",
            self.secrets,
            changes(before, ground.state(student)),
            len(left),
            attack.deserved,
            "" if ran else "it ended without a mark",
            time.monotonic() - started,
        )

    def _run(self, order: dict[str, Any]) -> None:
        runner = self._runner
        assert runner is not None and runner.stdin is not None and runner.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            runner.stdin.write(json.dumps(order) + "\n")
            runner.stdin.flush()
        if not select.select([runner.stdout], [], [], order["seconds"] + 20)[0] or not runner.stdout.readline():
            runner.kill()  # an attack reached it; the next one gets another
            runner.communicate()
            self._start_runner()


def _determined(notebook: dict[str, Any]) -> dict[str, float] | None:
    """Marks as nbgrader finds them in the outputs; None where it gives up."""
    marks = {}
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if grade_id in POINTS:
            try:
                score, _ = determine_grade(nbformat.from_dict(cell))
            except ValueError:  # more points than there are: nbgrader fails the whole submission
                return None
            marks[grade_id] = float(score or 0.0)
    return marks


def _student(attack: Attack) -> str:
    return f"student-{attack.id}"


def _still_there(find: Callable[[], set[int]], grace: float = _GRACE) -> set[int]:
    """Processes that do not end by themselves within a while."""
    end = time.monotonic() + grace
    while (found := find()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


def _living(pid: int) -> set[int]:
    """Descendants of a process that have not ended."""
    return {child for child in descendants(pid) if _status(child, "State").partition(" ")[0] not in ("", "Z", "X")}


def _status(pid: int, field: str) -> str:
    """One line of what the kernel says of a process; "" if it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return ""
    return text.partition(f"\n{field}:")[2].partition("\n")[0].strip()


def _is_held(pid: int) -> bool:
    """Whether a process lives in namespaces below those of a nest: a child that holds a submission."""
    return len(_status(pid, "NSpid").split()) > 2


def _about(outcome: Outcome) -> str:
    return f"marks {outcome.marks}, deserved {outcome.deserved:g}; {outcome.notes}"[:600]
