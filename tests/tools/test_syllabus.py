"""The syllabus file is read, and a broken one is told in a sentence."""

from pathlib import Path

import pytest

from tools.syllabus import read_syllabus


def test_the_course_has_weeks_with_notebooks() -> None:
    assert read_syllabus().weeks[0].id == "week1_foundations"


@pytest.mark.parametrize("text", ["[[week", "[topics]\n", '[[week]]\nid = "x"\n[topics]\n'])
def test_a_broken_file_is_told_in_a_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "syllabus.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"syllabus\.toml cannot be read"):
        read_syllabus(path)
