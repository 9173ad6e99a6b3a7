"""Make release/ from source/ with nbgrader: `python -m tools.release_notebooks [WEEK ...]`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from grader.course import course_directory, open_gradebook
from grader.hooks.command import NbgraderFailed, nbgrader

from .syllabus import ROOT, Week, read_syllabus

_SECRETS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS")


class ReleaseError(Exception):
    """A week could not be released; the message says why and what to do."""


def release(week: str, source_dir: Path, release_dir: Path, *, gradebook: str = "") -> list[Path]:
    """Turn a week's instructor notebooks into what students open.

    nbgrader works in a folder of its own, so nothing else that lies in `source_dir` can slip into the release, and
    the old release stays until the new one is complete.

    Args:
        week: id of the week.
        source_dir: folder with <week>/*.ipynb.
        release_dir: where <week>/*.ipynb goes; other files there are left alone.
        gradebook: address of the gradebook that learns about the cells; left out, none does.

    Returns:
        The notebooks that changed.

    Raises:
        ReleaseError: there is nothing to release, nbgrader refused, or a solution would have been released.
    """
    notebooks = sorted((source_dir / week).glob("*.ipynb"))
    if not notebooks:
        raise ReleaseError(f"{source_dir.name}/{week} holds no notebooks: run make notebooks first")
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder).resolve()
        shutil.copy(ROOT / "nbgrader_config.py", course)
        (course / "source" / week).mkdir(parents=True)
        for notebook in notebooks:
            shutil.copy(notebook, course / "source" / week)
        _generate(course, week, gradebook)
        made = [course / "release" / week / notebook.name for notebook in notebooks]
        for path in made:
            _demand_clean(path)
        return _replace(made, release_dir / week)


def _generate(course: Path, week: str, gradebook: str) -> None:
    """Run nbgrader, and trust the files rather than its exit code alone."""
    where = [f"--db={gradebook}"] if gradebook else ["--no-db"]
    try:
        nbgrader(course, "generate_assignment", week, "--force", *where)
    except NbgraderFailed as error:
        text = str(error)
        if "submissions associated" in text:
            raise ReleaseError(
                f"{week} has graded cells or notebooks that the gradebook, with marks in it, does not know (or knows "
                "and misses): keep their names until the marks are out, or start a new gradebook (move gradebook.db)"
            ) from None
        raise ReleaseError(f"nbgrader could not release {week}.\n{text}") from None


def _demand_clean(path: Path) -> None:
    if not path.exists():
        raise ReleaseError(f"nbgrader ended without an error but did not make {path.name}: run it by hand and read on")
    text = path.read_text(encoding="utf-8")
    for secret in _SECRETS:
        if secret in text:
            raise ReleaseError(f"{path.name} would be released with {secret!r} in it: mark that cell in the manuscript")


def _replace(made: list[Path], target: Path) -> list[Path]:
    """Bring `target` to hold exactly the notebooks in `made`; write only those that differ."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.ipynb"):
        if old.name not in {path.name for path in made}:
            old.unlink()
    changed = []
    for path in made:
        text, place = path.read_text(encoding="utf-8"), target / path.name
        if not place.exists() or place.read_bytes() != text.encode("utf-8"):
            place.write_text(text, encoding="utf-8", newline="\n")
            changed.append(place)
    return changed


def announce(week: Week, root: Path) -> str:
    """Tell the gradebook when a week is due; returns the gradebook's address."""
    course = course_directory(root)
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(week.id, duedate=week.due)
    return str(course.db_url)


def main(wanted: list[str], root: Path = ROOT) -> int:
    """Release the weeks named, or all; 0 when every one was."""
    weeks = {week.id: week for week in read_syllabus(root / "course" / "syllabus.toml").weeks}
    unknown = [name for name in wanted if name not in weeks]
    if unknown:
        sys.exit(f"There is no week {unknown[0]!r} in course/syllabus.toml; there are {', '.join(weeks)}.")
    for name in wanted or weeks:
        try:
            changed = release(name, root / "source", root / "release", gradebook=announce(weeks[name], root))
        except ReleaseError as error:
            sys.exit(f"Not released: {error}")
        print(f"release/{name}: {f'{len(changed)} notebooks changed' if changed else 'current'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
