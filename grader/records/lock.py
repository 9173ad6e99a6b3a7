"""One run at a time in a course: a lock that the system drops when its holder dies, however it dies."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.intake.names import printable
from grader.run.trouble import CannotStart


@contextmanager
def course_lock(folder: Path) -> Iterator[None]:
    """Hold a course for a run.

    Args:
        folder: the course's ledger/; made if it is missing.

    Raises:
        CannotStart: another run holds it; the text says which one.
    """
    path = folder / "lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise CannotStart(f"{path} cannot be written ({error.strerror})") from None
    try:
        if not _locked(file):
            holder = printable(os.pread(file, 200, 0).decode(errors="replace")) or "another run"
            raise CannotStart(f"{holder} is grading in this course: wait for it, or stop it, then run this again")
        since = time.strftime("%Y-%m-%d %H:%M:%S")
        with suppress(OSError):  # a full disk: the lock holds without a name on it
            os.ftruncate(file, 0)
            os.write(file, f"process {os.getpid()} on {platform.node()} (since {since})".encode())
        yield
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    """Whether the file's lock could be taken."""
    try:
        import fcntl
    except ImportError:
        raise CannotStart("grading needs Linux or macOS; Windows has no such locks (use WSL)") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
