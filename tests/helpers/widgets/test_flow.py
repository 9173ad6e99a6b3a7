"""The gradient flow shows gradients that a small step in the input confirms."""

import numpy as np
import pytest

from helpers import widgets
from helpers.shifts import convolve, pooled
from helpers.widgets import flow
from helpers.widgets.view import Refusal

RNG = np.random.default_rng(8)
SHIFTS = {"max": np.max, "average": np.mean}


def output(image, kernel, layer, stride, pad):
    """The forward pass of one image with one channel."""
    batch = image[None, :, :, None]
    if layer == "convolution":
        return convolve(batch, kernel[:, :, None, None], np.zeros((1, 1, 1, 1)), stride, pad)[0, :, :, 0]
    return pooled(batch, 2, stride, SHIFTS[layer])[0, :, :, 0]


@pytest.mark.parametrize("cell", [(0, 0), (1, 2), None])
@pytest.mark.parametrize(("stride", "pad"), [(1, 0), (2, 0), (2, 1)])
@pytest.mark.parametrize("layer", flow.LAYERS)
def test_the_gradient_says_how_the_output_follows_each_input(layer, stride, pad, cell) -> None:
    image = RNG.permutation(35).reshape(5, 7).astype(float)
    kernel = RNG.normal(size=(2, 2)) if layer == "convolution" else None
    pad = pad if layer == "convolution" else 0
    seen = flow.flow(image, kernel, layer=layer, stride=stride, pad=pad, cell=cell)
    before = output(image, kernel, layer, stride, pad)
    for row, column in np.ndindex(*image.shape):
        nudged = image.copy()
        nudged[row, column] += 1e-3
        change = (output(nudged, kernel, layer, stride, pad) - before) / 1e-3
        slope = change.sum() if cell is None else change[cell]
        assert np.isclose(seen.received[row + pad, column + pad], slope, atol=1e-6)


def test_the_mask_of_a_max_window_marks_its_maximum() -> None:
    image = [[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]]
    seen = flow.flow(image, layer="max", f=2, stride=2, cell=(1, 0))
    assert np.array_equal(seen.local, [[0, 0], [0, 1]])
    assert seen.window == (2, 0, 2, 2)


@pytest.mark.parametrize("layer", flow.LAYERS)
@pytest.mark.parametrize("cell", [(1, 0), None])
def test_the_picture_comes_with_words(layer, cell) -> None:
    image = np.arange(16.0).reshape(4, 4)
    kernel = [[0, 5], [0, 0]] if layer == "convolution" else None
    view = widgets.gradient_flow(image, kernel, layer=layer, cell=cell)
    view.draw().canvas.draw()
    assert layer in view.alt and view.alt in view.html()
    if layer == "convolution" and cell:
        assert "gives the inputs 5 at row 1, column 1." in view.alt
    assert len(view.html()) < 80_000


def test_every_maximum_of_a_tie_receives_the_whole_gradient() -> None:
    seen = flow.flow([[4, 4, 0], [1, 4, 0], [0, 0, 0]], layer="max", f=2, cell=(0, 0))
    assert np.array_equal(seen.received, [[1, 1, 0], [0, 1, 0], [0, 0, 0]])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"kernel": np.ones((2, 2)), "cell": (3, 0)}, "cell of the output"),
        ({"kernel": np.ones((2, 2)), "cell": (0, -1)}, "cell of the output"),
        ({"kernel": np.ones((2, 2)), "cell": 3}, "cell of the output"),
        ({"kernel": np.ones((2, 2)), "cell": (0.5, 1)}, "cell of the output"),
        ({"kernel": np.ones((2, 3))}, r"expected \(f, f\)"),
        ({"kernel": [[np.nan]]}, "NaN"),
        ({"kernel": []}, "something in them"),
        ({}, "needs a kernel"),
        ({"layer": "max", "kernel": np.ones((2, 2))}, "needs a kernel"),
        ({"layer": "max", "pad": 1}, "no padding"),
        ({"layer": "max", "f": 5}, "does not fit into 4 x 4"),
        ({"layer": "max", "f": 0}, "whole number"),
        ({"layer": "max", "stride": 0}, "whole number"),
        ({"kernel": np.ones((2, 2)), "pad": -1}, "whole number"),
        ({"layer": "median"}, "'average'"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(arguments, words) -> None:
    with pytest.raises(ValueError, match=words):
        flow.flow(np.ones((4, 4)), **arguments)


@pytest.mark.parametrize("image", [[], [[np.nan]], "text", np.ones((4, 4, 3)), np.ones((20, 4)), [[1, 2], [3]]])
def test_what_is_no_small_image_becomes_a_sentence_and_no_traceback(image) -> None:
    refusal = widgets.gradient_flow(image, [[1]])
    assert isinstance(refusal, Refusal) and len(refusal.problem) > 30


def test_one_pixel_is_an_image_too() -> None:
    assert "gives the inputs 3 at row 0, column 0." in widgets.gradient_flow([[7]], [[3]]).alt
