"""How long and how much a student's code may; the sandbox has its own limits on memory, processes and files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Patience:
    """Limits that the examiner keeps, generous: a right answer on a slow machine must never meet them.

    Args:
        cell_seconds: for one cell.
        call_seconds: for one call by a test.
        notebook_seconds: for all of a notebook.
        lost_calls: how many calls of one function may end its process before a test gives up on it.
        restarts: how often a notebook's process may end before its remaining tests are given up.
        text_bytes: output kept of one cell.
        all_text_bytes: output kept of one notebook.
        pictures: how many pictures of one notebook are kept.
    """

    cell_seconds: float = 60.0
    call_seconds: float = 10.0
    notebook_seconds: float = 600.0
    lost_calls: int = 6
    restarts: int = 40
    text_bytes: int = 64_000
    all_text_bytes: int = 1_000_000
    pictures: int = 12
