"""The playground shows the numbers of cross-correlation, in a picture that words describe too."""

import numpy as np
import pytest

from helpers import plots, widgets
from helpers.widgets import playground

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
def test_the_figure_has_words_that_name_the_sum(monkeypatch, shape) -> None:
    shown = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: shown.append((figure, alt)))
    image = RNG.integers(0, 256, size=shape).astype(np.uint8)
    widgets.filter_playground(image, [[1, 0, -1]] * 3, cell=(2, 1))
    figure, alt = shown.pop()
    brightness = image @ np.array(playground.LUMA) if len(shape) == 3 else image.astype(float)
    total = brightness[2:5, 1].sum() - brightness[2:5, 3].sum()
    assert f"add up to {total:.4g}." in alt
    figure.canvas.draw()


@pytest.mark.parametrize(
    ("image", "kernel", "cell", "words"),
    [
        ((5, 5), (3, 4), None, r"expected \(3, 3\)"),
        ((5, 5), (3, 3), (3, 0), "cell of the output"),
        ((5, 5), (3, 3), (0, -1), "cell of the output"),
        ((2, 5), (3, 3), None, "at least 3 rows"),
        ((5, 5, 4), (3, 3), None, r"\(n_H, n_W, 3\)"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(image, kernel, cell, words) -> None:
    with pytest.raises(ValueError, match=words):
        playground.look(np.ones(image), np.ones(kernel), cell=cell)
