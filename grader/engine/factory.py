"""The engine that runs students' code in the sandbox, as a run asks for it. Imported only when there is work for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from grader.plan import Plan
from grader.run.request import Grader, GraderFactory, Seeds
from grader.run.trouble import CannotStart


def real_engine(*, trust: bool = False) -> GraderFactory:
    """What makes engines for runs.

    Args:
        trust: run students' code without a sandbox where there is none; every mark says so.
    """

    @contextmanager
    def make(plan: Plan, seeds: Seeds, jobs: int) -> Iterator[Grader]:
        from grader.sandbox import NoSandbox

        from .engine import Engine, Options

        with ExitStack() as stack:
            try:
                engine = stack.enter_context(Engine(plan, seeds, Options(trust=trust)))
            except NoSandbox as why:
                raise CannotStart(str(why)) from None
            yield engine

    return make
