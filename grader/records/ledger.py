"""The course's ledger: what was graded and with what verdict, one checked line each, only ever added to."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.run.trouble import DiskTrouble

from .books import Books, Record

FILE = "ledger.jsonl"

_LINE = re.compile(rb'\{"sum":"([0-9a-f]{16})","record":(.*)\}')
_KINDS = frozenset({"started", "verdict", "recorded", "abandoned"})


def read_books(folder: Path) -> Books:
    """Read a ledger without touching it; a last line that was cut off never counted.

    Args:
        folder: the course's ledger/; there need not be one.
    """
    books = Books()
    for number, record in read_lines(folder / FILE):
        if record is None:
            books.damage.append(f"line {number} of {FILE} is damaged and left out; what it said is graded again")
        else:
            books.enter(record)
    return books


def read_lines(path: Path) -> Iterator[tuple[int, Record | None]]:
    """The whole lines of a ledger file with their numbers; None for one that is damaged."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.endswith(b"\n"):
                yield number, _parsed(line[:-1])


def _parsed(line: bytes) -> Record | None:
    found = _LINE.fullmatch(line)
    if found is None or _sum(found[2]) != found[1]:
        return None
    record = json.loads(found[2])
    texts = all(type(record.get(name)) is str for name in ("kind", "id", "week", "student"))
    return record if texts and record["kind"] in _KINDS else None


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:16].encode()


class Ledger:
    """The ledger in the hands of the run that holds the course's lock; several threads may add to it.

    A grading is `started`, has a `verdict`, and ends with exactly one final record: `recorded`, when its marks are in
    the gradebook and its notebooks in autograded/, or `abandoned`, when it was cut off or overtaken.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        self._turn = threading.Lock()
        self.notes = _drop_torn_end(self._path)
        self.books = read_books(folder)
        self.notes += self.books.damage

    def start(self, week: str, student: str, **about: Any) -> str:
        """Note that a grading begins; returns its id."""
        identity = uuid.uuid4().hex
        self.add("started", identity, week, student, **about)
        return identity

    def add(self, kind: str, identity: str, week: str, student: str, **about: Any) -> Record:
        """Append one record; of all but a start, which may get lost, wait until it is on the disk.

        Raises:
            DiskTrouble: it could not be written; the ledger is as it was.
        """
        record = {"kind": kind, "id": identity, "week": week, "student": student, "time": round(time.time(), 3)} | about
        body = json.dumps(record, separators=(",", ":"), allow_nan=False).encode()
        with self._turn:
            _append(self._path, b'{"sum":"%s","record":%s}\n' % (_sum(body), body), sync=kind != "started")
            self.books.enter(record)
        return record


def _append(path: Path, line: bytes, *, sync: bool) -> None:
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise DiskTrouble(f"{path} cannot be opened ({error.strerror})") from None
    before = os.fstat(file).st_size
    try:
        written = 0
        while written < len(line):
            written += os.write(file, line[written:])
        if sync:
            os.fsync(file)
    except OSError as error:
        os.ftruncate(file, before)
        raise DiskTrouble(f"{path} cannot be written ({error.strerror})") from None
    finally:
        os.close(file)


def _drop_torn_end(path: Path) -> list[str]:
    """Move a last line without its end aside; it is what a killed run could not finish."""
    content = path.read_bytes() if path.exists() else b""
    whole = content.rfind(b"\n") + 1
    if whole == len(content):
        return []
    with path.with_name("torn.txt").open("ab") as aside:
        aside.write(content[whole:] + b"\n")
        aside.flush()
        os.fsync(aside.fileno())
    with path.open("r+b") as file:
        file.truncate(whole)
        os.fsync(file.fileno())
    return [f"an unfinished last line of {path.name} was moved to torn.txt: a run was stopped while it wrote it"]
