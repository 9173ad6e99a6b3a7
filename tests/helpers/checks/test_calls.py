"""Calls of a learner's function are on copies, quiet, and survive every error."""

import sys
import warnings

import numpy as np
import pytest

from helpers.checks.calls import attempt, global_value, names_used, replaced_names


def test_an_array_that_was_changed_is_noticed_and_the_original_is_safe() -> None:
    def careless(X, pad):
        X[0] = 7
        return X

    X = np.zeros(3)
    result = attempt(careless, (X, 1), quiet=False)
    assert result.changed == (0,)
    assert not X.any()


def test_arrays_inside_tuples_and_dicts_are_watched() -> None:
    def careless(cache, hparameters):
        cache[0][:] = 1
        hparameters["stride"] = 9

    assert attempt(careless, ((np.zeros(2), "x"), {"stride": 1}), quiet=False).changed == (0, 1)


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3), RecursionError("deep")])
def test_errors_are_caught(error: BaseException) -> None:
    def failing():
        raise error

    assert attempt(failing, (), quiet=False).error is error


def test_an_interrupt_is_not_caught() -> None:
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt(interrupted, (), quiet=False)


def test_stderr_and_warnings_never_come_through(capsys: pytest.CaptureFixture[str]) -> None:
    def noisy():
        print("problem", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return np.log(np.zeros(1))

    assert attempt(noisy, (), quiet=False).error is None
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("quiet", "shown"), [(True, ""), (False, "secret\n")])
def test_what_is_printed_is_shown_unless_inputs_are_secret(
    quiet: bool, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    attempt(print, ("secret",), quiet=quiet)
    assert capsys.readouterr().out == shown


def outer(X):
    def inner():
        return helper(X)

    return inner()


def helper(X):
    return X + 1


def test_names_used_looks_into_inner_functions() -> None:
    assert "helper" in names_used(outer)
    assert names_used(len) == frozenset()


def test_a_replaced_name_is_seen_inside_and_put_back() -> None:
    with replaced_names(outer, {"helper": lambda X: 50}):
        assert outer(1) == 50
    assert outer(1) == 2
    assert global_value(outer, "helper") is helper


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_replaced_name_is_put_back_after_an_error_and_an_interrupt(error: type[BaseException]) -> None:
    def stops(X):
        raise error

    with pytest.raises(error), replaced_names(outer, {"helper": stops}):
        outer(1)
    assert outer(1) == 2


def test_a_name_that_was_missing_is_missing_again() -> None:
    with replaced_names(outer, {"brand_new": 1}):
        assert global_value(outer, "brand_new") == 1
    assert "brand_new" not in globals()
