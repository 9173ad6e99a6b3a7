"""The benchmark of grading measures what it says: every way, the same submissions, full marks or no figures."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from benchmarks import grading, grading_ways
from benchmarks.grading_course import LESSONS, personal, release, student
from benchmarks.grading_page import Curve
from benchmarks.grading_ways import Spent
from grader.sandbox import Tier
from tests.grader.sandbox import held

SIZES = {"submissions": 2, "nbgrader": 2, "cells": 1, "rounds": 1, "pairs": 2, "memory": 1, "lessons": "arrays"}
TINY = [*(word for name, size in SIZES.items() for word in (f"--{name}", str(size))), "--curve", "1", "2"]


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    return release("arrays", tmp_path_factory.mktemp("lesson") / "course")


@pytest.fixture(scope="module")
def section(tmp_path_factory):
    held.require(Tier.NAMESPACES)
    readme = tmp_path_factory.mktemp("page") / "README.md"
    readme.write_text("<!-- grading: begin -->\n<!-- grading: end -->\n", encoding="utf-8")
    grading.main([*TINY, "--readme", str(readme)])
    return readme.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "row",
    [
        r"\| `nbgrader autograde` \| 2 \| \d+\.\d+ \| \d+\.\d+ \|",
        r"\| `python -m grader grade --jobs 1` \| 2 \| \d+\.\d+ \| \d+\.\d+ \|",
        r"\| `python -m grader grade --jobs 2` \| 2 \| \d+\.\d+ \| \d+\.\d+ \|",
        r"\| the cells alone, warm \| 1 \| \d+\.\d+ \| \d+\.\d+ \|",
        r"- Throughput: \d+\.\d times nbgrader's .* the goal is 8 times",
        r"- CPU beyond the cells' own: -?\d+\.\d+ s a submission .* the goal is 0\.25 s",
        r"\| NumPy only \| -?\d+ ms \(-?\d+ to -?\d+, n = 2\) \| \d+ ms, \d+ ms \| \d+ ms, \d+ ms \|",
        r"\| NumPy only \| \d+ MB \| -?\d+ MB \|",
        r"\| 2 \| \d+\.\d s \| -?\d+\.\d+ s \| █+ \|",
        r"Measured on .* cores",
    ],
)
def test_the_page_has_every_figure(section, row):
    assert re.search(row, section), section


def test_the_benchmark_notebook_is_the_one_that_the_goals_were_set_for(tmp_path):
    cells = json.loads(release("vision", tmp_path / "course").submission(1))["cells"]
    about = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    assert [cell["cell_type"] for cell in cells].count("markdown") == 25
    assert [cell["cell_type"] for cell in cells].count("code") == 12
    assert sum(one.get("grade", False) for one in about) == 7
    assert (LESSONS / "vision.md").read_text(encoding="utf-8").count("### BEGIN HIDDEN TESTS") == 7


def test_students_hand_in_different_files_without_hidden_tests(lesson):
    one, other = lesson.submission(1), lesson.submission(2)
    assert one != other and one == lesson.submission(1)
    assert student(1).encode() in one and b"HIDDEN" not in one and b"BEGIN SOLUTION" not in one


def test_only_solutions_are_personal():
    assert personal("result = 1", 3) == "result = 1"
    assert personal("### BEGIN SOLUTION\nresult = 1\n### END SOLUTION\n", 3).endswith("\nresult_3 = 1\n")


def test_submissions_that_fail_their_tests_end_the_benchmark(lesson):
    wrong = dataclasses.replace(lesson, cells=(*lesson.cells, "assert not zero_pad"))
    with pytest.raises(SystemExit, match="do not pass their own tests"):
        grading_ways.by_themselves(wrong, 1)


def test_marks_that_are_not_full_end_the_benchmark(lesson):
    with grading_ways.handed_in(lesson, 1) as course, pytest.raises(SystemExit, match=student(0)):
        grading_ways.demand_full_marks(lesson, course, 1)


def test_a_slow_way_is_reckoned_from_its_start_and_the_rest():
    way = {1: Spent(5.0, 4.0), 11: Spent(25.0, 14.0)}
    assert grading_ways.start_apart(lambda lesson, count: way[count], 11, None, 100) == Spent(203.0, 103.0)


def test_a_straight_curve_has_one_slope():
    assert Curve("arrays", [10, 100, 1000], [5.0, 23.0, 203.0]).slopes() == pytest.approx([0.2, 0.2])
