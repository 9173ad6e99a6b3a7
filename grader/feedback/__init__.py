"""The pages that students get back. Importing it is cheap: nbgrader comes only with `write_feedback`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .page import page
from .sheet import Exercise, Output, Part, Sheet

__all__ = ["Exercise", "Output", "Part", "Sheet", "page", "write_feedback"]


def write_feedback(
    root: Path, week: str, *, students: str = "*", force: bool = False, log: Callable[[str], None]
) -> list[str]:
    """Write feedback/<student>/<week>/<notebook>.html for everybody who handed in.

    Args:
        root: course folder, with nbgrader_config.py.
        week: id of the week.
        students: which ones, with * and ? as in file names.
        force: write pages again that have not changed.
        log: is told one line a student.

    Returns:
        One sentence for each page that could not be written; none where all is well. Such a page is not there, rather
        than out of date.

    Raises:
        LookupError: the week was not released yet.
    """
    from .write import write

    return write(root, week, students=students, force=force, log=log)
