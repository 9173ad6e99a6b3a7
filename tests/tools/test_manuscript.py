"""A manuscript and its notebook are two forms of one lesson."""

import nbformat
import pytest

from tests.course.lessons import NOTEBOOKS
from tools.manuscript import ManuscriptError, dumps, to_manuscript, to_notebook
from tools.syllabus import ROOT

POINTS = {"double": 3}
TEXT = '''\
# %% [markdown]
# # A lesson
# with $x^2$

# %% tags=["setup"]
import numpy as np

# %% [markdown] topics=["T4"]
# ## A topic

# %% tags=["exercise"] graded="double"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% tags=["check"] graded="double"
report = checks.double(double)
### BEGIN HIDDEN TESTS
report += checks.double(double, seed=1)
### END HIDDEN TESTS
display(report)
report.points(3)

# %% tags=["demo"]
# %matplotlib inline
double(2)

# %% tags=["demo"]
# %matplotlib inline
double(2)

# %% [markdown] tags=["reflection"]
# An answer.
'''


def built(text: str = TEXT, points: dict[str, int] = POINTS) -> nbformat.NotebookNode:
    return to_notebook(text, "week1_foundations", points)


def test_a_build_is_the_same_bytes_each_time_and_valid() -> None:
    assert dumps(built()) == dumps(built())
    nbformat.validate(built())


def test_cells_with_the_same_text_have_different_ids_that_stay() -> None:
    ids = [cell.id for cell in built().cells]
    assert len(set(ids)) == len(ids)
    edited = built(TEXT.replace("A lesson", "The lesson"))
    assert [cell.id for cell in edited.cells][1:] == ids[1:]


def test_each_role_gets_the_metadata_nbgrader_expects() -> None:
    marks = {c.metadata.nbgrader.grade_id: c.metadata.nbgrader for c in built().cells if "nbgrader" in c.metadata}
    assert set(marks) == {"double", "check_double", "reflection_week1"}
    assert marks["double"].solution and not marks["double"].grade
    assert marks["check_double"].grade and marks["check_double"].locked and marks["check_double"].points == 3
    assert marks["reflection_week1"].grade and marks["reflection_week1"].solution


def test_magics_are_commands_in_the_notebook() -> None:
    assert built().cells[5].source.startswith("%matplotlib inline")


def test_the_way_back_gives_the_same_manuscript() -> None:
    assert to_manuscript(built()) == TEXT


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_lesson_of_the_course_comes_back_as_it_is_written(name: str) -> None:
    week, entry = NOTEBOOKS[name]
    text = (ROOT / "course" / week.id / f"{name}.py").read_text(encoding="utf-8")
    assert to_manuscript(to_notebook(text, week.id, entry.points)) == text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('tags=["setup"]', "", "expected exactly one of setup"),
        ("report.points(3)", "report.points(4)", r"syllabus has for double \(3\)"),
        ("report.points(3)", "report.score", "must end in report.points"),
        ('tags=["exercise"] graded="double"', 'tags=["exercise"]', "without graded="),
    ],
)
def test_a_broken_rule_is_named_with_its_cell(old: str, new: str, message: str) -> None:
    with pytest.raises(ManuscriptError, match=message):
        built(TEXT.replace(old, new, 1))


def test_points_for_a_function_without_cells_are_noticed() -> None:
    with pytest.raises(ManuscriptError, match="triple"):
        built(points={"double": 3, "triple": 2})
