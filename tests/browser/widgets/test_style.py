"""The studio takes choices and files, follows a run while it goes on, and shows what is stored of it."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from helpers import data, widgets

pytestmark = pytest.mark.browser

CONTENTS = {"coffee": data.photograph("coffee", size=64), "<b>rocket</b>": data.photograph("rocket", size=64)}
STYLES = {"brick": data.photograph("brick", size=64), "flower": data.photograph("flower", size=64)}


class PageEar:
    """Passes Python's news to the page, as a kernel would."""

    def __init__(self, page, address) -> None:
        self.page, self.address = page, address

    def send(self, content, buffers=()):
        self.page.evaluate(
            """([address, content, buffers]) => document.dispatchEvent(new CustomEvent(`rf-say-${address}`, { detail: {
                content, buffers: buffers.map(one => new DataView(Uint8Array.from(one).buffer)) } }))""",
            [self.address, content, [list(one) for one in buffers]],
        )


@pytest.fixture
def studio():
    """A studio with two pictures of each kind and two layers."""
    return widgets.style_studio(CONTENTS, STYLES, size=48, layers=["fine", "coarse"])


def step(generated, choice):
    """A tenth of the way to the style."""
    generated = generated + 0.1 * (choice.style - generated)
    near = float(np.mean((generated - choice.style) ** 2))
    return generated, {"style": near, "total": 10 * near}


def joined(show, studio, **more):
    """The studio on a page, with Python behind it."""
    shown = show(studio, **more)
    shown.answer_as_python(studio)
    studio._ear = PageEar(shown.page, studio.address)
    return shown


def png(width=20, height=10):
    """A PNG file of one colour."""
    buffer = io.BytesIO()
    Image.fromarray(np.full((height, width, 3), [200, 30, 90], np.uint8)).save(buffer, format="png")
    return buffer.getvalue()


def test_choices_by_keyboard_arrive_in_python(show, studio) -> None:
    shown = joined(show, studio)
    shown.page.get_by_label("style", exact=True).select_option("flower")
    beta = shown.page.get_by_label("β, style")
    beta.focus()
    beta.press("ArrowRight")
    coarse = shown.page.get_by_label("coarse")
    coarse.focus()
    coarse.press("End")
    shown.page.wait_for_function("document.querySelector('.rf-said').textContent.includes('β 41')")
    shown.settle()
    choice = studio.choice
    assert (choice.style_name, choice.alpha, choice.beta) == ("flower", 10, 41)
    assert choice.layers == (("fine", 0.5), ("coarse", 1))
    assert shown.keys == [] and shown.problem == ""


def test_a_run_is_followed_step_by_step(show, studio) -> None:
    shown = joined(show, studio)
    seen = []

    def watched(generated, choice):
        if studio._progress.steps == 1:
            seen.append((shown.page.locator("progress").get_attribute("value"), shown.said))
            seen.append(shown.page.get_by_label("style", exact=True).is_disabled())
        return step(generated, choice)

    studio.run(watched, steps=30)
    shown.settle()
    assert seen[0][0] == "1" and "It runs." in seen[0][1] and seen[1]
    assert shown.page.locator("progress").get_attribute("value") == "30"
    assert "of step 30, is kept" in shown.said
    curves = shown.page.get_by_role("img", name="costs")
    last = studio._progress.costs["total"][-1]
    assert f"total from {10 * studio._progress.costs['style'][0]:.4g}" in curves.get_attribute("aria-label")
    assert f"to {last:.4g}." in curves.get_attribute("aria-label")
    paths = curves.locator(".rf-path").all()
    assert [path.get_attribute("d").count("L") for path in paths] == [29, 29]
    assert len({path.get_attribute("stroke-dasharray") for path in paths}) == 2
    assert f"total {last:.4g}" in shown.page.locator(".rf-legend").inner_text()
    assert not shown.page.get_by_label("style", exact=True).is_disabled()
    with shown.page.expect_download() as download:
        shown.page.get_by_role("link", name="save the picture").click()
    with Image.open(download.value.path()) as stored:
        difference = np.abs(np.asarray(stored) / 255 - studio.best)
    assert difference.mean() < 0.05
    assert all(url.startswith(("blob:", "data:", "about:")) for url in shown.requests)


def test_a_step_that_fails_is_told_in_the_view(show, studio) -> None:
    shown = joined(show, studio)
    studio.run(step, 2)
    studio.run(lambda generated, choice: None, 2)
    shown.settle()
    assert "failed in step 3. It returned None" in shown.problem
    studio.run(step, 1)
    shown.settle()
    assert shown.problem == ""


def rendered_again(shown, studio) -> None:
    """Put the studio's new output in the place of the old one, as a notebook does when a run ends."""
    shown.page.evaluate(
        """html => { const main = document.querySelector('main'), script = document.createElement('script');
        main.innerHTML = html; script.textContent = main.querySelector('script').textContent;
        main.querySelector('script').replaceWith(script); }""",
        studio.html(),
    )
    shown.page.wait_for_selector(".rf-body > *", state="attached")
    shown.settle()


def axis(shown):
    """The numbers under the chart."""
    middle = shown.page.locator(".rf-chart text[text-anchor=middle]").all_text_contents()
    return [int(text) for text in middle if text.isdigit()]


def test_a_second_run_goes_on_where_the_stored_one_ended(show, studio) -> None:
    shown = joined(show, studio)
    studio.run(step, 500)
    rendered_again(shown, studio)
    assert axis(shown)[-1] == 500
    studio.run(step, 100)
    shown.settle()
    assert "step 600 of 600" in shown.page.locator(".rf-view").inner_text()
    assert axis(shown)[-1] == 600
    assert shown.page.locator(".rf-chart .rf-path").nth(0).get_attribute("d").count("L") == 70 + 100 - 1


def test_a_page_that_comes_late_numbers_the_steps_as_they_are(show, studio) -> None:
    shown = joined(show, studio)
    news = {"state": "running", "fresh": False, "step": 40, "last": 90, "from": 37, "costs": {"total": [3, 2, 1]}}
    studio._ear.send({"run": news})
    shown.settle()
    assert axis(shown) == [38, 39, 40]


def test_pictures_that_are_no_longer_shown_leave_nothing_in_the_browser(show, studio) -> None:
    shown = joined(show, studio)
    shown.page.evaluate(
        """() => { window.kept = new Set(); const { createObjectURL, revokeObjectURL } = URL;
        URL.createObjectURL = thing => { const url = createObjectURL(thing); window.kept.add(url); return url; };
        URL.revokeObjectURL = url => { window.kept.delete(url); revokeObjectURL(url); }; }"""
    )
    for _ in range(3):
        studio.run(step, 5)
        rendered_again(shown, studio)
    assert shown.page.evaluate("window.kept.size") <= shown.page.locator(".rf-view img").count()


def test_what_is_stored_can_be_looked_through_without_a_kernel(show, studio) -> None:
    studio.run(step, 20)
    shown = show(studio)
    assert "20 steps in" in shown.said and "No Python listens" in shown.page.locator(".rf-view").inner_text()
    made = shown.page.locator(".rf-made img")
    last = made.get_attribute("src")
    back = shown.page.get_by_label("look back")
    back.focus()
    back.press("Home")
    shown.settle()
    assert made.get_attribute("src") != last and made.get_attribute("alt").startswith("step 1")
    back.press("End")
    shown.settle()
    assert made.get_attribute("alt") == "the best picture, of step 20"
    assert made.evaluate("async node => { await node.decode(); return node.naturalWidth }") == 48
    assert shown.keys == [] and shown.problem == ""


def test_a_file_of_ones_own_is_checked_here_and_in_python(show, studio) -> None:
    shown = joined(show, studio)
    files = shown.page.get_by_label("a picture of your own as content")
    files.set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": png()})
    shown.page.wait_for_function("document.querySelector('select').value.includes('me.png')")
    shown.settle()
    assert studio.choice.content_name == "your own: me.png"
    assert studio.choice.content.shape == (24, 48, 3)
    assert np.allclose(studio.choice.content[10, 10] * 255, [200, 30, 90], atol=4)
    assert shown.problem == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a" + bytes(40), "no PNG or JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "no PNG or JPEG"),
        (png()[:60], "broken"),
        (png()[:16] + struct.pack(">II", 60_000, 60_000) + png()[24:], "60000 x 60000 pixels"),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01" + bytes(20), "65535 x 65535 pixels"),
        (b"", "no PNG or JPEG"),
    ],
    ids=["gif", "svg", "cut off", "huge png", "huge jpeg", "empty"],
)
def test_what_is_no_picture_is_named_before_it_is_decoded(show, studio, content, words) -> None:
    shown = joined(show, studio)
    files = shown.page.get_by_label("a picture of your own as style")
    files.set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": content})
    shown.page.wait_for_function("document.querySelector('.rf-problem').textContent")
    assert words in shown.problem
    assert studio.choice.style_name == "brick"


def test_a_file_that_is_too_large_is_not_even_read(show, studio) -> None:
    shown = joined(show, studio)
    shown.page.evaluate(
        """() => { const input = document.querySelector('input[type=file]'), list = new DataTransfer();
        list.items.add(new File([new ArrayBuffer(8000001)], "x.png", { type: "image/png" }));
        input.files = list.files; input.dispatchEvent(new Event("change")) }"""
    )
    shown.page.wait_for_function("document.querySelector('.rf-problem').textContent")
    assert "larger than 8 MB" in shown.problem


def test_costs_that_have_no_logarithm_are_left_out(show, studio) -> None:
    costs = iter([4] * 6 + [0, 2, -1] + [1] * 22)
    studio.run(lambda generated, choice: (generated, {"total": next(costs), "none": 0}), 31)
    shown = show(studio)
    lines = [shown.page.locator(f".rf-chart .rf-line{number}") for number in (0, 1)]
    path = lines[0].locator(".rf-path").get_attribute("d")
    assert (path.count("M"), path.count("L")) == (3, 26)
    assert shown.page.locator(".rf-chart .rf-nothing").count() == 0
    assert lines[1].locator(".rf-path").get_attribute("d") == "" and lines[1].locator("path").count() == 1
    alone = float(path.split("M")[2].split()[0])
    marks = [float(mark.get_attribute("cx")) for mark in lines[0].locator("circle").all()]
    assert min(abs(mark - alone) for mark in marks) < 0.01, "the value between two that are left out is no line"


@pytest.mark.parametrize("dark", [False, True])
def test_everyone_can_use_it(show, studio, dark) -> None:
    studio.run(step, 5)
    shown = show(studio, dark=dark, width=380)
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380
