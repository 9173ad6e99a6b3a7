"""A whole course to attack: built once, copied for each control, with a victim whose work is graded already."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from grader.course import course_directory, open_gradebook

from .assignment import NAME, POINTS, RIGHT, WEEK, Assignment
from .case import Attack

VICTIM = "victim"
_CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'toy'\n"
_WATCHED = ("source", "release", "submitted", "home", "feedback", "nbgrader_config.py", "ledger/secret")
_MARKS = """SELECT assignment_student_id, name, auto_score, manual_score, extra_credit
    FROM (SELECT sa.student_id AS assignment_student_id, bc.name, g.auto_score, g.manual_score, g.extra_credit
    FROM grade g JOIN submitted_notebook sn ON g.notebook_id = sn.id
    JOIN submitted_assignment sa ON sn.assignment_id = sa.id JOIN base_cell bc ON g.cell_id = bc.id) ORDER BY 1, 2"""


@dataclass(frozen=True)
class Ground:
    """A course folder and the assignment in it."""

    root: Path
    assignment: Assignment

    def build(self) -> None:
        """Make the course: everything but the victim's mark."""
        self.root.mkdir(parents=True)
        (self.root / "home").mkdir()
        (self.root / "home" / ".bashrc").write_text("# the instructor's\n", encoding="utf-8")
        (self.root / "nbgrader_config.py").write_text(_CONFIG, encoding="utf-8")
        for stage, notebook in (("source", self.assignment.source()), ("release", self.assignment.release())):
            folder = self.root / stage / WEEK
            folder.mkdir(parents=True)
            (folder / f"{NAME}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        self.hand_in(VICTIM, honest(VICTIM, setup=f"import numpy as np  # {self.assignment.token}"))
        with open_gradebook(course_directory(self.root)) as book:
            book.add_assignment(WEEK)
            book.add_notebook(NAME, WEEK)
            for name in RIGHT:
                book.add_solution_cell(name, NAME, WEEK)
                book.add_grade_cell(f"check_{name}", NAME, WEEK, max_score=POINTS[f"check_{name}"], cell_type="code")

    def folder(self, student: str, stage: str = "submitted") -> Path:
        """Where a student's work of the week is."""
        return self.root / stage / student / WEEK

    def hand_in(self, student: str, attack: Attack) -> Path:
        """Put an attack's files into submitted/."""
        folder = self.folder(student)
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_bytes(self.assignment.answered(attack))
        for name, content in attack.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        if attack.place is not None:
            attack.place(folder, self.root)
        return folder

    def forget(self, student: str) -> None:
        """Remove a student's files."""
        for stage in ("submitted", "autograded", "feedback"):
            shutil.rmtree(self.root / stage / student, ignore_errors=True)

    def state(self, but: str) -> dict[str, str]:
        """What must not change: files by their path, marks by student and cell; but for one student's."""
        found = {}
        for name in _WATCHED:
            top = self.root / name
            for path in [top, *top.rglob("*")] if top.is_dir() else [top]:
                inside = path.relative_to(self.root).parts
                if len(inside) > 1 and inside[1] == but:
                    continue
                found["/".join(inside)] = _sum(path)
        with sqlite3.connect(f"file:{self.root / 'gradebook.db'}?mode=ro", uri=True) as database:
            for student, cell, *scores in database.execute(_MARKS):
                if student != but:
                    found[f"marks of {student} for {cell}"] = str(scores)
        return found


def honest(name: str = "honest", **more: str) -> Attack:
    """No attack: the right answers."""
    return Attack(name, "right answers", lambda outcome: False, cells={**RIGHT, **more}, deserved=sum(POINTS.values()))


def changes(before: dict[str, str], after: dict[str, str]) -> tuple[str, ...]:
    """Names of what is not as it was."""
    return tuple(sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key)))


def _sum(path: Path) -> str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return "folder" if path.is_dir() else "nothing"
