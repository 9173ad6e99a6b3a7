"""Comparing returned values: what agrees, and in which words a difference is told."""

import numpy as np
import pytest

from helpers.checks.compare import Output, as_array, first_mismatch, kind_of

Z = Output("Z", "(n_H, n_W)")


def kind(got: object, expected: object, output: Output = Z, scale: float = 0.0) -> str | None:
    found = first_mismatch(got, expected, output, scale=scale)
    return found.kind if found else None


class Tensor:
    """Quacks like a TensorFlow tensor."""

    def __init__(self, values: object) -> None:
        self.values = values

    def numpy(self) -> np.ndarray:
        return np.asarray(self.values, dtype=np.float32)


@pytest.mark.parametrize(
    "got",
    [
        np.ones((2, 3)),
        np.ones((2, 3), np.float32),
        np.ones((2, 3), int),
        np.ones((2, 3), bool),
        [[1, 1, 1], [1.0, 1, 1]],
        Tensor(np.ones((2, 3))),
    ],
)
def test_equal_numbers_agree_whatever_holds_them(got: object) -> None:
    assert kind(got, np.ones((2, 3))) is None


@pytest.mark.parametrize("got", [3, 3.0, np.float64(3), np.float32(3), np.array(3), Tensor(3)])
def test_a_number_agrees_whatever_its_type(got: object) -> None:
    assert kind(got, 3) is None


def test_float32_rounding_agrees_and_a_small_mistake_does_not() -> None:
    rng = np.random.default_rng(0)
    wanted = rng.normal(size=(50, 50)) * 1e4
    assert kind(wanted.astype(np.float32), wanted) is None
    assert kind(wanted * 1.002, wanted) == "value"


def test_where_zero_is_expected_the_inputs_set_the_tolerance() -> None:
    assert kind(np.full((2, 2), 1e-5), np.zeros((2, 2)), scale=100.0) is None
    assert kind(np.full((2, 2), 1e-5), np.zeros((2, 2)), scale=0.0) == "value"


@pytest.mark.parametrize(
    ("got", "expected", "word"),
    [
        (None, np.ones(2), "none"),
        ("text", np.ones(2), "type"),
        (np.ones((2, 2)), np.ones((2, 3)), "shape"),
        (np.ones((1, 1, 1)), 1.0, "shape"),
        (np.array([1.0, np.nan]), np.ones(2), "nan"),
        (np.array([1.0, 2.0]), np.ones(2), "value"),
        ({"a": 1}, {"a": 1, "b": 2}, "keys"),
        ([1], {"a": 1}, "type"),
        (np.ones(2), (np.ones(2), np.ones(3)), "type"),
        ((np.ones(2),), (np.ones(2), np.ones(3)), "count"),
        ((np.zeros(3), np.ones(2)), (np.ones(2), np.zeros(3)), "order"),
        ("b", "a", "value"),
    ],
)
def test_each_kind_of_difference_has_its_name(got: object, expected: object, word: str) -> None:
    assert kind(got, expected, Output("(Z, cache)")) == word


def test_an_ellipsis_agrees_with_anything() -> None:
    assert kind((np.ones(2), None), (np.ones(2), ...), Output("(Z, cache)")) is None


def test_an_ellipsis_as_key_allows_further_keys() -> None:
    got = {"a": 1.0, "b": 2.0}
    assert kind(got, {"a": 1.0}) == "keys"
    assert kind(got, {"a": 1.0, ...: ...}) is None
    assert kind(got, {"a": 3.0, ...: ...}) == "value"


def test_an_ellipsis_as_key_still_asks_for_the_named_keys() -> None:
    found = first_mismatch({"b": 2.0}, {"a": 1.0, ...: ...}, Output("kernels"))
    assert found.kind == "keys"
    assert found.text == "kernels has the keys 'b', expected 'a', and others. It lacks 'a'."


def test_nan_where_nan_is_expected_agrees() -> None:
    assert kind(np.array([np.nan, 1]), np.array([np.nan, 1])) is None


def test_the_text_names_the_place_and_both_values() -> None:
    got = np.zeros((2, 3))
    got[1, 2] = 4
    text = first_mismatch(got, np.zeros((2, 3)), Z).text
    assert text == "Z[1, 2] is 4, expected 0 (1 of 6 entries differ)"


def test_a_wrong_shape_is_told_in_the_symbols_of_the_course() -> None:
    text = first_mismatch(np.ones((3, 2)), np.ones((2, 3)), Z).text
    assert text == "Z has the shape (3, 2), expected (n_H, n_W) = (2, 3)"


def test_a_value_of_a_tuple_has_its_own_symbols() -> None:
    output = Output("(A, b, cache)", "(n_H, n_W); (1, n_C)")
    right = (np.ones((2, 3)), np.ones((1, 4)), (np.ones(2), {"pad": 0}))
    text = first_mismatch((right[0], np.ones((4, 1)), right[2]), right, output).text
    assert "b has the shape (4, 1), expected (1, n_C) = (1, 4)" in text
    assert first_mismatch(right, right, output) is None


def test_the_picture_shows_the_matrix_with_the_largest_difference() -> None:
    expected = np.zeros((2, 4, 5, 3))
    got = expected.copy()
    got[1, 2, 3, 2] = 9
    got[0, 0, 0, 0] = 1
    picture = first_mismatch(got, expected, Output("Z")).picture
    assert picture.title == "Z[1, :, :, 2]"
    assert picture.got[2, 3] == 9
    assert picture.expected.shape == (4, 5)


def test_things_that_hold_no_numbers_are_no_arrays() -> None:
    assert as_array("3") is None
    assert as_array(None) is None
    assert as_array({"a": 1}) is None
    assert as_array([[1, 2], [3]]) is None


def test_an_array_made_by_a_failing_tensor_is_no_array() -> None:
    class Broken:
        def numpy(self) -> None:
            raise RuntimeError("no")

    assert as_array(Broken()) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        ((1, 2), "a tuple of 2"),
        (np.ones((2, 3)), "an array of shape (2, 3)"),
        (2.5, "the number 2.5"),
        (len, "a function (was it called?)"),
        (object(), "a object"),
    ],
)
def test_a_value_is_described_in_words(value: object, words: str) -> None:
    assert kind_of(value) == words
