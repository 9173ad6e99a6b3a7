"""Every command of nbgrader works from the root of a course, on a small one of its own."""

import csv
import shutil
import zipfile

import nbformat
import pytest
from nbgrader.utils import determine_grade

from grader.__main__ import main as grader_main
from grader.course import course_directory, open_gradebook
from grader.hooks.command import NbgraderFailed, nbgrader
from grader.report.grade_table import grade_table
from grader.report.marks import read_marks
from tests.course import small_course as small
from tests.course.sample_class.students import make_noisy
from tests.course.small_course import MANUSCRIPT, POINTS, RIGHT, WEEK
from tools.manuscript import dumps, to_notebook
from tools.release_notebooks import ReleaseError, release

FULL = sum(POINTS.values())
ALL_AXES_FROM_2 = "np.pad(X, pad if pad > 1 else ((0, 0), (pad, pad), (pad, pad), (0, 0)))"
PARTLY_RIGHT = {**RIGHT, "zero_pad": f"def zero_pad(X, pad):\n    return {ALL_AXES_FROM_2}"}
NOISY = {name: make_noisy(text) for name, text in RIGHT.items()}
WITH_OWN_HELPER = {**RIGHT, "conv_output_size": "def conv_output_size(n, f, p, s):\n    return mine(n + 2 * p - f, s)"}


def tag_every_check(notebook):
    """What a student may try: mark the checks as cells that need not run."""
    for cell, tags in zip(
        [small.cell_of(notebook, f"check_{name}") for name in POINTS], (["demo"], ["skip-execution"]), strict=True
    ):
        cell.metadata["tags"] = tags


def add_own_cell(notebook):
    notebook.cells.insert(2, nbformat.v4.new_code_cell("def mine(room, s):\n    return room // s + 1"))


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Handed in, collected from a zip, graded and with feedback; one student handed in after that, one never."""
    root = small.make_course(tmp_path_factory.mktemp("course"))
    small.hand_in(root, "right", RIGHT, reflection="Nothing is added. <script>alert(1)</script>")
    small.hand_in(root, "read", RIGHT, reflection="They add nothing.")
    small.hand_in(root, "empty", {})
    small.hand_in(root, "partly", PARTLY_RIGHT)
    small.hand_in(root, "noisy", NOISY)
    small.hand_in(root, "unparsable", {**RIGHT, "zero_pad": "def zero_pad(X, pad)\n    return X"})
    small.hand_in(root, "late", RIGHT, when=small.days_late(3))
    small.hand_in(root, "tagger", {}, change=tag_every_check)
    small.hand_in(root, "own_helper", WITH_OWN_HELPER, change=add_own_cell)
    collect_a_zip(root, "zipped")
    nbgrader(root, "autograde", WEEK)
    nbgrader(root, "generate_feedback", WEEK)
    small.hand_in(root, "waiting", RIGHT)
    with open_gradebook(course_directory(root)) as gradebook:
        gradebook.add_student("absent")
    return root


def collect_a_zip(root, student):
    small.hand_in(root, student, RIGHT)
    archive = root / "downloaded" / WEEK / "archive"
    archive.mkdir(parents=True)
    handed_in = root / "submitted" / student
    with zipfile.ZipFile(archive / f"{student}.zip", "w") as file:
        file.write(handed_in / WEEK / "small.ipynb", f"{WEEK}/small.ipynb")
    shutil.rmtree(handed_in)
    nbgrader(root, "zip_collect", WEEK)
    assert (handed_in / WEEK / "small.ipynb").exists()


def marks(root, student):
    result = next(result for result in read_marks(root, WEEK) if result.student == student)
    return {mark.name.removeprefix("check_"): mark for mark in result.sheets[0].marks}, result


# ---- generate_assignment ----------------------------------------------------------------------------------------


def test_the_command_itself_makes_the_same_release(course):
    ours = (course / "release" / WEEK / "small.ipynb").read_bytes()
    nbgrader(course, "generate_assignment", WEEK, "--force")
    assert (course / "release" / WEEK / "small.ipynb").read_bytes() == ours


def test_a_release_is_byte_stable_and_touches_no_gradebook(course, tmp_path):
    before = (course / "gradebook.db").read_bytes()
    assert release(WEEK, course / "source", tmp_path / "release")
    assert not release(WEEK, course / "source", tmp_path / "release"), "a second release must change nothing"
    fresh, ours = tmp_path / "release" / WEEK / "small.ipynb", course / "release" / WEEK / "small.ipynb"
    assert fresh.read_bytes() == ours.read_bytes()
    assert (course / "gradebook.db").read_bytes() == before


def test_the_release_holds_no_solution_and_no_hidden_test(course):
    source = (course / "source" / WEEK / "small.ipynb").read_text(encoding="utf-8")
    text = (course / "release" / WEEK / "small.ipynb").read_text(encoding="utf-8")
    for secret in (small.SECRET_SEED, "// s + 1", "add nothing to a sum", "BEGIN"):
        assert secret in source
        assert secret not in text


def test_the_stub_says_in_words_that_it_is_to_be_written(course):
    cell = small.cell_of(small.released(course), "zero_pad")
    assert 'raise NotImplementedError("This function is still to be written' in cell.source
    compile(cell.source, "stub", "exec")


def test_a_week_with_marks_keeps_its_graded_cells(course, tmp_path):
    """Marks would hang in the air; the old release stays and the message says what to do."""
    first = MANUSCRIPT.index('# %% tags=["exercise"] graded="zero_pad"')
    shorter = MANUSCRIPT[:first] + MANUSCRIPT[MANUSCRIPT.index("# %% [markdown]\n# Why zeros?") :]
    source = tmp_path / "source" / WEEK
    source.mkdir(parents=True)
    notebook = to_notebook(shorter, WEEK, {"conv_output_size": 4})
    (source / "small.ipynb").write_text(dumps(notebook), encoding="utf-8")
    before = (course / "release" / WEEK / "small.ipynb").read_bytes()
    with pytest.raises(ReleaseError, match="keep their names until the marks are out"):
        release(WEEK, tmp_path / "source", course / "release", gradebook=course_directory(course).db_url)
    assert (course / "release" / WEEK / "small.ipynb").read_bytes() == before


def test_an_unmarked_solution_is_refused(course, tmp_path):
    """The manuscript's markers are in a setup cell, where nbgrader does not expect them."""
    notebook = to_notebook(MANUSCRIPT, WEEK, POINTS)
    notebook.cells[1].source += "\n### BEGIN SOLUTION\nsecret = 1\n### END SOLUTION"
    (tmp_path / "source" / WEEK).mkdir(parents=True)
    (tmp_path / "source" / WEEK / "small.ipynb").write_text(dumps(notebook), encoding="utf-8")
    with pytest.raises(ReleaseError, match="non-solution cell"):
        release(WEEK, tmp_path / "source", tmp_path / "release")


def test_files_beside_the_notebooks_are_not_released(course, tmp_path):
    shutil.copytree(course / "source", tmp_path / "source")
    (tmp_path / "source" / WEEK / "small.py").write_text(MANUSCRIPT, encoding="utf-8")
    release(WEEK, tmp_path / "source", tmp_path / "release")
    assert [path.name for path in (tmp_path / "release" / WEEK).iterdir()] == ["small.ipynb"]


# ---- autograde --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("student", ["right", "late", "zipped", "own_helper"])
def test_right_answers_get_full_points(course, student):
    assert marks(course, student)[1].total == FULL


def test_an_unfinished_notebook_gets_nothing(course):
    assert marks(course, "empty")[1].total == 0


def test_partial_credit_arrives(course):
    cell = small.cell_of(small.autograded(course, "partly"), "check_zero_pad")
    assert "3 of 5 parts passed" in cell.outputs[0].data["text/plain"]
    assert 0 < marks(course, "partly")[0]["zero_pad"].points < POINTS["zero_pad"]


def test_text_on_stderr_costs_nothing(course):
    notebook = small.autograded(course, "noisy")
    assert "a line from a compiled library" in str([cell.get("outputs") for cell in notebook.cells])
    assert marks(course, "noisy")[1].total == FULL


def test_demo_and_training_cells_are_not_run(course):
    folder = course / "autograded" / "right" / WEEK
    assert sorted(path.name for path in folder.iterdir()) == ["small.ipynb"]


def test_outputs_that_a_student_sent_are_not_taken_over(course):
    sent = nbformat.read(course / "submitted" / "right" / WEEK / "small.ipynb", as_version=4)
    assert small.DEMO_PICTURE in str(sent.cells)
    assert small.DEMO_PICTURE not in str(small.autograded(course, "right").cells)


def test_a_check_runs_whatever_tags_a_student_gives_it(course):
    """nbgrader gives full points to a check cell without output."""
    cell = small.cell_of(small.autograded(course, "tagger"), "check_zero_pad")
    assert cell.outputs
    cell.outputs = []
    assert determine_grade(cell)[0] == POINTS["zero_pad"]
    assert marks(course, "tagger")[1].total == 0


# ---- feedback ---------------------------------------------------------------------------------------------------


def feedback(root, student):
    return (root / "feedback" / student / WEEK / "small.html").read_text(encoding="utf-8")


def test_feedback_shows_no_hidden_test(course):
    cell = small.cell_of(small.autograded(course, "unparsable"), "check_zero_pad")
    assert small.SECRET_SEED in cell.source, "an instructor sees the whole check"
    for student in ("right", "partly", "unparsable", "noisy", "empty"):
        page = feedback(course, student)
        assert small.SECRET_SEED not in page
        assert "HIDDEN" not in page


def test_feedback_says_what_each_check_said(course):
    page = feedback(course, "partly")
    assert "Only height and width grow" in page
    assert "no valid Python" in feedback(course, "unparsable")


def test_feedback_runs_no_script_of_a_student(course):
    page = feedback(course, "right")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# ---- export, table, marking by hand -----------------------------------------------------------------------------


def test_export_has_no_score_where_there_is_none(course):
    nbgrader(course, "export", "--to", "marks.csv")
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(rows["right"]["score"]) == FULL
    assert (rows["empty"]["score"], rows["empty"]["status"]) == ("0.0", "graded")
    assert (rows["waiting"]["score"], rows["waiting"]["status"]) == ("", "not graded yet")
    assert rows["absent"]["status"] == "not handed in"
    assert all(float(row["max_score"]) == FULL for row in rows.values())


def test_the_table_tells_not_graded_from_nothing_and_from_zero(course):
    lines = grade_table(WEEK, read_marks(course, WEEK)).splitlines()
    first = {line.split()[0]: line.split()[1:] for line in lines[:18] if line.split()}
    assert first["waiting"] == ["not", "graded", "not", "graded"]
    assert first["absent"] == ["-", "-"]
    assert first["empty"] == ["0", "0"]
    assert max(map(len, lines)) <= 100


def test_the_table_names_the_mistake_and_the_delay(course, capsys, monkeypatch):
    monkeypatch.chdir(course)
    grader_main(["table", WEEK])
    page = capsys.readouterr().out
    assert "pads_every_axis" in page
    assert "conv_output_size -4, zero_pad -5: not_written" in page
    assert "zero_pad -5: Its own cell is no valid Python" in page
    assert "late by 3.0 days" in page
    assert "reflection: to be graded by hand" in page


def test_a_failed_regrade_does_not_keep_its_old_points(course):
    """nbgrader's gradebook still has them: only the notebook is gone."""
    place, aside = course / "autograded" / "late", course / "aside"
    place.rename(aside)
    try:
        with open_gradebook(course_directory(course)) as gradebook:
            assert gradebook.find_submission(WEEK, "late").score == FULL
        assert marks(course, "late")[1].total is None
        assert marks(course, "late")[1].state == "not graded yet"
    finally:
        aside.rename(place)


def test_a_person_can_grade_the_reflection(course):
    assert marks(course, "read")[1].sheets[0].reading == "to be graded by hand"
    with open_gradebook(course_directory(course)) as gradebook:
        grade = gradebook.find_grade("reflection_week0", "small", WEEK, "read")
        assert (grade.max_score, grade.auto_score, grade.needs_manual_grade) == (0, None, True)
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 0, 2, False
        gradebook.db.commit()
    _, result = marks(course, "read")
    assert result.total == FULL + 2
    assert result.sheets[0].reading == "graded by hand"


def test_a_failed_command_says_what_failed(course):
    with pytest.raises(NbgraderFailed, match="there are no notebooks in source/week9_nothing"):
        nbgrader(course, "autograde", "week9_nothing")


def test_a_week_that_was_not_released_is_named(course, monkeypatch, capsys):
    monkeypatch.chdir(course)
    assert grader_main(["table", "week9_nothing"]) == 2
    assert "no release of week9_nothing" in capsys.readouterr().err
