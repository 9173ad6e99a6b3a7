"""Reasons for lost points, read from autograded notebooks."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from grader.report.verdicts import REPORT_MIME, UNEXPLAINED, Verdict, read_verdicts
from helpers import checks


@pytest.fixture
def verdict_on(tmp_path):
    """The verdict read back from a notebook whose check cell has these outputs."""

    def read(*outputs, note="", limits=()):
        found = {"grade_id": "check_f", "score": 0.0, "maximum": 1.0, "note": note, "limits": list(limits)}
        check = new_code_cell("", metadata={"grader": found})
        check.outputs = list(outputs)
        nbformat.write(new_notebook(cells=[new_code_cell("def f(): ..."), check]), tmp_path / "a.ipynb")
        return read_verdicts(tmp_path / "a.ipynb")["check_f"]

    return read


def report(function, name):
    return new_output("display_data", {REPORT_MIME: getattr(checks, name)(function).to_dict()})


def outcome(status, hint="", message="", name="part"):
    return {"name": name, "status": status, "message": message, "weight": 1, "hint": hint}


def said(*outcomes, hints=()):
    return new_output("display_data", {REPORT_MIME: {"outcomes": list(outcomes), "hints": list(hints)}})


def test_a_misconception_is_named_with_its_own_advice(verdict_on):
    shown = report(lambda n, f, p, s: (n + 2 * p - f) / s + 1, "conv_output_size")
    verdict = verdict_on(shown)
    assert verdict.causes == tuple(shown.data[REPORT_MIME]["hints"])
    assert verdict.causes
    assert verdict.advice == checks.find("conv_output_size").hint_text(verdict.causes[0])


def test_of_several_suspects_only_those_a_part_was_told_are_named(verdict_on):
    parts = (outcome("failed", "stride_forgotten", "Look at s."), outcome("failed", "bias_forgotten", "Look at b."))
    verdict = verdict_on(said(*parts, hints=["bias_forgotten", "also_fits", "stride_forgotten"]))
    assert verdict == Verdict(("bias_forgotten", "stride_forgotten"), "Look at b.")


def test_a_right_answer_needs_no_reason(verdict_on):
    assert verdict_on(said(outcome("passed"))) == Verdict()


def test_what_stopped_the_exercise_or_the_test_is_the_reason_where_there_is_no_report(verdict_on):
    assert verdict_on(note="Its own cell stopped with NameError.") == Verdict(("Its own cell stopped with NameError",))
    assert verdict_on(limits=["a call took longer than 10 s"]) == Verdict(("a call took longer than 10 s",))


def test_a_limit_explains_more_than_parts_without_a_name(verdict_on):
    unnamed = said(outcome("failed", name="stride 2"))
    assert verdict_on(unnamed, limits=["a call took longer than 10 s"]) == Verdict(("a call took longer than 10 s",))


def test_what_could_not_be_checked_is_called_so(verdict_on):
    assert verdict_on(said(outcome("unchecked", message="zero_pad fails"))) == Verdict(
        ("could not be checked",), "zero_pad fails"
    )


def test_an_unknown_mistake_names_the_parts_that_fail(verdict_on):
    verdict = verdict_on(said(outcome("failed", name="stride 2"), outcome("passed", name="stride 1")))
    assert verdict == Verdict((UNEXPLAINED,), "fails: stride 2")


def test_without_any_report_there_is_no_reason(verdict_on):
    assert verdict_on() == Verdict()
