"""`otter run` on the same submissions, where Otter-Grader is installed: it grades one a command, in a new kernel.

Otter has its own form of an assignment: the tests lie in an archive, so the notebooks come without test cells.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat

from benchmarks import meter
from benchmarks.grading_course import Lesson
from benchmarks.grading_ways import Spent, environment

_TEST = """from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points!r}


@test_case(points={points!r}, hidden=True)
def test(env):
    exec({source!r}, env)
"""


def installed() -> bool:
    """Whether the command is found."""
    return shutil.which("otter") is not None


def by_otter(lesson: Lesson, count: int) -> Spent:
    """Grade submissions one after the other; making the archive does not count.

    Raises:
        SystemExit: somebody did not get full marks.
    """
    total = Spent(0.0, 0.0)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as place:
        folder = Path(place)
        try:
            archive = _archive(lesson, folder)
            for number in range(count):
                total += _graded(lesson, folder, archive, number)
        except meter.Failed as why:
            sys.exit(f"{lesson.name}: {why}")
    return total


def _archive(lesson: Lesson, folder: Path) -> Path:
    """Otter's form of the lesson's tests."""
    (folder / "tests").mkdir()
    notebook = nbformat.reads(lesson.instructors(), as_version=4)
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade"):
            name, points = about["grade_id"], about["points"]
            text = _TEST.format(name=name, points=points, source=cell.source)
            (folder / "tests" / f"{name}.py").write_text(text, encoding="utf-8")
    archive = folder / "autograder.zip"
    options = ("--tests-dir", "tests", "--output-path", archive.name, "--no-requirements", "--no-environment")
    meter.run(["otter", "generate", *options], folder, environment())
    return archive


def _graded(lesson: Lesson, folder: Path, archive: Path, number: int) -> Spent:
    notebook = nbformat.reads(lesson.submission(number), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader", {}).get("grade")]
    nbformat.write(notebook, folder / f"{lesson.name}.ipynb")
    command = ["otter", "run", "--autograder", archive.name, "--output-dir", ".", f"{lesson.name}.ipynb"]
    cost = meter.run(command, folder, environment())
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    score = sum(test.get("score", 0.0) for test in results["tests"])
    if score != lesson.points:
        sys.exit(f"{lesson.name}: {score} of {lesson.points} points:\n{json.dumps(results, indent=1)[:2000]}")
    (folder / "results.json").unlink()
    return Spent(cost.wall, cost.cpu)
