"""Archives of students: notebooks come out, and nothing else; a bad one stops nobody."""

import logging
import lzma
import random
import stat
import zipfile

import pytest

from grader.intake.collect import NotebookArchives
from grader.intake.submission import MOST_BYTES


@pytest.fixture
def place(tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "extracted").mkdir()
    return tmp_path


def zipped(place, student, *entries):
    with zipfile.ZipFile(place / "archive" / f"{student}.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)


def extracted(place):
    NotebookArchives(log=logging.getLogger("collect")).extract(str(place / "archive"), str(place / "extracted"))
    found = (path for path in place.rglob("*") if path.is_file() and "archive" not in path.parts)
    return {str(path.relative_to(place / "extracted")): path.read_bytes() for path in found}


def test_notebooks_come_out_wherever_they_lie(place):
    zipped(place, "ada", ("week/a.ipynb", b"1"), ("b.ipynb", b"2"), ("c.txt", b"3"), ("numpy.py", b"4"))
    assert extracted(place) == {"ada/a.ipynb": b"1", "ada/b.ipynb": b"2"}


def test_of_two_with_one_name_the_one_nearer_the_top_counts(place):
    zipped(place, "ada", ("old/deep/a.ipynb", b"old"), ("a.ipynb", b"new"))
    assert extracted(place) == {"ada/a.ipynb": b"new"}


def test_no_entry_leaves_the_student_s_own_folder(place):
    names = ("../../bob/a.ipynb", "/abs/b.ipynb", "extracted/bob/c.ipynb", "..\\d.ipynb", "x/.hidden.ipynb")
    zipped(place, "eve", *((name, b"") for name in names))
    assert set(extracted(place)) == {"eve/a.ipynb", "eve/b.ipynb", "eve/c.ipynb", "eve/d.ipynb"}


def test_a_link_is_left_out(place):
    link = zipfile.ZipInfo("a.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    zipped(place, "eve", (link, "/etc/passwd"), ("b.ipynb", b"2"))
    assert extracted(place) == {"eve/b.ipynb": b"2"}


def test_a_bad_archive_stops_nobody_and_is_named(place, caplog):
    (place / "archive" / "mallory.zip").write_bytes(b"junk")
    (place / "archive" / "notes.txt").write_bytes(b"junk")
    zipped(place, "zoe", ("a.ipynb", b"1"))
    assert extracted(place) == {"zoe/a.ipynb": b"1"}
    assert "mallory.zip was left out" in caplog.text
    assert "notes.txt was left out" in caplog.text


def not_utf_8(place):
    zipped(place, "eve", ("\u00e4.ipynb", b"1"))
    return lambda content: content.replace("\u00e4".encode(), b"\xc3\x28")


def broken_inside(place):
    with zipfile.ZipFile(place / "archive" / "eve.zip", "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a.ipynb", random.Random(1).randbytes(999))
    return lambda content: content[:60] + bytes(400) + content[460:]


@pytest.mark.parametrize("make", [not_utf_8, broken_inside], ids=lambda make: make.__name__)
def test_an_archive_over_which_the_library_stumbles_stops_nobody(place, make):
    path = place / "archive" / "eve.zip"
    change = make(place)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises((ValueError, lzma.LZMAError)), zipfile.ZipFile(path) as file:
        file.read("a.ipynb")
    zipped(place, "zoe", ("a.ipynb", b"1"))
    assert extracted(place) == {"zoe/a.ipynb": b"1"}


def test_a_bomb_is_cut(place):
    zipped(place, "eve", ("a.ipynb", b"\0" * (MOST_BYTES * 3)))
    assert len(extracted(place)["eve/a.ipynb"]) == MOST_BYTES + 1
