"""Which cells grading runs, and whose outputs it clears."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from grader.roles import ClearGradedOutput, is_study


def cell(tags, **nbgrader):
    made = new_code_cell("1", metadata={"nbgrader": nbgrader} if nbgrader else {})
    made.metadata["tags"] = tags
    made.outputs = [new_output("stream", text="seen")]
    return made


@pytest.mark.parametrize("tag", ["demo", "training"])
def test_demo_and_training_cells_are_for_study(tag):
    assert is_study(cell([tag]))


@pytest.mark.parametrize("tags", [["setup"], ["exercise"], ["check"], [], ["my own"]])
def test_all_other_cells_are_run(tags):
    assert not is_study(cell(tags))


@pytest.mark.parametrize("about", [{"grade": True}, {"solution": True}])
def test_a_graded_cell_is_run_whatever_its_tags(about):
    assert not is_study(cell(["demo"], **about))


@pytest.mark.parametrize("tags", ["demo", None, {"demo": 1}, [["demo"], 3]])
def test_tags_of_a_strange_form_are_no_tags(tags):
    assert not is_study(cell(tags))


def test_text_is_never_run():
    assert not is_study(new_markdown_cell("demo", metadata={"tags": ["demo"]}))


def test_only_outputs_that_grading_makes_again_are_cleared():
    clear = ClearGradedOutput()
    demo, check = cell(["demo"]), cell(["demo"], grade=True)
    clear.preprocess_cell(demo, {}, 0)
    clear.preprocess_cell(check, {}, 1)
    assert demo.outputs
    assert not check.outputs
