"""Bring an edit of a source notebook back to its manuscript: `python -m tools.adopt_notebook PATH`."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

from .manuscript import ManuscriptError, dumps, to_manuscript, to_notebook
from .syllabus import ROOT, Notebook, Week, read_syllabus


def adopt(path: Path, root: Path = ROOT) -> Path:
    """Rewrite the manuscript of a source notebook from the notebook, then the notebook from the manuscript.

    Args:
        path: the edited notebook, source/<week>/<name>.ipynb.
        root: the project's folder.

    Returns:
        The manuscript.

    Raises:
        SystemExit: the file is no source notebook of the syllabus, or the edit breaks a rule; nothing is written then.
    """
    week, entry = _entry(path, root)
    try:
        edited = nbformat.read(path, as_version=4)
        text = to_manuscript(edited)
        rebuilt = dumps(to_notebook(text, week.id, entry.points))
    except (ManuscriptError, nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        sys.exit(f"{path} was not adopted, nothing was changed: {error}")
    manuscript = root / "course" / week.id / f"{entry.name}.py"
    manuscript.write_text(text, encoding="utf-8", newline="\n")
    path.write_text(rebuilt, encoding="utf-8", newline="\n")
    return manuscript


def _entry(path: Path, root: Path) -> tuple[Week, Notebook]:
    for week in read_syllabus(root / "course" / "syllabus.toml").weeks:
        for notebook in week.notebooks:
            if path.resolve() == (root / "source" / week.id / f"{notebook.name}.ipynb").resolve() and path.is_file():
                return week, notebook
    sys.exit(f"{path} is no notebook of source/ that course/syllabus.toml names: give source/<week>/<name>.ipynb")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("give one notebook: make adopt NB=source/week1_foundations/edges_and_filters.ipynb")
    print(f"adopted into {adopt(Path(sys.argv[1])).relative_to(ROOT)}; now run make release")
