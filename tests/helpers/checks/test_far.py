"""A function in another process is judged like one here, and nothing that it says or gives is shown."""

import contextlib

import numpy as np
import pytest

from helpers import checks
from helpers.checks import calls
from tests.course.lessons import NOTEBOOK_OF, reference


class Far:
    """Stands for a function that is out of reach but for what the protocol offers."""

    is_far = True

    def __init__(self, space, name):
        self._space = space
        self._name = name

    def __call__(self, *args):
        return self._space[self._name](*args)

    def in_place(self):
        return self._space[self._name]

    def names_used(self):
        return frozenset(self._space)

    def global_value(self, name):
        return Far(self._space, name) if callable(self._space.get(name)) else self._space.get(name)

    @contextlib.contextmanager
    def replaced_names(self, stand_ins):
        before = dict(self._space)
        self._space.update(stand_ins)
        yield
        self._space.clear()
        self._space.update(before)


@pytest.fixture
def space():
    return reference(NOTEBOOK_OF["conv_forward"])


def test_a_right_function_passes(space):
    assert checks.conv_forward(Far(space, "conv_forward")).passed


def test_no_value_of_a_wrong_one_is_shown_though_the_inputs_are_public(space):
    right = space["zero_pad"]
    space["zero_pad"] = lambda X, pad: right(X, pad) + 123456.0
    near = str(checks.zero_pad(space["zero_pad"]))
    far = checks.zero_pad(Far(space, "zero_pad"))
    assert "12345" in near, "the control: here the value is shown"
    assert "12345" not in str(far)
    assert "your own notebook" in str(far)


def test_the_words_of_its_errors_are_not_shown(space):
    def complains(X, pad):
        raise ValueError("secret 98765")

    space["zero_pad"] = complains
    assert "98765" in str(checks.zero_pad(complains)), "the control: here they are shown"
    assert "98765" not in str(checks.zero_pad(Far(space, "zero_pad")))


def test_its_broken_helper_is_replaced(space):
    space["zero_pad"] = lambda X, pad: np.pad(X, pad)
    report = checks.conv_forward(Far(space, "conv_forward"))
    assert report.passed
    assert "correct zero_pad" in report.note


def test_the_stand_in_is_gone_afterwards(space):
    broken = space["zero_pad"] = lambda X, pad: np.pad(X, pad)
    checks.conv_forward(Far(space, "conv_forward"))
    assert space["zero_pad"] is broken


def test_an_attribute_of_an_instance_makes_nothing_far():
    def near(X, pad):
        return X

    near.is_far = True
    assert not calls.is_far(near)
