"""The playground computes what NumPy computes, whichever way its nine numbers are changed."""

import numpy as np
import pytest

from helpers import data, widgets
from helpers.shifts import convolve
from helpers.widgets.pictures import sheet

pytestmark = pytest.mark.browser

VERTICAL = np.array([[1.0, 0, -1]] * 3)
SOBEL = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])


def expected_dots(values, kernel):
    """The output coloured by sign as the browser should colour it: white at 0, the largest value full."""
    output = convolve(values[None, :, :, None], kernel[:, :, None, None], np.zeros((1, 1, 1, 1)), 1, 0)[0, :, :, 0]
    from matplotlib import colormaps

    colours = colormaps["PuOr_r"](0.5 + 0.5 * output / np.abs(output).max())[..., :3]
    return 255 * colours


@pytest.mark.parametrize(
    "image", [data.photograph("rocket"), np.arange(35.0).reshape(5, 7) % 6], ids=["photo", "small"]
)
def test_the_output_has_the_colours_of_numpys_numbers(show, image) -> None:
    shown = show(widgets.filter_playground(image, VERTICAL))
    difference = np.abs(shown.dots(1) - expected_dots(sheet(image).values, VERTICAL))
    assert difference.max() <= 5 and difference.mean() < 1.5


def test_a_number_typed_or_nudged_changes_the_picture(show) -> None:
    image = data.photograph("coffee")
    shown = show(widgets.filter_playground(image, VERTICAL))
    middle = shown.page.get_by_label("filter, row 1, column 0")
    middle.fill("2")
    other = shown.page.get_by_label("filter, row 1, column 2")
    other.focus()
    other.press("ArrowDown")
    shown.settle()
    assert other.input_value() == "-2"
    assert np.abs(shown.dots(1) - expected_dots(sheet(image).values, SOBEL)).mean() < 1.5
    assert shown.page.get_by_label("filter", exact=True).first.input_value() == "Sobel, vertical"
    assert shown.keys == []


@pytest.mark.parametrize("canvas", [0, 1], ids=["picture", "output"])
def test_arrow_keys_walk_the_way_they_point(show, canvas) -> None:
    shown = show(widgets.filter_playground(np.eye(9), VERTICAL, cell=(2, 2)))
    place = shown.page.locator("canvas").nth(canvas)
    place.focus()
    for key, cell in [("ArrowRight", (2, 3)), ("ArrowDown", (3, 3)), ("ArrowDown", (4, 3)), ("ArrowLeft", (4, 2))]:
        place.press(key)
        shown.settle()
        assert shown.said.startswith(f"output[{cell[0]}, {cell[1]}]"), key
    assert shown.keys == []


def test_nine_zeros_are_a_column_of_zeros_times_a_row(show) -> None:
    shown = show(widgets.filter_playground(np.eye(6), np.zeros((3, 3))))
    assert "Separable" in shown.page.locator(".rf-view").inner_text()


def test_the_angle_is_that_of_the_filter(show) -> None:
    shown = show(widgets.filter_playground(np.eye(6), VERTICAL))
    angle = shown.page.locator("output").first
    assert angle.inner_text() == "none"
    shown.page.get_by_label("filter", exact=True).first.select_option("Sobel, horizontal")
    shown.settle()
    assert angle.inner_text() == "90°"


def test_a_number_that_is_not_touched_keeps_its_digits(show) -> None:
    shown = show(widgets.filter_playground(np.full((3, 3), 9.0), np.full((3, 3), 1 / 9)))
    shown.page.get_by_label("filter, row 0, column 0").fill("0")
    shown.settle()
    assert shown.said.startswith("output[0, 0] = 8:")


def test_the_window_follows_the_pointer_and_the_arrow_keys(show) -> None:
    image = np.random.default_rng(1).integers(0, 10, (6, 9)).astype(float)
    shown = show(widgets.filter_playground(image, VERTICAL, cell=(0, 0)))
    output = shown.page.locator("canvas").nth(1)
    box = output.bounding_box()
    output.hover(position={"x": box["width"] * 4.5 / 7, "y": box["height"] * 2.5 / 4})
    shown.settle()
    assert np.array_equal(shown.numbers("pixels in the window"), image[2:5, 4:7])
    output.focus()
    output.press("ArrowRight")
    output.press("ArrowDown")
    shown.settle()
    window = image[3:6, 5:8]
    assert np.array_equal(shown.numbers("products"), window * VERTICAL)
    assert shown.said == f"output[3, 5] = {(window * VERTICAL).sum():g}: the sum of the nine products."


def test_what_is_no_number_is_named_and_the_picture_stays(show) -> None:
    shown = show(widgets.filter_playground(np.eye(8), VERTICAL))
    before = shown.dots(1)
    box = shown.page.get_by_label("filter, row 0, column 0")
    box.fill("<b>one</b>")
    shown.settle()
    assert '"<b>one</b>" is not a number' in shown.problem
    assert np.array_equal(shown.dots(1), before)
    box.fill("1/9")
    shown.settle()
    assert shown.problem == ""
    assert not np.array_equal(shown.dots(1), before)


def test_the_slider_turns_a_sobel_filter_by_keyboard(show) -> None:
    shown = show(widgets.filter_playground(np.eye(9), VERTICAL))
    slider = shown.page.get_by_label("turn a Sobel filter")
    slider.focus()
    for _ in range(9):
        slider.press("ArrowRight")
    shown.settle()
    assert shown.page.get_by_label("filter, row 0, column 0").input_value() == f"{np.sqrt(0.5) * 2:.3f}"
    assert shown.keys == []


def test_a_filter_of_ones_own_is_among_the_presets(show) -> None:
    learned = np.arange(9.0).reshape(3, 3)
    shown = show(widgets.filter_playground(np.eye(9), filters={"learned": learned}))
    shown.page.get_by_label("filter", exact=True).first.select_option("learned")
    shown.settle()
    assert np.array_equal(shown.numbers("filter"), learned)
    assert "Not separable" in shown.page.locator(".rf-view").inner_text()


@pytest.mark.parametrize("shape", [(256, 24), (40, 9), (256, 256)])
def test_a_tall_picture_does_not_fill_several_screens(show, shape) -> None:
    shown = show(widgets.filter_playground(np.random.default_rng(2).integers(0, 256, shape).astype(np.uint8), VERTICAL))
    for number in (0, 1):
        box = shown.page.locator("canvas").nth(number).bounding_box()
        assert box["width"] >= 59 and box["height"] <= 800


@pytest.mark.parametrize(("kernel", "name"), [(np.full((3, 3), 1 / 9), "blur"), (SOBEL * np.pi, "mine")])
def test_a_filter_is_known_by_its_name_though_it_comes_with_seven_digits(show, kernel, name) -> None:
    shown = show(widgets.filter_playground(np.eye(9), kernel, filters={"mine": SOBEL * np.pi}))
    assert shown.page.get_by_label("filter", exact=True).first.input_value() == name
