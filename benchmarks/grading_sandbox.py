"""What the sandbox adds to a submission: the same engine with and without it, turn by turn."""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from benchmarks.grading_course import WEEK, Lesson, student
from grader.engine import Engine, Options
from grader.job import Job
from grader.plan import Plan, read_plan
from grader.sandbox import Child, Tier, Zygote, choose_tier


@dataclass(frozen=True)
class SandboxCost:
    """Milliseconds.

    Args:
        added: by the sandbox to each submission.
        spawns: from the wish for a process to its being ready, in the sandbox.
        bare_spawns: the same without one.
    """

    added: list[float]
    spawns: list[float]
    bare_spawns: list[float]


def measure(lesson: Lesson, count: int) -> SandboxCost:
    """Grade each of so many submissions both ways; which one is first changes every time."""
    plan = read_plan(lesson.folder / "source" / WEEK, lesson.folder / "release" / WEEK)
    tier = choose_tier()
    with ExitStack() as stack:
        held = stack.enter_context(_engine(plan, tier))
        # Root would become a user who may be unable to read Python where it lies; these submissions are our own.
        with patch("grader.sandbox.outer.fresh_user", os.geteuid):
            bare = stack.enter_context(_engine(plan, Tier.UNSAFE))
        for engine in (held, bare):
            _grade(engine, lesson, 0)  # only warms up
        spawns = stack.enter_context(_timed_spawns())
        added = []
        for number in range(count):
            took: dict[Engine, float] = {}
            for engine in (held, bare) if number % 2 else (bare, held):
                took[engine] = _grade(engine, lesson, number)
            added.append(1000 * (took[held] - took[bare]))
    return SandboxCost(added, spawns[tier], spawns[Tier.UNSAFE])


def _engine(plan: Plan, tier: Tier) -> Engine:
    return Engine(plan, lambda digest, notebook, grade_id: 1, Options(tier=tier))


def _grade(engine: Engine, lesson: Lesson, number: int) -> float:
    """Seconds of one submission."""
    job = Job(student(number), WEEK, {f"{lesson.name}.ipynb": lesson.submission(number)})
    started = time.perf_counter()
    graded = engine.grade(job)
    took = time.perf_counter() - started
    if sum(finding.score or 0 for sheet in graded.verdict.sheets for finding in sheet.findings) != lesson.points:
        sys.exit(f"{lesson.name}: {student(number)} should have full marks: {graded.verdict}")
    return took


@contextmanager
def _timed_spawns() -> Iterator[dict[Tier, list[float]]]:
    """The milliseconds of every spawn while inside."""
    times: dict[Tier, list[float]] = defaultdict(list)
    spawn = Zygote.spawn

    def timed(self: Zygote, *arguments: Any) -> Child:
        started = time.perf_counter()
        child = spawn(self, *arguments)
        times[self.tier].append(1000 * (time.perf_counter() - started))
        return child

    with patch.object(Zygote, "spawn", timed):
        yield times
