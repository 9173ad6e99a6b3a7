"""All views in a real JupyterLab: they move, survive re-opening, are pictures where untrusted, and work exported."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.browser.jupyterlab import Lab, browser_page, jupyterlab
from tests.helpers.widgets import gallery

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium_is_here")]

NAME = "gallery.ipynb"
STARTED = "document.querySelectorAll('.rf-view .rf-body').length"
SLOW = """
import time
from helpers import widgets
def conv_forward(A_prev, W, b, hparameters):
    for second in range(30):
        time.sleep(1)
widgets.convolution_stepper([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 1]], function=conv_forward)
"""

BUSY = """
import time
from helpers import widgets
from helpers.shifts import convolve
def conv_forward(A_prev, W, b, hparameters):
    print("this is not for the cell that runs")
    return convolve(A_prev, W, b, hparameters["stride"], hparameters["pad"]), None
widgets.convolution_stepper([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, 1]], function=conv_forward)
"""
PRINTS = "for n in range(12):\n    print(f'line {n} ', flush=True)\n    time.sleep(0.25)"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab on a copy of the gallery."""
    folder = tmp_path_factory.mktemp("gallery")
    root, home = folder / "root", folder / "home"
    root.mkdir(), home.mkdir()
    (root / NAME).write_bytes((gallery.FOLDER / NAME).read_bytes())
    slow = new_notebook(cells=[new_code_cell(SLOW)], metadata={"kernelspec": {"name": "python3", "display_name": "P"}})
    nbformat.write(slow, root / "slow.ipynb")
    busy = new_notebook(cells=[new_code_cell(BUSY), new_code_cell(PRINTS)], metadata=slow.metadata)
    nbformat.write(busy, root / "busy.ipynb")
    with jupyterlab(root, home) as address, browser_page(folder / "profile") as page:
        lab = Lab(page, address)
        lab.root, lab.requests = root, []  # type: ignore[attr-defined]
        page.on("request", lambda request: lab.requests.append(request.url))
        yield lab


def show_all(lab):
    """Scroll through the notebook, so that JupyterLab draws every output."""
    for cell in range(lab.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")):
        lab.page.evaluate("n => window.jupyterapp.shell.currentWidget.content.scrollToItem(n)", cell)
        lab.page.wait_for_timeout(40)


def test_every_view_starts_in_jupyterlab(lab, pictures):
    lab.open(NAME)
    lab.run_all()
    assert lab.errors() == []
    show_all(lab)
    lab.page.wait_for_function(f"{STARTED} >= {len(gallery.modules())}")
    assert lab.page.locator(".rf-view .rf-problem:not(:empty)").count() == 0
    for module in gallery.modules():
        view = lab.page.locator(f'.rf-view[aria-label="{gallery.example(module).title}"]').first
        view.scroll_into_view_if_needed()
        view.screenshot(path=pictures / "views" / f"{module}_in_jupyterlab.png")


def test_a_slider_moves_the_picture_and_no_key_moves_a_cell(lab):
    cells = "window.jupyterapp.shell.currentWidget.content.widgets.length"
    before = lab.page.evaluate(cells)
    view = lab.page.locator('.rf-view[aria-label="Filter playground"]')
    slider = view.get_by_label("turn a Sobel filter")
    slider.scroll_into_view_if_needed()
    slider.focus()
    picture = "view => view.querySelectorAll('canvas')[1].toDataURL()"
    old = view.evaluate(picture)
    for key in ("ArrowRight", "ArrowRight", "a", "x", "d", "d", "b"):
        lab.page.keyboard.press(key)
    lab.page.wait_for_timeout(300)
    assert view.get_by_label("filter, row 0, column 1").input_value() not in ("0", "")
    assert view.evaluate(picture) != old
    view.locator("canvas").first.focus()
    for key in ("a", "d", "d", "x", "ArrowDown"):
        lab.page.keyboard.press(key)
    assert lab.page.evaluate(cells) == before


def run_my_function(lab):
    """Press the stepper's button, and wait for what the view says."""
    view = lab.page.locator('.rf-view[aria-label="Convolution stepper"]')
    view.get_by_role("button", name="run my conv_forward").click()
    lab.page.wait_for_function(
        """() => { const view = document.querySelector('.rf-view[aria-label="Convolution stepper"]');
        return view.querySelector('.rf-problem').textContent || /departs|same/.test(view.innerText) }"""
    )
    return view.inner_text()


def test_the_learners_own_function_answers(lab):
    assert "departs in" in run_my_function(lab)


def test_it_survives_reopening_without_a_run(lab):
    lab.command("docmanager:save")
    lab.page.wait_for_timeout(500)
    stored = nbformat.read(lab.root / NAME, as_version=4)
    kinds = {kind for cell in stored.cells for output in cell.get("outputs", []) for kind in output.get("data", {})}
    assert "application/vnd.jupyter.widget-view+json" not in kinds
    lab.open(NAME)
    show_all(lab)
    lab.page.wait_for_function(f"{STARTED} >= {len(gallery.modules())}")
    assert "model not found" not in lab.page.inner_text("body")
    assert "departs in" in run_my_function(lab), "the kernel still runs, so its function should answer"


def test_an_untrusted_copy_shows_pictures_with_words(lab, pictures):
    untrusted = nbformat.read(lab.root / NAME, as_version=4)
    untrusted.metadata["from"] = "somebody else"  # another text, so another signature
    nbformat.write(untrusted, lab.root / "untrusted.ipynb")
    lab.open("untrusted.ipynb")
    show_all(lab)
    lab.page.wait_for_timeout(500)
    assert lab.page.evaluate(STARTED) == 0
    words = lab.page.evaluate("[...document.querySelectorAll('.jp-OutputArea-output img')].map(image => image.alt)")
    assert len(words) >= len(gallery.modules()) and min(map(len, words)) >= 30
    lab.picture(pictures / "views" / "untrusted.png")


def test_an_exported_page_works_with_the_network_cut(lab, tmp_path, pictures):
    from nbconvert import HTMLExporter

    html, _ = HTMLExporter().from_filename(str(lab.root / NAME))
    (tmp_path / "gallery.html").write_text(html, encoding="utf-8")
    page = lab.page.context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)) if "rf" in str(error) else None)
    lab.page.context.set_offline(True)
    try:
        page.goto((tmp_path / "gallery.html").as_uri(), wait_until="domcontentloaded")
        page.wait_for_function(f"{STARTED} >= {len(gallery.modules())}")
        slider = page.get_by_label("turn a Sobel filter")
        slider.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.querySelector('.rf-nines input').value === '1.083'")
        page.screenshot(path=pictures / "views" / "exported.png")
        assert errors == []
    finally:
        lab.page.context.set_offline(False)
        page.close()


def test_a_function_that_runs_for_30_seconds_is_stopped_in_words(lab):
    lab.open("slow.ipynb")
    lab.run_all()
    lab.page.wait_for_selector(".rf-body button")
    said = run_my_function(lab)
    assert "had not finished after 5 seconds and was stopped" in said
    slider = lab.page.get_by_label("stride s")
    slider.focus()
    lab.page.keyboard.press("ArrowRight")
    lab.page.wait_for_timeout(200)
    assert "/ 2⌋" in lab.page.locator(".rf-formula").first.inner_text()


def test_a_function_asked_for_while_a_cell_runs_waits_and_silences_nobody(lab):
    lab.open("busy.ipynb")
    lab.run(0)
    lab.page.wait_for_selector(".rf-body button")
    lab.select(1)
    lab.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-cell') }")
    lab.page.wait_for_function("document.body.innerText.includes('line 1 ')")
    said = run_my_function(lab)
    assert "gives the same" in said
    lines = lab.output_text(1)
    assert all(f"line {n} " in lines for n in range(12)), f"the cell lost what it printed: {lines}"


def test_the_network_was_asked_for_nothing(lab):
    own = [url for url in lab.requests if not url.startswith((lab.address, "data:", "blob:", "about:", "file:"))]
    assert own == []
