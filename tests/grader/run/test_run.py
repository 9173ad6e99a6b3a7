"""A run over a week: who is graded, what is recorded, and what happens when it is cut off at any step."""

import errno
import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from grader.gradebook.writer import GradebookWriter
from grader.job import Graded
from grader.records import spool
from grader.records.ledger import FILE, Ledger, read_books
from grader.records.recorder import Recorder
from grader.records.spool import Spool
from grader.run.request import Choice
from grader.run.summary import STOPPED
from grader.run.trouble import CannotStart, LeftForLater
from grader.verdict import Verdict
from tests.grader import toy_course as toy
from tests.grader.records.soak import broken_rules
from tests.grader.toy_course import (
    WEEK,
    Silence,
    ToyEngine,
    ToyFactory,
    grade,
    hand_in,
    make_course,
    placed,
    scores,
)

CLASS = {"ada": 7, "bob": 3, "eve": 10}


@pytest.fixture
def course(tmp_path):
    root = make_course(tmp_path / "course")
    for student, points in CLASS.items():
        hand_in(root, student, points)
    return root


def right(course, expected=CLASS):
    """Whether everybody has exactly the marks that the toy engine gives, and every rule of the books holds."""
    found = {(student, cell): score for (student, cell), score in scores(course).items() if cell.startswith("check")}
    assert found == {(s, f"check_{name}"): points for s, points in expected.items() for name in toy.NOTEBOOKS}
    assert len(placed(course)) == 2 * len(expected)
    assert broken_rules(course) == []
    return True


# ---- an ordinary run --------------------------------------------------------------------------------------------


def test_everybody_is_graded_once_and_left_alone_after_that(course):
    factory, report = ToyFactory(), Silence()
    summary = grade(course, factory, report=report)
    assert summary.exit_code == 0
    assert sorted(factory.graded) == sorted(CLASS)
    assert right(course)
    again = ToyFactory()
    summary = grade(course, again, report=report)
    assert again.engines == [], "with nothing to grade no engine is started"
    assert (summary.exit_code, [outcome.fresh for outcome in summary.outcomes]) == (0, [False] * 3)
    assert len(report.outcomes) == 6


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda root: hand_in(root, "bob", 4), ["bob"]),
        (lambda root: shutil.rmtree(root / "autograded" / "eve"), ["eve"]),
        (lambda root: (root / "source" / WEEK / "beta.ipynb").write_text(_other_release(root)), [*CLASS]),
        (lambda root: hand_in(root, "new", 1), ["new"]),
        (lambda root: None, []),
    ],
    ids=["another submission", "lost notebooks", "another release", "a new student", "nothing"],
)
def test_what_does_not_stand_any_more_is_graded_again(course, change, expected):
    grade(course)
    change(course)
    factory = ToyFactory()
    assert grade(course, factory).exit_code == 0
    assert sorted(factory.graded) == sorted(expected)


def _other_release(root):
    return (root / "source" / WEEK / "beta.ipynb").read_text().replace("assert f", "assert g")


def test_a_new_gradebook_is_filled_again(course):
    grade(course)
    empty = make_course(course.parent / "other") / "gradebook.db"
    shutil.copy(empty, course / "gradebook.db")
    assert grade(course).exit_code == 0
    assert right(course)


def test_force_and_the_choice_of_students(course):
    grade(course)
    factory = ToyFactory()
    grade(course, factory, choice=Choice("[ab]*", exclude=["bob"], force=True))
    assert factory.graded == ["ada"]


def test_unknown_students_are_left_out_where_the_gradebook_is_to_stay_as_it_is(course):
    with toy.gradebook(course) as book:
        book.add_student("ada")
    summary = grade(course, choice=Choice(create_students=False))
    assert [outcome.student for outcome in summary.outcomes] == ["ada"]
    assert set(summary.left_out) == {"bob", "eve"}
    assert summary.exit_code == 1


def test_one_students_trouble_is_one_students(course):
    (course / "submitted" / "bob" / WEEK / "alpha.ipynb").write_text("broken")
    os.mkfifo(course / "submitted" / "bob" / WEEK / "gamma.ipynb")

    def fall_over(job):
        if job.student == "eve":
            raise MemoryError

    summary = grade(course, ToyFactory(before=fall_over))
    states = {outcome.student: outcome.state for outcome in summary.outcomes}
    assert states == {"ada": "graded", "bob": "refused", "eve": "failed by us"}
    assert summary.exit_code == 1
    page = "\n".join(summary.lines())
    assert "1 of 3 submissions graded" in page
    assert "no fault of yours" in page
    assert "Traceback" not in page
    assert "MemoryError" in (course / "ledger" / "errors.log").read_text()
    assert {student: scores(course)[student, "check_alpha"] for student in CLASS} == {
        "ada": 7,
        "bob": None,
        "eve": None,
    }


@pytest.mark.parametrize("lie", ["student", "week", "digest", "seal"])
def test_an_engine_that_answers_for_something_else_is_not_believed(course, lie):
    class Liar(ToyEngine):
        def grade(self, job):
            graded = super().grade(job)
            return Graded(Verdict(**{**vars(graded.verdict), lie: "other"}), graded.notebooks)

    summary = grade(course, lambda plan, seeds, jobs: Liar(plan))
    assert {outcome.state for outcome in summary.outcomes} == {"failed by us"}
    assert set(scores(course).values()) == {None}


def test_seeds_differ_by_submission_and_stay_the_same(course):
    seen = []

    def factory(plan, seeds, jobs):
        seen.append([seeds(digest, "alpha", "check_alpha") for digest in ("one", "two")])
        return ToyEngine(plan)

    grade(course, factory)
    grade(course, factory, choice=Choice(force=True))
    assert seen[0] == seen[1]
    assert seen[0][0] != seen[0][1]


def test_what_is_recorded_is_the_digest_of_what_the_engine_saw(course):
    """A student swaps the file all the time; each verdict is on the bytes that were graded, and those are stored."""
    over, given = threading.Event(), (course / "release" / WEEK / "alpha.ipynb").read_text()

    def swap():
        points = 0
        while not over.is_set():
            points = (points + 1) % 11
            draft = course / "draft"
            draft.write_text(given.replace("...", f"points = {points}"))
            draft.replace(course / "submitted" / "ada" / WEEK / "alpha.ipynb")

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        for _ in range(20):
            factory = ToyFactory(pause=0.005)
            grade(course, factory, choice=Choice("ada", force=True))
            (job,) = factory.engines[0].graded
            record = read_books(course / "ledger").latest[WEEK, "ada"]
            assert record["verdict"]["digest"] == job.digest
            assert (course / "autograded" / "ada" / WEEK / "alpha.ipynb").read_bytes() == job.files["alpha.ipynb"]
    finally:
        over.set()
        thread.join()


def test_a_folder_that_is_taken_away_is_said_to_be(course):
    def take_away(job):
        shutil.rmtree(course / "submitted" / "eve", ignore_errors=True)

    summary = grade(course, ToyFactory(before=take_away), jobs=1)
    assert [outcome.state for outcome in summary.outcomes] == ["graded", "graded", "taken away"]
    assert broken_rules(course) == []


# ---- not starting -----------------------------------------------------------------------------------------------


def test_a_week_without_notebooks_cannot_start(course):
    from grader.run.orchestrator import grade_week

    for week in ("week9", "../course", "a\x1b[2J"):
        with pytest.raises(CannotStart):
            grade_week(course, week, ToyFactory(), Silence())


def test_a_week_that_the_gradebook_does_not_know_cannot_start(course):
    with toy.gradebook(course) as book:
        book.remove_assignment(WEEK)
    with pytest.raises(CannotStart, match="make release tells it"):
        grade(course)


def test_a_cell_that_the_gradebook_does_not_know_cannot_start(course):
    path = course / "source" / WEEK / "beta.ipynb"
    path.write_text(path.read_text().replace("check_beta", "check_gamma"))
    with pytest.raises(CannotStart, match="check_gamma"):
        grade(course)


def test_an_engine_that_does_not_start_is_a_sentence(course):
    def factory(plan, seeds, jobs):
        raise OSError("no sandbox")

    with pytest.raises(CannotStart, match="the engine did not start"):
        grade(course, factory)
    assert grade(course).exit_code == 0


# ---- cut off at each step ---------------------------------------------------------------------------------------


class Cut(BaseException):
    """Stands for the end of the process: nothing of ours handles it."""


def cut_before(owner, name, *, nth=1):
    """Make the nth call of a step end the run before it does anything, or after it has done everything."""

    def wrapped(real):
        calls = []

        def step(*args, **more):
            calls.append(1)
            if len(calls) == nth:
                raise Cut
            return real(*args, **more)

        return step

    return owner, name, wrapped


def cut_after(owner, name, *, nth=1):
    def wrapped(real):
        calls = []

        def step(*args, **more):
            result = real(*args, **more)
            calls.append(1)
            if len(calls) == nth:
                raise Cut
            return result

        return step

    return owner, name, wrapped


def cut_before_record(kind):
    def wrapped(real):
        def add(self, of_kind, *args, **more):
            if of_kind == kind:
                raise Cut
            return real(self, of_kind, *args, **more)

        return add

    return Ledger, "add", wrapped


STEPS = {
    "before the spool": cut_before(Spool, "put"),
    "in the middle of the spool": cut_before(spool, "_sync_folder"),
    "after the spool": cut_after(Spool, "put"),
    "before the verdict": cut_before_record("verdict"),
    "before the gradebook": cut_before(GradebookWriter, "write"),
    "in the middle of the transaction": cut_before(GradebookWriter, "_grade", nth=2),
    "after the gradebook": cut_after(GradebookWriter, "write"),
    "before a move": cut_before(Path, "replace"),
    "between two moves": cut_after(Path, "replace"),
    "after the moves": cut_after(Spool, "deliver"),
    "before the last record": cut_before_record("recorded"),
    "before the spool is emptied": cut_before(Spool, "drop"),
    "after everything": cut_after(Recorder, "record"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("earlier", [False, True], ids=["first grading", "regrading"])
def test_a_run_cut_off_at_any_step_is_finished_by_the_next(course, step, earlier):
    if earlier:
        for student in CLASS:
            hand_in(course, student, 1)
        grade(course, jobs=1)
        for student, points in CLASS.items():
            hand_in(course, student, points)
    owner, name, wrapped = STEPS[step]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, wrapped(getattr(owner, name)))
        with pytest.raises(Cut):
            grade(course, jobs=1)
    known = {r["student"] for r in read_books(course / "ledger").unfinished.values() if r["kind"] == "verdict"}
    factory = ToyFactory()
    assert grade(course, factory).exit_code == 0
    assert not known & set(factory.graded), "a verdict that the ledger has is not made again"
    assert right(course)


def test_in_another_order_of_steps_a_cut_does_lose_a_mark(course, monkeypatch):
    """The control: a ledger that says "recorded" before the gradebook has the mark is believed by the next run."""
    grade(course)
    hand_in(course, "ada", 9)
    real = Ledger.add

    def add(self, kind, identity, week, student, **about):
        record = real(self, kind, identity, week, student, **about)
        if kind == "verdict":
            real(self, "recorded", identity, week, student)
        return record

    owner, name, wrapped = cut_before(GradebookWriter, "write")
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "add", add)
        patch.setattr(owner, name, wrapped(getattr(owner, name)))
        with pytest.raises(Cut):
            grade(course)
    assert grade(course).exit_code == 0
    assert scores(course)["ada", "check_alpha"] == CLASS["ada"], "her new mark is lost"


def test_notebooks_that_left_the_spool_by_another_hand_are_made_again(course):
    with pytest.MonkeyPatch.context() as patch:
        owner, name, wrapped = cut_before(GradebookWriter, "write")
        patch.setattr(owner, name, wrapped(getattr(owner, name)))
        with pytest.raises(Cut):
            grade(course, jobs=1)
    shutil.rmtree(course / "ledger" / "spool")
    summary = grade(course)
    assert "graded anew" in summary.notes[0]
    assert summary.exit_code == 0
    assert right(course)


def test_a_mark_for_a_notebook_that_is_not_asked_for_any_more_is_made_anew(course):
    with pytest.MonkeyPatch.context() as patch:
        owner, name, wrapped = cut_before(GradebookWriter, "write")
        patch.setattr(owner, name, wrapped(getattr(owner, name)))
        with pytest.raises(Cut):
            grade(course, jobs=1)
    for stage in ("source", "release"):
        (course / stage / WEEK / "beta.ipynb").unlink()
    with toy.gradebook(course) as book:
        book.remove_notebook("beta", WEEK)
    summary = grade(course)
    assert "does not know beta" in summary.notes[0]
    assert summary.exit_code == 0
    assert set(scores(course).values()) == {*CLASS.values(), None}


def test_a_damaged_ledger_costs_a_regrading_and_no_mark(course):
    grade(course, jobs=1)
    path = course / "ledger" / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    for place in (1, 4, 8):
        lines[place] = lines[place][:40] + b"\xff" + lines[place][41:]
    path.write_bytes(b"".join(lines))
    summary = grade(course)
    assert summary.exit_code == 0
    assert sum("is damaged" in note for note in summary.notes) == 3
    assert {s: scores(course)[s, "check_beta"] for s in CLASS} == CLASS


@pytest.mark.parametrize("failures", [1, 2, 3])
def test_an_old_verdict_that_could_not_be_recorded_never_overtakes_a_newer_one(course, monkeypatch, failures):
    """Twice the gradebook is away while the first verdict is tried; the newer one gets through before it."""
    calls, real = [], GradebookWriter.write

    def write(self, verdict, *args):
        calls.append(verdict.student)
        if calls.count("ada") <= failures and verdict.student == "ada":
            raise LeftForLater("the gradebook is away")
        real(self, verdict, *args)

    monkeypatch.setattr(GradebookWriter, "write", write)
    factory = ToyFactory()
    grade(course, factory)
    hand_in(course, "ada", 9)
    for _ in range(3):
        summary = grade(course, factory)
    assert summary.exit_code == 0
    assert factory.graded.count("ada") == 2, "once for each submission"
    assert right(course, {**CLASS, "ada": 9})


def test_a_fault_of_ours_outside_the_engine_is_one_students_too(course, monkeypatch):
    real = Ledger.start

    def start(self, week, student, **about):
        if student == "bob":
            raise ZeroDivisionError
        return real(self, week, student, **about)

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "start", start)
        summary = grade(course)
    states = {outcome.student: outcome.state for outcome in summary.outcomes}
    assert states == {"ada": "graded", "bob": "failed by us", "eve": "graded"}
    assert grade(course).exit_code == 0
    assert right(course)


# ---- disk full, Ctrl-C ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["spool", "ledger", "autograded"])
def test_a_full_disk_stops_the_run_in_words_and_loses_nothing(course, where):
    def full(*args, **more):
        if where != "ledger" or b'"kind":"verdict"' in args[1]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(*args)

    write = os.write
    broken = {"spool": (spool, "_sync_folder"), "ledger": (os, "write"), "autograded": (Path, "replace")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*broken[where], full)
        summary = grade(course, jobs=1)
    assert summary.exit_code == 1
    assert "No space left on device" in summary.stopped
    assert "nothing that was graded is lost" in summary.stopped
    assert grade(course).exit_code == 0
    assert right(course)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts a small disk")
@pytest.mark.parametrize("room", [0, 4, 20, 60, 100], ids="{} kB".format)
def test_a_disk_that_is_really_full_loses_nothing(tmp_path, room):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        root = make_course(disk / "course")
        for student, points in CLASS.items():
            hand_in(root, student, points)
        free = shutil.disk_usage(disk).free
        (disk / "ballast").write_bytes(b"x" * max(0, free - room * 1000))
        try:
            summary = grade(root, jobs=1)
            assert summary.exit_code == 1
            assert any("full" in text or "No space" in text for text in summary.lines())
        except CannotStart as why:
            assert "No space" in str(why) or "full" in str(why)
        (disk / "ballast").unlink()
        assert grade(root).exit_code == 0
        assert right(root)
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_ctrl_c_ends_after_the_step_under_way_and_the_next_run_goes_on(course):
    """The engine is closed, which ends what is being graded; that ends up nowhere."""

    class Interrupted(ToyEngine):
        def grade(self, job):
            if job.student != "ada":
                os.kill(os.getpid(), signal.SIGINT)
                while self.open:
                    closed.wait(0.01)
                raise ConnectionError("killed")
            return super().grade(job)

    closed, report = threading.Event(), Silence()
    summary = grade(course, lambda plan, seeds, jobs: Interrupted(plan), jobs=1, report=report)
    assert summary.exit_code == STOPPED
    assert [outcome.student for outcome in summary.outcomes] == ["ada"]
    assert report.said[0].startswith("Stopping")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert broken_rules(course) == []
    factory = ToyFactory()
    assert grade(course, factory).exit_code == 0
    assert sorted(factory.graded) == ["bob", "eve"]
    assert right(course)


def test_two_runs_in_one_course_do_not_mix(course):
    refusals = []

    def second_run(job):
        try:
            grade(course)
        except CannotStart as why:
            refusals.append(str(why))

    assert grade(course, ToyFactory(before=second_run)).exit_code == 0
    assert len(refusals) == 3
    assert "is grading in this course" in refusals[0]
    assert right(course)
