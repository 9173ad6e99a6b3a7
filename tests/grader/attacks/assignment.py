"""A tiny assignment to attack: NumPy only, four exercises, hidden tests that hold secrets made anew for each run."""

from __future__ import annotations

import copy
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from .case import Attack

WEEK, NAME = "week0", "toy"
POINTS = {"check_blend": 5.0, "check_label": 5.0, "check_is_rising": 2.0, "check_twice": 0.0}
FULL = sum(POINTS.values())
STUB = "raise NotImplementedError"
RIGHT = {
    "blend": "def blend(a, b):\n    return 3 * a - 2 * b",
    "label": "def label(word):\n    return word.upper()[::-1]",
    "is_rising": "def is_rising(values):\n    return all(a < b for a, b in zip(values, values[1:]))",
    "twice": "def twice(step, value):\n    return step(step(value))",
}

# The first has drawn inputs and goes through a map, the second partial credit, the third asserts what is true, the
# fourth, which is worth nothing, lends a function of its own.
_BLEND = """out = blend(np.array([1.0, 2.0]), np.array([0.5, 0.25]))
assert np.allclose(out, [2.0, 5.5]), "three times the first less twice the second"
### BEGIN HIDDEN TESTS
def examples(seed):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=(2, 3)) for _ in range(4)]

firsts, seconds = examples(seed=7), examples(seed=8)
wanted = [3 * a - 2 * b for a, b in zip(firsts, seconds)]
import numpy.testing as npt
for got, right in zip(map(blend, firsts, seconds), wanted):
    npt.assert_allclose(got, right, err_msg="@NOTE@")
### END HIDDEN TESTS"""
_LABEL = """points = 1.0 if label("kernel") == "LENREK" else 0.0
### BEGIN HIDDEN TESTS
KEY = "@KEY@"
for word, right in {"@IN@": "@OUT@", KEY[:8]: KEY[:8].upper()[::-1]}.items():
    if label(word) == right:
        points += 2.0
### END HIDDEN TESTS
points"""
_IS_RISING = """assert is_rising([1, 2, 3])
### BEGIN HIDDEN TESTS
assert not is_rising([3, 1, 2]), "@NOTE@"
assert not is_rising([1, 1])
### END HIDDEN TESTS"""


_TWICE = """assert twice(lambda value: value + 1, 3) == 5
### BEGIN HIDDEN TESTS
def affine(value, factor=7, name="@NOTE@"):
    return factor * value + 1

assert twice(affine, 2) == 106
### END HIDDEN TESTS"""


@dataclass(frozen=True)
class Assignment:
    """The notebook with secrets of its own.

    Args:
        note: stands in hidden tests only and is never given to a student's function.
        key: an expected value is made from it.
        hidden_in: a hidden input, which a student's function sees.
        token: stands in another student's work and in the environment of the grader.
    """

    note: str = field(default_factory=lambda: secrets.token_hex(16))
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    hidden_in: str = field(default_factory=lambda: secrets.token_hex(16))
    token: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no student may read."""
        return (self.note, self.key, self.hidden_in, self.token)

    def source(self) -> dict[str, Any]:
        """The instructor's notebook."""
        cells = [
            _cell("markdown", "title", "# Toy", {}),
            _cell("code", "setup", "import numpy as np", {}),
        ]
        for name, test in (("blend", _BLEND), ("label", _LABEL), ("is_rising", _IS_RISING), ("twice", _TWICE)):
            check = f"check_{name}"
            cells.append(_cell("code", name, STUB, _about(name, solution=True)))
            cells.append(_cell("code", check, self._filled(test), _about(check, solution=False, points=POINTS[check])))
        metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}

    def release(self) -> dict[str, Any]:
        """What students are given."""
        notebook = self.source()
        for cell in notebook["cells"]:
            cell["source"] = _visible(cell["source"])
        return notebook

    def answered(self, attack: Attack) -> bytes:
        """The notebook file that an attack hands in."""
        if attack.raw is not None:
            return attack.raw
        notebook = self.release()
        for cell in notebook["cells"]:
            cell["source"] = attack.cells.get(cell["id"], cell["source"])
        added = [_cell("code", f"before{i}", text, {}) for i, text in enumerate(attack.before)]
        notebook["cells"][1:1] = added
        notebook["cells"] += [_cell("code", f"after{i}", text, {}) for i, text in enumerate(attack.after)]
        if attack.rework is not None:
            attack.rework(notebook)
        return json.dumps(notebook).encode()

    def overwritten(self, submitted: dict[str, Any]) -> dict[str, Any]:
        """A submitted notebook with the instructor's test cells, as nbgrader makes it before it runs it."""
        tests = {cell["id"]: cell["source"] for cell in self.source()["cells"] if cell["id"] in POINTS}
        notebook = copy.deepcopy(submitted)
        for cell in notebook["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if grade_id in tests:
                cell["source"] = tests[grade_id]
        return notebook

    def _filled(self, test: str) -> str:
        fields = {"NOTE": self.note, "KEY": self.key, "IN": self.hidden_in, "OUT": self.hidden_in.upper()[::-1]}
        for name, value in fields.items():
            test = test.replace(f"@{name}@", value)
        return test


def _visible(source: str) -> str:
    before, mark, rest = source.partition("### BEGIN HIDDEN TESTS\n")
    return before.rstrip("\n") + rest.partition("### END HIDDEN TESTS")[2] if mark else source


def _cell(kind: str, name: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    cell = {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _about(grade_id: str, *, solution: bool, points: float = 0) -> dict[str, Any]:
    about = {"grade_id": grade_id, "grade": not solution, "solution": solution, "locked": not solution}
    return {"nbgrader": about | {"schema_version": 3, "task": False} | ({} if solution else {"points": points})}
