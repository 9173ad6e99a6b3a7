"""What is committed in source/ and release/ is what course/ builds; a difference is named with its cure."""

import shutil
from pathlib import Path

import pytest

from tools.check_built import stale
from tools.syllabus import ROOT


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in ("course", "source", "release", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


def test_source_and_release_are_current(copy: Path) -> None:
    assert stale(copy) == []


def test_each_kind_of_difference_is_named_with_the_command_that_mends_it(copy: Path) -> None:
    week = "week1_foundations"
    edited = copy / "source" / week / "edges_and_filters.ipynb"
    edited.write_text(edited.read_text(encoding="utf-8").replace("Edges", "edges", 1), encoding="utf-8")
    (copy / "release" / week / "backpropagation.ipynb").unlink()
    (copy / "release" / week / "left_over.ipynb").write_text("{}", encoding="utf-8")
    (copy / "docs" / "widgets" / "gallery.ipynb").write_text("{}", encoding="utf-8")
    text = "\n".join(stale(copy))
    assert "gallery.ipynb is not what the manuscripts beside it build: run make notebooks" in text
    assert (
        f"source/{week}/edges_and_filters.ipynb is not what course/ builds: run make notebooks, or make adopt" in text
    )
    assert f"release/{week}/backpropagation.ipynb is missing: run make release" in text
    assert f"release/{week}/left_over.ipynb has no manuscript" in text
