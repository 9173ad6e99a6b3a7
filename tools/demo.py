"""The main job on a sample class: release, hand in, grade, give feedback, print the marks: `make demo`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from grader.hooks.command import NbgraderFailed, nbgrader
from grader.report.grade_table import grade_table
from grader.report.marks import read_marks

from .release_notebooks import ReleaseError, announce, release
from .syllabus import ROOT, Week, read_syllabus

COURSE = ROOT / "build" / "demo"  # a course folder of its own, so that no real class is touched


class DemoStopped(Exception):
    """A step did not do its work; the text says which."""


def main(root: Path = ROOT, course: Path = COURSE) -> int:
    """Do it all; 0 when every submission ended as it should.

    Args:
        root: the project.
        course: where the demo grades; emptied first.
    """
    started = time.monotonic()
    weeks = read_syllabus(root / "course" / "syllabus.toml").weeks
    missing = [stage for stage in ("source", "release") for w in weeks if not _complete(root / stage, w)]
    if missing:
        sys.exit(f"{missing[0]}/ is not complete: run make notebooks release first.")
    _say(f"Preparing {_shown(course)}, a course folder of its own")
    _prepare(root, course)
    odd: list[str] = []
    try:
        for week in weeks:
            odd += _grade_week(week, root, course)
        nbgrader(course, "export", "--to", "grades.csv")
    except (ReleaseError, NbgraderFailed, DemoStopped) as error:
        sys.exit(f"The demo stopped: {error}")
    _say(_where_to_look(course, weeks))
    _say(f"Done in {time.monotonic() - started:.0f} s.")
    for line in odd:
        print(line, file=sys.stderr)
    return 1 if odd else 0


def _complete(stage: Path, week: Week) -> bool:
    return all((stage / week.id / f"{notebook.name}.ipynb").exists() for notebook in week.notebooks)


def _prepare(root: Path, course: Path) -> None:
    from nbgrader.utils import rmtree  # autograded files are read-only, which this one knows

    if course.exists():
        rmtree(str(course))
    (course / "course").mkdir(parents=True)
    shutil.copy(root / "course" / "syllabus.toml", course / "course")
    shutil.copy(root / "nbgrader_config.py", course)
    shutil.copytree(root / "source", course / "source")


def _grade_week(week: Week, root: Path, course: Path) -> list[str]:
    """Release, hand in, grade and explain one week; returns what did not end as it should."""
    from tests.course.sample_class.build import build

    _say(f"{week.id}: releasing")
    release(week.id, course / "source", course / "release", gradebook=announce(week, course))
    students = build(week, course, course / "submitted")
    _say(f"{week.id}: {len(students)} students of the sample class have handed in; grading them in the sandbox")
    code = _run_grader(course, "grade", week.id)
    if code not in (0, 1):  # 1: some could not be graded, and the table says which and why
        raise DemoStopped(f"grading ended with exit code {code}")
    _say(f"{week.id}: writing feedback")
    _run_grader(course, "feedback", week.id)
    results = read_marks(course, week.id, [notebook.name for notebook in week.notebooks])
    print("\n" + grade_table(week.id, results) + "\n")
    return [
        f"{result.student} should have ended as {students[result.student]!r}, and is {result.state!r}."
        for result in results
        if result.state != students[result.student]
    ]


def _run_grader(course: Path, *arguments: str) -> int:
    """One of the instructor's commands, in the demo's course folder; returns its exit code."""
    return subprocess.run([sys.executable, "-m", "grader", *arguments], cwd=course, check=False).returncode


def _where_to_look(course: Path, weeks: tuple[Week, ...]) -> str:
    place = _shown(course)
    notebook = f"{weeks[0].id}/{weeks[0].notebooks[0].name}.html"
    entries = {
        f"{place}/feedback/<student>/{notebook}": "what a student gets back: open it in a browser",
        f"{place}/autograded/": "what was run, for instructors",
        f"{place}/gradebook.db": f"nbgrader's gradebook: run jupyter lab in {place}, then open Formgrader",
        f"{place}/grades.csv": "the export",
        "make lab": "opens JupyterLab on release/index.ipynb, as a student does",
    }
    return "\n".join(["Where to look", *(f"  {where}\n      {what}" for where, what in entries.items())])


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
