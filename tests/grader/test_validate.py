"""A week is tried before release: sound weeks pass, and each unsound test cell is named."""

import pytest

from grader.run.trouble import CannotStart
from grader.validate import validate
from tests.course import small_course as small


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return small.make_course(tmp_path_factory.mktemp("course"))


def test_a_sound_week_is_called_sound(course):
    lines = []
    assert validate(course, small.WEEK, say=lines.append) == 0
    assert lines == [f"{small.WEEK}: all {len(small.POINTS)} test cells are sound."]


def test_a_reference_that_loses_points_and_a_stub_that_wins_some_are_named(course):
    path = course / "source" / small.WEEK / "small.ipynb"
    before = path.read_text(encoding="utf-8")
    points = small.POINTS["zero_pad"]
    assert f"report.points({points})" in before
    try:
        path.write_text(before.replace(f"report.points({points})", "1.5"), encoding="utf-8")
        lines = []
        assert validate(course, small.WEEK, say=lines.append) == 2
    finally:
        path.write_text(before, encoding="utf-8")
    assert any(f"the reference solution gets 1.5 of {points}" in line for line in lines)
    assert any("the released stub gets 1.5" in line for line in lines)


def test_a_week_that_is_not_there_is_said(course):
    with pytest.raises(CannotStart, match="week9"):
        validate(course, "week9")
