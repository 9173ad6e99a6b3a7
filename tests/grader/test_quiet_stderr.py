"""Text on stderr in a check cell costs no points; an error does."""

import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from grader.quiet_stderr import QuietStderr


@pytest.fixture
def check_with_a_log_line_and_three_points():
    cell = new_code_cell("report.points(5)", metadata={"nbgrader": {"grade": True, "solution": False, "points": 5}})
    log = new_output("stream", name="stderr", text="I0000 cpu_feature_guard.cc: This TensorFlow binary ...")
    cell.outputs = [log, new_output("execute_result", {"text/plain": "3.0"})]
    return cell


def test_a_log_line_alone_costs_all_points_in_nbgrader(check_with_a_log_line_and_three_points):
    assert determine_grade(check_with_a_log_line_and_three_points) == (0, 5)


def test_with_quiet_stderr_the_points_count_and_the_text_stays(check_with_a_log_line_and_three_points):
    cell, _ = QuietStderr().preprocess_cell(check_with_a_log_line_and_three_points, {}, 0)
    assert determine_grade(cell) == (3.0, 5)
    assert "cpu_feature_guard" in cell.outputs[0].text


def test_an_error_still_costs_the_points(check_with_a_log_line_and_three_points):
    cell = check_with_a_log_line_and_three_points
    cell.outputs.insert(1, new_output("error", ename="NameError", evalue="", traceback=[]))
    QuietStderr().preprocess_cell(cell, {}, 0)
    assert determine_grade(cell) == (0, 5)
