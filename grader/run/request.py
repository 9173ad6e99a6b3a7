"""What is asked of a run: which submissions, and which engine is to grade them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from grader.job import Graded, Job
from grader.plan import Plan


class Grader(Protocol):
    """Grades one job; called from several threads at once."""

    def grade(self, job: Job) -> Graded:
        """The verdict on a job."""


Seeds = Callable[[str, str, str], int]  # digest of a submission, notebook, grade id


class GraderFactory(Protocol):
    """Makes the engine for one run; opened and closed in the main thread."""

    def __call__(self, plan: Plan, seeds: Seeds, jobs: int) -> AbstractContextManager[Grader]:
        """An engine for this plan that is to grade so many submissions at once."""


@dataclass(frozen=True)
class Choice:
    """Which submissions of a week a run is about.

    Args:
        students: shell pattern of their names.
        exclude: names that are left out.
        force: grade again what is graded already.
        create_students: take in students whom the gradebook does not know yet.
    """

    students: str = "*"
    exclude: Collection[str] = ()
    force: bool = False
    create_students: bool = True


EVERYBODY = Choice()
