"""What holds for every view: it needs nothing but its page, everyone can use it, its picture stays without scripts."""

from __future__ import annotations

import re

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets.view import View
from tests.browser.widgets.conftest import html_of, picture_of
from tests.helpers.widgets import gallery

pytestmark = pytest.mark.browser

LARGEST = 80_000  # characters of an output

each_view = pytest.mark.parametrize("module", gallery.modules())
# What a person meets with the Tab key: each must do something that can be seen, or be text to read and copy.
_FOCUSABLE = "button, input, select, textarea, [tabindex='0'], summary, a[href]"


@each_view
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everyone_can_use_it(show, pictures, module, dark) -> None:
    shown = show(gallery.example(module), dark=dark)
    picture_of(shown, pictures / "views" / f"{module}_{'dark' if dark else 'light'}.png")
    assert shown.violations() == []


@each_view
def test_it_fits_a_narrow_window(show, pictures, module) -> None:
    shown = show(gallery.example(module), width=380)
    picture_of(shown, pictures / "views" / f"{module}_narrow.png")
    wide = shown.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 380, f"the page is {wide} pixels wide"


@each_view
def test_it_asks_the_network_for_nothing_and_says_its_result_at_once(show, module) -> None:
    shown = show(gallery.example(module))
    shown.page.wait_for_function("document.querySelector('.rf-said').textContent.length > 20")
    assert [url for url in shown.requests if not url.startswith(("data:", "blob:", "about:"))] == []


@each_view
def test_no_key_pressed_inside_reaches_the_notebook(show, module) -> None:
    shown = show(gallery.example(module))
    places = shown.page.locator(f".rf-body :is({_FOCUSABLE})").element_handles()
    visible = [place for place in places if place.is_visible() and place.is_enabled()]
    assert visible, "nothing in it can be reached by keyboard"
    for place in visible:
        if not place.evaluate("node => { node.focus(); return node.isConnected }"):
            continue  # a key pressed before has taken it away
        for key in ("a", "d", "d", "ArrowDown"):
            shown.page.keyboard.press(key)
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("Escape")
    assert set(shown.keys) == {"Tab", "Escape"}


@each_view
def test_without_scripts_its_picture_and_its_words_stay(show, module) -> None:
    shown = show(gallery.example(module), scripts=False)
    picture = shown.page.locator(".rf-view img")
    assert picture.count() == 1 and len(picture.get_attribute("alt") or "") >= 30
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")


@each_view
def test_its_output_is_small_and_names_no_address(module) -> None:
    view = gallery.example(module)
    html = html_of(view)
    assert len(html) <= LARGEST, f"{len(html):,} characters"
    assert set(re.findall(r"https?://[^\"'\s)]*", html)) <= {"http://www.w3.org/2000/svg"}
    assert html.count("<script") == html.count("</script>") == 1


@each_view
def test_a_module_that_fails_leaves_the_picture_and_a_sentence(show, module, monkeypatch) -> None:
    view = gallery.example(module)
    html = html_of(view)
    broken = View(view.module, view.title, {}, view.alt, view.draw)
    monkeypatch.setattr(
        broken,
        "html",
        lambda: re.sub(
            r"mount\(\"\w+\", view, ",
            f'mount("{view.address}", {{ render() {{ throw new Error("no canvas") }} }}, ',
            html,
        ),
    )
    shown = show(broken, waits=False)
    shown.page.wait_for_function("document.querySelector('.rf-problem').textContent")
    assert "could not start in this browser" in shown.problem
    assert shown.page.locator(".rf-view > img").count() == 1


def test_text_in_the_state_cannot_end_the_script(show) -> None:
    name = "</script><script>window.broken = true</script><!--"
    shown = show(widgets.filter_playground(np.eye(6), filters={name: np.eye(3)}))
    assert name in shown.page.locator("option").all_text_contents()
    assert shown.page.evaluate("window.broken") is None


def test_two_outputs_of_one_view_both_start(show) -> None:
    view = widgets.filter_playground(np.eye(6))
    html = view.html()
    twice = View(view.module, view.title, {}, view.alt, view.draw)
    twice.html = lambda: html + html  # type: ignore[method-assign]
    shown = show(twice)
    assert shown.page.locator(".rf-body canvas").count() == 4


def test_a_refused_view_is_a_sentence_and_no_html(show) -> None:
    refused = widgets.filter_playground(np.eye(6), filters={"<b>x</b>": np.eye(2)})
    shown = show(refused, waits=False)
    assert "filter '<b>x</b>' has the shape (2, 2)" in shown.page.locator("[role=alert]").inner_text()
    assert shown.violations() == []
