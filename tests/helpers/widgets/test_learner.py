"""A learner's function is run for a limited time, stopped for certain, and spoken of in words."""

import contextlib
import signal
import threading
import time

import pytest

from helpers.widgets.ear import Refused
from helpers.widgets.learner import answer_of


def endless(x):
    while True:
        pass


def sleeping(x):
    time.sleep(600)


def stubborn(x):
    """Swallows the first interrupts, as a bare except in a loop does."""
    for _ in range(3):
        try:
            while True:
                time.sleep(0.01)
        except:  # noqa: E722
            pass
    while True:
        pass


@pytest.mark.parametrize("function", [endless, sleeping, stubborn])
def test_a_function_that_does_not_end_is_stopped(function) -> None:
    with pytest.raises(Refused, match=f"{function.__name__} had not finished after 0.2 seconds"):
        answer_of(function, (1,), seconds=0.2)


def test_it_is_stopped_in_another_thread_too() -> None:
    said = []

    def run():
        try:
            answer_of(endless, (1,), seconds=0.2)
        except Refused as refusal:
            said.append(str(refusal))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    assert said and "had not finished" in said[0]


def test_no_interrupt_comes_after_a_function_has_answered() -> None:
    for _ in range(40):
        assert answer_of(lambda x: time.sleep(0.0195) or x, (3,), seconds=10) == 3
    for _ in range(30):  # answers just when the bell rings: either is right, but nothing may come later
        with contextlib.suppress(Refused):
            answer_of(lambda x: time.sleep(0.02) or x, (3,), seconds=0.02)
    time.sleep(0.2)


def test_the_learners_own_interrupt_is_told_apart() -> None:
    def interrupted(x):
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(Refused, match="You interrupted interrupted"):
        answer_of(interrupted, (1,), seconds=60)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x: None, "returned None"),
        (lambda x: 1 / (x - 1), "ZeroDivisionError: division by zero in line"),
        (lambda: 1, "did not return. It raised TypeError"),
    ],
)
def test_what_goes_wrong_is_said_in_words(function, words) -> None:
    with pytest.raises(Refused) as refusal:
        answer_of(function, (1,))
    assert words in str(refusal.value)


def test_a_function_that_is_not_written_is_no_failure() -> None:
    def conv_forward(x):
        raise NotImplementedError

    with pytest.raises(Refused, match="conv_forward is not written yet"):
        answer_of(conv_forward, (1,))


def test_what_it_prints_and_changes_stays_where_it_is(capsys) -> None:
    given = [1, 2]

    def changes(x):
        print("noise")
        x.append(3)
        return x

    assert answer_of(changes, (given,)) == [1, 2, 3]
    assert given == [1, 2] and capsys.readouterr().out == ""
