"""What depth does to a gradient is told by the same numbers in the browser and in Python."""

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets.depth import faded, sentence

pytestmark = pytest.mark.browser


def heights(shown) -> np.ndarray:
    """Where the plain net's dots stand, in pixels from above, (depth,)."""
    return np.array(
        shown.page.evaluate(
            "() => [...document.querySelectorAll('.rf-chart .rf-line0 circle')].map(dot => +dot.getAttribute('cy'))"
        )
    )


def test_the_default_state_says_what_python_says(show) -> None:
    shown = show(widgets.depth_and_gradient())
    assert shown.said == sentence(faded())
    assert (
        shown.page.get_by_text(
            "by about 0.511 a layer on average: it shrinks. A shortcut carries it past two layers"
        ).count()
        == 1
    )


@pytest.mark.parametrize(("bend", "depth"), [("ReLU", 20), ("tanh", 60), ("sigmoid", 6)])
def test_the_dots_stand_where_the_logarithms_are(show, bend, depth) -> None:
    shown = show(widgets.depth_and_gradient(depth, nonlinearity=bend, scale=0.6, seed=9))
    seen = faded(depth, nonlinearity=bend, scale=0.6, seed=9)
    assert shown.said == sentence(seen)
    dots, logs = heights(shown), np.log10(seen.shares["plain"])
    slope, height = np.polyfit(logs, dots, 1)
    assert slope < 0 and np.allclose(dots, slope * logs + height, atol=0.01)


def test_everything_is_changed_by_keyboard(show) -> None:
    shown = show(widgets.depth_and_gradient())
    depth, weights = shown.page.get_by_label("depth", exact=True), shown.page.get_by_label("weights", exact=True)
    depth.press("ArrowRight")
    weights.press("ArrowRight")
    shown.page.get_by_label("nonlinearity").select_option("tanh")
    shown.page.get_by_role("button", name="new random weights").press("Enter")
    layer = shown.page.get_by_label("look at layer")
    layer.press("ArrowRight")
    layer.press("ArrowRight")
    shown.settle()
    assert shown.said == sentence(faded(22, nonlinearity="tanh", scale=0.55, seed=2), 3)
    assert shown.keys == []


def test_the_pointer_chooses_a_layer(show) -> None:
    shown = show(widgets.depth_and_gradient(10))
    dot = shown.page.locator(".rf-chart .rf-line0 circle").nth(6).bounding_box()
    shown.page.mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + 40)
    shown.settle()
    assert shown.said == sentence(faded(10), 7)
    assert shown.page.get_by_label("look at layer").input_value() == "7"


def test_the_chart_takes_the_width_of_its_place(show) -> None:
    shown = show(widgets.depth_and_gradient(10))
    chart, wide = shown.page.locator(".rf-chart"), heights(shown)
    assert chart.bounding_box()["width"] == 760
    shown.page.set_viewport_size({"width": 500, "height": 900})
    shown.page.wait_for_function("document.querySelector('.rf-chart').getAttribute('width') < 500")
    assert chart.bounding_box()["width"] > 400 and np.array_equal(heights(shown), wide)
    dot = shown.page.locator(".rf-chart .rf-line0 circle").nth(3).bounding_box()
    shown.page.mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + 40)
    shown.settle()
    assert shown.said == sentence(faded(10), 4)


def test_without_weights_the_residual_net_is_the_identity(show) -> None:
    shown = show(widgets.depth_and_gradient(12))
    shown.page.get_by_label("weights", exact=True).press("Home")
    shown.settle()
    assert shown.said == sentence(faded(12, scale=0))
    assert "its output equals its input, exactly" in shown.page.locator(".rf-view").inner_text()
    assert shown.page.locator(".rf-chart .rf-line0 circle").count() == 0
    assert shown.page.locator(".rf-chart .rf-line1 .rf-nothing").count() == 6
    shown.page.get_by_label("nonlinearity").select_option("tanh")
    shown.settle()
    assert shown.said == sentence(faded(12, scale=0, nonlinearity="tanh"))


def test_what_was_measured_stands_beside_the_nets_under_its_name(show) -> None:
    measured = {"<b>mine</b>": [0.1, 0.2, 0.4, 0.8, 0.4], "ResNet": np.linspace(1, 2, 30)}
    shown = show(widgets.depth_and_gradient(4, measured=measured))
    assert shown.said == sentence(faded(4, measured=measured))
    assert "<b>mine</b> 0.25." in shown.said.replace("; ResNet", ".")
    shown.page.get_by_label("look at layer").press("End")
    shown.settle()
    assert shown.said == sentence(faded(4, measured=measured), 30)
    assert "<b>mine</b>" in shown.page.locator(".rf-legend").inner_text()


@pytest.mark.parametrize(("dark", "width"), [(False, 1000), (True, 380)])
def test_everyone_can_use_it(show, dark, width) -> None:
    shown = show(widgets.depth_and_gradient(60, measured={"mine": [1, 2, 3]}), dark=dark, width=width)
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.requests == []
