"""A view stands between a question that asks for a prediction and one that checks it, in the gallery as in lessons."""

import itertools
from pathlib import Path

import jupytext
import pytest

from tests.helpers.widgets import gallery

COURSE = Path(__file__).resolve().parents[3] / "course"


def cells_of(path: Path):
    return jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent").cells


@pytest.mark.parametrize("module", gallery.modules())
def test_an_example_asks_before_and_after(module) -> None:
    cells = cells_of(gallery.FOLDER / f"{module}.py")
    assert cells[0].source.startswith("## ") and "**Predict first:**" in cells[0].source and "?" in cells[0].source
    assert cells[-1].source.startswith("**Check yourself:**")
    assert all(cell.metadata["tags"] == ["demo"] for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", sorted(COURSE.glob("week*/*.py")), ids=lambda path: path.stem)
def test_a_lesson_asks_before_it_shows_a_view(path) -> None:
    cells = cells_of(path)
    for before, cell in itertools.pairwise(cells):
        if cell.cell_type == "code" and "widgets." in cell.source and "demo" in cell.metadata.get("tags", []):
            assert before.cell_type == "markdown" and "?" in before.source, f"no question before:\n{cell.source}"
