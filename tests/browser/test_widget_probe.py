"""What the benchmark of the views watches a page with: every picture that changes is seen once, and no other."""

from __future__ import annotations

import pytest

from benchmarks.widget_lab import PROBE
from tests.browser.jupyterlab import browser_page

_PAGE = """<canvas width="120" height="100"></canvas><canvas width="20" height="20"></canvas><div></div><script>
const context = document.querySelector('canvas').getContext('2d');
const paint = (red, canvas = 0) => {
  const { width, height } = document.querySelectorAll('canvas')[canvas];
  const image = new ImageData(width, height);
  for (let i = 0; i < image.data.length; i += 4) image.data.set([red, 0, 0, 255], i);
  document.querySelectorAll('canvas')[canvas].getContext('2d').putImageData(image, 0, 0);
};
const show = (red, side = 120) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const into = canvas.getContext('2d');
  into.fillStyle = `rgb(${red}, 0, 0)`;
  into.fillRect(0, 0, side, side);
  const picture = new Image();
  picture.src = canvas.toDataURL();
  document.querySelector('div').replaceChildren(picture);
};
</script>"""

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium_is_here")]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page with a canvas, watched."""
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(_PAGE, encoding="utf-8")
    with browser_page(tmp_path_factory.mktemp("profile")) as opened:
        opened.add_init_script(path=PROBE)
        opened.goto(file.as_uri())
        yield opened


def pictures(page, kind: str, script: str) -> list[dict[str, float]]:
    """What was noted while a script ran."""
    page.evaluate("kind => rfWatch.reset(kind)", kind)
    page.evaluate(script)
    page.wait_for_timeout(200)
    return list(page.evaluate("() => rfWatch.pictures"))


def test_a_canvas_counts_when_its_dots_change(page) -> None:
    found = pictures(page, "canvas", "() => { paint(1); paint(1); paint(2); paint(2); paint(1) }")
    assert len(found) == 3
    assert all(0 < one["drawn"] < one["painted"] and one["frame"] for one in found)


def test_small_canvases_and_those_that_are_not_shown_do_not_count(page) -> None:
    assert pictures(page, "canvas", "() => paint(9, 1)") == []
    hidden = "() => { const node = document.querySelector('canvas'); node.remove(); node.getContext('2d')"
    script = f"{hidden}.putImageData(new ImageData(120, 100), 0, 0); document.body.prepend(node) }}"
    assert pictures(page, "canvas", script) == []


def test_a_picture_belongs_to_the_frame_it_was_drawn_in(page) -> None:
    script = "() => new Promise((done) => requestAnimationFrame((time) => { paint(5); done(window.at = time) }))"
    [found] = pictures(page, "canvas", script)
    assert found["frame"] == page.evaluate("() => window.at")


def test_an_image_counts_when_it_is_another_one(page) -> None:
    wait = "await new Promise((done) => setTimeout(done, 60));"
    found = pictures(page, "image", f"async () => {{ show(1); {wait} show(1); {wait} show(200); {wait} show(7, 40) }}")
    assert len(found) == 2
    assert pictures(page, "canvas", "() => show(90)") == []


def test_keys_clicks_and_moves_of_the_browser_itself_are_noted(page) -> None:
    page.evaluate("() => { rfWatch.clear(); rfWatch.key = rfWatch.click = 0 }")
    page.evaluate("() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }))")
    assert page.evaluate("() => rfWatch.key") == 0
    before = page.evaluate("() => performance.now()")
    page.keyboard.press("ArrowRight")
    page.mouse.move(5, 5)
    page.mouse.click(30, 30)
    key, click, moves = page.evaluate("() => [rfWatch.key, rfWatch.click, rfWatch.moves.length]")
    assert before <= key < click and moves >= 2
