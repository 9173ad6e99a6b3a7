"""A verdict in nbgrader's gradebook: what a person gave stays, what an earlier grading gave does not."""

import sqlite3
import threading

import pytest
from nbgrader.api import Gradebook

from grader.gradebook import writer as module
from grader.gradebook.writer import GradebookWriter
from grader.run.request import Choice
from grader.run.summary import MARKED
from grader.run.trouble import CannotStart
from tests.grader import toy_course as toy
from tests.grader.toy_course import WEEK, ToyEngine, ToyFactory, grade, hand_in, make_course, placed, scores

FORCE = Choice(force=True)
LATE = "2020-01-12 12:00:00 UTC"
PENALTY_PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin
class Half(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        assert total_seconds_late == 86400
        return {amount}
c.AssignLatePenalties.plugin_class = Half
"""


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "course")


def grade_row(book, student="ada", cell="check_alpha", notebook="alpha"):
    return book.find_grade(cell, notebook, WEEK, student)


def comment_row(book, cell, student="ada"):
    return book.find_comment(cell, "alpha", WEEK, student)


def test_scores_arrive_and_nbgrader_adds_them_up(course):
    hand_in(course, "ada", 7, when=LATE)
    assert grade(course).exit_code == 0
    with toy.gradebook(course) as book:
        submission = book.find_submission(WEEK, "ada")
        assert (submission.score, submission.max_score) == (14, 20)
        assert (submission.timestamp.day, submission.total_seconds_late) == (12, 86400)
        assert grade_row(book).needs_manual_grade is False


@pytest.mark.filterwarnings("ignore:Object of type <Submitted")  # nbgrader's own
def test_the_rows_are_those_that_nbgrader_itself_would_make(course):
    hand_in(course, "ada", 7)
    grade(course)
    with toy.gradebook(course) as book:
        book.add_student("bob")
        book.add_submission(WEEK, "bob")

        def shape(student):
            return {
                (paper.name, kind, row.name)
                for paper in book.find_submission(WEEK, student).notebooks
                for kind in ("grades", "comments")
                for row in getattr(paper, kind)
            }

        assert shape("ada") == shape("bob")


def test_grading_again_adds_no_rows(course):
    hand_in(course, "ada", 7)
    grade(course)

    def counts():
        with sqlite3.connect(course / "gradebook.db") as database:
            tables = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")
            return [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]

    before = counts()
    assert before == [1, 1, 2, 3, 3]
    grade(course, choice=FORCE)
    assert counts() == before


def test_an_answer_in_words_waits_for_a_person_and_a_missing_one_gets_nothing(course):
    hand_in(course, "ada", words="Because.")
    hand_in(course, "bob", words="Your words.")
    grade(course)
    with toy.gradebook(course) as book:
        answer, none = (grade_row(book, student, "words") for student in ("ada", "bob"))
        assert (answer.auto_score, answer.needs_manual_grade) == (None, True)
        assert (none.auto_score, none.needs_manual_grade) == (0, False)
        assert comment_row(book, "words").auto_comment is None
        assert comment_row(book, "words", "bob").auto_comment == "No response."
        assert comment_row(book, "f_alpha").auto_comment is None


def test_an_exercise_left_as_it_was_is_called_no_response(course):
    folder = hand_in(course, "ada")
    text = (folder / "alpha.ipynb").read_text()
    (folder / "alpha.ipynb").write_text(text.replace("points = 10", "..."))

    class Generous(ToyEngine):
        def _sheet(self, name, content, refused):
            return super()._sheet(name, content.replace(b'"..."', b'"points = 0"') if content else content, refused)

    grade(course, lambda plan, seeds, jobs: Generous(plan))
    with toy.gradebook(course) as book:
        assert comment_row(book, "f_alpha").auto_comment == "No response."


def test_what_a_person_gave_survives_a_regrade_and_is_to_be_looked_at_again(course):
    hand_in(course, "ada", 7)
    grade(course)
    with toy.gradebook(course) as book:
        row, answer = grade_row(book), grade_row(book, cell="words")
        row.manual_score, row.extra_credit, row.needs_manual_grade = 9, 1, False
        answer.manual_score, answer.needs_manual_grade = 0, False
        comment_row(book, "words").manual_comment = "Well said."
        book.db.commit()
    hand_in(course, "ada", 3)
    grade(course)
    with toy.gradebook(course) as book:
        row = grade_row(book)
        assert (row.auto_score, row.manual_score, row.extra_credit, row.score) == (3, 9, 1, 10)
        assert row.needs_manual_grade is True
        assert grade_row(book, cell="words").manual_score == 0
        assert comment_row(book, "words").comment == "Well said."
        assert book.find_submission(WEEK, "ada").score == 13


def spoil(folder, name="alpha"):
    (folder / f"{name}.ipynb").write_text("no notebook")


def fail(job):
    raise RuntimeError("the engine fell over")


def test_a_regrade_that_refuses_keeps_no_mark_and_no_notebook(course):
    folder = hand_in(course, "ada", 7, when=LATE)
    grade(course)
    assert scores(course)["ada", "check_alpha"] == 7
    assert "ada/week0/alpha.ipynb" in placed(course)
    spoil(folder)
    summary = grade(course)
    assert summary.exit_code == 1
    assert scores(course)["ada", "check_alpha"] is None
    assert scores(course)["ada", "words"] is None
    assert scores(course)["ada", "check_beta"] == 7
    assert set(placed(course)) == {"ada/week0/beta.ipynb"}


def test_a_forced_regrade_that_fails_by_our_fault_keeps_no_mark(course):
    hand_in(course, "ada", 7)
    grade(course)
    summary = grade(course, ToyFactory(before=fail), choice=FORCE)
    assert [outcome.state for outcome in summary.outcomes] == ["failed by us"]
    assert set(scores(course).values()) == {None}
    assert placed(course) == {}
    assert not (course / "autograded" / "ada" / WEEK).exists(), "formgrader takes the folder for graded work"
    assert grade(course).exit_code == 0, "a failure of ours is tried again without being asked"
    assert scores(course)["ada", "check_alpha"] == 7


def test_a_notebook_that_was_not_handed_in_gets_nothing_as_in_nbgrader(course):
    hand_in(course, "ada", 7, names=("beta",))
    assert grade(course).exit_code == 0
    with toy.gradebook(course) as book:
        row = grade_row(book)
        assert (row.auto_score, row.needs_manual_grade) == (0, False)
    assert scores(course)["ada", "words"] == 0


def test_a_folder_without_any_notebook_has_no_marks_at_all(course):
    hand_in(course, "ada", names=())
    summary = grade(course)
    assert (summary.outcomes[0].state, summary.exit_code) == ("refused", 1)
    assert set(scores(course).values()) == {None}


# ---- late work --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "expected"), [("score / 2", 3.5), ("score + 1", 7), ("-1", 0), ("None", None)])
def test_late_work_is_charged_by_the_configured_plugin_within_nbgraders_bounds(tmp_path, amount, expected):
    course = make_course(tmp_path / "course", PENALTY_PLUGIN.format(amount=amount))
    hand_in(course, "ada", 7, when=LATE)
    hand_in(course, "bob", 7, when="2020-01-10 12:00:00 UTC")
    assert grade(course).exit_code == 0
    with toy.gradebook(course) as book:
        papers = {
            s.student.id: [p.late_submission_penalty for p in s.notebooks] for s in book.assignment_submissions(WEEK)
        }
    assert papers == {"ada": [expected] * 2, "bob": [None] * 2}


def test_an_extension_is_granted(tmp_path):
    course = make_course(tmp_path / "course", "c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    hand_in(course, "ada", 7, when=LATE)
    grade(course)
    with toy.gradebook(course) as book:
        assert book.find_submission(WEEK, "ada").late_submission_penalty == 14
        book.grant_extension(WEEK, "ada", days=2)
    grade(course, choice=FORCE)
    with toy.gradebook(course) as book:
        assert book.find_submission(WEEK, "ada").late_submission_penalty == 0


def test_a_new_time_alone_is_reason_to_grade_again(course):
    hand_in(course, "ada", when=LATE)
    grade(course)
    hand_in(course, "ada", when="2020-01-13 12:00:00 UTC")
    factory = ToyFactory()
    grade(course, factory)
    assert factory.graded == ["ada"]
    with toy.gradebook(course) as book:
        assert book.find_submission(WEEK, "ada").timestamp.day == 13


def test_a_plugin_that_falls_over_leaves_the_mark_for_later_and_says_so(tmp_path):
    course = make_course(tmp_path / "course", PENALTY_PLUGIN.format(amount="1 / 0"))
    hand_in(course, "ada", 7, when=LATE)
    hand_in(course, "bob", 7)
    states = {outcome.student: outcome for outcome in grade(course).outcomes}
    assert states["ada"].state == "not recorded yet"
    assert "ZeroDivisionError" in states["ada"].why
    assert states["bob"].state in MARKED


# ---- trouble with the database ----------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch):
    """A writer that gives up within moments, and the pauses it made."""
    pauses = []
    monkeypatch.setattr(module.time, "sleep", pauses.append)
    return pauses


@pytest.fixture
def quick_course(tmp_path):
    """A course whose database reports a lock at once."""
    url = f"c.CourseDirectory.db_url = 'sqlite:///{tmp_path}/course/gradebook.db?timeout=0.01'\n"
    return make_course(tmp_path / "course", url)


def lock(course):
    database = sqlite3.connect(course / "gradebook.db")
    database.execute("BEGIN EXCLUSIVE")
    return database


class LockBefore(ToyFactory):
    """Locks the gradebook when the first job comes, as a program beside us would."""

    def __init__(self, course):
        self.held = None
        guard = threading.Lock()

        def before(job):
            with guard:
                if self.held is None:
                    self.held = sqlite3.connect(course / "gradebook.db", check_same_thread=False)
                    self.held.execute("BEGIN EXCLUSIVE")

        super().__init__(before=before)


def test_a_locked_gradebook_is_waited_for_and_then_left_to_the_next_run(quick_course, impatient):
    for student in ("ada", "bob"):
        hand_in(quick_course, student, 7)
    factory = LockBefore(quick_course)
    summary = grade(quick_course, factory)
    assert {outcome.state for outcome in summary.outcomes} == {"not recorded yet"}
    assert "locked" in summary.outcomes[0].why
    assert summary.exit_code == 1
    assert [pause for pause in impatient if pause] == list(module._PAUSES), "one minute a run, not one a student"
    factory.held.close()
    again = ToyFactory()
    summary = grade(quick_course, again)
    assert summary.exit_code == 0
    assert again.graded == [], "what is in the ledger is not graded again"
    assert "left by an interrupted run, was recorded" in summary.notes[0]
    assert scores(quick_course)["bob", "check_beta"] == 7
    assert len(placed(quick_course)) == 4


def test_a_gradebook_that_is_locked_from_the_start_cannot_start_a_run(quick_course):
    hand_in(quick_course, "ada")
    held = lock(quick_course)
    with pytest.raises(CannotStart, match="locked"):
        grade(quick_course)
    held.close()
    assert grade(quick_course).exit_code == 0


def test_a_lock_that_is_given_back_costs_nothing(quick_course, monkeypatch):
    hand_in(quick_course, "ada")
    factory = LockBefore(quick_course)
    monkeypatch.setattr(module.time, "sleep", lambda pause: factory.held.close())
    assert grade(quick_course, factory).exit_code == 0


def test_a_verdict_is_written_whole_or_not_at_all(course, monkeypatch):
    hand_in(course, "ada", 7)
    grade(course)
    hand_in(course, "ada", 3)
    real, calls = GradebookWriter._grade, []

    def second_time_fails(self, *args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(self, *args, **more)

    with monkeypatch.context() as broken:
        broken.setattr(GradebookWriter, "_grade", second_time_fails)
        with pytest.raises(KeyboardInterrupt):
            grade(course)
    assert {scores(course)["ada", f"check_{name}"] for name in toy.NOTEBOOKS} == {7}
    grade(course)
    assert {scores(course)["ada", f"check_{name}"] for name in toy.NOTEBOOKS} == {3}


def test_nothing_but_the_address_of_the_database_binds_it_to_sqlite(course):
    """Every statement compiles for PostgreSQL."""
    from sqlalchemy import event
    from sqlalchemy.dialects import postgresql

    hand_in(course, "ada", 7)
    seen = []
    real = Gradebook.__init__

    def watched(self, *args, **more):
        real(self, *args, **more)
        event.listen(self.engine, "before_execute", lambda connection, clause, *rest: seen.append(clause))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gradebook, "__init__", watched)
        grade(course)
        grade(course, choice=FORCE)
    assert len(seen) > 10
    assert all(str(clause.compile(dialect=postgresql.dialect())) for clause in seen)
