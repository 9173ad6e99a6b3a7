"""Take in what a student handed in: read once, safely, and say of each file that was not read why not."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from nbgrader.utils import parse_utc

from grader.job import Job

from .names import odd_name, printable
from .safe_files import NotRead, list_folder, open_folder, read_file

MOST_BYTES = 25_000_000
MOST_BYTES_IN_ALL = 100_000_000
MOST_NOTEBOOKS = 20
MOST_FILES = 200
TIMESTAMP = "timestamp.txt"

# What nbgrader's collecting writes. A looser text would send parse_utc looking for a time zone file of that name.
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?( ?(Z|[+-]\d\d:?\d\d|[A-Za-z]+(/[A-Za-z_]+)*))?"
)


@dataclass(frozen=True)
class Intake:
    """A submission as it was read.

    Args:
        job: what goes to the grader.
        timestamp: when it was handed in, UTC without zone; None where nobody noted it.
        notes: remarks for the instructor's log, one sentence each.
    """

    job: Job
    timestamp: datetime | None = None
    notes: tuple[str, ...] = ()


def find_students(submitted: Path, week: str, pattern: str = "*") -> tuple[list[str], dict[str, str]]:
    """Who handed in a week.

    Args:
        submitted: the course's folder of that name.
        week: id of the week.
        pattern: shell pattern that the students' names match.

    Returns:
        Their names, sorted; and folders left out, with the reason, by printable name.
    """
    students: list[str] = []
    left_out: dict[str, str] = {}
    for entry in sorted(submitted.iterdir()) if submitted.is_dir() else []:
        name = entry.name
        if not fnmatch.fnmatchcase(name, pattern) or name.startswith("."):
            continue
        if entry.is_symlink():
            left_out[printable(name)] = "is a link: put the folder itself into submitted/"
        elif not entry.is_dir() or not os.path.lexists(entry / week):
            continue
        elif why := odd_name(name):
            left_out[printable(name)] = f"has a name that {why}: rename the folder"
        else:
            students.append(name)
    return students, left_out


def take_in(submitted: Path, student: str, week: str, wanted: Sequence[str]) -> Intake:
    """Read one submission.

    Args:
        submitted: the course's folder of that name.
        student: name of the folder in it.
        week: id of the week, a folder in that one.
        wanted: names of the week's notebooks, without ending; they come first where there are too many files.

    Raises:
        FileNotFoundError: the folder is not there (any more).
    """
    try:
        with open_folder(submitted, student, week) as folder:
            names = list_folder(folder, MOST_FILES)
            if len(names) > MOST_FILES:
                raise NotRead(f"holds more than {MOST_FILES} files: hand in the notebooks only")
            files, refused = _notebooks(folder, [name for name in names if _is_notebook(name)], wanted)
            timestamp, notes = _timestamp(folder) if TIMESTAMP in names else (None, ())
    except NotRead as why:
        everything = {f"{name}.ipynb": f"The folder {week} {why}." for name in wanted}
        return Intake(Job(student, week, {}, everything))
    return Intake(Job(student, week, files, refused), timestamp, notes)


def read_timestamp(submitted: Path, student: str, week: str) -> datetime | None:
    """When a submission came, from its timestamp.txt; None where that does not say."""
    try:
        with open_folder(submitted, student, week) as folder:
            return _timestamp(folder)[0]
    except (NotRead, OSError):
        return None


def _is_notebook(name: str) -> bool:
    return name.lower().endswith(".ipynb")


def _notebooks(folder: int, names: list[str], wanted: Sequence[str]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Contents of the notebooks and reasons for the others; a name that cannot be printed never gets further."""
    files: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    room = MOST_BYTES_IN_ALL
    names = sorted(names, key=lambda name: (name.removesuffix(".ipynb") not in wanted, name))
    for number, name in enumerate(names):
        shown = printable(name)[:120]
        try:
            if why := odd_name(name):
                raise NotRead(f"has a name that {why}: give it its name from the release")
            if number >= MOST_NOTEBOOKS:
                raise NotRead(f"is one of more than {MOST_NOTEBOOKS} notebooks: hand in those of the week only")
            files[name] = read_file(folder, name, MOST_BYTES)
            room -= len(files[name])
            if room < 0:
                del files[name]
                raise NotRead(f"is too much: a week's notebooks may have {MOST_BYTES_IN_ALL // 10**6} MB together")
        except NotRead as why_not:
            refused[shown] = f"{shown} {why_not}."
        except FileNotFoundError:
            continue  # taken away since the folder was listed
    return files, refused


def _timestamp(folder: int) -> tuple[datetime | None, tuple[str, ...]]:
    """When it was handed in, and what is wrong with the note of it."""
    try:
        text = read_file(folder, TIMESTAMP, 100).decode("ascii").strip()
        if not _TIME.fullmatch(text):
            raise NotRead("is not written like 2027-01-18 20:15:00 UTC")
        moment: datetime = parse_utc(text)
    except NotRead as why:
        return None, (f"{TIMESTAMP} {why}; the time of handing in counts as unknown",)
    except FileNotFoundError:
        return None, ()
    except (ValueError, OverflowError, TypeError):
        return None, (f"{TIMESTAMP} does not hold a time; the time of handing in counts as unknown",)
    if moment > datetime.now(timezone.utc).replace(tzinfo=None):
        # Taken as unknown, it would turn a late submission into one in time.
        return moment, (f"{TIMESTAMP} says {moment} UTC, which is still to come; it is taken as it stands",)
    return moment, ()
