"""The table: every mark in its place, and words where there is none."""

import dataclasses

import pytest

from grader.report.grade_table import WIDTH, grade_table
from grader.report.mark import Mark, Sheet, StudentMarks
from grader.report.number import number
from grader.report.verdicts import Verdict

NAMES = {"check_create_mask_from_window": 3.0, "check_convolutional_model": 5.0, "check_conv_single_step": 4.0}


def sheet(points, *, state="graded", verdicts=(), **more):
    verdicts = list(verdicts) or [Verdict()] * len(points)
    marks = [Mark(n, p, m, v) for (n, m), p, v in zip(NAMES.items(), points, verdicts, strict=True)]
    return Sheet("first", state, tuple(marks), **more)


def week(**students):
    return [StudentMarks(name, (given,)) for name, given in students.items()]


def test_no_line_is_wider_than_the_page():
    long = Verdict(("a_misconception_with_quite_a_name",) * 4, "advice " * 40)
    given = sheet([1, 2.25, 0.5], verdicts=[long] * 3, reading="to be graded by hand")
    text = grade_table("week1", week(**{"a_student_with_a_very_long_name_indeed": given}))
    assert max(map(len, text.splitlines())) <= WIDTH


def test_points_stand_under_their_exercise():
    lines = grade_table("week1", week(ada=sheet([1, 2.25, 4]))).splitlines()
    head, row = next(line for line in lines if "of 3" in line), next(line for line in lines if line.startswith("ada"))
    for maximum, points in zip(("of 3", "of 5", "of 4"), ("1", "2.25", "4"), strict=True):
        assert row[: head.index(maximum) + 4].split()[-1] == points


def test_names_of_exercises_are_broken_but_complete():
    lines = grade_table("week1", week(ada=sheet([1, 2, 3]))).splitlines()
    heads = lines[1 : next(i for i, line in enumerate(lines) if "of 3" in line)]
    starts = [lines[len(heads) + 1].index(f"of {m}") + 4 for m in (3, 5, 4)]
    names = ["", "", ""]
    for line in heads:
        for column, end in enumerate(starts):
            names[column] += line[max(end - 15, 0) : end].strip()
    assert names == [name.removeprefix("check_") for name in NAMES]


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("not graded yet", "not graded"),
        ("refused", "not graded"),
        ("failed by us", "not graded"),
        ("not handed in", "-"),
    ],
)
def test_a_mark_that_does_not_exist_is_no_zero(state, word):
    lines = grade_table("week1", week(ada=sheet([None] * 3, state=state))).splitlines()
    rows = [line for line in lines if line.startswith("ada")]
    assert rows[0].removeprefix("ada").split("  ")[-1].strip() == word
    assert state in rows[1]
    assert "0" not in "".join(rows)


def test_the_total_takes_penalty_and_bonus_into_account():
    given = sheet([1, 2, 3], bonus=1.5, penalty=2)
    assert StudentMarks("ada", (given,)).total == 1 + 2 + 3 + 1.5 - 2
    text = grade_table("week1", week(ada=given))
    assert "late penalty 2" in text
    assert "1.5 for the reflection" in text


def test_one_ungraded_notebook_leaves_the_week_without_a_total():
    both = StudentMarks("ada", (sheet([1, 2, 3]), sheet([None] * 3, state="refused")))
    assert both.total is None
    assert both.state == "refused"


def test_a_notebook_not_handed_in_is_named_beside_the_total():
    result = StudentMarks("ada", (sheet([1, 2, 3]), Sheet("second", "not handed in", ())))
    assert "not handed in: second" in grade_table("week1", [result])
    assert result.total == 6


def test_losses_of_one_kind_share_a_line():
    given = sheet([0, 0, 4], verdicts=[Verdict(("not_written",), "Write it.")] * 3)
    assert "create_mask_from_window -3, convolutional_model -5: not_written" in grade_table("week1", week(ada=given))


def test_the_remarks_say_why_what_was_put_right_and_which_limit_was_hit():
    remarks = ("The file is broken.", "A check was put back.", "check_a: took longer than 10 s")
    text = grade_table("week1", week(ada=sheet([None] * 3, state="refused", remarks=remarks)))
    assert all(f"first: {remark.rstrip('.')}" in " ".join(text.split()) for remark in remarks)


def test_a_remark_on_several_notebooks_is_made_once():
    both = [
        dataclasses.replace(sheet([None] * 3, state="refused", remarks=("It is broken.",)), notebook=n) for n in "ab"
    ]
    text = grade_table("week1", [StudentMarks("ada", tuple(both))])
    assert "a, b: It is broken" in " ".join(text.split())


def test_marks_with_limits_hit_count():
    result = StudentMarks("ada", (sheet([1, 2, 3], state="graded with limits"),))
    assert (result.state, result.total) == ("graded with limits", 6)


def test_unsafe_marks_are_called_so():
    text = grade_table("week1", [StudentMarks("ada", (sheet([1, 2, 3]),), unsafe=True)])
    assert "graded without a sandbox" in text


def test_a_check_without_points_leaves_the_week_ungraded():
    assert StudentMarks("ada", (sheet([1, None, 3]),)).state == "not graded yet"


def test_an_empty_class_is_said_in_words():
    assert grade_table("week1", []) == "week1: nobody has handed in yet."


def test_points_are_written_as_short_as_they_are_exact():
    assert [number(value) for value in (0.0, 10.0, 2.5, 1.43)] == ["0", "10", "2.5", "1.43"]
