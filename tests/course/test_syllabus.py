"""The syllabus is taught: every topic has its section, every graded function its cells and points."""

import pytest

from helpers import checks
from tests.course.lessons import NOTEBOOK_OF, NOTEBOOKS, SYLLABUS, cells, cells_of_role
from tools.syllabus import Week

# The contract of week 1: the functions that its four notebooks must grade, and its topics.
WEEK_1 = {
    "edges_and_filters": "cross_correlate flip_kernel edge_kernels learn_kernel",
    "convolution_step_by_step": "conv_output_size zero_pad conv_single_step conv_forward pool_forward",
    "backpropagation": "conv_backward create_mask_from_window distribute_value pool_backward im2col",
    "first_convnet": "count_parameters one_hot lenet5 happyModel convolutional_model",
}
TOPICS_1 = {f"T{number}" for number in range(1, 12)}


def test_week_1_grades_exactly_the_functions_of_the_contract() -> None:
    week = SYLLABUS.weeks[0]
    assert {n.name: " ".join(n.points) for n in week.notebooks} == WEEK_1
    assert {topic for n in week.notebooks for topic in n.topics} == TOPICS_1


@pytest.mark.parametrize("week", SYLLABUS.weeks, ids=lambda week: week.id)
def test_a_week_has_100_points(week: Week) -> None:
    assert sum(sum(notebook.points.values()) for notebook in week.notebooks) == 100


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_topic_has_one_section_with_a_heading(name: str) -> None:
    sections = [c for c in cells(name) if c.cell_type == "markdown" and c.metadata.get("topics")]
    taught = [topic for section in sections for topic in section.metadata["topics"]]
    assert sorted(taught) == sorted(NOTEBOOKS[name][1].topics)
    for section in sections:
        assert section.source.startswith("## "), section.source[:60]
    assert set(taught) <= set(SYLLABUS.topics)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_graded_function_has_an_exercise_and_right_after_it_a_check(name: str) -> None:
    roles = [(c.metadata.get("tags", [""])[0], c.metadata.get("graded")) for c in cells(name) if c.cell_type == "code"]
    for function in NOTEBOOKS[name][1].points:
        assert roles.count(("exercise", function)) == 1
        assert roles.index(("check", function)) == roles.index(("exercise", function)) + 1


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_check_cell_is_the_public_check_the_hidden_one_and_the_points(name: str) -> None:
    for cell in cells_of_role(name, "check"):
        function = cell.metadata["graded"]
        lines = cell.source.splitlines()
        assert lines[0] == f"report = checks.{function}({function})"
        assert lines[1] == "### BEGIN HIDDEN TESTS"
        assert lines[2].startswith(f"report += checks.{function}({function}, seed=")
        assert lines[3:5] == ["### END HIDDEN TESTS", "display(report)"]
        assert lines[5].startswith("report.points(")


def test_a_week_has_one_reflection_in_the_notebook_the_syllabus_names() -> None:
    for week in SYLLABUS.weeks:
        holders = [n.name for n in week.notebooks for _ in cells_of_role(n.name, "reflection")]
        assert holders == [week.reflection]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_exercise_has_two_folded_hints(name: str) -> None:
    folded = sum(c.source.count("<summary>") for c in cells(name) if c.cell_type == "markdown")
    assert folded >= 2 * len(NOTEBOOKS[name][1].points)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_ends_with_going_further(name: str) -> None:
    assert any(c.source.startswith("## Going further") for c in cells(name) if c.cell_type == "markdown")


def test_checks_and_syllabus_know_the_same_functions() -> None:
    assert set(checks.names()) == set(NOTEBOOK_OF)
