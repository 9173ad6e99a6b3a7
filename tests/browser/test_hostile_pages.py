"""Hostile notebooks in a real browser: nothing of them runs or loads, neither for students nor for instructors.

Each page is shown as if a server had sent it; whatever it asks of any other host is noted and refused.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from nbgrader.server_extensions.formgrader import handlers
from playwright.sync_api import Error

from grader.feedback import page as feedback_page
from tests.browser.jupyterlab import browser_page
from tests.grader.feedback.formgrader import shown_by_formgrader
from tests.grader.feedback.hostile import MARKUP, UNSEEN, sheet_of

HOST = "http://course.test"
MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/"
ALERT = "alert(1);document.title='taken over'"
PIXEL = "iVBORw0KGgo="
STATIC = Path(handlers.static_path)
TRACKER = "https://tracker.example/x.png"

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium_is_here")]


# Every element as if a person pointed at it, went there with the keyboard and unfolded it.
_TOUCH = """() => {
  for (const node of [...document.querySelectorAll('body *')].slice(0, 500))
    for (const name of ['mouseover', 'focus', 'toggle']) node.dispatchEvent(new Event(name));
}"""


class Visit:
    """What happened while a page was open: dialogs, requests to other hosts, and its title in the end."""

    def __init__(self, browser, html):
        self.dialogs, self.requests = [], []
        tab = browser.context.new_page()
        tab.on("dialog", self._note)
        tab.route("**/*", lambda route: self._answer(route, html))
        tab.goto(f"{HOST}/page.html", wait_until="domcontentloaded")
        self.title = ""
        with contextlib.suppress(Error):  # a page that sends its reader elsewhere is noted as a request
            tab.evaluate(_TOUCH)
            tab.wait_for_timeout(300)
            self.title = tab.title()
        tab.close()

    def _note(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _answer(self, route, html):
        url = route.request.url
        if url == f"{HOST}/page.html":
            route.fulfill(content_type="text/html; charset=utf-8", body=html)
            return
        static = STATIC / url.removeprefix(f"{HOST}/formgrader/static/")
        if url.startswith(f"{HOST}/formgrader/static/") and static.is_file():
            route.fulfill(path=static)
            return
        if not url.startswith(HOST):
            self.requests.append(url)
        route.abort()

    @property
    def harmless(self):
        """Nothing ran, and nothing was asked of anybody but nbgrader's own source of MathJax."""
        foreign = [url for url in self.requests if not url.startswith(MATHJAX)]
        return not self.dialogs and not foreign and self.title != "taken over"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with browser_page(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def visit(browser):
    return lambda html: Visit(browser, html)


LOUD = [text.replace("alert(1)", ALERT) for text in MARKUP]


def test_a_page_of_feedback_runs_and_loads_nothing_of_a_hostile_student(visit):
    text = "\n".join([*LOUD, *UNSEEN[:5]])
    control = visit(f"<!DOCTYPE html><title>Feedback</title><pre>{text}</pre>")
    assert control.dialogs and control.requests, "shown raw it should do harm"
    html = feedback_page(sheet_of(text))
    seen = visit(html)
    assert seen.harmless and seen.requests == []
    assert seen.title.startswith("Feedback: ")


def test_the_policy_of_the_page_holds_even_where_escaping_would_fail(visit):
    html = feedback_page(sheet_of("MARK"))
    raw = f"<script>{ALERT}</script><img src='{TRACKER}' onerror=\"{ALERT}\"><style>@import '{TRACKER}';</style>"
    broken = html.replace("MARK", raw)
    without = broken.replace('http-equiv="Content-Security-Policy"', 'name="nothing"')
    control = visit(without)
    assert control.dialogs and control.requests and control.title == "taken over", "without it the page does harm"
    assert visit(broken).harmless


def shown(data, metadata=None):
    return {"output_type": "display_data", "data": data, "metadata": metadata or {}}


def code(*outputs, **fields):
    return {"cell_type": "code", "source": "1", "execution_count": None, "outputs": list(outputs)} | fields


def markdown(source, **fields):
    return {"cell_type": "markdown", "source": source} | fields


def graded(name):
    flags = {"grade": True, "solution": True, "task": False, "locked": False, "points": 1, "schema_version": 3}
    return {"nbgrader": flags | {"grade_id": name}}


SVG = f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{ALERT}\"><script>{ALERT}</script></svg>"
WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = {"application/vnd.jupyter.widget-state+json": {"state": {}, "x": f"</script><script>{ALERT}</script>"}}
CELLS = {
    "markup in an answer": markdown("\n\n".join(LOUD)),
    "markup in an answer that is graded": markdown("\n\n".join(LOUD), metadata=graded("essay")),
    "markup in an output": code(shown({"text/html": "".join(LOUD)})),
    "markup in an output, isolated": code(
        shown({"text/html": f"<script>{ALERT}</script>"}, {"text/html": {"isolated": True}})
    ),
    "markup in Markdown output": code(shown({"text/markdown": "\n\n".join(LOUD)})),
    "markup in printed text": code({"output_type": "stream", "name": "stdout", "text": "".join(LOUD)}),
    "JavaScript": code(shown({"application/javascript": ALERT})),
    "an SVG picture": code(shown({"image/svg+xml": SVG})),
    "an event in the width of a picture": code(
        shown({"image/png": PIXEL}, {"image/png": {"width": f"1 onerror={ALERT.replace(' ', '')}"}})
    ),
    "a picture from elsewhere": code(shown({"image/png": PIXEL}, {"filenames": {"image/png": TRACKER}})),
    "an event in a graded name": code(metadata=graded(f'"><img src=x onerror="{ALERT}">')),
    "an error's name": code(
        {"output_type": "error", "ename": LOUD[0], "evalue": LOUD[2], "traceback": ["\x1b[31m" + LOUD[0]]}
    ),
    "a widget": code(shown({WIDGET: {"model_id": f"</script><script>{ALERT}</script>"}})),
    "an attachment": markdown("![x](attachment:a.svg)", attachments={"a.svg": {"image/svg+xml": SVG}}),
    "formulas": markdown(r"$\href{javascript:alert(1)}{x}$ $\def\x{\x\x}\x$ $$\require{../../evil}$$"),
    "a tag": code(metadata={"tags": [f'"><img src=x onerror="{ALERT}">']}),
    "a raw cell": {"cell_type": "raw", "source": LOUD[2], "metadata": {}},
}
# nbgrader's own page escapes these, or leaves them out; they stay here so that it is noticed if that ends.
HARMLESS_ANYWAY = {
    "markup in printed text",
    "an SVG picture",
    "an error's name",
    "a widget",
    "an attachment",
    "formulas",
    "a tag",
    "a raw cell",
}


def formgrader_page(folder, cell, *, ours, metadata=None):
    """The page that formgrader would show of one cell, with the course's configuration or nbgrader's own."""
    cells = [{"id": "a", "metadata": {}} | cell]
    return shown_by_formgrader({"cells": cells, "metadata": metadata or {}}, folder, ours=ours)


@pytest.mark.parametrize("name", CELLS)
def test_formgrader_shows_a_hostile_cell_without_running_it(visit, tmp_path, name):
    control = visit(formgrader_page(tmp_path, CELLS[name], ours=False))
    assert control.harmless == (name in HARMLESS_ANYWAY), "with nbgrader's own configuration it should do harm"
    assert visit(formgrader_page(tmp_path, CELLS[name], ours=True)).harmless


METADATA = {
    "lexer": {"language_info": {"name": "python", "pygments_lexer": f'"><script>{ALERT}</script>'}},
    "language": {"language_info": {"name": f"<script>{ALERT}</script>"}},
    "title": {"title": f"</title><script>{ALERT}</script>"},
    "widget state": {"widgets": STATE},
}


@pytest.mark.parametrize("name", METADATA)
def test_formgrader_shows_hostile_metadata_without_running_it(visit, tmp_path, name):
    cell = code()
    assert visit(formgrader_page(tmp_path, cell, ours=True, metadata=METADATA[name])).harmless


def test_formgrader_still_shows_answers_pictures_and_fields_for_marks(tmp_path):
    answer = formgrader_page(tmp_path, markdown("**Because** $x$", metadata=graded("essay")), ours=True)
    assert "<strong>Because</strong>" in answer and 'id="essay"' in answer and 'id="essay-comment"' in answer
    picture = formgrader_page(tmp_path, code(shown({"image/png": PIXEL})), ours=True)
    assert f'src="data:image/png;base64,{PIXEL}"' in picture
    panel = formgrader_page(tmp_path, code(shown({"text/html": '<div class="rf-report">passed</div>'})), ours=True)
    assert '<div class="rf-report">passed</div>' in panel


def test_a_page_of_feedback_fits_a_phone_and_can_be_walked_with_the_keyboard(browser, pictures):
    long = "a_very_long_name_of_an_exercise_" * 4
    text = "x = " + "1 + " * 200 + "1"
    html = feedback_page(sheet_of("Score 10/10", title="1.2 Step by step", student="ada", week="week1"))
    html = html.replace("Score 10/10", f"{long} {text}", 12)
    tab = browser.context.new_page()
    for scheme in ("light", "dark"):
        for width in (1200, 375):
            tab.emulate_media(color_scheme=scheme)
            tab.set_viewport_size({"width": width, "height": 800})
            tab.set_content(html)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            tab.screenshot(path=pictures / f"8_feedback_{width}_{scheme}.png", full_page=True)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#exercise-1"
    tab.close()
