"""The digits: what is in each part, and that both parts are what they say."""

import dataclasses

import numpy as np
import pytest

from helpers.data import digits


@pytest.fixture(scope="module")
def five_thousand_digits():
    return digits()


def test_pictures_are_float32_from_0_to_1_with_one_channel(five_thousand_digits):
    for pictures, m in ((five_thousand_digits.x_train, 4000), (five_thousand_digits.x_test, 1000)):
        assert pictures.shape == (m, 28, 28, 1) and pictures.dtype == np.float32
        assert pictures.min() == 0 and pictures.max() == 1


def test_every_class_is_as_frequent_as_the_others_in_both_parts(five_thousand_digits):
    for labels, each in ((five_thousand_digits.y_train, 400), (five_thousand_digits.y_test, 100)):
        assert labels.dtype == np.int64
        assert np.array_equal(np.bincount(labels), [each] * 10)


def test_the_order_is_shuffled_so_that_every_batch_is_mixed(five_thousand_digits):
    for labels in (five_thousand_digits.y_train, five_thousand_digits.y_test):
        for start in range(0, len(labels), 100):
            assert len(set(labels[start : start + 100])) == 10


def test_no_picture_is_in_both_parts(five_thousand_digits):
    train = {picture.tobytes() for picture in five_thousand_digits.x_train}
    assert not any(picture.tobytes() in train for picture in five_thousand_digits.x_test)


def test_the_labels_belong_to_the_pictures(five_thousand_digits):
    """The nearest class mean, the simplest of classifiers, is right about four times of five."""
    data = five_thousand_digits
    means = np.stack([data.x_train[data.y_train == digit].mean(axis=0) for digit in range(10)])
    apart = ((data.x_test[:, np.newaxis] - means) ** 2).sum(axis=(2, 3, 4))
    assert (apart.argmin(axis=1) == data.y_test).mean() > 0.75


def test_ink_is_bright_on_a_dark_border(five_thousand_digits):
    assert five_thousand_digits.x_train[:, [0, -1]].mean() < 0.01
    assert five_thousand_digits.x_train[:, 8:20, 8:20].mean() > 0.2


def test_each_call_gives_the_same_values_in_arrays_of_its_own(five_thousand_digits):
    again = digits()
    assert np.array_equal(again.x_train, five_thousand_digits.x_train)
    again.x_train[:] = 0
    assert digits().x_train.any()


def test_digits_say_their_class_names_and_shapes_and_cannot_be_rebound(five_thousand_digits):
    assert five_thousand_digits.class_names == tuple(str(digit) for digit in range(10))
    assert "(4000, 28, 28, 1)" in repr(five_thousand_digits) and len(repr(five_thousand_digits)) < 100
    with pytest.raises(dataclasses.FrozenInstanceError):
        five_thousand_digits.y_test = None
