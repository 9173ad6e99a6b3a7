"""Photographs and learned edges: shapes, ranges, and errors that say what to do."""

import numpy as np
import pytest

from helpers.data import learned_edges, photograph, photograph_names

NAMES = photograph_names()


def test_there_are_several_photographs_in_alphabetical_order():
    assert len(NAMES) >= 6
    assert list(NAMES) == sorted(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_photograph_is_bytes_in_three_channels_with_dark_and_bright_parts(name):
    picture = photograph(name)
    n_H, n_W, n_C = picture.shape
    assert picture.dtype == np.uint8 and n_C == 3
    assert 200 <= n_H <= 320 and 200 <= n_W <= 384
    assert np.ptp(picture) > 100


@pytest.mark.parametrize("name", NAMES)
def test_grey_is_one_channel_between_the_darkest_and_the_brightest_colour(name):
    colour, grey = photograph(name).astype(int), photograph(name, grey=True)
    assert grey.shape == colour.shape[:2] and grey.dtype == np.uint8
    assert (colour.min(axis=2) - 1 <= grey).all() and (grey <= colour.max(axis=2) + 1).all()


@pytest.mark.parametrize("longer", [1, 37, 96, 500])
def test_a_whole_number_is_the_longer_side_and_keeps_the_proportions(longer):
    n_H, n_W, _ = photograph("china").shape
    small = photograph("china", size=longer)
    assert max(small.shape[:2]) == longer
    assert abs(small.shape[0] - longer * n_H / n_W) <= 1


def test_a_numpy_integer_is_a_whole_number():
    assert photograph("china", size=np.int64(48)).shape[1] == 48


@pytest.mark.parametrize("shape", [(64, 64), (40, 100), (100, 40)])
def test_a_pair_is_the_exact_height_and_width(shape):
    assert photograph("coffee", size=shape).shape == (*shape, 3)
    assert photograph("coffee", size=shape, grey=True).shape == shape


def test_a_photograph_made_small_keeps_its_mean_colour():
    whole, small = photograph("flower"), photograph("flower", size=24)
    assert np.allclose(whole.mean(axis=(0, 1)), small.mean(axis=(0, 1)), atol=3)


@pytest.mark.parametrize("size", [0, -3, 1.5, "64", (64,), (0, 64), (64, 64, 3), 100_000, True])
def test_an_impossible_size_is_named_and_the_possible_ones_are_told(size):
    with pytest.raises(ValueError, match=r"cannot have size .*n_H, n_W"):
        photograph("china", size=size)


@pytest.mark.parametrize("read", [photograph, learned_edges])
@pytest.mark.parametrize("name", ["lena", "", "../CREDITS", "china.jpg", "china_edges"])
def test_an_unknown_name_is_answered_with_the_known_ones(read, name):
    with pytest.raises(ValueError, match=r"The names are: astronaut, .*rocket"):
        read(name)


def test_what_a_caller_draws_on_a_photograph_does_not_stay():
    photograph("china")[:] = 0
    assert photograph("china").any()


@pytest.mark.parametrize("name", NAMES)
def test_learned_edges_fit_their_photograph_and_are_mostly_dark(name):
    edges = learned_edges(name)
    assert edges.dtype == np.uint8 and edges.shape == photograph(name).shape[:2]
    assert edges.max() > 200 and edges.min() < 20 and np.median(edges) < 128


@pytest.mark.parametrize("name", NAMES)
def test_learned_edges_lie_where_the_brightness_changes(name):
    """The strongest tenth of them is on steeper ground than the rest: rows and columns are not mixed up."""
    slope = np.hypot(*np.gradient(photograph(name, grey=True).astype(float)))
    edges = learned_edges(name)
    strong = edges >= np.quantile(edges, 0.9)
    assert slope[strong].mean() > 1.5 * slope[~strong].mean()
