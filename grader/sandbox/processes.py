"""Processes as /proc shows them: who descends from whom, what memory they hold."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_KIB = 1024


def descendants(pid: int) -> Iterator[int]:
    """Processes that this one started, and theirs; those that end meanwhile may be missing."""
    todo = [pid]
    while todo:
        for child in _children(todo.pop()):
            todo.append(child)
            yield child


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in (_PROC / str(pid) / "task").iterdir():
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    except OSError:  # it has ended
        pass
    return found


def tasks_of(user: int) -> int:
    """How many processes and threads a user has, as the kernel counts them against a limit."""
    count = 0
    for process in _PROC.glob("[0-9]*"):
        try:
            if process.stat().st_uid == user:
                count += sum(1 for _ in (process / "task").iterdir())
        except OSError:  # it has just ended
            continue
    return count


def memory(pid: int) -> int:
    """Bytes of one process: of pages that several share its part, of no process 0."""
    try:
        for line in (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * _KIB
    except PermissionError:  # it hides: all it has in memory then counts as its own
        return resident(pid)
    except OSError:
        pass
    return 0


def resident(pid: int) -> int:
    """Bytes of one process, with all of every page that it shares."""
    try:
        pages = (_PROC / str(pid) / "statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def used_bytes(folder: str) -> int:
    """Bytes in use on the file system that this folder is the root of; 0 when it is gone."""
    try:
        space = os.statvfs(folder)
    except OSError:
        return 0
    return (space.f_blocks - space.f_bfree) * space.f_frsize


def raise_oom_score(score: int) -> None:
    """Make the kernel end this process, and those it starts, before others when memory runs out; 1000 is the most."""
    own = _PROC / "self" / "oom_score_adj"
    with own.open("r+", encoding="ascii") as file:
        if int(file.read()) < score:
            file.seek(0)
            file.write(str(score))
