"""Run one test cell of the release against a student's notebook, and say how many points it gives."""

from __future__ import annotations

import ast
import contextlib
import io
import math
import traceback
from dataclasses import dataclass, field
from typing import Any

from grader.plan import PlanCell
from grader.verdict import Finding

from .far import Bench, Far, FarError, told_type
from .reading import needed_names, reseeded
from .session import WorkerLost

_FILE = "<test>"


class OurFault(Exception):
    """A test that broke by itself; the text is for the instructor."""


@dataclass
class Tested:
    """What a test cell gave: the finding, and what it displayed as notebook data by MIME type."""

    finding: Finding
    displays: list[dict[str, Any]] = field(default_factory=list)


class TestCells:
    """The test cells of one notebook, which share their names as in a notebook.

    Args:
        bench: where the student's names come from.
        imports: import statements of the release's setup cells, by the name that each binds.
    """

    __test__ = False  # no test class of pytest's

    def __init__(self, bench: Bench, imports: dict[str, ast.stmt]) -> None:
        self._bench = bench
        self._imports = imports
        self._space: dict[str, Any] = {"__name__": "__main__", "source_of": self._source_of, "in_place": _in_place}

    def run(self, cell: PlanCell, seed: int, broken: str) -> Tested:
        """Run one.

        Args:
            cell: of the release.
            seed: for its hidden tests.
            broken: what stopped the exercise before it, one sentence, or "".
        """
        self._bench.begin_test()
        hit = len(self._bench.session.limits_hit)
        displays: list[dict[str, Any]] = []
        self._space["display"] = lambda *values: displays.extend(_mime_bundle(value) for value in values)
        note, score = "", 0.0
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                score = self._points(cell, seed)
        except OurFault as fault:
            return Tested(Finding(cell.grade_id, None, cell.points, note=f"This test broke by itself: {fault}"[:500]))
        except BaseException as error:  # a test may end in anything, and says so by it
            note = broken or self._told(error, cell)
        limits = tuple(dict.fromkeys(self._bench.session.limits_hit[hit:]))
        return Tested(Finding(cell.grade_id, score, cell.points, limits, note), displays)

    def _points(self, cell: PlanCell, seed: int) -> float:
        tree, _ = reseeded(cell.source, seed)
        for name in needed_names(tree):
            self._bind(name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        try:
            exec(compile(tree, _FILE, "exec"), self._space)
            value = None
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), _FILE, "eval"), self._space)
        except (WorkerLost, FarError, AssertionError):
            raise
        except Exception as error:
            if _is_ours(error):
                raise OurFault(f"{type(error).__name__}: {error}") from error
            raise
        return _score(value, cell.points)

    def _bind(self, name: str) -> None:
        """Give the test a name: ours where the release's setup imports it, else the student's."""
        if name in self._imports:
            if name not in self._space:
                module = ast.Module([self._imports[name]], [])
                exec(compile(module, "<setup>", "exec"), self._space)
        elif name not in self._space or isinstance(self._space[name], Far):
            value = self._bench.named(name)
            if value is None:
                self._space.pop(name, None)
            else:
                self._space[name] = value

    def _source_of(self, far: Any) -> str:
        """The text of the cell that defines a student's function: for hidden tests that read code."""
        name = getattr(far, "__name__", str(far))
        for source in reversed(self._bench.sources):
            if f"def {name}(" in source or f"class {name}" in source:
                return source
        return ""

    def _told(self, error: BaseException, cell: PlanCell) -> str:
        """What a student may read about why a test ended; nothing of it is the student's own text."""
        if isinstance(error, WorkerLost):
            return f"It could not be checked to its end: {error}."
        if isinstance(error, NameError) and not isinstance(error, FarError):
            return "What it checks is not defined: look at the cell before it."
        if isinstance(error, FarError):
            return f"Your code stopped with {told_type([kind.__name__ for kind in type(error).__mro__])}."
        return _public_message(error, cell) or "A test failed."


def _in_place(far: Any) -> Any:
    """For tests of what a function does to its arguments: `in_place(f)(x)` changes x as f(x) does in a notebook."""
    return far.in_place() if isinstance(far, Far) else far


def _score(value: Any, maximum: float) -> float:
    """Points for a test's last value, as nbgrader has it, but NaN gives none and nothing exceeds the maximum."""
    if isinstance(value, Far):
        return 0.0
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return maximum
    points = float(value)
    return min(max(points, 0.0), maximum) if math.isfinite(points) else 0.0


def _mime_bundle(value: Any) -> dict[str, Any]:
    """What a notebook would show for something that a test displays; only our own objects have more than text."""
    make = getattr(value, "_repr_mimebundle_", None)
    bundle = make() if callable(make) and not isinstance(value, Far) else None
    return bundle if isinstance(bundle, dict) else {"text/plain": "" if isinstance(value, Far) else repr(value)[:2000]}


def _is_ours(error: Exception) -> bool:
    """Whether an error comes from the course's own check code and not from what the student's code returned."""
    frames = traceback.extract_tb(error.__traceback__)
    return any("helpers" in frame.filename and "checks" in frame.filename for frame in frames) and not isinstance(
        error, TypeError
    )


def _public_message(error: BaseException, cell: PlanCell) -> str:
    """The message of a failed assert where it is a plain text in the part of the test that students see."""
    steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == _FILE]
    if not isinstance(error, AssertionError) or not steps:
        return ""
    public = cell.given.splitlines()
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Assert) and node.lineno == steps[-1].lineno and isinstance(node.msg, ast.Constant):
            line = cell.source.splitlines()[node.lineno - 1]
            return str(node.msg.value) if line in public else ""
    return ""
