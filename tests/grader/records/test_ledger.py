"""The ledger: what was written is read, what was cut off never counted, what is damaged is named."""

import errno
import json
import os
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.records.ledger import FILE, Ledger, read_books
from grader.run.trouble import DiskTrouble

WEEK = "week0"


def graded(ledger, student, mark, *, until="recorded"):
    """A grading as far as `until`; returns its id."""
    identity = ledger.start(WEEK, student)
    for kind in ("verdict", "recorded"):
        if until == "started":
            break
        about = {"verdict": {"mark": mark}} if kind == "verdict" else {}
        ledger.add(kind, identity, WEEK, student, **about)
        if kind == until:
            break
    return identity


def marks(folder):
    return {student: record["verdict"]["mark"] for student, record in read_books(folder).of_week(WEEK).items()}


def lines(folder):
    return (folder / FILE).read_bytes().splitlines(keepends=True)


def test_the_last_recorded_verdict_of_each_student_counts(tmp_path):
    ledger = Ledger(tmp_path)
    for student, mark, until in (
        ("ada", 1, "recorded"),
        ("ada", 2, "recorded"),
        ("bob", 3, "verdict"),
        ("eve", 4, "started"),
    ):
        graded(ledger, student, mark, until=until)
    assert marks(tmp_path) == {"ada": 2}
    assert [r["student"] for r in read_books(tmp_path).unfinished.values()] == ["bob", "eve"]
    assert ledger.books == read_books(tmp_path), "what is kept in memory is what a new run reads"


def test_a_verdict_that_a_later_grading_overtook_is_known(tmp_path):
    ledger = Ledger(tmp_path)
    old = graded(ledger, "ada", 1, until="verdict")
    graded(ledger, "bob", 1, until="verdict")
    graded(ledger, "ada", 2)
    assert read_books(tmp_path).superseded == {old}


def test_an_older_verdict_that_is_recorded_late_does_not_overtake_a_newer_one(tmp_path):
    ledger = Ledger(tmp_path)
    old = graded(ledger, "ada", 1, until="verdict")
    new = graded(ledger, "ada", 2, until="verdict")
    ledger.add("recorded", old, WEEK, "ada")
    assert read_books(tmp_path).superseded == set()
    ledger.add("recorded", new, WEEK, "ada")
    assert marks(tmp_path) == {"ada": 2}


def test_no_ledger_is_an_empty_one(tmp_path):
    assert read_books(tmp_path / "nowhere").latest == {}


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_torn_last_line_is_dropped_and_kept_aside(tmp_path, cut):
    ledger = Ledger(tmp_path)
    graded(ledger, "ada", 1)
    before = (tmp_path / FILE).read_bytes()
    graded(ledger, "bob", 2, until="started")
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[:-cut])
    assert marks(tmp_path) == {"ada": 1}
    assert read_books(tmp_path).damage == []
    again = Ledger(tmp_path)
    assert "torn.txt" in again.notes[0]
    assert (tmp_path / FILE).read_bytes() == before
    assert (tmp_path / "torn.txt").read_bytes() == whole[len(before) : -cut] + b"\n"
    graded(again, "bob", 3)
    assert marks(tmp_path) == {"ada": 1, "bob": 3}
    assert Ledger(tmp_path).notes == []


def test_without_the_repair_the_next_record_would_be_lost_with_the_torn_one(tmp_path):
    """The control: appended to a torn line, a good record is unreadable."""
    ledger = Ledger(tmp_path)
    graded(ledger, "ada", 1)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:-5])
    ledger.start(WEEK, "bob")
    assert len(read_books(tmp_path).damage) == 1
    assert "bob" not in str(read_books(tmp_path).unfinished)


def test_a_damaged_line_in_the_middle_is_reported_and_costs_only_its_own_record(tmp_path):
    ledger = Ledger(tmp_path)
    for student in ("ada", "bob", "eve"):
        graded(ledger, student, 1)
    content = lines(tmp_path)
    content[4] = content[4].replace(b'"mark":1', b'"mark":9')  # the verdict on bob
    (tmp_path / FILE).write_bytes(b"".join(content))
    assert read_books(tmp_path).damage == [f"line 5 of {FILE} is damaged and left out; what it said is graded again"]
    assert marks(tmp_path) == {"ada": 1, "eve": 1}
    assert Ledger(tmp_path).notes == read_books(tmp_path).damage


def test_a_damaged_verdict_does_not_bring_an_older_mark_back(tmp_path):
    ledger = Ledger(tmp_path)
    graded(ledger, "ada", 1)
    graded(ledger, "ada", 2)
    content = lines(tmp_path)
    content[4] = content[4][:50] + b"#" + content[4][51:]
    (tmp_path / FILE).write_bytes(b"".join(content))
    assert marks(tmp_path) == {}


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"null", b"\xff\xfe", b'{"sum":"0000000000000000","record":{}}', b"[" * 5000]
)
def test_foreign_lines_are_damage_and_nothing_worse(tmp_path, line):
    (tmp_path / FILE).write_bytes(line + b"\n")
    assert len(read_books(tmp_path).damage) == 1


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["started", "verdict", "recorded"])), max_size=12),
    st.integers(min_value=0),
)
def test_a_ledger_cut_anywhere_holds_a_beginning_of_what_was_written(steps, cut):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = Ledger(folder)
        states = [{}]
        sizes = [0]
        for number, (student, until) in enumerate(steps):
            graded(ledger, student, number, until=until)
            states.append(marks(folder))
            sizes.append((folder / FILE).stat().st_size)
        size = cut % (sizes[-1] + 1)
        if sizes[-1]:
            os.truncate(folder / FILE, size)
        reached = max(index for index, end in enumerate(sizes) if end <= size)
        found = marks(folder)
        assert found in (states[reached], *states[reached : reached + 2])
        assert read_books(folder).damage == []
        Ledger(folder).start(WEEK, "z")
        assert marks(folder) == found


def test_many_threads_write_whole_lines(tmp_path):
    ledger = Ledger(tmp_path)
    threads = [threading.Thread(target=lambda n=n: [graded(ledger, f"s{n}", k) for k in range(20)]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert marks(tmp_path) == {f"s{number}": 19 for number in range(8)}
    assert len(lines(tmp_path)) == 8 * 20 * 3


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path, monkeypatch, call):
    ledger = Ledger(tmp_path)
    graded(ledger, "ada", 1)
    before = (tmp_path / FILE).read_bytes()
    real = os.write

    def full(file, data=b""):
        if call == "write":
            real(file, data[:7])  # some of it gets through
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(os, call, full)
        with pytest.raises(DiskTrouble, match="No space left"):
            ledger.add("verdict", "b", WEEK, "bob", verdict={"mark": 2})
    assert (tmp_path / FILE).read_bytes() == before
    graded(ledger, "bob", 2)
    assert marks(tmp_path) == {"ada": 1, "bob": 2}


def test_every_verdict_is_on_the_disk_before_the_call_returns(tmp_path, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (synced.append(os.fstat(file).st_size), real(file)))
    ledger = Ledger(tmp_path)
    graded(ledger, "ada", 1)
    assert synced[-2:] == [sum(map(len, lines(tmp_path)[:count])) for count in (2, 3)]


def test_each_line_is_json_with_the_record_in_it(tmp_path):
    graded(Ledger(tmp_path), "ada", 1)
    assert [json.loads(line)["record"]["kind"] for line in lines(tmp_path)] == ["started", "verdict", "recorded"]
