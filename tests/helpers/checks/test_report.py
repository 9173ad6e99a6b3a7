"""Reports count, merge, and turn into points, text and plain data."""

import json

import numpy as np
import pytest

from helpers.checks.report import REPORT_MIME, Outcome, Picture, Report


def report(*statuses: str, hints: tuple[str, ...] = (), function: str = "f") -> Report:
    outcomes = tuple(Outcome(f"part {i}", status, "why" * (status != "passed")) for i, status in enumerate(statuses))
    return Report(function, outcomes, hints)


def test_the_score_is_the_passed_share_of_the_weights() -> None:
    outcomes = (Outcome("a", "passed", weight=3), Outcome("b", "failed", weight=1), Outcome("c", "unchecked", weight=1))
    assert Report("f", outcomes).score == pytest.approx(0.6)


def test_points_are_a_plain_float_and_exact_at_full_marks() -> None:
    assert type(report("passed").points(7)) is float
    assert report("passed", "passed", "passed").points(7) == 7.0
    assert report("passed", "failed", "failed").points(7) == 2.33
    assert report("failed").points(7) == 0.0


def test_a_report_without_outcomes_earns_nothing() -> None:
    assert Report("f", ()).points(5) == 0.0
    assert not Report("f", ()).passed


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("passed", "passed", "passed"),
        ("passed", "failed", "failed"),
        ("failed", "passed", "failed"),
        ("passed", "unchecked", "unchecked"),
        ("unchecked", "failed", "failed"),
    ],
)
def test_added_reports_keep_the_worse_outcome(first: str, second: str, both: str) -> None:
    assert (report(first) + report(second)).outcomes[0].status == both


def test_added_reports_keep_hints_once_and_in_order() -> None:
    merged = report("failed", hints=("a", "b")) + report("failed", hints=("b", "c"))
    assert merged.hints == ("a", "b", "c")


def test_reports_of_different_functions_do_not_add() -> None:
    with pytest.raises(ValueError, match="same function"):
        report("passed", function="f") + report("passed", function="g")


def test_the_data_form_is_json_and_complete() -> None:
    data = json.loads(json.dumps(report("passed", "failed", hints=("a",)).to_dict()))
    assert data["function"] == "f"
    assert data["hints"] == ["a"]
    assert [o["status"] for o in data["outcomes"]] == ["passed", "failed"]


def test_the_text_says_status_in_words_and_signs() -> None:
    text = str(report("passed", "failed", "unchecked"))
    assert "✓ passed: part 0" in text
    assert "✗ failed: part 1" in text
    assert "? could not be checked: part 2" in text
    assert "1 of 3 parts passed" in text


def test_the_bundle_has_text_html_and_data() -> None:
    assert set(report("passed")._repr_mimebundle_()) == {"text/plain", "text/html", REPORT_MIME}


def test_what_a_learner_wrote_is_escaped_in_the_panel() -> None:
    evil = "<script>alert(1)</script>"
    html = Report("f", (Outcome("part", "failed", evil),), note=evil)._repr_html_()
    assert evil not in html
    assert "&lt;script&gt;" in html


def test_a_large_picture_is_cut_around_the_first_difference() -> None:
    expected = np.zeros((40, 30))
    got = expected.copy()
    got[33, 21] = 5
    html = Report("f", (Outcome("part", "failed", "m", picture=Picture("Z", expected, got)),))._repr_html_()
    assert html.count("<td") == 3 * 64
    assert ">5<" in html


def test_nan_in_a_picture_is_written_as_nan() -> None:
    got = np.array([[np.nan, 1.0]])
    html = Report("f", (Outcome("p", "failed", "m", picture=Picture("Z", np.ones((1, 2)), got)),))._repr_html_()
    assert ">nan<" in html


def test_a_function_not_written_yet_gets_no_list_of_failures() -> None:
    first = Outcome("shapes", "failed", "Write it.", hint="not_written")
    html = Report("f", (first, Outcome("values", "failed", hint="not_written")), ("not_written",))._repr_html_()
    assert "Write it." in html and "shapes; values" in html
    assert "<li" not in html


def test_a_function_written_in_part_keeps_its_list() -> None:
    stopped = Outcome("average", "failed", "Write it.", hint="not_written")
    html = Report("f", (Outcome("max", "passed"), stopped), ("not_written",))._repr_html_()
    assert html.count("<li") == 2
