"""nbgrader's panels as an instructor uses them: Create Assignment and formgrader load in JupyterLab."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.jupyterlab import Lab, browser_page, jupyterlab
from tools.syllabus import read_syllabus

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


def test_create_assignment_shows_the_graded_cells_and_their_points(lab, pictures):
    [points] = [n.points for w in read_syllabus().weeks for n in w.notebooks if n.name == FIRST]
    lab.open(f"source/{WEEK}/{FIRST}.ipynb")
    check = lab.find_cell("check_cross_correlate")
    lab.bring_into_view(check)
    lab.command("nbgrader:open-create-assignment")
    panel = lab.page.locator(".nbgrader-CreateAssignmentWidget")
    panel.wait_for(state="visible")
    ids = panel.locator(".nbgrader-CellId input")
    names = ids.evaluate_all("inputs => inputs.map(input => input.value)")
    assert {f"check_{function}" for function in points} <= set(names)
    lab.select(check)
    ids.nth(names.index("check_cross_correlate")).scroll_into_view_if_needed()
    lab.page.wait_for_timeout(500)
    lab.picture(pictures / "6_create_assignment.png")
    assert panel.locator(".nbgrader-TotalPointsInput").input_value() == str(sum(points.values()))


def test_formgrader_lists_the_week(lab, pictures):
    lab.command("nbgrader:open-formgrader")
    frame = lab.page.frame_locator("iframe[src*='formgrader']")
    frame.get_by_text(WEEK).first.wait_for(state="visible")
    lab.picture(pictures / "7_formgrader.png")
