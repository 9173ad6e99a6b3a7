"""What counts as a picture, and how it is brought to a size."""

import numpy as np
import pytest

from helpers.pretrained.pictures import as_batch, require_size, resized

GREY = np.full((40, 60, 3), 51, np.uint8)


@pytest.mark.parametrize("picture", [GREY, GREY.astype(np.int64), GREY / 255, (GREY / 255).astype(np.float16)])
def test_bytes_and_fractions_of_the_same_picture_become_the_same_batch(picture):
    batch = as_batch(picture)
    assert batch.shape == (1, 40, 60, 3) and batch.dtype == np.float32
    assert np.allclose(batch, 51, atol=0.05)


def test_several_pictures_stay_several_and_a_list_will_do():
    assert as_batch([GREY, GREY]).shape == (2, 40, 60, 3)


def test_what_was_given_is_not_changed():
    given = np.full((2, 32, 32, 3), 0.5, np.float32)
    as_batch(given)[...] = 7
    assert (given == 0.5).all()


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (np.zeros((40, 60)), "np.stack"),
        (np.zeros((40, 60, 4)), "RGB"),
        (np.zeros((0, 40, 60, 3)), "shape"),
        (np.full((40, 60, 3), "a"), "numbers"),
        (np.ones((40, 60, 3), bool), "numbers"),
        (np.full((40, 60, 3), 200.0), "divided by 255"),
        (np.full((40, 60, 3), 256), "from 0 to 255"),
        (np.full((40, 60, 3), -1), "from 0 to 255"),
        (np.full((40, 60, 3), -0.5), "from 0 to 1"),
        (np.full((40, 60, 3), np.nan), "from 0 to 1"),
    ],
)
def test_what_is_no_picture_is_told(picture, told):
    with pytest.raises(ValueError, match=told):
        as_batch(picture)


def test_a_wide_picture_loses_its_sides_and_keeps_its_proportions():
    """Black, white and black, a third each: the middle third is all that fits into a square."""
    wide = np.zeros((1, 30, 90, 3), np.float32)
    wide[:, :, 30:60] = 255
    square = resized(wide, (50, 50))
    assert square.shape == (1, 50, 50, 3) and (square[:, :, 1:-1] == 255).all(), "only the outermost may be blurred"
    assert resized(wide, (20, 60))[0, 0, 5, 0] == 0, "nothing is cut where the proportions are the same"


def test_each_channel_and_each_picture_is_brought_to_the_size_by_itself():
    batch = np.arange(6, dtype=np.float32).reshape(2, 1, 1, 3) * np.ones((2, 8, 8, 3), np.float32) + 0.25
    assert np.allclose(resized(batch, (5, 5)), batch[:, :1, :1])


def test_rows_come_first():
    assert resized(np.zeros((1, 40, 40, 3), np.float32), (50, 60)).shape == (1, 50, 60, 3)


@pytest.mark.parametrize("size", [(32, 40), [32, 40], (np.int64(32), 40)])
def test_a_size_is_a_pair_of_whole_numbers(size):
    assert require_size(size, 32) == (32, 40)


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (224, "pair"),
        ((224,), "pair"),
        ((224, 224, 3), "pair"),
        ((224.0, 224), "pair"),
        ("large", "pair"),
        ((31, 99), "32"),
    ],
)
def test_another_size_is_refused(size, told):
    with pytest.raises(ValueError, match=told):
        require_size(size, 32)
