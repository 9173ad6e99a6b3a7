"""An edit made in JupyterLab on a source notebook comes back to the manuscript, or nothing changes."""

from pathlib import Path

import nbformat
import pytest

from tests.tools.test_manuscript import TEXT
from tools.adopt_notebook import adopt
from tools.build_notebooks import build

SYLLABUS = """
[[week]]
id = "week1_foundations"
title = "t"
about = "a"
due = "2027-01-01"
reflection = "lesson"
[[week.notebook]]
name = "lesson"
number = "1.1"
title = "Lesson"
about = "About."
topics = ["T4"]
points = { double = 3 }
[topics]
T4 = "A topic"
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course" / "week1_foundations"
    folder.mkdir(parents=True)
    (folder / "lesson.py").write_text(TEXT, encoding="utf-8")
    (tmp_path / "course" / "syllabus.toml").write_text(SYLLABUS, encoding="utf-8")
    (tmp_path / "course" / "notation.md").write_text("# Notation\n", encoding="utf-8")
    build(tmp_path / "course", tmp_path / "source", tmp_path / "release")
    return tmp_path


def notebook_of(course: Path) -> Path:
    return course / "source" / "week1_foundations" / "lesson.ipynb"


def test_building_twice_changes_nothing_the_second_time(course: Path) -> None:
    assert build(course / "course", course / "source", course / "release") == []


def test_the_index_links_every_notebook(course: Path) -> None:
    text = (course / "release" / "index.ipynb").read_text(encoding="utf-8")
    assert "(week1_foundations/lesson.ipynb)" in text


def test_an_edit_with_outputs_is_adopted_without_them(course: Path) -> None:
    path = notebook_of(course)
    node = nbformat.read(path, as_version=4)
    node.cells[0].source = "# A better lesson"
    node.cells[5].outputs = [nbformat.v4.new_output("stream", text="4")]
    node.cells[5].execution_count = 12
    node.metadata["widgets"] = {"state": {}}
    nbformat.write(node, path)
    manuscript = adopt(path, course)
    assert manuscript.read_text(encoding="utf-8") == TEXT.replace("# # A lesson\n# with $x^2$", "# # A better lesson")
    assert build(course / "course", course / "source", course / "release") == []


def test_a_broken_edit_changes_nothing_and_says_why(course: Path) -> None:
    path = notebook_of(course)
    node = nbformat.read(path, as_version=4)
    node.cells[4].source = "report.points(99)"
    nbformat.write(node, path)
    before = path.read_bytes()
    with pytest.raises(SystemExit, match="nothing was changed"):
        adopt(path, course)
    assert path.read_bytes() == before
    assert (course / "course" / "week1_foundations" / "lesson.py").read_text(encoding="utf-8") == TEXT


def test_a_file_that_is_no_json_is_refused(course: Path) -> None:
    notebook_of(course).write_text("not json", encoding="utf-8")
    with pytest.raises(SystemExit, match="nothing was changed"):
        adopt(notebook_of(course), course)


def test_a_notebook_from_elsewhere_is_refused(course: Path) -> None:
    with pytest.raises(SystemExit, match="no notebook of source/"):
        adopt(course / "release" / "index.ipynb", course)


def test_a_missing_manuscript_is_named(course: Path) -> None:
    (course / "course" / "week1_foundations" / "lesson.py").unlink()
    with pytest.raises(SystemExit, match=r"lesson\.py is missing"):
        build(course / "course", course / "source", course / "release")
