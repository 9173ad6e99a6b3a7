"""What a learner sees of a check cell in feedback."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from grader.hide_tests import HideTests
from grader.verdicts import REPORT_MIME
from helpers.checks.report import REPORT_MIME as HELPERS_MIME

SOURCE = "before\n### BEGIN HIDDEN TESTS\nsecret = 7\n### END HIDDEN TESTS\nafter"
CHECK = {"nbgrader": {"grade": True, "solution": False, "points": 5}}


def hidden(cell):
    return HideTests().preprocess_cell(cell, {}, 0)[0]


def test_both_packages_speak_of_the_same_report():
    assert REPORT_MIME == HELPERS_MIME


def test_the_hidden_region_is_cut_out():
    assert hidden(new_code_cell(SOURCE, metadata=CHECK)).source == "before\nafter"


def test_a_traceback_keeps_only_the_name_of_the_error():
    cell = new_code_cell(SOURCE, metadata=CHECK)
    cell.outputs = [new_output("error", ename="NameError", evalue="no f", traceback=["---> secret = 7"])]
    assert hidden(cell).outputs[0].traceback == ["NameError: no f"]


def test_report_and_points_stay_and_everything_else_goes():
    cell = new_code_cell(SOURCE, metadata=CHECK)
    report = new_output("display_data", {REPORT_MIME: {}, "text/plain": "f: passed"})
    points = new_output("execute_result", {"text/plain": "5.0"})
    printed = [
        new_output("stream", text="hidden input 7"),
        new_output("display_data", {"text/plain": "hidden input 7"}),
    ]
    cell.outputs = [*printed, report, points]
    assert hidden(cell).outputs == [report, points]


def test_markers_in_a_learners_own_text_do_no_harm():
    for cell in (new_markdown_cell("### BEGIN HIDDEN TESTS"), new_code_cell("# BEGIN HIDDEN TESTS\nmine = 1")):
        before = cell.source
        assert hidden(cell).source == before
