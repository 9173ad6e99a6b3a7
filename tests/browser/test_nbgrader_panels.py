"""nbgrader's panels as an instructor uses them: Create Assignment and formgrader load in JupyterLab."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.jupyterlab import Lab, browser_page, jupyterlab

ROOT = Path(__file__).resolve().parents[2]
WEEK, FIRST = "week1_foundations", "edges_and_filters"

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium_is_here")]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab on an instructor's course folder."""
    folder = tmp_path_factory.mktemp("instructor")
    course, home = folder / "course", folder / "home"
    shutil.copytree(ROOT / "source", course / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "nbgrader_config.py", course)
    home.mkdir()
    with jupyterlab(course, home) as address, browser_page(folder / "profile") as page:
        yield Lab(page, address)


def test_create_assignment_shows_the_points_of_a_graded_cell(lab, pictures):
    lab.open(f"source/{WEEK}/{FIRST}.ipynb")
    lab.bring_into_view(lab.find_cell("check_cross_correlate"))
    lab.command("nbgrader:open-create-assignment")
    name = lab.page.locator('.nbgrader-CellId input[value="check_cross_correlate"]').first
    name.wait_for(state="visible")
    lab.picture(pictures / "6_create_assignment.png")
    assert lab.page.locator(".nbgrader-CellPoints input").first.input_value() == "8"


def test_formgrader_lists_the_week(lab, pictures):
    lab.command("nbgrader:open-formgrader")
    frame = lab.page.frame_locator("iframe[src*='formgrader']")
    frame.get_by_text(WEEK).first.wait_for(state="visible")
    lab.picture(pictures / "7_formgrader.png")
