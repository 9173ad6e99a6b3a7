"""Every notebook runs top to bottom, solved and unsolved, quietly and with alt text on each picture."""

import asyncio
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.course.lessons import NOTEBOOKS
from tools.syllabus import ROOT

SECONDS_A_CELL = 900
SHORT_TRAINING = "0.1"


@pytest.fixture(scope="module", params=[(s, n) for s in ("source", "release") for n in NOTEBOOKS], ids="-".join)
def executed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """Stage, name and executed notebook; a cell that raises fails here, with its traceback."""
    stage, name = request.param
    path = ROOT / stage / NOTEBOOKS[name][0].id / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECEPTIVE_FIELDS_TRAINING_SCALE", SHORT_TRAINING)
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)  # ipykernel would not watch file descriptor 2
        _run(notebook, tmp_path_factory.mktemp(f"{stage}_{name}"))
    return stage, name, notebook


def _run(notebook: nbformat.NotebookNode, folder: Path) -> None:
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=SECONDS_A_CELL, kernel_name="python3", resources=resources)
    asyncio.run(client.async_execute())


def cells_of(notebook: nbformat.NotebookNode, role: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if role in cell.metadata.get("tags", [])]


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.slow
def test_it_runs_to_its_end_and_the_checks_give_all_points_or_none(executed) -> None:
    stage, name, notebook = executed
    earned = {
        c.metadata.nbgrader.grade_id: float(c.outputs[-1].data["text/plain"]) for c in cells_of(notebook, "check")
    }
    full = NOTEBOOKS[name][1].points
    assert earned == {f"check_{function}": points * (stage == "source") for function, points in full.items()}


@pytest.mark.slow
def test_nothing_is_written_on_stderr(executed) -> None:
    _, _, notebook = executed
    assert [o.text for o in outputs(notebook) if o.output_type == "stream" and o.name == "stderr"] == []


@pytest.mark.slow
def test_every_picture_has_alt_text(executed) -> None:
    _, _, notebook = executed
    shown = [o.data for o in outputs(notebook) if "data" in o]
    assert not [data for data in shown if {"image/png", "image/svg+xml", "image/jpeg"} & set(data)]
    pictures = [tag for data in shown for tag in re.findall(r"<img[^>]*>", data.get("text/html", ""))]
    assert all(re.search(r'alt="[^"]{20,}"', tag) for tag in pictures)
    assert pictures
