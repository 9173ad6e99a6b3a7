"""The commands: honest exit codes, and sentences instead of tracebacks."""

import csv
import os

import pytest

from grader.__main__ import main
from grader.engine import factory as real_engine
from grader.report.grade_table import grade_table
from grader.report.marks import read_marks
from grader.run.trouble import CannotStart
from tests.grader import toy_course as toy
from tests.grader.toy_course import WEEK, ToyFactory, grade, hand_in, make_course

MARKED, TOTAL = 14.0, 20.0


@pytest.fixture
def course(tmp_path, monkeypatch):
    root = make_course(tmp_path / "course")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def factory(monkeypatch):
    made = ToyFactory()
    monkeypatch.setattr(real_engine, "real_engine", lambda trust=False: made)
    return made


def test_grading_everybody_ends_with_0(course, factory, capsys):
    hand_in(course, "ada", 7)
    assert main(["grade", WEEK, "--jobs", "1"]) == 0
    said = capsys.readouterr()
    assert said.out == f"{WEEK}: 1 of 1 submissions graded.\n"
    assert "1 of 1  ada  graded" in said.err
    assert main(["grade", WEEK, "--quiet"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == (f"{WEEK}: 1 of 1 submissions graded, 1 of them in an earlier run.\n", "")


def test_somebody_without_marks_makes_it_1_now_and_when_asked_again(course, factory, capsys):
    hand_in(course, "ada", 7)
    (hand_in(course, "bob") / "alpha.ipynb").write_text("broken")
    (course / "submitted" / "eve").symlink_to("ada")
    for _ in range(2):
        assert main(["grade", WEEK]) == 1
        page = capsys.readouterr().out
        assert "bob: refused. alpha: The file is no notebook." in page
        assert "submitted/eve is a link" in page
    assert main(["grade", WEEK, "--student", "a*"]) == 0


def test_nobody_handed_in_is_1_and_says_where_work_goes(course, factory, capsys):
    assert main(["grade", WEEK]) == 1
    assert f"submitted/<student>/{WEEK}/" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [["grade", "week9"], ["table", "week9"], ["feedback", "week9"], ["validate", "week9"]]
)
def test_a_week_that_is_not_there_is_2(course, capsys, command):
    assert main(command) == 2
    assert "week9" in capsys.readouterr().err


def test_another_folder_is_2(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["grade", WEEK]) == 2
    assert "run this in the course's folder" in capsys.readouterr().err


def test_no_sandbox_is_2_and_nothing_is_recorded(course, monkeypatch, capsys):
    def refuse(trust=False):
        def make(plan, seeds, jobs):
            raise CannotStart("there is no sandbox on this machine")

        return make

    monkeypatch.setattr(real_engine, "real_engine", refuse)
    hand_in(course, "ada")
    assert main(["grade", WEEK]) == 2
    assert capsys.readouterr().err.endswith("\ngrade: there is no sandbox on this machine.\n")
    assert toy.scores(course) == {}


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_a_senseless_number_of_jobs_is_2(course, jobs):
    with pytest.raises(SystemExit) as ended:
        main(["grade", WEEK, "--jobs", jobs])
    assert ended.value.code == 2


def test_feedback_is_written_for_those_asked_for(course, factory, capsys):
    for student in ("ada", "bob"):
        hand_in(course, student, 7)
    main(["grade", WEEK])
    assert main(["feedback", WEEK, "--student", "bob"]) == 0
    assert sorted(path.name for path in (course / "feedback").iterdir()) == ["bob"]


# ---- "not graded" is never 0 ------------------------------------------------------------------------------------


def fall_over(job):
    if job.student == "failed":
        raise RuntimeError


@pytest.fixture
def mixed_class(course):
    """One student in every state there is; the gradebook's own scores say 0 for most of them."""
    hand_in(course, "graded", 7)
    hand_in(course, "zero", 0)
    hand_in(course, "failed", 7)
    (hand_in(course, "refused", 7) / "alpha.ipynb").write_text("broken")
    hand_in(course, "half", 7, names=("alpha",))
    grade(course, ToyFactory(before=fall_over))
    hand_in(course, "waiting", 7)
    with toy.gradebook(course) as book:
        book.add_student("absent")
        assert {book.find_submission(WEEK, name).score for name in ("failed", "refused")} == {0.0, 7.0}
    return course


STATES = {
    "graded": (14.0, "graded"),
    "zero": (0.0, "graded"),
    "failed": (None, "failed by us"),
    "refused": (None, "refused"),
    "half": (7.0, "graded"),
    "waiting": (None, "not graded yet"),
    "absent": (None, "not handed in"),
}


def test_marks_tell_nothing_from_zero(mixed_class):
    found = {result.student: (result.total, result.state) for result in read_marks(mixed_class, WEEK)}
    assert found == STATES


def test_the_table_shows_words_where_there_is_no_mark(mixed_class):
    page = grade_table(WEEK, read_marks(mixed_class, WEEK))
    totals = page[page.index("totals") : page.index("Why points")].splitlines()
    rows = {line.split()[0]: line for line in totals if line and line.split()[0] in STATES}
    for student, (total, state) in STATES.items():
        shown = rows[student].removeprefix(student).strip().split("  ")[0]
        assert shown == (state if total is None else str(int(total)))
    assert "The file is no notebook" in page
    assert "fault of yours" in " ".join(page.split())


def test_the_export_leaves_the_score_empty_where_there_is_no_mark(mixed_class):
    from grader.hooks.command import nbgrader

    with (mixed_class / "nbgrader_config.py").open("a") as config:
        config.write("c.ExportApp.plugin_class = 'grader.report.export.GradesCsv'\n")
    with toy.gradebook(mixed_class) as book:
        book.update_or_create_student("graded", last_name="=HYPERLINK(1)")
    nbgrader(mixed_class, "export", "--to", "marks.csv")
    with (mixed_class / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    for student, (total, state) in STATES.items():
        assert rows[student]["status"] == state
        expected = "" if total is None else str(total)
        assert rows[student]["score"] == ("0.0" if state == "not handed in" else expected)
    assert rows["graded"]["last_name"] == "'=HYPERLINK(1)"


def test_a_refused_regrade_takes_the_old_mark_from_table_and_export(mixed_class):
    (mixed_class / "submitted" / "graded" / WEEK / "beta.ipynb").unlink()
    os.mkfifo(mixed_class / "submitted" / "graded" / WEEK / "beta.ipynb")
    grade(mixed_class)
    found = {result.student: result for result in read_marks(mixed_class, WEEK)}
    assert (found["graded"].total, found["graded"].state) == (None, "refused")
    assert any("named pipe" in remark for sheet in found["graded"].sheets for remark in sheet.remarks)
