"""The gradient flow shows the gradients of its twin, whichever way the layer, the cell or a pixel is changed."""

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets.flow import LAYERS, flow

pytestmark = pytest.mark.browser

RNG = np.random.default_rng(21)
SMALL = np.array([[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]])
NUMBERED = {f: np.arange(1.0, f * f + 1).reshape(f, f) for f in (1, 2, 3, 4, 5)}


def cells(shown, label):
    return shown.page.locator(f'[aria-label="{label}"] .rf-cell')


def same(shown, label, expected) -> bool:
    """The numbers on the page have three digits."""
    return np.allclose(shown.numbers(label), expected, rtol=6e-3, atol=1e-9)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_at_every_setting_gives_the_gradients_of_the_twin(show, layer) -> None:
    image = RNG.integers(0, 4, (5, 7))  # with many ties
    kernel = NUMBERED[2] if layer == "convolution" else None
    shown = show(widgets.gradient_flow(image, kernel, layer=layer, cell=None))
    for f in (1, 2, 3, 4, 5):
        shown.page.get_by_label("window f").fill(str(f))
        for stride in (1, 2, 3):
            shown.page.get_by_label("stride s").fill(str(stride))
            for pad in (0, 1) if kernel is not None else (0,):
                if kernel is not None:
                    shown.page.get_by_label("padding p").fill(str(pad))
                shown.settle()
                weights = None if kernel is None else NUMBERED[f]
                seen = flow(image, weights, layer=layer, cell=None, f=f, stride=stride, pad=pad)
                assert same(shown, "dA_prev", seen.received)
                assert same(shown, "A_prev", seen.inputs)


@pytest.mark.parametrize("layer", LAYERS)
def test_pointer_and_arrow_keys_choose_the_output_cell(show, layer) -> None:
    kernel = RNG.integers(-3, 4, (2, 2)) if layer == "convolution" else None
    name = "dZ" if layer == "convolution" else "dA"
    shown = show(widgets.gradient_flow(SMALL, kernel, layer=layer, cell=(0, 0), f=2))
    assert f"{name}, arrives" in shown.page.locator(".rf-view").inner_text()
    cells(shown, name).nth(4).hover()
    shown.settle()
    assert same(shown, "dA_prev", flow(SMALL, kernel, layer=layer, cell=(1, 1), f=2).received)
    cells(shown, name).nth(4).click()
    shown.page.keyboard.press("ArrowRight")
    shown.page.keyboard.press("ArrowDown")
    shown.settle()
    seen = flow(SMALL, kernel, layer=layer, cell=(2, 2), f=2)
    assert same(shown, "dA_prev", seen.received) and same(shown, name, seen.arriving)
    assert "[2, 2] = 1" in shown.said
    assert shown.keys == []


def test_a_pixel_made_larger_by_keyboard_takes_the_gradient_over(show) -> None:
    shown = show(widgets.gradient_flow(SMALL, layer="max", cell=(1, 0), f=2, stride=2))
    assert np.array_equal(shown.numbers("mask of the window"), [[0, 0], [0, 1]])
    cells(shown, "A_prev").nth(8).click()
    shown.page.keyboard.press("5")
    shown.page.keyboard.press("+")
    shown.settle()
    assert np.array_equal(shown.numbers("mask of the window"), [[1, 0], [0, 1]])
    assert "A tie: 2 inputs share the maximum 6" in shown.said
    shown.page.get_by_role("button", name="make the chosen number larger").click()
    shown.settle()
    changed = SMALL.copy()
    changed[2, 0] = 7
    assert same(shown, "dA_prev", flow(changed, layer="max", cell=(1, 0), f=2, stride=2).received)
    assert "maximum of the window, 7" in shown.said
    assert shown.keys == []


def test_playing_builds_the_sum_up_cell_by_cell(show) -> None:
    shown = show(widgets.gradient_flow(SMALL, [[1, 2], [3, 4]], cell=(0, 0)))
    step = shown.page.get_by_role("button", name="step ▶")
    total = np.zeros((4, 4))
    for n in range(9):
        step.click()
        shown.settle()
        total += flow(SMALL, [[1, 2], [3, 4]], cell=divmod(n, 3)).received
        assert same(shown, "dA_prev", total)
    shown.page.get_by_label("a gradient of 1 arrives at").select_option("all")
    shown.settle()
    assert same(shown, "dA_prev", total) and "9 of 9 outputs" in shown.said
    shown.page.get_by_label("pace").select_option("120")
    shown.page.get_by_role("button", name="play").click()
    shown.page.wait_for_function("document.querySelector('.rf-said').textContent.startsWith('3 of 9')")


@pytest.mark.parametrize(("layer", "stride", "overlap"), [("average", 3, False), ("max", 2, False), ("max", 1, True)])
def test_that_overlaps_add_up_is_said_where_windows_overlap(show, layer, stride, overlap) -> None:
    shown = show(widgets.gradient_flow(SMALL, layer=layer, cell=None, f=2, stride=stride))
    assert ("overlap" in shown.said) == overlap
    assert "sent a gradient of 1" in shown.said


def test_one_window_overlaps_no_other(show) -> None:
    shown = show(widgets.gradient_flow(SMALL, layer="average", cell=None, f=3, stride=2))
    assert shown.said.startswith("1 of 1 output sent a gradient of 1. The strongest sum")


def test_a_chosen_input_says_which_outputs_send_it_its_gradient(show) -> None:
    shown = show(widgets.gradient_flow(SMALL, [[1, 2], [3, -4]], cell=None))
    cells(shown, "dA_prev").nth(4).click()
    shown.settle()
    told = shown.page.locator(".rf-formula").inner_text()
    assert told.startswith("dA_prev[1, 0] = W[1, 0] · dZ[0, 0] + W[0, 0] · dZ[1, 0] = 3 + 1 = 4.")
    cells(shown, "dA_prev").nth(4).press("ArrowRight")
    shown.settle()
    assert "(-4) + 3 + 2 + 1 = 2. It lies in 4 windows" in shown.page.locator(".rf-formula").inner_text()


def test_what_does_not_fit_is_said_and_what_no_window_holds_is_hatched(show) -> None:
    shown = show(widgets.gradient_flow(SMALL, layer="max", cell=(0, 0), f=3, stride=2))
    assert shown.page.locator(".rf-dropped").count() == 2 * 7
    assert "1 row and 1 column, hatched" in shown.page.locator(".rf-view").inner_text()
    shown.page.get_by_label("window f").fill("1")
    shown.settle()
    assert shown.page.locator(".rf-dropped").count() == 2 * (16 - 4)  # gaps between the windows
    before = shown.numbers("dA_prev")
    shown.page.get_by_label("window f").fill("5")
    shown.settle()
    assert "5 x 5 does not fit into 4 x 4" in shown.problem
    assert np.array_equal(shown.numbers("dA_prev"), before)
    shown.page.get_by_label("layer").select_option("convolution")
    shown.page.get_by_label("padding p").fill("1")
    shown.settle()
    assert shown.problem == ""
    seen = flow(SMALL, NUMBERED[5], cell=(0, 0), stride=2, pad=1)
    assert same(shown, "dA_prev", seen.received)
    cells(shown, "A_prev").nth(0).click()
    shown.page.keyboard.press("9")
    shown.settle()
    assert "zero of the padding" in shown.problem
    assert same(shown, "A_prev", seen.inputs)


@pytest.mark.parametrize("dark", [False, True])
def test_everybody_can_read_it(show, dark) -> None:
    shown = show(widgets.gradient_flow(SMALL, NUMBERED[3], cell=(0, 1), stride=1, pad=1), dark=dark, width=380)
    cells(shown, "A_prev").nth(9).click()
    shown.settle()
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380
