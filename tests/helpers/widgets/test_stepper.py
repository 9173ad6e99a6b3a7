"""The stepper shows the numbers of the convolution, in a picture that words describe too."""

import numpy as np
import pytest

from helpers import plots, widgets
from helpers.widgets import stepper

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
def test_the_figure_has_words_that_name_the_sum(monkeypatch, channels) -> None:
    shown = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: shown.append((figure, alt)))
    image = np.arange(16.0 * channels).reshape(4, 4, channels)
    widgets.convolution_stepper(image, np.ones((3, 3, channels)), pad=1, position=(1, 2))
    figure, alt = shown.pop()
    total = image[0:3, 1:4].sum()
    assert f"{total:.4g}" in alt
    assert f"{channels} channels" in alt or channels == 1
    assert len(figure.axes) == 3 * channels + 1


@pytest.mark.parametrize(
    ("image", "kernel", "options", "words"),
    [
        ((4, 4), (3, 2), {}, "square kernel"),
        ((4, 4, 2), (3, 3, 1), {}, "with 2 channels"),
        ((4, 4), (5, 5), {}, "does not fit"),
        ((4, 4), (3, 3), {"position": (2, 0)}, "cell of the output"),
        ((4, 4), (3, 3), {"stride": 0}, "stride of 1 or more"),
        ((4,), (3, 3), {}, "rows, columns"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(image, kernel, options, words) -> None:
    with pytest.raises(ValueError, match=words):
        stepper.one_step(np.ones(image), np.ones(kernel), **options)
