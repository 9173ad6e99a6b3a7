"""Read course/syllabus.toml: weeks, notebooks, points and topics."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Notebook:
    """One notebook: its name, title, topics, and the points of each graded function."""

    name: str
    number: str
    title: str
    about: str
    topics: tuple[str, ...]
    points: dict[str, int]


@dataclass(frozen=True)
class Week:
    """One week: an assignment of nbgrader with several notebooks.

    Args:
        due: when it is due, as nbgrader reads it, for example "2027-01-18 23:59:59 UTC".
        reflection: name of the notebook that holds the question graded by a person.
    """

    id: str
    title: str
    about: str
    due: str
    reflection: str
    notebooks: tuple[Notebook, ...]


@dataclass(frozen=True)
class Syllabus:
    """All weeks and the title of every topic."""

    weeks: tuple[Week, ...]
    topics: dict[str, str]


def read_syllabus(path: Path = ROOT / "course" / "syllabus.toml") -> Syllabus:
    """The syllabus.

    Raises:
        SystemExit: the file is not valid, or lacks something; the message says what.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Syllabus(tuple(_week(entry) for entry in data["week"]), dict(data["topics"]))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        sys.exit(f"{path.name} cannot be read ({type(error).__name__}: {error}). Compare with the entries of week 1.")


def _week(entry: dict[str, Any]) -> Week:
    fields = {key: entry[key] for key in ("id", "title", "about", "due", "reflection")}
    return Week(**fields, notebooks=tuple(_notebook(item) for item in entry["notebook"]))


def _notebook(entry: dict[str, Any]) -> Notebook:
    fields = {key: entry[key] for key in ("name", "number", "title", "about")}
    return Notebook(**fields, topics=tuple(entry["topics"]), points=dict(entry["points"]))
