"""The triplet explorer shows its twin's numbers, wherever the points are dragged, pushed or pulled."""

import re

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets.triplets import spread

pytestmark = pytest.mark.browser

CROWD = np.array([[0.0, 0], [1, 0.25], [3, 1], [2, -1.5]])
NAMES = ["Ada", "Ada", "<b>Bo</b>", "Bo"]


def table(shown) -> np.ndarray:
    """Places and minus the gradient, (points, 4)."""
    rows = shown.page.locator("tbody tr").all_inner_texts()
    return np.array([re.findall(r"-?[\d.]+(?:e-?\d+)?", row.split("\t", 1)[1]) for row in rows], dtype=float)


def follows_the_twin(shown, margin=0.2) -> bool:
    """Whether gradient, kinds and loss on the page belong to the places on the page, which have three digits."""
    found = table(shown)
    seen = spread(found[0, :2], found[1, :2], found[2:, :2], margin=margin)
    loss = float(re.search(r"loss is ([\d.e-]*\d)", shown.said)[1])
    kinds = re.findall(r"is (easy|semi-hard|hard)", shown.said)
    size = np.abs(found).max()
    gradient = np.allclose(found[:, 2:], -seen.gradient, atol=0.03 * size)
    return gradient and kinds == list(seen.kinds) and np.isclose(loss, seen.costs.sum(), atol=0.03 * size**2)


def handle(shown, name):
    return shown.page.locator(f'svg [role="button"][aria-label^="{name}"]')


def centre(shown, name) -> tuple[float, float]:
    box = handle(shown, name).locator("path").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_it_begins_with_a_semi_hard_triplet(show) -> None:
    shown = show(widgets.triplet_explorer())
    assert np.array_equal(table(shown)[:, 2:], [[-0.1, 1.5], [-1.2, -0.7], [1.3, -0.8]])
    assert shown.said.startswith("The loss is 0.1. The negative is semi-hard")
    assert "max(0.4825 \N{MINUS SIGN} 0.5825 + 0.2, 0) = 0.1" in shown.page.locator(".rf-formula").inner_text()


def test_every_point_follows_the_pointer(show) -> None:
    shown = show(widgets.triplet_explorer())
    for name, by in {"negative": (-60, -20), "anchor": (15, 40), "positive": (-30, 10)}.items():
        x, y = centre(shown, name)
        shown.drag((x, y), (x + by[0], y + by[1]))
        assert np.allclose(centre(shown, name), (x + by[0], y + by[1]), atol=1.5)
        assert follows_the_twin(shown)
    assert "is hard" in shown.said


def test_a_point_dragged_off_the_plane_stays_at_its_edge_and_in_view(show) -> None:
    shown = show(widgets.triplet_explorer())
    shown.drag(centre(shown, "positive"), (990, 890))
    box = shown.page.locator("svg").bounding_box()
    x, y = centre(shown, "positive")
    assert box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"]
    assert follows_the_twin(shown)


def test_arrow_keys_move_a_point(show) -> None:
    shown = show(widgets.triplet_explorer())
    before = table(shown)
    handle(shown, "negative").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowDown"):
        shown.page.keyboard.press(key)
    shown.settle()
    moved = table(shown)[2, :2] - before[2, :2]
    assert np.allclose(moved[1] / moved[0], -4.5, atol=0.2) and moved[0] > 0
    assert follows_the_twin(shown) and "easy" in shown.said
    assert shown.keys == []


def test_the_margin_decides_what_is_easy(show) -> None:
    shown = show(widgets.triplet_explorer())
    shown.page.get_by_label("margin").fill("0.05")
    shown.settle()
    assert "The loss is 0. The negative is easy" in shown.said
    assert not np.any(table(shown)[:, 2:])
    shown.page.get_by_label("margin").fill("0.9")
    shown.settle()
    assert shown.said.startswith("The loss is 0.8.") and follows_the_twin(shown, margin=0.9)


def test_steps_of_gradient_descent_are_the_twins_and_end_without_loss(show) -> None:
    corners = np.array([[-0.3, 0], [0.3, 0.35], [0.1, -0.1]])
    shown = show(widgets.triplet_explorer(*corners))
    step = shown.page.get_by_role("button", name="step ▶")
    for n in range(1, 4):
        step.click()
        shown.settle()
        corners = corners - 0.01 * spread(*corners).gradient
        assert np.allclose(table(shown)[:, :2], corners, rtol=6e-3, atol=1e-4)
        assert shown.said.startswith(f"After {n} step")
    shown.page.get_by_role("button", name="back").click()
    shown.settle()
    assert shown.said.startswith("After 2 steps")
    shown.page.get_by_label("learning rate").fill("0.1")
    shown.page.get_by_label("pace").select_option("120")
    shown.page.get_by_role("button", name="play").click()
    shown.page.wait_for_function("document.querySelector('.rf-said').textContent.includes('is easy')")
    assert "the loss is 0. The negative" in shown.said


def test_collapse_has_the_loss_of_the_margin_and_no_way_out(show) -> None:
    shown = show(widgets.triplet_explorer())
    shown.page.get_by_role("button", name="put all on one place").press("Enter")
    shown.settle()
    assert shown.said.startswith("The loss is 0.2: the margin, for all points lie on one place.")
    shown.page.get_by_role("button", name="step ▶").click()
    shown.settle()
    assert "cannot leave" in shown.said and not np.any(table(shown)[:, 2:])
    shown.page.get_by_label("margin").fill("0")
    shown.settle()
    assert shown.said == "The loss is 0: without a margin it costs nothing that all points lie on one place."
    shown.page.get_by_label("margin").fill("0.2")
    shown.page.get_by_role("button", name="as at first").click()
    shown.settle()
    assert shown.said.startswith("The loss is 0.1. The negative is semi-hard")


def test_as_at_first_brings_back_points_margin_and_rate(show) -> None:
    shown = show(widgets.triplet_explorer())
    before, said = table(shown), shown.said
    shown.page.get_by_label("margin").fill("0.6")
    shown.page.get_by_label("learning rate").fill("0.2")
    handle(shown, "negative").press("Shift+ArrowRight")
    shown.settle()
    assert shown.said != said
    shown.page.get_by_role("button", name="as at first").press("Enter")
    shown.settle()
    assert np.array_equal(table(shown), before) and shown.said == said
    assert shown.page.get_by_label("margin").input_value() == "0.2"
    assert shown.page.get_by_label("learning rate").input_value() == "0.01"
    shown.page.get_by_role("button", name="step ▶").click()
    shown.settle()
    assert np.allclose(table(shown)[:, :2], before[:, :2] + 0.01 * before[:, 2:], rtol=6e-3, atol=1e-4)


def test_a_triplet_is_picked_from_the_crowd_by_click_and_by_key(show) -> None:
    shown = show(widgets.triplet_explorer(CROWD[0], CROWD[1], CROWD[2], points=CROWD, labels=NAMES))
    shown.page.get_by_label("a click on a point").select_option("2")
    shown.page.locator("svg g:has(> title)").nth(3).click()
    shown.settle()
    assert np.array_equal(table(shown)[2, :2], CROWD[3]) and shown.problem == ""
    shown.page.get_by_label("a click on a point").select_option("1")
    crowd = shown.page.locator('svg [aria-label^="point"]')
    crowd.focus()
    crowd.press("ArrowLeft")
    crowd.press("Enter")
    shown.settle()
    assert np.array_equal(table(shown)[1, :2], CROWD[2])
    assert "labelled <b>Bo</b>, the anchor Ada. A positive shows the same person" in shown.problem
    assert follows_the_twin(shown) and shown.keys == []


def test_several_negatives_add_up(show) -> None:
    negatives = np.array([[0.2, 0.0], [0.35, -0.4], [-1.4, 0]])
    shown = show(widgets.triplet_explorer(negative=negatives))
    assert shown.said == "The loss is 0.5325. N1 is hard, N2 is semi-hard, N3 is easy."
    assert follows_the_twin(shown)


@pytest.mark.parametrize("dark", [False, True])
def test_everybody_can_read_it(show, dark) -> None:
    shown = show(
        widgets.triplet_explorer(CROWD[0], CROWD[1], CROWD[2], points=CROWD, labels=NAMES), dark=dark, width=380
    )
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380
