"""nbgrader's own doors lead to this grader, and its old code never touches a student's folder."""

import os
import subprocess
import sys
import threading
from datetime import datetime

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter

from grader.course import course_directory
from grader.hooks import install as nbgrader_hooks
from tests.grader.toy_course import WEEK, ToyFactory, hand_in, make_course, placed, scores

OLD_TIMESTAMP = NbGraderAPI.get_submitted_timestamp
TOUCHED = "notes.txt"


@pytest.fixture
def course(tmp_path):
    root = make_course(tmp_path / "course")
    hand_in(root, "ada", 7)
    (tmp_path / "secret").write_text("the marks of the whole class")
    (root / "submitted" / "ada" / WEEK / TOUCHED).symlink_to(tmp_path / "secret")
    return root


@pytest.fixture
def factory(monkeypatch):
    """The toy engine behind nbgrader's commands, and the classes as they were afterwards."""
    made = ToyFactory()
    monkeypatch.setattr(nbgrader_hooks, "real_engine", lambda: made)
    for owner, name in ((Autograde, "start"), (GenerateFeedback, "start"), (NbGraderAPI, "get_submitted_timestamp")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    nbgrader_hooks.install()
    return made


@pytest.fixture
def api(course):
    return NbGraderAPI(course_directory(course))


def test_the_old_way_copies_what_a_link_points_to(course, api):
    """The control: the first thing that nbgrader itself does with a submission."""
    old = Autograde(coursedir=api.coursedir, parent=api)
    BaseConverter.init_assignment(old, WEEK, "ada")
    assert "whole class" in (course / "autograded" / "ada" / WEEK / TOUCHED).read_text()


def test_formgraders_button_grades_with_our_engine(course, api, factory):
    result = api.autograde(WEEK, "ada")
    assert result["success"], result
    assert factory.graded == ["ada"]
    assert scores(course)["ada", "check_alpha"] == 7
    assert set(placed(course)) == {"ada/week0/alpha.ipynb", "ada/week0/beta.ipynb"}
    assert "ada  graded" in result["log"]
    assert api.get_autograded_students(WEEK) == {"ada"}


def test_the_button_always_grades_again_and_the_command_does_not(course, api, factory):
    api.autograde(WEEK, "ada")
    api.autograde(WEEK, "ada")
    assert factory.graded == ["ada", "ada"]
    api.autograde(WEEK, "ada", force=False)
    assert factory.graded == ["ada", "ada"]


def test_a_refused_submission_is_no_success_and_says_why(course, api, factory):
    (course / "submitted" / "ada" / WEEK / "beta.ipynb").write_text("broken")
    result = api.autograde(WEEK, "ada")
    assert not result["success"]
    assert "The file is no notebook" in result["log"]
    assert "ada" not in api.get_autograded_students(WEEK) or "ada/week0/alpha.ipynb" in placed(course)


def test_a_missing_week_or_student_is_no_success(course, api, factory):
    assert "Nothing was graded" in api.autograde("week9", "ada")["log"]
    assert "has handed in" in api.autograde(WEEK, "nobody")["log"]
    assert not api.autograde(WEEK, "nobody")["success"]


def test_students_stay_unknown_where_nbgrader_was_told_so(course, api, factory):
    result = api.autograde(WEEK, "ada", create=False)
    assert not result["success"]
    assert "nobody the gradebook knows" in result["log"]
    assert scores(course) == {}


def test_excluded_students_are_left_out(course, api, factory):
    hand_in(course, "bob", 3)
    api.coursedir.student_id_exclude = "bob,eve"
    assert api.autograde(WEEK, "*")["success"]
    assert factory.graded == ["ada"]


def test_the_feedback_button_writes_our_pages(course, api, factory):
    api.autograde(WEEK, "ada")
    assert api.generate_feedback(WEEK, "ada")["success"]
    page = (course / "feedback" / "ada" / WEEK / "alpha.html").read_text()
    assert "Content-Security-Policy" in page
    assert not api.generate_feedback("week9", "ada")["success"]


def test_a_pipe_named_timestamp_holds_formgrader_up_no_more(course, api, factory):
    pipe = course / "submitted" / "ada" / WEEK / "timestamp.txt"
    os.mkfifo(pipe)
    ended = threading.Event()

    def old_way():
        OLD_TIMESTAMP(api, WEEK, "ada")
        ended.set()

    threading.Thread(target=old_way, daemon=True).start()
    assert not ended.wait(0.5), "nbgrader's own reader must hang"
    assert api.get_submitted_timestamp(WEEK, "ada") is None
    pipe.write_text("2020-01-12 12:00:00 UTC")  # lets the other reader go
    assert ended.wait(60)
    pipe.unlink()
    pipe.write_text("2020-01-12 12:00:00 UTC")
    assert api.get_submitted_timestamp(WEEK, "ada") == datetime(2020, 1, 12, 12)


def test_installing_twice_is_installing_once(factory):
    start = Autograde.start
    nbgrader_hooks.install()
    assert Autograde.start is start is nbgrader_hooks.autograde


def test_the_command_line_says_in_words_why_it_could_not_start(course):
    (course / "nbgrader_config.py").write_text(
        "from grader.hooks.install import install\ninstall()\nc = get_config()\n"
    )
    command = [sys.executable, "-m", "nbgrader", "autograde", "week9"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Nothing was graded: there are no notebooks in source/week9" in done.stderr
    assert "Traceback" not in done.stderr
