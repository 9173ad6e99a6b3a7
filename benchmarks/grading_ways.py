"""The ways of grading that are compared: each grades the same submissions, and everybody must get full marks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import meter
from benchmarks.grading_course import WEEK, Lesson, student
from grader.course import course_directory, open_gradebook


@dataclass(frozen=True)
class Spent:
    """Seconds that a number of submissions took together, the start of the program included or known apart.

    Args:
        wall: from beginning to end.
        cpu: of all processes.
    """

    wall: float
    cpu: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.wall - other.wall, self.cpu - other.cpu)

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.cpu + other.cpu)

    def times(self, factor: float) -> Spent:
        """So many times as much."""
        return Spent(self.wall * factor, self.cpu * factor)


Way = Callable[[Lesson, int], Spent]


def by_nbgrader(lesson: Lesson, count: int) -> Spent:
    """`nbgrader autograde` as it comes."""
    return _command(lesson, count, "nbgrader", "autograde", WEEK)


def by_us(lesson: Lesson, count: int, jobs: int) -> Spent:
    """`python -m grader grade`, so many submissions at once."""
    return _command(lesson, count, "grader", "grade", WEEK, "--quiet", "--jobs", str(jobs))


def by_themselves(lesson: Lesson, count: int) -> Spent:
    """The cells alone, in a process that has imported everything; its start does not count."""
    submissions = json.dumps([lesson.code_of(number) for number in range(count + 1)])
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.grading_cells"],
        input=submissions,
        env=environment(),
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"the submissions of {lesson.name} do not pass their own tests:\n{done.stderr[-3000:]}")
    wall, cpu = map(float, done.stdout.split()[-2:])
    return Spent(wall, cpu)


def start_apart(way: Way, sample: int, lesson: Lesson, count: int) -> Spent:
    """What a slow way would take for many submissions, from a run of one and a run of some more.

    Args:
        way: of grading.
        sample: how many are graded in the longer run, at least 2.
        lesson: that is graded.
        count: for how many the time is wanted.
    """
    one, some = way(lesson, 1), way(lesson, sample)
    each = (some - one).times(1 / (sample - 1))
    return one + each.times(count - 1)


@contextmanager
def handed_in(lesson: Lesson, count: int) -> Iterator[Path]:
    """A course folder in which so many have handed in, for as long as it is needed."""
    place = Path(tempfile.mkdtemp(prefix="benchmark-"))
    try:
        yield lesson.course(place / "course", range(count))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def environment() -> dict[str, str]:
    """Of every program that is measured; nbgrader starts alembic by name."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    root = str(Path(__file__).parents[1])
    return {**os.environ, "PATH": path, "PYTHONPATH": root, "PYTHONUTF8": "1", "TF_CPP_MIN_LOG_LEVEL": "2"}


def demand_full_marks(lesson: Lesson, course: Path, count: int) -> None:
    """Look into the gradebook: a way that gives less has measured something else.

    Raises:
        SystemExit: somebody has other marks.
    """
    with open_gradebook(course_directory(course)) as gradebook:
        scores = {one.student.id: one.score for one in gradebook.assignment_submissions(WEEK)}
    wrong = {student(n): scores.get(student(n)) for n in range(count) if scores.get(student(n)) != lesson.points}
    if wrong:
        sys.exit(f"{lesson.name}: these should have {lesson.points} points each: {dict(list(wrong.items())[:5])}")


def _command(lesson: Lesson, count: int, module: str, *arguments: str) -> Spent:
    with handed_in(lesson, count) as course:
        try:
            cost = meter.run([sys.executable, "-m", module, *arguments], course, environment())
        except meter.Failed as why:
            sys.exit(f"{lesson.name}: {why}")
        demand_full_marks(lesson, course, count)
    return Spent(cost.wall, cost.cpu)
