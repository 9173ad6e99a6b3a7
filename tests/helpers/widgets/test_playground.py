"""The playground shows the numbers of cross-correlation, in a picture that words describe too."""

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets import playground
from helpers.widgets.pictures import sheet

RNG = np.random.default_rng(5)


def test_the_products_of_the_window_add_up_to_the_output_cell() -> None:
    image, kernel = RNG.normal(size=(6, 9)), RNG.normal(size=(3, 3))
    for cell in [(0, 0), (3, 6), (2, 1)]:
        seen = playground.look(image, kernel, cell=cell)
        assert np.isclose(seen.products.sum(), seen.output[cell])
        assert np.array_equal(seen.window, image[cell[0] : cell[0] + 3, cell[1] : cell[1] + 3])


def test_left_to_itself_it_explains_the_strongest_cell() -> None:
    image = np.zeros((7, 8))
    image[:, 4:] = 10.0
    image[5, 5] = -90.0
    seen = playground.look(image, [[1, 0, -1]] * 3)
    assert np.abs(seen.output[seen.cell]) == np.abs(seen.output).max()


def test_a_flat_picture_has_no_edges_for_a_kernel_that_adds_up_to_zero() -> None:
    seen = playground.look(np.full((5, 6), 7.0), [[1, 0, -1]] * 3)
    assert np.allclose(seen.output, 0)


def test_grey_stored_as_rgb_is_the_same_picture() -> None:
    grey, kernel = RNG.integers(0, 256, size=(5, 6)).astype(np.uint8), RNG.normal(size=(3, 3))
    flat, deep = playground.look(grey, kernel), playground.look(np.repeat(grey[..., None], 3, axis=2), kernel)
    assert np.allclose(flat.output, deep.output)


@pytest.mark.parametrize("shape", [(6, 6), (60, 80), (50, 30, 3)])
def test_the_picture_has_words_that_name_the_sum(shape) -> None:
    image = RNG.integers(0, 256, size=shape).astype(np.uint8)
    view = widgets.filter_playground(image, [[1, 0, -1]] * 3, cell=(2, 1))
    seen = sheet(image).values
    total = seen[2:5, 1].sum() - seen[2:5, 3].sum()
    assert f"add up to {total:.4g}." in view.alt
    view.draw().canvas.draw()
    assert len(view.html()) < 80_000


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (np.ones((1, 1)), "at least 3 x 3"),
        (np.full((5, 5), np.nan), "NaN or infinite"),
        ("a photograph", "no array of numbers"),
        (np.ones((0, 4)), "with something in them"),
        ([[1, 2], [3]], "equally long rows"),
    ],
)
def test_an_unusable_image_gives_a_sentence_and_no_traceback(image, words) -> None:
    refused = widgets.filter_playground(image)
    assert words in repr(refused)
    assert words in refused._repr_html_() and "<script" not in refused._repr_html_()


def test_filters_of_ones_own_must_be_nine_numbers() -> None:
    assert "filter 'mine' has the shape (2, 2)" in repr(
        widgets.filter_playground(np.eye(5), filters={"mine": np.eye(2)})
    )


@pytest.mark.parametrize(
    ("image", "kernel", "cell", "words"),
    [
        ((5, 5), (3, 4), None, r"expected \(3, 3\)"),
        ((5, 5), (3, 3), (3, 0), "cell of the output"),
        ((5, 5), (3, 3), (0, -1), "cell of the output"),
        ((2, 5), (3, 3), None, "at least 3 x 3"),
        ((5, 5, 4), (3, 3), None, r"\(n_H, n_W, 3\)"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(image, kernel, cell, words) -> None:
    with pytest.raises(ValueError, match=words):
        playground.look(np.ones(image), np.ones(kernel), cell=cell)
