"""Build source/ and release/index.ipynb from course/: `python -m tools.build_notebooks`."""

from __future__ import annotations

import sys
from pathlib import Path

from .manuscript import ManuscriptError, dumps, notebook_of, to_notebook
from .syllabus import ROOT, Notebook, Syllabus, Week, read_syllabus

_WELCOME = """\
# Receptive Fields

A hands-on course on convolutional networks. You write every idea by hand first, with checks that answer at once
and name the mistake; Keras comes second.

Open a notebook below. Run its cells from the top with Shift + Enter; where a cell asks you to write a function, write
it, run it, then run the check under it. Run a check as often as you like. Everything works without internet.

The symbols of all weeks are in one table: [notation](notation.md).
"""


def build(course: Path, source: Path, release: Path) -> list[Path]:
    """Build every notebook of the syllabus.

    Args:
        course: folder with syllabus.toml, notation.md and the manuscripts.
        source: where the instructors' notebooks go, one folder a week.
        release: where index.ipynb goes; notation.md goes to both.

    Returns:
        The files that were not current and are now.

    Raises:
        SystemExit: a manuscript is missing or breaks a rule; the message names it.
    """
    syllabus = read_syllabus(course / "syllabus.toml")
    written: list[Path] = []
    for week in syllabus.weeks:
        for notebook in week.notebooks:
            text = _build_one(course / week.id / f"{notebook.name}.py", week, notebook)
            written += write_if_new(source / week.id / f"{notebook.name}.ipynb", text)
    notation = (course / "notation.md").read_text(encoding="utf-8")
    for stage in (source, release):
        written += write_if_new(stage / "notation.md", notation)
    return written + write_if_new(release / "index.ipynb", index(syllabus))


def _build_one(manuscript: Path, week: Week, notebook: Notebook) -> str:
    try:
        return dumps(to_notebook(manuscript.read_text(encoding="utf-8"), week.id, notebook.points))
    except FileNotFoundError:
        sys.exit(f"{manuscript} is missing: write it, or take {notebook.name} out of course/syllabus.toml")
    except ManuscriptError as error:
        sys.exit(f"{manuscript}: {error}")


def index(syllabus: Syllabus) -> str:
    """The notebook a student opens first: weeks, notebooks, topics and points."""
    texts = [_WELCOME] + [_week_section(week, syllabus.topics) for week in syllabus.weeks]
    cells = [
        {"cell_type": "markdown", "id": f"index-{number}", "metadata": {}, "source": text}
        for number, text in enumerate(texts)
    ]
    return dumps(notebook_of(cells))


def _week_section(week: Week, topics: dict[str, str]) -> str:
    number = week.id.partition("_")[0].removeprefix("week")
    lines = [f"## Week {number}: {week.title}", "", week.about, "", "| | notebook | what you will do | points |"]
    lines.append("|---|---|---|---|")
    for notebook in week.notebooks:
        names = ", ".join(topics[topic][0].lower() + topics[topic][1:] for topic in notebook.topics)
        about = notebook.about + (f" *Topics: {names}.*" if names else "")
        link = f"[{notebook.title}]({week.id}/{notebook.name}.ipynb)"
        lines.append(f"| {notebook.number} | {link} | {about} | {sum(notebook.points.values())} |")
    return "\n".join(lines)


def write_if_new(path: Path, text: str) -> list[Path]:
    """Write a text unless the file has it already; the path, if it was written."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]


if __name__ == "__main__":
    for changed in build(ROOT / "course", ROOT / "source", ROOT / "release"):
        print(f"built {changed.relative_to(ROOT)}")
