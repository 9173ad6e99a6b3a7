"""The engine: warm sandboxed processes that turn jobs into verdicts. It parses nothing that a student wrote."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType

from grader.examiner.limits import Patience
from grader.examiner.reading import modules_of
from grader.job import Graded, Job
from grader.plan import Plan
from grader.sandbox import Limits, Mount, NoSandbox, SandboxError, Tier, Zygote, choose_tier, doctor
from grader.sandbox.places import LESSON

from .examination import EngineFault, Examination, ExaminerLost
from .nest import Nest
from .packages import WITHHELD, lay_out

SeedFor = Callable[[str, str, str], int]

# A forked process pays for TensorFlow's first operations. Most of that is generating code for the very newest vector
# units and rewriting each operation for them, which pays in long trainings only.
_QUICK_FIRST_OPERATION = {"TF_ENABLE_ONEDNN_OPTS": "0", "ONEDNN_MAX_CPU_ISA": "AVX2"}


@dataclass(frozen=True)
class Options:
    """How to grade.

    Args:
        trust: run without a sandbox where there is none; every mark says so.
        tier: this kind of sandbox and no other; the best there is if left out.
        patience: time and output limits of students' cells and calls.
        worker: sandbox limits of a student's process.
        examiner: sandbox limits of an examiner.
        withheld: modules of the course that students' code gets an empty stand-in for.
    """

    trust: bool = False
    tier: Tier | None = None
    patience: Patience = field(default_factory=Patience)
    worker: Limits = field(default_factory=Limits)
    examiner: Limits = field(default_factory=Limits)
    withheld: tuple[str, ...] = WITHHELD


class Engine:
    """Grades submissions of one week; `grade` may be called from several threads.

    Args:
        plan: the week.
        seed_for: `seed_for(digest, notebook, grade_id)` is the seed of a test cell's hidden tests.
        options: how.

    Raises:
        NoSandbox: when entered, on a machine that cannot hold untrusted code.
    """

    def __init__(self, plan: Plan, seed_for: SeedFor, options: Options | None = None) -> None:
        self._plan = plan
        self._seed_for = seed_for
        self._options = options or Options()
        self._stack = contextlib.ExitStack()
        self.seal = plan.seal

    def __enter__(self) -> Engine:
        self.tier = self._options.tier or choose_tier(trust=self._options.trust)
        place = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="grading-")))
        place.chmod(0o755)
        self._folders = lay_out(place, withheld=self._options.withheld)
        try:
            sides = (("worker", self._options.worker), ("examiner", self._options.examiner))
            with ThreadPoolExecutor(2) as pool:
                self._workers, self._examiners = pool.map(lambda side: self._nest(*side), sides)
            self._examine_the_sandbox()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def grade(self, job: Job) -> Graded:
        """Grade one submission.

        Raises:
            EngineFault: something of ours broke; the submission has no mark and can be graded again.
        """
        seeds = {
            f"{notebook.name}/{cell.grade_id}": self._seed_for(job.digest, notebook.name, cell.grade_id)
            for notebook in self._plan.notebooks
            for cell in notebook.graded()
        }
        try:
            return self._examined(job, seeds)
        except (ExaminerLost, SandboxError):  # killed from outside, perhaps: it is tried once more, in a fresh one
            return self._examined(job, seeds)

    def _examined(self, job: Job, seeds: dict[str, int]) -> Graded:
        examination = Examination(self._plan, self.seal, self.tier, self._options.patience, job)
        with self._examiners.lease() as examiners, self._workers.lease() as workers:
            return examination.run(examiners, workers, seeds, self._options.worker.memory)

    def _nest(self, side: str, limits: Limits) -> Nest:
        """Warm processes of one side of the border, which have imported what the release's setup cells import."""
        setup = [cell.source for notebook in self._plan.notebooks for cell in notebook.cells if cell.kind == "setup"]
        start = partial(
            Zygote,
            self.tier,
            f"grader.{side}.main:run",
            preload=modules_of(setup),
            mounts=[Mount(self._folders[side], LESSON)],
            python_path=[LESSON],
            limits=limits,
            environment=_QUICK_FIRST_OPERATION,
        )
        nest = Nest(start)
        self._stack.callback(nest.close)
        return nest

    def _examine_the_sandbox(self) -> None:
        if self.tier is Tier.UNSAFE:
            return
        with self._workers.lease() as workers:
            broken = [probe for probe in doctor(workers) if not probe.held]
        if broken:
            names = "; ".join(f"{probe.name}: {probe.detail}" for probe in broken[:5])
            raise NoSandbox(f"The sandbox does not hold here, so nothing was run ({names}).")


__all__ = ["Engine", "EngineFault", "Options"]
