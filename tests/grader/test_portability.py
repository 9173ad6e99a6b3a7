"""Test cells that would not mean across the border what their author means are named, with the cure."""

import dataclasses

import pytest

from grader.portability import remarks
from tests.grader.small_plan import PLAN, RIGHT

NOTEBOOK = PLAN.notebooks[0]


def said_of(test):
    cells = [dataclasses.replace(c, source=test) if c.grade_id == "check_double" else c for c in NOTEBOOK.cells]
    notebook = dataclasses.replace(NOTEBOOK, cells=tuple(cells))
    return [text for cell, text in remarks(notebook, RIGHT) if cell == "check_double"]


@pytest.mark.parametrize(
    ("test", "word"),
    [
        ("assert double(2)", "true"),
        ("import inspect\nassert 'for' not in inspect.getsource(double)", "source_of"),
        ("assert double(data) == 4", "data"),
        ("double.factor = 3\nassert double(2) == 6", "attribute"),
        ("double(2)", "points"),
        ("x = [1]\ndouble(x)\nassert x == [2]", "in_place"),
        ("assert double(2) ==", "Python"),
        ("### BEGIN HIDDEN TESTS\nassert double(2) == 4\n### END HIDDEN TESTS", "seed"),
    ],
)
def test_a_cell_that_does_not_port_is_named(test, word):
    (text,) = said_of(test)
    assert word in text


FRESH = (
    "def check(seed): return double(seed) > seed\n### BEGIN HIDDEN TESTS\nassert check(seed=3)\n### END HIDDEN TESTS"
)


@pytest.mark.parametrize(
    "test",
    [
        FRESH,
        "assert double(2) == 4",
        "x = np.ones(3)\nin_place(double)(x)\nassert isinstance(x, np.ndarray)",
        "points = sum(double(n) == 2 * n for n in range(3))\npoints / 2",
        "display(double(2))",
    ],
)
def test_a_cell_that_ports_is_not(test):
    assert said_of(test) == []


def test_a_name_of_an_earlier_test_cell_may_be_used():
    said = [text for cell, text in remarks(NOTEBOOK, RIGHT) if cell == "check_mean"]
    assert said == []
