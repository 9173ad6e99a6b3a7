"""Every named wrong answer is caught for what it is, and every right one, in whatever style, gets full marks."""

import importlib
import re

import pytest

from helpers.checks.calls import names_used
from tests.course.answers import Answer
from tests.course.lessons import NOTEBOOK_OF, NOTEBOOKS, answered, check_of, reference

SECRET_SEEDS = (11, 12)


def answers_to(function: str) -> dict[str, Answer]:
    module = importlib.import_module(f"tests.course.wrong_answers.{function}")
    return {name: value for name, value in vars(module).items() if isinstance(value, Answer)}


EVERY = [(function, name, answer) for function in NOTEBOOK_OF for name, answer in answers_to(function).items()]
RIGHT = [pytest.param(f, a, id=f"{f}-{n}") for f, n, a in EVERY if a.hint is None]
WRONG = [pytest.param(f, a, id=f"{f}-{n}") for f, n, a in EVERY if a.hint is not None]


@pytest.mark.parametrize("function", NOTEBOOK_OF)
def test_a_function_has_at_least_three_right_and_five_wrong_answers(function: str) -> None:
    hints = [answer.hint for answer in answers_to(function).values()]
    assert hints.count(None) >= 3
    assert len(hints) - hints.count(None) >= 5


@pytest.mark.parametrize("function", NOTEBOOK_OF)
def test_the_reference_gets_full_marks(function: str) -> None:
    solution = reference(NOTEBOOK_OF[function])[function]
    for seed in (None, *SECRET_SEEDS):
        report = check_of(function)(solution, seed=seed)
        assert report.passed, f"seed {seed}: {report}"
        assert report.points(7) == 7.0


@pytest.mark.parametrize("function", NOTEBOOK_OF)
def test_a_stub_gets_nothing_and_is_told_so(function: str) -> None:
    def stub(*args, **kwargs):
        raise NotImplementedError("Write this function.")

    report = check_of(function)(stub)
    assert report.points(10) == 0.0
    assert report.hints == ("not_written",)


@pytest.mark.parametrize(("function", "answer"), RIGHT)
def test_a_right_answer_of_any_style_gets_full_marks(function: str, answer: Answer) -> None:
    mine, _ = answered(answer, function)
    for seed in (None, *SECRET_SEEDS):
        report = check_of(function)(mine, seed=seed)
        assert report.passed, f"seed {seed}: {report}"


@pytest.mark.parametrize(("function", "answer"), WRONG)
def test_a_wrong_answer_fails_and_is_told_its_own_mistake(function: str, answer: Answer) -> None:
    mine, _ = answered(answer, function)
    check = check_of(function)
    report = check(mine) + check(mine, seed=SECRET_SEEDS[0])
    assert report.score < 1, f"it passed: {report}"
    assert answer.hint in report.hints, f"{answer.hint} is not among {report.hints}: {report}"
    assert check.hint_text(answer.hint), f"{answer.hint} has no text"
    shown = check(mine)
    assert check.hint_text(answer.hint) in str(report) or answer.hint in shown.hints


@pytest.mark.parametrize(("function", "answer"), WRONG)
def test_a_failure_takes_at_most_six_lines(function: str, answer: Answer) -> None:
    mine, _ = answered(answer, function)
    for outcome in check_of(function)(mine).outcomes:
        assert len(outcome.message.splitlines()) <= 6


@pytest.mark.parametrize(("function", "answer"), WRONG)
def test_a_wrong_answer_loses_only_its_own_points(function: str, answer: Answer) -> None:
    _, namespace = answered(answer, function)
    for other in NOTEBOOKS[NOTEBOOK_OF[function]][1].points:
        if other != function and function in names_used(namespace[other]):
            report = check_of(other)(namespace[other])
            assert report.passed, f"{other} fails too: {report}"


@pytest.mark.parametrize(("function", "answer"), WRONG)
def test_a_secret_seed_shows_no_values(function: str, answer: Answer) -> None:
    """All that a hidden run says is a hint, known beforehand, or one of two fixed sentences."""
    mine, _ = answered(answer, function)
    check = check_of(function)
    hints = {misconception.hint for misconception in check.misconceptions}
    for outcome in check(mine, seed=SECRET_SEEDS[0]).outcomes:
        assert outcome.picture is None
        text = re.sub(r"^(It changed [\w, ]+\.|It fails on inputs you have not seen\.)\n?", "", outcome.message)
        allowed = {"", "The same mistake as above.", "It waits for a first right value.", *hints}
        assert text in allowed or text == check.hint_text(outcome.hint)
