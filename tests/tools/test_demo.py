"""The demo on a course of one small notebook: it grades a class of its own and touches nothing else."""

import functools

import pytest

from tests.course import small_course as small
from tests.course.sample_class import build as sample_class
from tests.course.sample_class.students import STUDENTS
from tools import demo

CLASS = [student for student in STUDENTS if student.name in ("cleo_half_done", "finn_late")]
SYLLABUS = f"""
[[week]]
id = "{small.WEEK}"
title = "Small"
about = ""
due = "{small.DUE}"
reflection = "small"

[[week.notebook]]
name = "small"
number = "0.1"
title = "A small notebook"
about = ""
topics = []
points = {{ conv_output_size = 4, zero_pad = 5 }}

[topics]
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """source/, release/, a syllabus, and a class of two: one half done, one late."""
    root = tmp_path / "project"
    root.mkdir()
    small.make_course(root)
    (root / "gradebook.db").unlink()
    (root / "course").mkdir()
    (root / "course" / "syllabus.toml").write_text(SYLLABUS, encoding="utf-8")
    monkeypatch.setattr(sample_class, "build", functools.partial(sample_class.build, students=CLASS))
    return root


def test_the_demo_grades_the_class_and_says_where_to_look(project, tmp_path, capsys):
    course = tmp_path / "demo"
    course.mkdir()
    (course / "left_over_from_last_time").touch()
    assert demo.main(project, course) == 0
    page = capsys.readouterr().out
    assert "zero_pad -5: not_written" in page
    assert "late by 26.0 hours" in page
    for name in ("grades.csv", "gradebook.db"):
        assert (course / name).exists()
        assert f"{name}\n" in page
    assert (course / "feedback" / "finn_late" / small.WEEK / "small.html").exists()
    assert not (course / "left_over_from_last_time").exists()
    assert max(map(len, page.replace(str(course), "build/demo").splitlines())) <= 100
    assert sorted(path.name for path in project.iterdir()) == ["course", "nbgrader_config.py", "release", "source"]


def test_a_submission_that_does_not_end_as_it_should_is_named(project, tmp_path, capsys, monkeypatch):
    composed = sample_class.build

    def with_a_broken_file(week, root, submitted):
        names = composed(week, root, submitted)
        (submitted / "finn_late" / small.WEEK / "small.ipynb").write_text("not a notebook", encoding="utf-8")
        return names

    monkeypatch.setattr(sample_class, "build", with_a_broken_file)
    assert demo.main(project, tmp_path / "demo") == 1
    said = capsys.readouterr()
    assert "finn_late should have ended as 'graded', and is 'refused'" in said.err
    totals = said.out[said.out.index("totals") :]
    assert next(line for line in totals.splitlines() if line.startswith("finn_late")).split()[1] == "refused"


@pytest.mark.parametrize("stage", ["source", "release"])
def test_an_incomplete_stage_is_named_with_the_cure(project, tmp_path, stage):
    (project / stage / small.WEEK / "small.ipynb").unlink()
    with pytest.raises(SystemExit, match=f"{stage}/ is not complete: run make notebooks release"):
        demo.main(project, tmp_path / "demo")
