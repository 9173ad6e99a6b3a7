"""A course of one small NumPy notebook with every kind of cell, to try nbgrader's commands on."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from tests.course.sample_class.build import fill, reflect
from tools.manuscript import dumps, to_notebook
from tools.release_notebooks import announce, release
from tools.syllabus import ROOT, Notebook, Week

WEEK = "week0_small"
DUE = "2027-01-11 12:00:00 UTC"
POINTS = {"conv_output_size": 4, "zero_pad": 5}
SECRET_SEED = "987001"
DEMO_PICTURE = "a picture that the student has seen"

MANUSCRIPT = f'''\
# %% [markdown]
# # 0.1 A small notebook

# %% tags=["setup"]
import numpy as np
from helpers import checks

# %% tags=["exercise"] graded="conv_output_size"
def conv_output_size(n, f, p, s):
    """How many windows fit."""
    ### BEGIN SOLUTION
    return (n + 2 * p - f) // s + 1
    ### END SOLUTION

# %% tags=["check"] graded="conv_output_size"
report = checks.conv_output_size(conv_output_size)
### BEGIN HIDDEN TESTS
report += checks.conv_output_size(conv_output_size, seed={SECRET_SEED})
### END HIDDEN TESTS
display(report)
report.points(4)

# %% tags=["demo"]
from pathlib import Path
Path("demo_was_run").touch()

# %% tags=["training"]
Path("training_was_run").touch()

# %% tags=["exercise"] graded="zero_pad"
def zero_pad(X, pad):
    """Put zeros around each image."""
    ### BEGIN SOLUTION
    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    ### END SOLUTION

# %% tags=["check"] graded="zero_pad"
report = checks.zero_pad(zero_pad)
### BEGIN HIDDEN TESTS
report += checks.zero_pad(zero_pad, seed={SECRET_SEED})
### END HIDDEN TESTS
display(report)
report.points(5)

# %% [markdown]
# Why zeros?

# %% [markdown] tags=["reflection"]
# Because they add nothing to a sum.
'''

RIGHT = {
    "conv_output_size": "def conv_output_size(n, f, p, s):\n    return (n + 2 * p - f) // s + 1",
    "zero_pad": (
        "def zero_pad(X, pad):\n"
        "    m, n_H, n_W, n_C = X.shape\n"
        "    Z = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C))\n"
        "    Z[:, pad:pad + n_H, pad:pad + n_W] = X\n"
        "    return Z"
    ),
}


def make_course(root: Path) -> Path:
    """A released course in an empty folder."""
    shutil.copy(ROOT / "nbgrader_config.py", root)
    source = root / "source" / WEEK
    source.mkdir(parents=True)
    (source / "small.ipynb").write_text(dumps(to_notebook(MANUSCRIPT, WEEK, POINTS)), encoding="utf-8")
    release(WEEK, root / "source", root / "release", gradebook=announce(small_week(), root))
    return root


def small_week() -> Week:
    """What the syllabus would say of it."""
    entry = Notebook("small", "0.1", "A small notebook", "", (), POINTS)
    return Week(id=WEEK, title="Small", about="", due=DUE, reflection="small", notebooks=(entry,))


def released(root: Path) -> NotebookNode:
    """The notebook as a student gets it."""
    return nbformat.read(root / "release" / WEEK / "small.ipynb", as_version=4)


def hand_in(
    root: Path,
    student: str,
    answers: dict[str, str],
    *,
    change: Callable[[NotebookNode], None] = lambda notebook: None,
    reflection: str = "",
    when: str = "2027-01-10 12:00:00 UTC",
) -> None:
    """Put a notebook with these answers into submitted/, after `change` has had its way with it."""
    notebook = released(root)
    fill(notebook, answers.get)
    for cell in notebook.cells:
        if "demo" in cell.metadata.get("tags", []):
            cell.outputs = [nbformat.v4.new_output("display_data", {"text/plain": DEMO_PICTURE})]
    if reflection:
        reflect(notebook, reflection)
    change(notebook)
    folder = root / "submitted" / student / WEEK
    folder.mkdir(parents=True)
    (folder / "small.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    (folder / "timestamp.txt").write_text(when, encoding="utf-8")


def cell_of(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """The cell with this grade id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def autograded(root: Path, student: str) -> NotebookNode:
    """A student's notebook after grading."""
    return nbformat.read(root / "autograded" / student / WEEK / "small.ipynb", as_version=4)


def days_late(days: float) -> str:
    """A time of handing in."""
    return str(datetime.datetime(2027, 1, 11, 12) + datetime.timedelta(days=days)) + " UTC"
