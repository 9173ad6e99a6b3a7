"""The detector's thresholds leave in the browser what the Python twin leaves, by mouse and by keyboard."""

import re

import numpy as np
import pytest

from helpers import data, widgets
from helpers.widgets import detector
from helpers.widgets.detector import raw_candidates

pytestmark = pytest.mark.browser

EXAMPLE = detector.candidates(*raw_candidates.made_up())
NAMES = raw_candidates.NAMES


def crowd(count, *, kinds=2, seed=3):
    rng = np.random.default_rng(seed)
    corners = rng.uniform(0, 250, (count, 2)).round(1)
    boxes = np.concatenate([corners, corners + rng.uniform(20, 90, (count, 2)).round(1)], axis=1)
    return detector.candidates(boxes, rng.random(count).round(3), rng.integers(0, kinds, count))


def shown_crowd(found, **more):
    return widgets.detector_at_work(data.photograph("astronaut"), found.boxes, found.scores, found.classes, **more)


def set_to(shown, label, value):
    """Move a slider as a person does who drags it."""
    shown.page.get_by_label(label).evaluate(
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', { bubbles: true })) }",
        str(value),
    )
    shown.settle()


def counts_in(words):
    return [int(number) for number in re.findall(r"(\d+) (?:candidates|above|left)", words.replace(",", ""))]


def counts(shown):
    return counts_in(shown.page.locator(".rf-title").first.inner_text())


def expected_counts(found, score, share):
    rest = detector.remaining(found, score, share)
    return [len(found.scores), len(rest.above), len(rest.left)]


def listed(shown):
    return shown.page.locator(".rf-places li").all_inner_texts()


def expected_list(found, score, share, names):
    rest = detector.remaining(found, score, share)
    strikers = [by for by, _ in rest.struck.values()]
    return [f"{names[found.classes[i]]} {found.scores[i]:.2f}, strikes out {strikers.count(i)}" for i in rest.left[:12]]


def test_it_opens_with_what_is_left_at_the_thresholds_given(show) -> None:
    shown = show(widgets.detector_at_work(score_threshold=0.5, iou_threshold=0.4))
    assert counts(shown) == expected_counts(EXAMPLE, 0.5, 0.4)
    assert [line.removesuffix(" ◂") for line in listed(shown)] == expected_list(EXAMPLE, 0.5, 0.4, NAMES)
    assert "made up" in shown.page.locator(".rf-beside").inner_text()


def test_the_sliders_leave_what_python_leaves(show) -> None:
    found = crowd(300)
    shown = show(shown_crowd(found, class_names=["cat", "<b>dog</b>"]))
    for score, share in [(0.0, 0.5), (0.3, 0.3), (0.8, 0.1), (0.05, 1), (1, 0.5), (0.45, 0.75)]:
        set_to(shown, "score above", score)
        set_to(shown, "overlap from", share)
        assert counts(shown) == expected_counts(found, score, share), (score, share)
        lines = [line.removesuffix(" ◂") for line in listed(shown)]
        assert lines == expected_list(found, score, share, ["cat", "<b>dog</b>"])
    assert shown.page.locator("b").count() == 0
    assert shown.said == shown.page.locator(".rf-title").first.inner_text()


@pytest.mark.parametrize("given", [0.605, 1 / 3])
def test_sliders_stand_at_the_thresholds_given_however_fine_they_are(show, given) -> None:
    shown = show(widgets.detector_at_work(score_threshold=given, iou_threshold=given))
    for label in ("score above", "overlap from"):
        slider = shown.page.get_by_label(label)
        assert float(slider.input_value()) == pytest.approx(given, abs=1e-12)
        assert slider.get_attribute("aria-valuetext") == f"{given:.4g}"
    assert counts(shown) == expected_counts(EXAMPLE, given, given)
    shown.page.get_by_label("score above").press("ArrowRight")
    shown.settle()
    now = float(shown.page.get_by_label("score above").input_value())
    assert now > given and counts(shown) == expected_counts(EXAMPLE, now, given)


def test_the_arrow_keys_walk_through_the_boxes_and_name_who_struck_them_out(show) -> None:
    shown = show(widgets.detector_at_work())
    rest = detector.remaining(EXAMPLE, 0.6, 0.5)
    canvas = shown.page.locator(".rf-photo canvas")
    canvas.focus()
    for place, index in enumerate(rest.above[1:6], 2):
        canvas.press("ArrowRight")
        title = f"{NAMES[EXAMPLE.classes[index]]} {EXAMPLE.scores[index]:.2f}"
        assert shown.said.startswith(f"Box {place} of {len(rest.above)}: {title}, number {index} of the arrays.")
        if index in rest.struck:
            by, share = rest.struck[index]
            assert f"struck out by {NAMES[EXAMPLE.classes[by]]} {EXAMPLE.scores[by]:.2f}, number {by}" in shown.said
            assert f"they overlap by {share:.3g}." in shown.said
        else:
            assert "It is left" in shown.said
    canvas.press("End")
    assert shown.said.startswith(f"Box {len(rest.above)} of")
    shown.page.get_by_label("show").select_option("left")
    canvas.press("Home")
    canvas.press("ArrowDown")
    assert shown.said.startswith(f"Box 2 of {len(rest.left)}:")
    assert shown.keys == []


def test_pointing_at_boxes_chooses_the_smallest(show) -> None:
    found = detector.candidates([[0, 0, 200, 200], [40, 40, 120, 120], [60, 60, 90, 90]], [0.9, 0.8, 0.7], [0, 1, 2])
    shown = show(shown_crowd(found))
    canvas = shown.page.locator(".rf-photo canvas")
    side = canvas.bounding_box()["width"] / 320
    for at, number in [(75, 2), (100, 1), (180, 0)]:
        canvas.hover(position={"x": at * side, "y": at * side})
        assert f"number {number} of the arrays" in shown.said
    canvas.hover(position={"x": 300 * side, "y": 300 * side})
    assert "number 0 of the arrays" in shown.said


def test_boxes_stand_where_their_pixels_are(show) -> None:
    found = detector.candidates([[80, 40, 240, 280]], [0.9], None)
    shown = show(shown_crowd(found))
    edges = shown.page.locator(".rf-photo canvas").evaluate(
        """canvas => { const { width, height } = canvas;
        const dots = canvas.getContext('2d').getImageData(0, 0, width, height).data;
        const [across, down] = [[], []];
        for (let i = 0; i < width * height; i++) {
          if (dots[4 * i] === 184 && dots[4 * i + 1] === 0 && dots[4 * i + 2] === 78) {
            across.push(i % width);
            down.push(Math.floor(i / width)); } }
        const ends = list => [list.reduce((a, b) => Math.min(a, b)), list.reduce((a, b) => Math.max(a, b))];
        const [[x1, x2], [y1, y2]] = [ends(across), ends(down)];
        return [x1 / width, y1 / height, x2 / width, y2 / height]; }"""
    )
    assert np.allclose(edges, found.boxes[0] / 320, atol=0.01)


def test_grid_and_anchors_come_on_request(show) -> None:
    shown = show(widgets.detector_at_work())
    drawn = "document.querySelector('.rf-photo canvas').toDataURL()"
    before = shown.page.evaluate(drawn)
    shown.page.get_by_label("grid and anchors").press("Space")
    shown.settle()
    rest = detector.remaining(EXAMPLE, 0.6, 0.5)
    x1, y1, x2, y2 = EXAMPLE.boxes[rest.left[0]] / raw_candidates.SIDE * raw_candidates.GRID
    place = f"row {int((y1 + y2) / 2)}, column {int((x1 + x2) / 2)} of the grid"
    assert place in shown.page.locator(".rf-beside").inner_text()
    assert before != shown.page.evaluate(drawn)
    assert shown.keys == []


def test_hundreds_of_candidates_are_counted_at_every_step_of_a_drag(show) -> None:
    found = crowd(600, kinds=1)
    shown = show(shown_crowd(found))
    said = shown.page.get_by_label("overlap from").evaluate(
        """async input => { const said = [];
        for (let i = 0; i < 30; i++) {
          input.value = 0.1 + 0.02 * i;
          input.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          said.push(document.querySelector('.rf-title').textContent); }
        return said; }"""
    )
    shares = [0.1 + 0.02 * i for i in range(30)]
    assert [counts_in(words) for words in said] == [expected_counts(found, 0.6, share) for share in shares]
    assert counts(shown) == expected_counts(found, 0.6, 0.68)


def test_nothing_above_the_threshold_leaves_the_view_alive(show) -> None:
    shown = show(shown_crowd(detector.candidates([[1, 1, 9, 9]], [0.5], None)))
    shown.page.locator(".rf-photo canvas").press("ArrowRight")
    assert counts(shown) == [1, 0, 0] and shown.problem == ""
    set_to(shown, "score above", 0.2)
    assert counts(shown) == [1, 1, 1]
    one_dot = show(widgets.detector_at_work(np.ones((1, 1)), [[0, 0, 1, 1]], [0.9], grid=1, anchors=[[1, 1]]))
    one_dot.page.get_by_label("grid and anchors").check()
    assert counts(one_dot) == [1, 1, 1]


@pytest.mark.parametrize("dark", [False, True])
def test_anyone_can_use_it(show, dark) -> None:
    shown = show(widgets.detector_at_work(), dark=dark, width=380)
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380
    assert [url for url in shown.requests if not url.startswith("data:")] == []
