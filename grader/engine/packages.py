"""Lay out what each side of the border may import: copies in a neutral place, right answers kept from the student's."""

from __future__ import annotations

import importlib.util
import shutil
import site
from collections.abc import Sequence
from pathlib import Path

COURSE = ("helpers",)  # what students' notebooks import of the course
# Of these, what knows right answers.
WITHHELD = ("helpers.checks", "helpers.overlap", "helpers.shifts", "helpers.widgets")
_WORKER_NEEDS = ("border", "sandbox", "worker")
_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc")


class NoPackage(Exception):
    """A package of the course is not installed; the text says how to mend it."""


def lay_out(place: Path, *, course: Sequence[str] = COURSE, withheld: Sequence[str] = WITHHELD) -> dict[str, Path]:
    """Copy packages.

    Args:
        place: an empty folder.
        course: packages that students' notebooks import.
        withheld: modules of these that a worker gets an empty stand-in for.

    Returns:
        The folder of the side "worker" and that of the side "examiner", each to be put on the import path.

    Raises:
        NoPackage: one of them is not installed.
    """
    worker, examiner = place / "worker", place / "examiner"
    own = Path(__file__).parents[1]
    for name in course:
        for side in (worker, examiner):
            shutil.copytree(_folder_of(name), side / name, ignore=_IGNORED)
    for name in withheld:
        module = worker.joinpath(*name.split("."))
        for file in module.rglob("*.py") if module.is_dir() else [module.with_suffix(".py")]:
            shutil.copy(own / "worker" / "withheld.py", file)
    shutil.copytree(own, examiner / "grader", ignore=_IGNORED)
    for part in _WORKER_NEEDS:
        shutil.copytree(own / part, worker / "grader" / part, ignore=_IGNORED)
    shutil.copy(own / "__init__.py", worker / "grader" / "__init__.py")
    return {"worker": worker, "examiner": examiner}


def _folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise NoPackage(f"the course's package {package} is not installed here: run make setup")
    folder = Path(spec.origin).parent
    if any(folder.is_relative_to(place) for place in site.getsitepackages()):  # students' code sees all of those
        raise NoPackage(f"{package} is installed as a copy, which shows its right answers: install it with pip -e .")
    return folder
