"""A course of two tiny notebooks, made in milliseconds, and an engine that grades by rule instead of running code."""

from __future__ import annotations

import dataclasses
import json
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from grader.course import course_directory, open_gradebook
from grader.job import Graded, Job
from grader.notebook_text import read_notebook
from grader.plan import Plan, PlanNotebook
from grader.run.orchestrator import grade_week
from grader.run.request import EVERYBODY, Choice, Seeds
from grader.run.summary import Outcome, Summary
from grader.verdict import Finding, SheetVerdict, Verdict

WEEK = "week0"
DUE = "2020-01-11 12:00:00 UTC"
NOTEBOOKS = ("alpha", "beta")
MAXIMUM = 10.0
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'toy'\n"


def _about(grade_id, *, grade, solution, points=0, **more):
    about = {"grade_id": grade_id, "grade": grade, "solution": solution, "locked": False, "schema_version": 3}
    return {"nbgrader": {**about, "task": False, "points": points, **more}}


def notebook(name: str, answer: str = "...", words: str = "Your words."):
    """A notebook with one exercise, its check, and in the first one a question to be answered in words."""
    cells = [
        new_code_cell("import math", id="setup"),
        new_code_cell(answer, id="e", metadata=_about(f"f_{name}", grade=False, solution=True)),
        new_code_cell("assert f", id="c", metadata=_about(f"check_{name}", grade=True, solution=False, points=MAXIMUM)),
    ]
    if name == NOTEBOOKS[0]:
        cells.append(new_markdown_cell(words, id="w", metadata=_about("words", grade=True, solution=True)))
    return new_notebook(cells=cells)


def make_course(root: Path, config: str = "") -> Path:
    """A released course with its gradebook, in an empty or new folder."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text(CONFIG + config, encoding="utf-8")
    for stage in ("source", "release"):
        (root / stage / WEEK).mkdir(parents=True)
        for name in NOTEBOOKS:
            nbformat.write(notebook(name), root / stage / WEEK / f"{name}.ipynb")
    (root / "submitted").mkdir()
    (root / "gradebook.db").write_bytes(_empty_gradebook())
    return root


@cache
def _empty_gradebook() -> bytes:
    """A gradebook that knows the week; made once, since that takes long on a slow disk."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
        _announce(root)
        return (root / "gradebook.db").read_bytes()


def _announce(root: Path) -> None:
    with gradebook(root) as book:
        book.add_assignment(WEEK, duedate=DUE)
        for name in NOTEBOOKS:
            book.add_notebook(name, WEEK)
            book.add_solution_cell(f"f_{name}", name, WEEK)
            book.add_grade_cell(f"check_{name}", name, WEEK, max_score=MAXIMUM, cell_type="code")
        book.add_grade_cell("words", NOTEBOOKS[0], WEEK, max_score=0, cell_type="markdown")
        book.add_solution_cell("words", NOTEBOOKS[0], WEEK)


def gradebook(root: Path) -> Gradebook:
    """The course's gradebook, for a with statement."""
    return open_gradebook(course_directory(root))


def hand_in(root: Path, student: str, points: float = 10, *, names=NOTEBOOKS, words="Mine.", when: str = "") -> Path:
    """Put work into submitted/ that the toy engine gives so many points for each notebook; returns the folder."""
    folder = root / "submitted" / student / WEEK
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        text = nbformat.writes(notebook(name, f"points = {points}", words))
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    if when:
        (folder / "timestamp.txt").write_text(when, encoding="utf-8")
    return folder


class ToyEngine:
    """Grades by what the exercise says: `points = 7`; anything odd about a file means that it is refused."""

    def __init__(self, plan: Plan, before: Callable[[Job], None] = lambda job: None, pause: float = 0.0) -> None:
        self.plan, self.before, self.pause = plan, before, pause
        self.graded: list[Job] = []
        self.open = False

    def __enter__(self) -> ToyEngine:
        self.open = True
        return self

    def __exit__(self, *error: object) -> None:
        self.open = False

    def grade(self, job: Job) -> Graded:
        """The verdict on a job."""
        self.before(job)
        time.sleep(self.pause)
        self.graded.append(job)
        sheets, made = [], {}
        for one in self.plan.notebooks:
            file = f"{one.name}.ipynb"
            sheet = self._sheet(one.name, job.files.get(file), job.refused.get(file))
            if sheet.findings:
                made[one.name] = job.files[file]
                sheet = dataclasses.replace(sheet, unanswered=_left(one, job.files[file]))
            sheets.append(sheet)
        verdict = Verdict(job.student, job.week, job.digest, self.plan.seal, "toy", tuple(sheets))
        return Graded(verdict, made)

    def _sheet(self, name: str, content: bytes | None, refused: str | None) -> SheetVerdict:
        if refused is not None:
            return SheetVerdict(name, "refused", refused)
        if content is None:
            return SheetVerdict(name, "not handed in")
        try:
            points = float(json.loads(content)["cells"][1]["source"][0].split("=")[1])
        except (ValueError, LookupError, TypeError):
            return SheetVerdict(name, "refused", "The file is no notebook.")
        finding = Finding(f"check_{name}", points, MAXIMUM)
        return SheetVerdict(name, "graded", findings=(finding,))


def _left(plan: PlanNotebook, content: bytes) -> tuple[str, ...]:
    """Exercises and answers of a notebook that are as they were given out."""
    written = {cell.grade_id: cell.source for cell in read_notebook(content).cells}
    cells = (cell for cell in plan.cells if cell.kind in ("exercise", "answer"))
    return tuple(cell.grade_id for cell in cells if written.get(cell.grade_id, cell.given) == cell.given)


class Silence:
    """A report that only remembers."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.said: list[str] = []

    def begin(self, week: str, total: int) -> None:
        """Nothing."""

    def outcome(self, outcome: Outcome) -> None:
        """Remember one."""
        self.outcomes.append(outcome)

    def say(self, text: str) -> None:
        """Remember a remark."""
        self.said.append(text)

    def end(self) -> None:
        """Nothing."""


class ToyFactory:
    """Makes toy engines and remembers them."""

    def __init__(self, **options: object) -> None:
        self.options = options
        self.engines: list[ToyEngine] = []

    def __call__(self, plan: Plan, seeds: Seeds, jobs: int) -> ToyEngine:
        """One more engine."""
        self.engines.append(ToyEngine(plan, **self.options))
        return self.engines[-1]

    @property
    def graded(self) -> list[str]:
        """Who was graded, over all runs."""
        return [job.student for engine in self.engines for job in engine.graded]


def grade(
    root: Path, factory: ToyFactory | None = None, *, choice: Choice = EVERYBODY, jobs: int = 2, **more
) -> Summary:
    """Grade the toy week."""
    return grade_week(
        root, WEEK, factory or ToyFactory(), more.pop("report", Silence()), choice=choice, jobs=jobs, **more
    )


def scores(root: Path) -> dict[tuple[str, str], float | None]:
    """Automatic scores in the gradebook by student and cell."""
    with gradebook(root) as book:
        return {
            (submission.student.id, grade.name): grade.auto_score
            for submission in book.assignment_submissions(WEEK)
            for paper in submission.notebooks
            for grade in paper.grades
        }


def placed(root: Path) -> dict[str, bytes]:
    """Content of the files in autograded/ by path below it."""
    folder = root / "autograded"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
