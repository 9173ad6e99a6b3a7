"""Grade one submission: match its files to the release, run its cells in a worker and the tests here, give marks."""

from __future__ import annotations

import ast
import importlib
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from grader.plan import Plan, plan_from_dict
from grader.verdict import Finding, SheetVerdict

from .assemble import Assembly
from .control import Control
from .far import Bench, told_type
from .limits import Patience
from .matching import Sheet, Step, match
from .reading import hidden_lines, imports_of
from .session import CellRun, Session
from .testing import TestCells, Tested


def prepare() -> None:
    """Import what nearly every test uses and NumPy itself loads late only; it starts no thread."""
    for name in ("numpy.random", "numpy.testing", "unittest"):
        importlib.import_module(name)


def run(argument: bytes, fds: Sequence[int]) -> None:
    """Grade the one submission that the engine sends.

    Args:
        argument: not used.
        fds: the socket to the engine.
    """
    control = Control(socket.socket(fileno=fds[0]))
    job = control.job()
    examiner = Examiner(control, plan_from_dict(job["plan"]), job["seeds"], Patience(**job["patience"]))
    sheets, notebooks = examiner.grade(job["files"], job["refused"])
    control.hand_in({"sheets": [asdict(sheet) for sheet in sheets]}, notebooks)


@dataclass
class Examiner:
    """Grades one submission.

    Args:
        control: gives workers.
        plan: the week.
        seeds: of hidden tests, by "notebook/grade_id".
        patience: limits.
    """

    control: Control
    plan: Plan
    seeds: Mapping[str, int]
    patience: Patience

    def grade(
        self, files: Mapping[str, bytes], refused: Mapping[str, str]
    ) -> tuple[list[SheetVerdict], dict[str, bytes]]:
        """All notebooks of the week.

        Returns:
            One sheet a notebook, and the autograded notebooks by name.
        """
        sheets: list[SheetVerdict] = []
        notebooks: dict[str, bytes] = {}
        for sheet in match(self.plan, files, refused):
            name, repairs = sheet.planned.name, tuple(sheet.repairs)
            if sheet.refused:
                sheets.append(SheetVerdict(name, "refused", sheet.refused, repairs))
            elif sheet.missing:
                sheets.append(SheetVerdict(name, "not handed in", repairs=repairs))
            else:
                verdict, notebooks[name] = _Grading(self, sheet).result()
                sheets.append(verdict)
        return sheets, notebooks


class _Grading:
    """One notebook on its way."""

    def __init__(self, examiner: Examiner, sheet: Sheet) -> None:
        self._sheet = sheet
        self._seeds = examiner.seeds
        self._session = Session(examiner.control, examiner.patience)
        self._sources: list[str] = []
        setup = [cell.source for cell in sheet.planned.cells if cell.kind == "setup"]
        self._tests = TestCells(Bench(self._session, self._sources), imports_of(setup))
        self._assembly = Assembly(sheet.planned.metadata, examiner.patience, _clean)
        self._hidden = False
        self._broken = ""
        self._stops: list[str] = []
        self._findings: list[Finding] = []

    def result(self) -> tuple[SheetVerdict, bytes]:
        """Run every cell in order."""
        try:
            for step in self._sheet.steps:
                self._take(step)
        finally:
            self._session.close()
        ours = any(finding.score is None for finding in self._findings)
        limited = bool(self._stops) or any(finding.limits for finding in self._findings)
        state = "failed by us" if ours else "graded with limits" if limited else "graded"
        why = "A test of ours broke: your instructor has to mend it and grade again." if ours else ""
        findings = () if ours else tuple(self._findings)
        repairs = (*self._sheet.repairs, *self._stops)
        name, left = self._sheet.planned.name, tuple(_left_as_given(self._sheet.steps))
        verdict = SheetVerdict(name, state, why, repairs, findings, left)  # type: ignore[arg-type]
        return verdict, self._assembly.content()

    def _take(self, step: Step) -> None:
        planned = step.planned
        if planned is not None and planned.kind == "check":
            self._assembly.add(step, tested=self._test(step))
        elif planned is not None and planned.kind in ("text", "study", "answer"):
            self._assembly.add(step)
        else:
            run = self._run(step)
            if planned is not None and planned.kind == "exercise":
                self._broken = _what_stopped(run, step.source)
            self._assembly.add(step, run, told=_type_only(run) if self._hidden else "")

    def _run(self, step: Step) -> CellRun:
        run = self._session.run_cell(step.source, shows=not self._hidden)
        if run.limit:
            name = step.planned.grade_id if step.planned and step.planned.grade_id else "that you added"
            self._stops.append(f"The cell {name} was stopped: {run.limit}.")
        else:
            self._sources.append(step.source)
        return run

    def _test(self, step: Step) -> Tested:
        assert step.planned is not None
        self._hidden = self._hidden or bool(hidden_lines(step.planned.source))
        seed = self._seeds.get(f"{self._sheet.planned.name}/{step.planned.grade_id}", 0)
        tested = self._tests.run(step.planned, seed, self._broken)
        self._findings.append(tested.finding)
        return tested


def _left_as_given(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        planned = step.planned
        if planned is not None and planned.kind in ("exercise", "answer") and step.source == planned.given:
            yield planned.grade_id


def _clean(png: bytes) -> bytes | None:
    from grader.feedback.picture import clean_png  # Pillow is loaded for notebooks with pictures only

    return clean_png(png)


def _what_stopped(run: CellRun, source: str) -> str:
    """One sentence about an exercise cell that did not run to its end, or ""; nothing of it is printed by the cell."""
    if run.limit:
        return f"Its own cell was stopped: {run.limit}."
    if run.error is None:
        return ""
    try:
        ast.parse(source)
    except SyntaxError as error:
        return f"Its own cell is no valid Python: {error.msg} (line {error.lineno})."
    except (ValueError, RecursionError, MemoryError):
        return "Its own cell is no valid Python."
    return f"Its own cell stopped with {_type_only(run)}."


def _type_only(run: CellRun) -> str:
    """The type of an error as far as it may be told after hidden inputs; its text never is."""
    types = run.error.get("types") if run.error else None
    return told_type(types if type(types) is list else [])
