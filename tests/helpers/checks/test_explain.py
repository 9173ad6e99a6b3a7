"""Exceptions of learners are told in words that help."""

import numpy as np
import pytest

from helpers import checks
from helpers.checks.explain import GENERAL_HINTS, error_text, headline, misconception_of


def raised(function, *args):
    try:
        function(*args)
    except Exception as error:
        return error
    raise AssertionError("it did not raise")


ONE = np.ones((1, 1, 1))
B_AS_FLOAT = TypeError("only 0-dimensional arrays can be converted to Python scalars")


def test_float_of_a_one_element_array_is_recognised_and_names_item() -> None:
    assert misconception_of(B_AS_FLOAT, (ONE,)) == "numpy_scalar"
    assert "b.item()" in GENERAL_HINTS["numpy_scalar"]


def test_the_same_error_without_such_an_array_is_something_else() -> None:
    assert misconception_of(B_AS_FLOAT, (np.ones(4),)) == ""


@pytest.mark.filterwarnings("ignore:Conversion of an array:DeprecationWarning")  # what NumPy before 2.4 does
def test_this_numpy_raises_what_the_rule_expects_or_nothing() -> None:
    try:
        float(ONE)
    except TypeError as error:
        assert misconception_of(error, (ONE,)) == "numpy_scalar"


def test_a_misspelt_key_names_the_right_ones() -> None:
    hparameters = {"stride": 1, "pad": 0}
    error = raised(lambda hp: hp["strides"], hparameters)
    assert misconception_of(error, (hparameters,)) == "hparameters_key"
    assert "'stride', 'pad'; the code asked for 'strides'" in error_text(error, len, (hparameters,))


@pytest.mark.parametrize(
    ("error", "name"),
    [(NotImplementedError("write me"), "not_written"), (IndexError("too far"), "index_out_of_range"), (OSError(), "")],
)
def test_errors_have_their_misconception(error: Exception, name: str) -> None:
    assert misconception_of(error, ()) == name


def test_a_long_error_text_is_cut() -> None:
    assert len(headline(ValueError("x" * 10_000))) == 200
    assert headline(ValueError("first\nsecond")) == "ValueError: first"


def test_of_an_error_inside_a_keras_layer_the_cause_is_told() -> None:
    text = (
        "Exception encountered when calling Dense.call().\n\n\x1b[1mshapes do not fit\x1b[0m\n\nArguments received: ..."
    )
    assert headline(ValueError(text)) == "ValueError: shapes do not fit"


def test_the_line_of_the_learners_code_is_quoted() -> None:
    def divides(X, pad):
        return X / (pad - pad) / {}["a"]

    text = str(checks.zero_pad(divides))
    assert 'return X / (pad - pad) / {}["a"]' in text


def test_every_general_hint_says_what_to_look_at() -> None:
    assert all(len(text) > 40 for text in GENERAL_HINTS.values())
