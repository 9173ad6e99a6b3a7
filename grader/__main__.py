"""Instructors' commands: `python -m grader table WEEK` prints the marks of a week."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.syllabus import read_syllabus

from .grade_table import grade_table
from .marks import read_marks


def main(arguments: list[str] | None = None) -> int:
    """Run one command in the course folder; 0 when it did its work.

    Args:
        arguments: of the command line; those of this process if left out.
    """
    parser = argparse.ArgumentParser(prog="python -m grader", description="Marks of the course in this folder.")
    commands = parser.add_subparsers(dest="command", required=True)
    table = commands.add_parser("table", help="points by student and exercise, and why points were lost")
    table.add_argument("week", help="id of the week, for example week1_foundations")
    chosen = parser.parse_args(arguments)
    if not Path("nbgrader_config.py").exists():
        sys.exit("There is no nbgrader_config.py here: run this in the course's folder.")
    try:
        print(grade_table(chosen.week, read_marks(Path.cwd(), chosen.week, _order(chosen.week))))
    except LookupError as error:
        sys.exit(f"No table: {error}")
    return 0


def _order(week: str) -> list[str]:
    """Names of a week's notebooks as the course has them; empty where the folder has no syllabus."""
    syllabus = Path("course", "syllabus.toml")
    weeks = read_syllabus(syllabus).weeks if syllabus.exists() else ()
    return [notebook.name for entry in weeks if entry.id == week for notebook in entry.notebooks]


if __name__ == "__main__":
    sys.exit(main())
