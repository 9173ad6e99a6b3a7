"""A style studio in a real JupyterLab: choices arrive, progress is seen live, and Interrupt keeps the picture."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.browser.jupyterlab import Lab, browser_page, jupyterlab

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium_is_here")]

NAME = "studio.ipynb"
STUDIO = """
from helpers import data, widgets
studio = widgets.style_studio(
    {"coffee": data.photograph("coffee")}, {"brick": data.photograph("brick"), "flower": data.photograph("flower")})
studio
"""
RUN = """
import time
def step(generated, choice):
    time.sleep(0.02)
    generated = generated + 0.01 * (choice.style - generated)
    return generated, {"total": float(((generated - choice.style) ** 2).mean())}
studio.run(step, steps=20000)
print(studio.choice.style_name, studio.best.shape)
"""
DONE = "() => /step (\\d+) of 20000/.exec(document.querySelector('.rf-view').innerText)?.[1]"


@pytest.fixture
def lab(tmp_path):
    """JupyterLab on a notebook with a studio and a run of minutes."""
    root, home = tmp_path / "root", tmp_path / "home"
    root.mkdir(), home.mkdir()
    cells = [new_code_cell(STUDIO), new_code_cell(RUN)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), root / NAME)
    with jupyterlab(root, home) as address, browser_page(tmp_path / "profile") as page:
        lab = Lab(page, address)
        lab.root = root  # type: ignore[attr-defined]
        yield lab


def test_a_run_is_seen_live_and_interrupt_keeps_the_picture(lab, pictures) -> None:
    lab.open(NAME)
    lab.run(0)
    view = lab.page.locator(".rf-view")
    lab.page.wait_for_function(
        "document.querySelector('.rf-view')?.innerText.includes('counts when the next cell runs')"
    )
    view.get_by_label("style", exact=True).select_option("flower")
    lab.page.wait_for_function("document.querySelector('.rf-said').textContent.startsWith('Chosen: coffee')")

    lab.select(1)
    lab.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-cell') }")
    lab.page.wait_for_function(f"Number(({DONE})()) > 10")
    for _ in range(3):  # the number and the picture change while the cell runs
        before = [int(lab.page.evaluate(DONE)), view.locator(".rf-made img").get_attribute("src")]
        lab.page.wait_for_function(
            f"([step, src]) => Number(({DONE})()) > step && document.querySelector('.rf-made img').src !== src",
            arg=before,
        )
    lab.picture(pictures / "views" / "style_studio_runs.png")

    lab.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:interrupt-kernel') }")
    lab.page.wait_for_function("document.querySelector('.rf-view').innerText.includes('Interrupted after')")
    lab.page.wait_for_function("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'")
    lab.page.wait_for_selector(".rf-view input[type=range]")
    assert view.get_by_label("style", exact=True).input_value() == "flower"
    lab.picture(pictures / "views" / "style_studio_interrupted.png")
    assert lab.errors() == []
    assert re.search(r"Interrupted after \d+ of 20000 steps: .*flower \(128, 192, 3\)", lab.output_text(1), re.DOTALL)

    lab.command("docmanager:save")
    stored = nbformat.read(lab.root / NAME, as_version=4)
    [output] = stored.cells[0].outputs
    assert '"result":{"picture":"data:image/jpeg' in output["data"]["text/html"]
    assert "Interrupted after" in output["data"]["text/plain"]
