"""Taking in submissions: plain files are read once; whatever else lies there is named and left alone."""

import os
import socket
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake import submission as intake
from grader.intake.names import LONGEST, odd_name, printable
from grader.intake.submission import MOST_BYTES, MOST_FILES, MOST_NOTEBOOKS, find_students, read_timestamp, take_in
from grader.job import Job

WEEK, WANTED = "week0", ("alpha", "beta")
SECRET = b"the marks of the whole class"


@pytest.fixture
def submitted(tmp_path):
    (tmp_path / "submitted" / "eve" / WEEK).mkdir(parents=True)
    (tmp_path / "secret").write_bytes(SECRET)
    return tmp_path / "submitted"


@pytest.fixture
def folder(submitted):
    return submitted / "eve" / WEEK


def job(submitted, student="eve"):
    return take_in(submitted, student, WEEK, WANTED).job


def read_as_nbgrader_does(path, most=1 << 20):
    """What an unprotected reader makes of a path: it opens it."""
    with path.open("rb") as file:
        return file.read(most)


def test_notebooks_are_read_and_nothing_else_is(submitted, folder):
    (folder / "alpha.ipynb").write_bytes(b"{}")
    (folder / "Beta 2.IPYNB").write_bytes(b"not json")
    for name in ("numpy.py", "nbgrader_config.py", "notes.txt"):
        (folder / name).symlink_to(submitted.parent / "secret")
    (folder / ".ipynb_checkpoints").mkdir()
    assert job(submitted) == Job("eve", WEEK, {"alpha.ipynb": b"{}", "Beta 2.IPYNB": b"not json"}, {})


# ---- tricks with files: each is shown to work on a reader that opens what it finds ------------------------------


def make_link(path, secret):
    path.symlink_to(secret)


def make_hard_link(path, secret):
    os.link(secret, path)


def make_sparse(path, secret):
    with path.open("wb") as file:
        file.truncate(600_000_000)


def make_pipe_with_writer(path, secret):
    os.mkfifo(path)
    threading.Thread(target=lambda: path.write_bytes(SECRET), daemon=True).start()


def make_folder(path, secret):
    path.mkdir()


def make_socket(path, secret):
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket has to be short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def make_device(path, secret):
    try:
        os.mknod(path, 0o20666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


def make_large(path, secret):
    path.write_bytes(b"x" * (MOST_BYTES + 1))


def make_loop(path, secret):
    path.symlink_to(path.name)


READABLE = {
    make_link: "is a link",
    make_hard_link: "hard link",
    make_sparse: "larger than 25 MB",
    make_pipe_with_writer: "named pipe",
    make_device: "device",
    make_large: "larger than 25 MB",
}
UNREADABLE = {make_folder: "is a folder", make_socket: "socket", make_loop: "is a link"}


@pytest.mark.parametrize("make", READABLE, ids=lambda make: make.__name__)
def test_a_trick_that_an_open_reader_falls_for_is_refused(submitted, folder, make):
    make(folder / "alpha.ipynb", submitted.parent / "secret")
    refused = job(submitted).refused["alpha.ipynb"]  # before the control, which may drain a pipe
    assert refused.startswith("alpha.ipynb ") and READABLE[make] in refused and refused.endswith(".")
    assert read_as_nbgrader_does(folder / "alpha.ipynb"), "the trick itself does not work"


@pytest.mark.parametrize("make", UNREADABLE, ids=lambda make: make.__name__)
def test_a_trick_that_stops_an_open_reader_is_refused(submitted, folder, make):
    make(folder / "alpha.ipynb", submitted.parent / "secret")
    with pytest.raises(OSError):
        read_as_nbgrader_does(folder / "alpha.ipynb")
    (folder / "beta.ipynb").write_bytes(b"{}")
    taken = job(submitted)
    assert UNREADABLE[make] in taken.refused["alpha.ipynb"]
    assert taken.files == {"beta.ipynb": b"{}"}, "one odd file must not cost the others"


def test_a_pipe_that_nobody_writes_to_holds_nobody_up(submitted, folder):
    os.mkfifo(folder / "alpha.ipynb")
    opened = threading.Event()

    def open_reader():
        read_as_nbgrader_does(folder / "alpha.ipynb")
        opened.set()

    threading.Thread(target=open_reader, daemon=True).start()
    assert not opened.wait(0.5), "a reader that opens it must hang"
    assert "named pipe" in job(submitted).refused["alpha.ipynb"]
    (folder / "alpha.ipynb").write_bytes(b"")  # lets the other reader go
    assert opened.wait(60)


@pytest.mark.parametrize("at", ["student", "week"])
def test_a_folder_that_is_a_link_is_refused(submitted, at):
    victim = submitted / "ada" / WEEK
    victim.mkdir(parents=True)
    (victim / "alpha.ipynb").write_bytes(SECRET)
    if at == "student":
        (submitted / "mallory").symlink_to("ada")
    else:
        (submitted / "mallory").mkdir()
        (submitted / "mallory" / WEEK).symlink_to(victim)
    assert read_as_nbgrader_does(submitted / "mallory" / WEEK / "alpha.ipynb") == SECRET
    taken = job(submitted, "mallory")
    assert not taken.files
    assert set(taken.refused) == {"alpha.ipynb", "beta.ipynb"}
    assert all("is a link" in why for why in taken.refused.values())
    students, left_out = find_students(submitted, WEEK)
    assert ("mallory" in left_out) == (at == "student")
    assert "ada" in students


@pytest.mark.parametrize("kind", [os.mkfifo, Path.touch])
def test_a_week_that_is_no_folder_is_refused(submitted, kind):
    (submitted / "mallory").mkdir()
    kind(submitted / "mallory" / WEEK)
    assert "mallory" in find_students(submitted, WEEK)[0]
    assert "no folder" in job(submitted, "mallory").refused["alpha.ipynb"]


def test_too_many_notebooks_leave_those_of_the_week(submitted, folder):
    for number in range(MOST_NOTEBOOKS + 3):
        (folder / f"a{number:02}.ipynb").write_bytes(b"{}")
    (folder / "beta.ipynb").write_bytes(b"mine")
    taken = job(submitted)
    assert len(taken.files) == MOST_NOTEBOOKS
    assert taken.files["beta.ipynb"] == b"mine"
    assert all("more than 20 notebooks" in why for why in taken.refused.values())


def test_a_flood_of_files_is_refused_whole_without_reading_the_list(submitted, folder):
    for number in range(MOST_FILES + 1):
        (folder / f"{number}.txt").touch()
    assert set(job(submitted).refused) == {"alpha.ipynb", "beta.ipynb"}
    assert "more than 200 files" in job(submitted).refused["beta.ipynb"]


def test_notebooks_that_are_too_much_together_are_refused_one_by_one(submitted, folder, monkeypatch):
    monkeypatch.setattr(intake, "MOST_BYTES_IN_ALL", 10)
    for name in ("alpha", "beta", "gamma"):
        (folder / f"{name}.ipynb").write_bytes(b"12345678")
    taken = job(submitted)
    assert list(taken.files) == ["alpha.ipynb"]
    assert set(taken.refused) == {"beta.ipynb", "gamma.ipynb"}


def test_a_folder_that_vanishes_is_no_submission(submitted):
    with pytest.raises(FileNotFoundError):
        take_in(submitted, "nobody", WEEK, WANTED)


def test_what_is_graded_is_what_was_read_whatever_is_swapped_meanwhile(submitted, folder):
    """A check followed by a second opening would take the link; here each job holds one of the two honest contents."""
    honest, other = b"A" * 300_000, b"B" * 300_000
    notebook, draft = folder / "alpha.ipynb", folder.parent / "draft"
    notebook.write_bytes(honest)
    over = threading.Event()

    def swap():
        turn = 0
        while not over.is_set():
            turn += 1
            draft.unlink(missing_ok=True)
            if turn % 3 == 0:
                draft.symlink_to(submitted.parent / "secret")
            else:
                draft.write_bytes(honest if turn % 3 == 1 else other)
            draft.replace(notebook)

    thread = threading.Thread(target=swap)
    thread.start()
    fooled, seen, refused = 0, 0, 0
    end = time.monotonic() + 60
    try:
        while (fooled < 3 or seen < 100 or refused < 3) and time.monotonic() < end:
            if not notebook.is_symlink() and read_as_nbgrader_does(notebook, 400_000) == SECRET:
                fooled += 1  # the control: look first, then open
            taken = job(submitted)
            seen += 1
            refused += "alpha.ipynb" in taken.refused
            assert taken.files.get("alpha.ipynb", honest) in (honest, other)
    finally:
        over.set()
        thread.join()
    assert fooled >= 1, "a reader that looks first was never fooled: the swapper proves nothing"
    assert seen >= 100


# ---- names ------------------------------------------------------------------------------------------------------

ODD = [
    "",
    ".",
    "..",
    "../ada",
    "ada/../bob",
    "/etc/passwd",
    "..\\ada",
    "C:ada",
    "-rf",
    ".hidden",
    " ada",
    "ada ",
    "ada\n",
    "ada\x1b[2J",
    "ada\x00",
    "a\u202eda",
    "a\u200bda",
    "ada\u2028",
    "a" * (LONGEST + 1),
    "\udc80",
    "ada\uff0fbob",
    "\u2025ada",
    "<script>",
    "ada|sh",
    "ad*",
    "what?",
]


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_a_name_that_could_harm_is_odd(name):
    assert odd_name(name)


@pytest.mark.parametrize(
    "name", ["ada", "ada_l-1", "Ada Lovelace", "Żółć", "李雷", "o'neill", "a.b@c.d", "{{7*7}}"[2:5]]
)
def test_ordinary_names_are_not(name):
    assert not odd_name(name.replace("*", ""))


@given(st.text(max_size=120))
def test_no_accepted_name_leaves_its_folder_or_writes_on_a_terminal(name):
    if not odd_name(name):
        assert Path("a", name).name == name
        assert not name.startswith(("-", ".")) and name.isprintable() and len(name) <= LONGEST
    assert printable(name).isprintable()


def test_folders_with_odd_names_are_listed_and_left_out(submitted):
    for name in ("-rf", "ada\x1b[2J", "x" * 101):
        (submitted / name / WEEK).mkdir(parents=True)
    students, left_out = find_students(submitted, WEEK)
    assert students == ["eve"]
    assert len(left_out) == 3
    assert all(name.isprintable() and "rename" in why for name, why in left_out.items())


def test_an_odd_notebook_name_is_refused_in_printable_words(submitted, folder):
    (folder / "al\x1b[2Jpha.ipynb").write_bytes(b"{}")
    (refused,) = job(submitted).refused.items()
    assert all(text.isprintable() for text in refused)


def test_only_students_of_the_week_and_the_pattern_are_found(submitted):
    (submitted / "ada" / "other_week").mkdir(parents=True)
    (submitted / "bob" / WEEK).mkdir(parents=True)
    (submitted / "README.md").touch()
    assert find_students(submitted, WEEK)[0] == ["bob", "eve"]
    assert find_students(submitted, WEEK, "b*")[0] == ["bob"]
    assert find_students(submitted / "nowhere", WEEK) == ([], {})


# ---- time of handing in -----------------------------------------------------------------------------------------


def test_the_time_of_handing_in_is_read_as_nbgrader_writes_it(submitted, folder):
    (folder / "timestamp.txt").write_text("2020-01-18 21:15:00.5 Europe/Berlin\n")
    assert read_timestamp(submitted, "eve", WEEK) == datetime(2020, 1, 18, 20, 15, 0, 500000)
    assert take_in(submitted, "eve", WEEK, WANTED).notes == ()


@pytest.mark.parametrize(
    "text",
    ["", "soon", "12", "2020-99-01 00:00:00 UTC", "2020-01-01 00:00:00 /etc/passwd", "2020-01-01 ../x", "é", "9" * 101],
)
def test_a_time_that_cannot_be_read_counts_as_unknown_and_is_noted(submitted, folder, text):
    (folder / "timestamp.txt").write_text(text, encoding="utf-8")
    taken = take_in(submitted, "eve", WEEK, WANTED)
    assert taken.timestamp is None
    assert len(taken.notes) == 1


def test_a_timestamp_that_is_a_pipe_or_a_link_holds_nobody_up(submitted, folder):
    os.mkfifo(folder / "timestamp.txt")
    assert read_timestamp(submitted, "eve", WEEK) is None
    (folder / "timestamp.txt").unlink()
    (folder / "timestamp.txt").symlink_to(submitted.parent / "secret")
    assert "is a link" in take_in(submitted, "eve", WEEK, WANTED).notes[0]


def test_a_time_to_come_stays_late_and_is_noted(submitted, folder):
    (folder / "timestamp.txt").write_text("2999-01-01 00:00:00 UTC")
    taken = take_in(submitted, "eve", WEEK, WANTED)
    assert taken.timestamp == datetime(2999, 1, 1)
    assert "still to come" in taken.notes[0]


def test_a_submission_without_a_time_has_none(submitted):
    assert read_timestamp(submitted, "eve", WEEK) is None
    assert read_timestamp(submitted, "nobody", WEEK) is None
