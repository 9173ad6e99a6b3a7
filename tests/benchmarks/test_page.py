"""A benchmark writes its own section of the page and nothing else."""

from __future__ import annotations

import pytest

from benchmarks import page

PAGE = (
    "# Page\n\n<!-- a: begin -->\nold\n<!-- a: end -->\n\nbetween\n\n<!-- b: begin -->\nkept\n<!-- b: end -->\nafter\n"
)


@pytest.fixture
def readme(tmp_path):
    """A page with two sections."""
    path = tmp_path / "README.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_only_its_own_section_changes(readme):
    page.write("a", "| new |", readme)
    text = readme.read_text(encoding="utf-8")
    assert "| new |" in text and "old" not in text
    before, after = PAGE.split("old\n")
    assert text.startswith(before) and text.endswith(after)


def test_the_machine_is_named_beside_the_figures(readme):
    page.write("a", "| new |", readme)
    assert f"| new |\n\n{page.machine()}\n<!-- a: end -->" in readme.read_text(encoding="utf-8")


def test_writing_twice_changes_nothing_more(readme):
    page.write("a", "| new |", readme)
    once = readme.read_bytes()
    page.write("a", "| new |", readme)
    assert readme.read_bytes() == once


def test_a_page_without_the_markers_is_left_alone(readme):
    with pytest.raises(SystemExit, match="c: begin"):
        page.write("c", "| new |", readme)
    assert readme.read_text(encoding="utf-8") == PAGE
