"""The stepper computes what NumPy computes, and shows where a learner's function departs from it."""

import numpy as np
import pytest

from helpers import widgets
from helpers.shifts import convolve, zero_padded
from helpers.widgets.ear import answered
from helpers.widgets.stepper import one_step

pytestmark = pytest.mark.browser

RNG = np.random.default_rng(4)
IMAGE, KERNEL = RNG.integers(0, 9, (6, 8)).astype(float), RNG.integers(-2, 3, (3, 3)).astype(float)


def convolved(image, kernel, stride, pad):
    return convolve(image[None, :, :, None], kernel[:, :, None, None], np.zeros((1, 1, 1, 1)), stride, pad)[0, :, :, 0]


def test_it_begins_with_the_numbers_that_python_shows(show) -> None:
    shown = show(widgets.convolution_stepper(IMAGE, KERNEL, stride=2, pad=1, position=(1, 2)))
    step = one_step(IMAGE, KERNEL, stride=2, pad=1, position=(1, 2))
    assert np.array_equal(shown.numbers("input"), step.padded[..., 0])
    assert np.array_equal(shown.numbers("products"), step.products[..., 0])
    assert np.array_equal(shown.numbers("output"), step.output)
    assert f"row 1, column 2: {step.output[1, 2]:g}" in shown.said


def test_sliders_change_padding_stride_and_size_by_keyboard(show) -> None:
    shown = show(widgets.convolution_stepper(IMAGE, KERNEL))
    for label, times in (("padding p", 2), ("stride s", 1), ("filter size f", 1)):
        shown.page.get_by_label(label).focus()
        for _ in range(times):
            shown.page.keyboard.press("ArrowRight")
    shown.settle()
    edge = np.zeros((4, 4))
    edge[:, 0], edge[:, -1] = 1, -1
    assert np.array_equal(shown.numbers("filter"), edge)
    assert np.array_equal(shown.numbers("output"), convolved(IMAGE, edge, 2, 2))
    assert np.array_equal(shown.numbers("input"), zero_padded(IMAGE[None, :, :, None], 2)[0, :, :, 0])
    assert "n_H = ⌊(6 + 2·2 - 4) / 2⌋ + 1 = 4" in shown.page.locator(".rf-formula").first.inner_text()
    assert shown.keys == []


def test_what_no_window_reaches_is_hatched_and_counted(show) -> None:
    shown = show(widgets.convolution_stepper(IMAGE, KERNEL, stride=3))
    assert "hatched: 2 columns that no window reaches" in shown.page.locator(".rf-view").inner_text()
    assert shown.page.locator('[aria-label="input"] .rf-dropped').count() == 6 * 2


def test_pointing_and_walking_place_the_window(show) -> None:
    shown = show(widgets.convolution_stepper(IMAGE, KERNEL, stride=2))
    shown.page.locator('[aria-label="output"] [role=gridcell]').nth(4).hover()
    shown.settle()
    assert "Output row 1, column 1" in shown.said
    shown.page.locator('[aria-label="input"] [role=gridcell]').nth(2 * 8 + 4).click()
    shown.settle()
    assert "Output row 1, column 2" in shown.said
    cell = shown.page.locator('[aria-label="output"] [tabindex="0"]')
    cell.focus()
    cell.press("ArrowUp")
    shown.settle()
    assert "Output row 0, column 2" in shown.said
    assert shown.keys == []


def test_the_play_bar_walks_through_the_output(show) -> None:
    shown = show(widgets.convolution_stepper(IMAGE, KERNEL))
    shown.page.get_by_role("button", name="step").click()
    shown.settle()
    assert "row 0, column 1" in shown.said
    shown.page.get_by_label("pace").select_option("fast")
    shown.page.get_by_role("button", name="play").press("Enter")
    shown.page.wait_for_function("document.querySelector('.rf-said').textContent.includes('row 3, column 5')")
    shown.page.get_by_role("button", name="back").click()
    shown.settle()
    assert "row 3, column 4" in shown.said


def test_a_window_that_does_not_fit_is_said_and_nothing_breaks(show) -> None:
    shown = show(widgets.convolution_stepper(np.eye(2), np.ones((2, 2))))
    size = shown.page.get_by_label("filter size f")
    size.press("End")
    shown.settle()
    assert "window of side 5 does not fit into 2 x 2" in shown.problem
    size.press("Home")
    shown.settle()
    assert shown.problem == "" and np.array_equal(shown.numbers("output"), np.eye(2))


def test_a_single_pixel_is_an_image_too(show) -> None:
    shown = show(widgets.convolution_stepper([[3.0]], [[2.0]], pad=1))
    assert np.array_equal(shown.numbers("output"), [[0, 0, 0], [0, 6, 0], [0, 0, 0]])


def transposed(A_prev, W, b, hparameters):
    W = np.swapaxes(W, 0, 1)
    return convolve(A_prev, W, b, hparameters["stride"], hparameters["pad"]), None


def test_the_learners_function_is_shown_where_it_departs(show) -> None:
    view = widgets.convolution_stepper(IMAGE, KERNEL, pad=1, function=transposed)
    shown = show(view)
    shown.answer_as_python(view)
    shown.page.get_by_role("button", name="run my transposed").click()
    shown.page.wait_for_selector('[aria-label="your output"] .rf-wrong')
    shown.settle()
    theirs, right = convolved(IMAGE, KERNEL.T, 1, 1), convolved(IMAGE, KERNEL, 1, 1)
    first = np.argwhere(theirs != right)[0]
    assert np.array_equal(shown.numbers("your output"), theirs)
    assert f"first at row {first[0]}, column {first[1]}. " in shown.said
    assert f": {right[tuple(first)]:g}, where your transposed gives {theirs[tuple(first)]:g}" in shown.said
    shown.page.get_by_role("button", name="step").click()
    shown.settle()
    assert shown.said.startswith(f"Output row {first[0]}, column {first[1] + 1}"), "the cell is followed again"
    assert shown.page.locator(".rf-wrong").count() == (theirs != right).sum()


def test_rows_between_windows_that_leave_gaps_are_hatched_too(show) -> None:
    shown = show(widgets.convolution_stepper(np.eye(6), [[1.0]], stride=3))
    assert "hatched: 4 rows and 4 columns that no window reaches" in shown.page.locator(".rf-view").inner_text()
    assert shown.page.locator('[aria-label="input"] .rf-cell:not(.rf-dropped)').count() == 4


def test_an_answer_to_old_settings_is_not_shown(show) -> None:
    view = widgets.convolution_stepper(IMAGE, KERNEL, pad=1, function=transposed)
    shown = show(view)
    answer_late(shown, view)
    shown.page.get_by_role("button", name="run my transposed").click()
    shown.page.get_by_label("stride s").press("ArrowRight")
    shown.page.evaluate("window.answerNow()")
    shown.page.wait_for_function("document.querySelector('.rf-said').textContent.includes('have changed since')")
    assert shown.page.locator('[aria-label="your output"]').is_hidden() and shown.problem == ""
    assert shown.page.get_by_role("button", name="run my transposed").is_enabled()


def answer_late(shown, view):
    """As Python that is busy: the answer comes when the page calls answerNow()."""
    shown.page.expose_function("askPython", lambda message: answered(message, view.replies))
    shown.page.evaluate(
        """address => {
          const tell = (kind, detail) =>
            document.dispatchEvent(new CustomEvent(`rf-${kind}-${address}`, { detail }));
          document.addEventListener(`rf-ask-${address}`, ({ detail }) => {
            window.answerNow = async () => tell("say", { content: await window.askPython(detail), buffers: [] });
          });
          tell("here");
        }""",
        view.address,
    )


def test_long_numbers_have_room(show) -> None:
    image, kernel = RNG.normal(size=(5, 9)), RNG.normal(size=(3, 3))
    shown = show(widgets.convolution_stepper(image, kernel))
    cut = shown.page.evaluate(
        "[...document.querySelectorAll('.rf-cell')].filter(cell => cell.scrollWidth > cell.clientWidth).length"
    )
    assert cut == 0


def test_a_padded_input_fits_a_narrow_window(show) -> None:
    shown = show(widgets.convolution_stepper(IMAGE, KERNEL, pad=3), width=380)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380


def test_a_function_that_fails_leaves_the_view_alive(show) -> None:
    def broken(A_prev, W, b, hparameters):
        raise RuntimeError("<img src=x onerror=alert(1)>")

    view = widgets.convolution_stepper(IMAGE, KERNEL, function=broken)
    shown = show(view)
    run = shown.page.get_by_role("button", name="run my broken")
    run.click()
    shown.page.wait_for_function("document.querySelector('.rf-problem').textContent")
    assert "No Python listens here" in shown.problem
    shown.answer_as_python(view)
    run.click()
    shown.page.wait_for_function("document.querySelector('.rf-problem').textContent.includes('RuntimeError')")
    assert shown.page.locator(".rf-view .rf-body img").count() == 0
    shown.page.get_by_label("stride s").press("ArrowRight")
    shown.settle()
    assert shown.problem == "" and np.array_equal(shown.numbers("output"), convolved(IMAGE, KERNEL, 2, 0))
