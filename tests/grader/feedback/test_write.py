"""Pages of a small course: what the ledger, the gradebook and the autograded notebooks say, and nothing out of date."""

import json
import os
import shutil

import nbformat
import pytest

from grader.course import course_directory, open_gradebook
from grader.feedback import write_feedback
from grader.feedback.write import _MOST_NOTEBOOK
from grader.gradebook.writer import GradebookWriter
from grader.gradebook.week import read_layout
from grader.records.ledger import Ledger
from grader.verdict import Finding, SheetVerdict, Verdict
from grader.report.verdicts import REPORT_MIME
from tests.course import small_course
from tests.course.small_course import SECRET_SEED, WEEK, cell_of
from tests.grader.feedback.hostile import Tags

CODE = "def zero_pad(X, pad):\n    return X"
REPORT = {"outcomes": [{"name": "pad 1", "status": "failed", "message": "Look at pad.", "hint": ""}], "note": ""}
BROKEN = "The file is not a complete notebook: hand in your last saved copy."


@pytest.fixture(scope="session")
def released_course(tmp_path_factory):
    return small_course.make_course(tmp_path_factory.mktemp("released"))


@pytest.fixture
def course(released_course, tmp_path):
    """The released course with ada's graded submission."""
    root = tmp_path / "course"
    shutil.copytree(released_course, root)
    small_course.hand_in(root, "ada", {})
    grade(root, "ada")
    return root


def grade(root, student, state="graded", why="", points=2.5):
    """What grading leaves: a line in the ledger, marks, and an autograded notebook with its hidden tests."""
    found = (Finding("check_conv_output_size", None, 4.0), Finding("check_zero_pad", points, 5.0))
    sheet = SheetVerdict("small", state, why, (), found if state == "graded" else (), ("conv_output_size",))
    verdict = Verdict(student, WEEK, "digest", "seal", "1", (sheet,))
    ledger = Ledger(root / "ledger")
    identity = ledger.start(WEEK, student)
    ledger.add("verdict", identity, WEEK, student, verdict=verdict.to_dict())
    ledger.add("recorded", identity, WEEK, student)
    with open_gradebook(course_directory(root)) as gradebook:
        writer = GradebookWriter(gradebook, read_layout(gradebook, WEEK), lambda student, score, late: None)
        writer.write(verdict, None)
    notebook = nbformat.read(root / "source" / WEEK / "small.ipynb", as_version=4)
    cell_of(notebook, "zero_pad").source = CODE
    cell_of(notebook, "check_zero_pad").outputs = [
        nbformat.v4.new_output("stream", text="hidden input 7"),
        nbformat.v4.new_output("display_data", {REPORT_MIME: REPORT}),
    ]
    folder = root / "autograded" / student / WEEK
    folder.mkdir(parents=True, exist_ok=True)
    if state == "graded":
        (folder / "small.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")


def write(root, **options):
    lines = []
    failures = write_feedback(root, WEEK, log=lines.append, **options)
    return failures, lines


def path_of(root, student="ada", name="small"):
    return root / "feedback" / student / WEEK / f"{name}.html"


def text_of(root, student="ada"):
    return Tags(path_of(root, student).read_text(encoding="utf-8")).text


def test_a_page_holds_marks_report_and_code_and_no_hidden_test(course):
    assert SECRET_SEED in (course / "autograded" / "ada" / WEEK / "small.ipynb").read_text(encoding="utf-8")
    assert write(course) == ([], ["ada: 1 of 1 pages written, 0 could not be"])
    text = text_of(course)
    assert "0.1 A small notebook" in text
    assert "2.5 of 5" in text and "Look at pad." in text and CODE in text
    for hidden in (SECRET_SEED, "HIDDEN TESTS", "hidden input", "checks.zero_pad"):
        assert hidden not in text
    assert "Without conv_output_size, which could not be graded" in text


def test_what_an_instructor_set_and_wrote_is_on_the_page(course):
    with open_gradebook(course_directory(course)) as gradebook:
        mark = gradebook.find_grade("check_zero_pad", "small", WEEK, "ada")
        mark.manual_score = 4.5
        gradebook.find_comment("zero_pad", "small", WEEK, "ada").manual_comment = "Better <b>than</b> it looks."
        gradebook.db.commit()
    write(course)
    text = text_of(course)
    assert "4.5 of 5" in text and "Your instructor set these points." in text
    assert "Better <b>than</b> it looks." in text
    assert "No response" not in text, "a remark of nbgrader's is none of the instructor's"


def test_a_refused_notebook_has_a_page_with_the_reason_and_without_its_old_points(course):
    write(course)
    assert "2.5 of 5" in text_of(course)
    grade(course, "ada", "refused", BROKEN)
    write(course)
    text = text_of(course)
    assert BROKEN in text and "This is not a mark of 0" in text
    assert "2.5" not in text and "of 9 points" not in text


def test_without_a_ledger_the_files_say_what_became_of_it(course):
    (course / "ledger" / "ledger.jsonl").unlink()
    small_course.hand_in(course, "ben", {})
    write(course)
    assert "2.5 of 5" in text_of(course)
    assert "Not graded yet: the fault is ours" in text_of(course, "ben")


def test_only_what_changed_is_written_again(course):
    write(course)
    os.utime(path_of(course), (1, 1))
    write(course)
    assert path_of(course).stat().st_mtime == 1
    write(course, force=True)
    assert path_of(course).stat().st_mtime > 1
    os.utime(path_of(course), (1, 1))
    grade(course, "ada", points=3.5)
    write(course)
    assert "3.5 of 5" in text_of(course)


def test_pages_of_notebooks_that_are_not_in_the_release_go(course):
    stray = path_of(course, name="old")
    stray.parent.mkdir(parents=True)
    stray.write_text("old", encoding="utf-8")
    write(course)
    assert not stray.exists() and path_of(course).exists()
    assert [path.name for path in path_of(course).parent.iterdir()] == ["small.html"]


def test_a_page_that_cannot_be_written_is_named_and_not_left_out_of_date(course):
    write(course)
    (course / "autograded" / "ada" / WEEK / "small.ipynb").write_text("{", encoding="utf-8")
    failures, _ = write(course)
    assert failures == ["ada: no feedback on small: the autograded notebook is broken: grade it again with --force"]
    assert not path_of(course).exists()


def test_a_link_or_a_giant_in_place_of_a_notebook_is_not_read(course):
    notebook = course / "autograded" / "ada" / WEEK / "small.ipynb"
    elsewhere = course / "elsewhere.ipynb"
    notebook.rename(elsewhere)
    notebook.symlink_to(elsewhere)
    failures, _ = write(course)
    assert len(failures) == 1 and "is a link" in failures[0]
    notebook.unlink()
    with notebook.open("wb") as file:
        file.truncate(_MOST_NOTEBOOK + 1)
    failures, _ = write(course)
    assert len(failures) == 1 and "is larger than" in failures[0]


def test_one_students_trouble_leaves_the_others_pages_alone(course):
    small_course.hand_in(course, "ben", {})
    grade(course, "ben")
    (course / "autograded" / "ada" / WEEK / "small.ipynb").write_text(json.dumps([]), encoding="utf-8")
    (course / "feedback" / "ada").mkdir(parents=True)
    (course / "feedback" / "ada" / WEEK).write_text("a file in the way", encoding="utf-8")
    failures, _ = write(course)
    assert len(failures) == 1 and failures[0].startswith("ada: no feedback on small: it could not be")
    assert "2.5 of 5" in text_of(course, "ben")


def test_only_the_named_students_are_written(course):
    small_course.hand_in(course, "ben", {})
    write(course, students="b*")
    assert path_of(course, "ben").exists() and not path_of(course).exists()


def test_a_week_without_a_release_is_named(course):
    with pytest.raises(LookupError, match="there is no release of week9"):
        write_feedback(course, "week9", log=print)


def test_a_written_answer_is_waiting_until_somebody_has_read_it(course):
    [name] = [c.metadata.nbgrader.grade_id for c in small_course.released(course).cells if is_written(c)]
    write(course)
    assert "your written answer is still to be read" in text_of(course)
    with open_gradebook(course_directory(course)) as gradebook:
        mark = gradebook.find_grade(name, "small", WEEK, "ada")
        mark.extra_credit, mark.needs_manual_grade = 3, False
        gradebook.db.commit()
    write(course)
    assert "still to be read" not in text_of(course)
    assert "marked by your instructor: 3 extra points" in text_of(course)


def is_written(cell):
    about = cell.metadata.get("nbgrader", {})
    return about.get("grade") and about.get("solution")
