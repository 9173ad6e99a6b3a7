"""A week of one small notebook without the course's packages, and submissions for it, for tests of the engine."""

import json

from grader.job import Job
from grader.plan import Plan, PlanCell, PlanNotebook

STUB = 'raise NotImplementedError("to be written")'
FIRST = """import numpy as np
assert double(2) == 4, "twice two"
np.testing.assert_array_equal(double(np.arange(3)), [0, 2, 4])
### BEGIN HIDDEN TESTS
assert double(21) == 42, "a hidden message"
### END HIDDEN TESTS"""
SECOND = """def share(seed):
    x = float(seed % 1000)
    return (total([x, 1.0]) == x + 1) / 2 + (total([]) == 0) / 2

points = share(seed=1)
### BEGIN HIDDEN TESTS
points = min(points, share(seed=7))
### END HIDDEN TESTS
4 * points"""
THIRD = """assert np.isclose(mean([1.0, 3.0]), 2.0)"""
RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "total": "def total(values):\n    return sum(values)",
    "mean": "def mean(values):\n    return total(values) / len(values)",
}
POINTS = {"check_double": 2.0, "check_total": 4.0, "check_mean": 1.0}


def _cell(kind, grade_id, source, given, cell_type="code"):
    about = {"grade_id": grade_id, "grade": kind == "check", "solution": kind == "exercise"}
    points = POINTS.get(grade_id, 0.0)
    metadata = {"nbgrader": about | ({"points": points} if points else {})} if grade_id else {}
    return PlanCell(kind, f"id-{grade_id or kind}", grade_id, source, given, points, metadata, cell_type)


def visible(source):
    return source.partition("### BEGIN HIDDEN TESTS")[0] + source.partition("### END HIDDEN TESTS")[2]


def make_plan():
    cells = [
        _cell("text", "", "# Small", "# Small", "markdown"),
        _cell("setup", "", "import numpy as np", "import numpy as np"),
    ]
    for name, test in (("double", FIRST), ("total", SECOND), ("mean", THIRD)):
        cells += [_cell("exercise", name, STUB, STUB), _cell("check", f"check_{name}", test, visible(test))]
    return Plan("week0", (PlanNotebook("small", tuple(cells), {}),))


PLAN = make_plan()


def notebook(answers, *, change=None):
    """The released notebook with these answers as data; `change` alters its list of cells."""
    cells = []
    for cell in PLAN.notebooks[0].cells:
        data = {"cell_type": cell.cell_type, "id": cell.id, "metadata": cell.metadata}
        data["source"] = answers.get(cell.grade_id, cell.given)
        cells.append(data | ({"outputs": [], "execution_count": None} if cell.cell_type == "code" else {}))
    cells = json.loads(json.dumps(cells))
    if change is not None:
        change(cells)
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def hand_in(answers=RIGHT, *, change=None, name="small.ipynb", student="somebody"):
    """A job with one notebook."""
    return Job(student, "week0", {name: json.dumps(notebook(answers, change=change)).encode()})


def cell_of(cells, grade_id):
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)
