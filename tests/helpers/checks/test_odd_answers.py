"""No answer, however odd, makes a check raise, flood the notebook, or give points."""

import numpy as np
import pytest

from helpers import checks
from helpers.checks import find
from helpers.checks.calls import attempt
from helpers.checks.check import Check
from helpers.checks.compare import Output, as_array, first_mismatch, kind_of
from helpers.checks.explain import headline
from helpers.checks.parts import Case, Law, Values
from tests.course.lessons import NOTEBOOK_OF, reference

NUMPY = [name for name in checks.names() if name not in ("lenet5", "happyModel", "convolutional_model")]
LAWFUL = [name for name in NUMPY if any(isinstance(part, Law) for part in find(name).parts)]


class Silent(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")


class Root(BaseException):
    pass


class Stranger:
    """Raises whatever is asked of it."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(name)

    def __repr__(self) -> str:
        raise RuntimeError("no text")


def raising(error: BaseException):
    def answer(*args):
        raise error

    return answer


def spoils_all(*args):
    """Writes odd things into every container."""
    for arg in args:
        for item in [arg, *(arg if isinstance(arg, tuple) else [])]:
            if isinstance(item, dict):
                item.update({key: np.ones(3) for key in item})
            if isinstance(item, list):
                item[:] = [None] * len(item)


ODD = {
    "no text": raising(Silent()),
    "root": raising(Root()),
    "generator exit": raising(GeneratorExit()),
    "surrogate": raising(ValueError("\ud800 \x07")),
    "long key": raising(KeyError("k" * 100_000)),
    "stranger": lambda *args: Stranger(),
    "strangers": lambda *args: (Stranger(), Stranger(), Stranger()),
    "huge": lambda *args: np.broadcast_to(1, (10**6, 10**6)),
    "huge ones": lambda *args: (np.broadcast_to(1.0, (10**6, 10**6)),) * 3,
    "many keys": lambda *args: {str(i): i for i in range(50_000)},
    "strange keys": lambda *args: {Stranger(): 1},
    "spoils": spoils_all,
}


@pytest.mark.parametrize("seed", [None, 5])
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", NUMPY)
def test_an_odd_answer_gets_a_short_report_and_no_points(name: str, odd: str, seed: int | None) -> None:
    report = find(name)(ODD[odd], seed=seed)
    assert report.score == 0
    for outcome in report.outcomes:
        assert len(outcome.message) < 900
        assert len(outcome.message.splitlines()) <= 6
    assert report._repr_html_().encode()


LATE = {
    "text": "text",
    "None": None,
    "stranger": Stranger(),
    "not numbers": np.array(["a", "b"]),
    "infinite": np.full((2, 2), np.inf),
    "huge": np.broadcast_to(1.0, (10**6, 10**6)),
    "long list": list(range(10_000)),
    "three": (np.ones(3), None, "c"),
    "empty": (),
}


@pytest.mark.parametrize("odd", LATE)
@pytest.mark.parametrize("name", LAWFUL)
def test_an_answer_that_turns_odd_in_the_laws_fails_them_and_nothing_else(name: str, odd: str) -> None:
    """Right as long as values are compared, odd from then on."""
    check = find(name)
    right = reference(NOTEBOOK_OF[name])[name]
    before = sum(len(list(part.cases(np.random.default_rng(0)))) for part in check.parts if isinstance(part, Values))
    calls = []

    def turns(*args):
        calls.append(args)
        return right(*args) if len(calls) <= before else LATE[odd]

    if check.parts.index(next(p for p in check.parts if isinstance(p, Law))) != len(check.parts) - 1:
        before = sum(
            len(list(part.cases(np.random.default_rng(0)))) for part in check.parts[:5] if isinstance(part, Values)
        )
    report = check(turns)
    laws = {part.name for part in check.parts if isinstance(part, Law)}
    failed = {outcome.name for outcome in report.outcomes if outcome.status == "failed"}
    assert laws & failed
    assert all(len(o.message) < 900 and len(o.message.splitlines()) <= 6 for o in report.outcomes)


def test_a_judge_that_cannot_cope_blames_what_came_back() -> None:
    def judge(call, rng):
        return float(call(np.ones(3))[0]) > 1e9 or None

    check = Check(
        signature="same(x)",
        output=Output("y"),
        oracle=lambda x: x,
        parts=(Values("values", lambda rng: [Case((np.ones(2),))]), Law("law", judge)),
    )
    report = check(lambda x: x if len(x) == 2 else {"a": 1})
    assert [o.status for o in report.outcomes] == ["passed", "failed", "passed"]
    assert "a dict" in report.outcomes[1].message


def test_numbers_held_as_objects_are_numbers() -> None:
    assert first_mismatch(np.array([1.0, 2.0], dtype=object), np.array([1.0, 2.0]), Output("y")) is None
    assert as_array(np.array([None, 1.0], dtype=object)) is None
    assert as_array(np.array([np.ones(2), None], dtype=object)) is None


def test_a_generator_is_told_from_an_array() -> None:
    assert "yield" in kind_of(n for n in range(3))


def test_an_array_of_other_things_is_called_so() -> None:
    assert kind_of(np.array(["a", "b"])) == "an array of shape (2,) that holds no numbers (dtype <U1)"


def test_a_computation_that_overflows_warns_nobody() -> None:
    assert not checks.flip_kernel(lambda kernel: np.full(kernel.shape, 1e308) * np.sign(kernel)).passed


def test_any_exception_but_an_interrupt_is_caught() -> None:
    error = Root("out")
    assert attempt(raising(error), (), quiet=False).error is error


def test_an_error_without_a_text_has_a_headline() -> None:
    assert headline(Silent()) == "Silent"


def test_a_deep_recursion_is_told_in_one_line() -> None:
    def deeper(X, pad):
        return deeper(X, pad)

    report = checks.zero_pad(deeper)
    assert "RecursionError" in report.outcomes[0].message
