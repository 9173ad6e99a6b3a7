"""The stepper shows the numbers of the convolution, in a picture that words describe too."""

import re

import numpy as np
import pytest

from helpers import widgets
from helpers.shifts import convolve
from helpers.widgets import stepper
from helpers.widgets.ear import answered

RNG = np.random.default_rng(3)


@pytest.mark.parametrize(("stride", "pad", "position"), [(1, 0, (0, 0)), (2, 1, (2, 1)), (3, 2, (1, 2))])
def test_the_products_of_a_window_add_up_to_its_output_cell(stride, pad, position) -> None:
    image, kernel = RNG.normal(size=(6, 7, 2)), RNG.normal(size=(3, 3, 2))
    step = stepper.one_step(image, kernel, stride=stride, pad=pad, position=position)
    assert np.isclose(step.products.sum(), step.output[position])


def test_the_framed_window_is_the_part_of_the_padded_image_that_is_multiplied() -> None:
    image, kernel = RNG.normal(size=(5, 6)), RNG.normal(size=(3, 3))
    step = stepper.one_step(image, kernel, stride=2, pad=1, position=(1, 2))
    top, left = step.corner
    assert np.allclose(step.padded[top : top + 3, left : left + 3] * step.kernel, step.products)
    assert np.allclose(step.padded[1:-1, 1:-1, 0], image)


def test_a_flat_image_is_an_image_of_one_channel() -> None:
    image, kernel = RNG.normal(size=(4, 5)), RNG.normal(size=(2, 2))
    flat, deep = stepper.one_step(image, kernel), stepper.one_step(image[..., None], kernel[..., None])
    assert np.array_equal(flat.output, deep.output)


@pytest.mark.parametrize("channels", [1, 3])
def test_the_picture_has_words_that_name_the_sum(channels) -> None:
    image = np.arange(16.0 * channels).reshape(4, 4, channels)
    view = widgets.convolution_stepper(image, np.ones((3, 3, channels)), pad=1, position=(1, 2))
    total = image[0:3, 1:4].sum()
    assert f"{total:.4g}" in view.alt
    assert f"{channels} channels" in view.alt or channels == 1
    assert len(view.draw().axes) == 3 * channels + 1
    assert len(view.html()) < 80_000


def right(A_prev, W, b, hparameters):
    return convolve(A_prev, W, b, hparameters["stride"], hparameters["pad"]), "cache"


def without_stride(A_prev, W, b, hparameters):
    n_H, n_W = right(A_prev, W, b, hparameters)[0].shape[1:3]
    return convolve(A_prev, W, b, 1, hparameters["pad"])[:, :n_H, :n_W], "cache"


SHOWN = {"stride": 2, "pad": 1, "f": 3, "channels": 2}


def answer(function, **changed):
    """What the view hears when it asks Python to run a function."""
    image, kernel = RNG.integers(1, 9, size=(6, 7, 2)), RNG.integers(1, 4, size=(3, 3, 2))
    view = widgets.convolution_stepper(image, kernel, function=function)
    return answered({"ask": "1", "question": "run", "content": SHOWN | changed}, view.replies)


@pytest.mark.parametrize("changed", [{}, {"stride": 1}, {"f": 2}, {"f": 5, "channels": 1}])
def test_a_right_function_departs_nowhere(changed) -> None:
    for function in (
        right,
        lambda *args: right(*args)[0],
        lambda *args: (right(*args)[0].astype(np.float32), 0),
        lambda *args: [right(*args)[0].tolist()] * 2,
    ):
        assert answer(function, **changed)["content"]["first"] is None


def test_the_first_cell_that_departs_is_named() -> None:
    said = answer(without_stride)["content"]
    assert said["first"] == said["wrong"][0] == [0, 1]
    assert len(said["output"]) == 3 and len(said["output"][0]) == 4


def test_a_nan_is_a_difference_and_no_number() -> None:
    def broken(*args):
        Z = right(*args)[0]
        Z[0, 1, 2, 0] = np.nan
        return Z, ()

    said = answer(broken)["content"]
    assert said["wrong"] == [[1, 2]] and said["output"][1][2] is None


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda *args: None, "returned None"),
        (lambda *args: 1 / 0, "division by zero"),
        (lambda *args: (np.zeros((1, 2, 2, 1)), 0), "expected \\(1, 3, 4, 1\\)"),
        (lambda *args: ("text", 0), "no array of numbers"),
        (lambda *args: ([[1], [2, 3]], 0), "no array of numbers"),
        (lambda *args: (), "expected \\(1, 3, 4, 1\\)"),
        (lambda A_prev: A_prev, "positional argument"),
    ],
)
def test_what_a_function_does_wrong_is_said_in_words(function, words) -> None:
    assert re.search(words, answer(function)["problem"])


@pytest.mark.parametrize("changed", [{"stride": 0}, {"pad": "1"}, {"f": 9}, {"channels": None}, {"stride": True}])
def test_what_no_slider_can_say_is_refused(changed) -> None:
    assert "expected a whole number" in answer(right, **changed)["problem"]


def test_a_window_that_does_not_fit_is_not_run() -> None:
    view = widgets.convolution_stepper(np.ones((2, 2)), np.ones((2, 2)), function=right)
    said = answered({"ask": "1", "question": "run", "content": SHOWN | {"f": 5, "pad": 0, "channels": 1}}, view.replies)
    assert "does not fit" in said["problem"]


def test_a_large_image_is_refused_with_a_way_out() -> None:
    assert "image[:12, :12]" in repr(widgets.convolution_stepper(np.ones((40, 40)), np.ones((3, 3))))


@pytest.mark.parametrize(
    ("image", "kernel", "options", "words"),
    [
        ((4, 4), (3, 2), {}, "square kernel"),
        ((4, 4, 2), (3, 3, 1), {}, "with 2 channels"),
        ((4, 4), (5, 5), {}, "does not fit"),
        ((4, 4), (3, 3), {"position": (2, 0)}, "cell of the output"),
        ((4, 4), (3, 3), {"stride": 0}, "stride of 1 or more"),
        ((4,), (3, 3), {}, "2 or 3 axes"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(image, kernel, options, words) -> None:
    with pytest.raises(ValueError, match=words):
        stepper.one_step(np.ones(image), np.ones(kernel), **options)
