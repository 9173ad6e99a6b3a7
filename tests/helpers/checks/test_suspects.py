"""Answers that are right speak against a mistake; errors point at the right one."""

import functools

import numpy as np
import pytest

from helpers import checks
from helpers.checks.check import Check
from helpers.checks.compare import Output
from helpers.checks.explain import misconception_of
from helpers.checks.parts import Case, Law, Misconception, Values
from helpers.checks.words import describe
from tests.helpers.checks.test_check import _forward_with


def check_of_doubling(*misconceptions: Misconception) -> Check:
    """double(x) on 3 and on 5."""
    return Check(
        signature="double(x)",
        output=Output("y"),
        oracle=lambda x: 2 * x,
        parts=(Values("of 3", lambda rng: [Case((3,))]), Values("of 5", lambda rng: [Case((5,))])),
        misconceptions=misconceptions,
    )


ALWAYS_NINE = Misconception("always_nine", "It is always nine.", lambda x: 9)
SQUARED = Misconception("squared", "Twice, not squared.", lambda x: x * x)
ONLY_SMALL = Misconception("small_squared", "Look at small numbers.", lambda x: x * x if x < 4 else 2 * x)
NO_MEANING = Misconception("small_only", "Look at three.", lambda x: 9 if x == 3 else None)


def right_for_five(x: int) -> int:
    return 9 if x == 3 else 2 * x


def test_a_mistake_that_a_right_answer_contradicts_is_not_named() -> None:
    report = check_of_doubling(ALWAYS_NINE, SQUARED, ONLY_SMALL)(right_for_five)
    assert report.hints == ("small_squared",)


def test_a_mistake_without_meaning_for_the_right_answers_stays() -> None:
    report = check_of_doubling(SQUARED, NO_MEANING)(right_for_five)
    assert report.hints == ("small_only",)


def test_where_nothing_else_explains_a_part_the_contradicted_mistake_is_named_all_the_same() -> None:
    assert check_of_doubling(SQUARED)(right_for_five).hints == ("squared",)


def test_nothing_is_refuted_by_wrong_answers() -> None:
    assert check_of_doubling(ALWAYS_NINE, SQUARED)(lambda x: x * x).hints[0] == "squared"


def test_an_error_in_a_law_is_explained_by_the_checks_own_patterns() -> None:
    def judge(call, rng):
        call(-1)

    check = Check(
        signature="double(x)",
        output=Output("y"),
        oracle=lambda x: 2 * x,
        parts=(Values("of 3", lambda rng: [Case((3,))]), Law("of -1", judge)),
        misconceptions=(Misconception("refuses", "Negative numbers can be doubled too.", raises="^ValueError: neg"),),
    )

    def double(x):
        if x < 0:
            raise ValueError("negative")
        return 2 * x

    report = check(double)
    assert report.hints == ("refuses",)
    assert "Negative numbers can be doubled too." in report.outcomes[1].message


def test_a_part_left_unwritten_does_not_cost_the_others() -> None:
    def pool_forward(A_prev, hparameters, mode="max"):
        if mode == "average":
            raise NotImplementedError
        f, s = hparameters["f"], hparameters["stride"]
        n_H, n_W = ((n - f) // s + 1 for n in A_prev.shape[1:3])
        A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
        for h in range(n_H):
            for w in range(n_W):
                A[:, h, w] = A_prev[:, h * s : h * s + f, w * s : w * s + f].max(axis=(1, 2))
        return A, (A_prev, hparameters)

    report = checks.pool_forward(pool_forward)
    assert {o.name for o in report.outcomes if o.status == "passed"} >= {"max, stride 1", "several images"}
    assert {o.name for o in report.outcomes if o.status == "failed"} >= {"average", "average with a stride"}


@pytest.mark.parametrize(
    ("action", "name"),
    [
        (lambda: np.zeros(3)[1.0], "index_not_whole"),
        (lambda: np.zeros(3)[0, 1], "too_many_indices"),
        (lambda: np.zeros(3)[7], "index_out_of_range"),
        (lambda: [1][7], "index_out_of_range"),
        (lambda: range(2.0), "index_not_whole"),
        (lambda: np.zeros(2.0), "index_not_whole"),
        (lambda: [1, 2][np.float64(1)], "index_not_whole"),
        (lambda: [1, 2][0:1.0], "index_not_whole"),  # noqa: RUF016
        (lambda: np.zeros(3)[np.ones(2, bool)], ""),
    ],
)
def test_each_error_of_an_index_has_its_own_hint(action, name: str) -> None:
    with pytest.raises((IndexError, TypeError)) as raised:
        action()
    assert misconception_of(raised.value, ()) == name


def test_a_missing_key_is_told_of_the_dictionary_that_lacks_it() -> None:
    def count_parameters(layers):
        return sum(layer["filters"] for layer in layers)

    assert "the code asked for 'filters'" in str(checks.count_parameters(count_parameters))


def test_numbers_in_a_message_have_four_digits() -> None:
    args = (np.array([[1 / 3, 2.0]]), np.float32(0.1), 7, {"pad": 1}, (2, 3), "max", [1, 2])
    names = ("a", "b", "c", "d", "e", "f", "g")
    wanted = "a = [[0.3333, 2]], b = 0.1, c = 7, d = {'pad': 1}, e = (2, 3), f = 'max', g = [1, 2]"
    assert describe(names, args) == wanted


def test_returning_the_input_earns_little() -> None:
    assert checks.zero_pad(lambda X, pad: X).score < 0.2


BROKEN = "def zero_pad(X, pad):\n    return np.pad(X, pad)\n"


def test_a_broken_helper_is_replaced_behind_the_learners_own_helper() -> None:
    namespace = _forward_with(BROKEN + "def surround(A, pad):\n    return zero_pad(A, pad)\n", pads_with="surround")
    report = checks.conv_forward(namespace["conv_forward"])
    assert report.passed
    assert "correct zero_pad" in report.note


@pytest.mark.parametrize("kind", ["partial", "wrapped", "both"])
def test_a_broken_helper_is_replaced_behind_a_wrapper(kind: str) -> None:
    fn = _forward_with(BROKEN)["conv_forward"]

    @functools.wraps(fn)
    def wrapped(*args):
        return fn(*args)

    mine = {"partial": functools.partial(fn), "wrapped": wrapped, "both": functools.partial(wrapped)}[kind]
    report = checks.conv_forward(mine)
    assert report.passed
    assert "correct zero_pad" in report.note


def test_a_function_that_makes_up_for_its_helper_keeps_its_points() -> None:
    """The learner's own order of arguments, wrong on both sides, is right together."""
    helper = "def zero_pad(pad, X):\n    return np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))\n"
    namespace = _forward_with(helper, arguments="hparameters['pad'], A_prev")
    spoilt = namespace["conv_forward"]

    def conv_forward(A_prev, W, b, hparameters):
        Z, cache = spoilt(A_prev, W, b, hparameters)
        return (Z, cache) if W.shape[0] != 3 else (0 * Z, cache)

    assert checks.conv_forward(functools.wraps(spoilt)(conv_forward)).score > 0.1
