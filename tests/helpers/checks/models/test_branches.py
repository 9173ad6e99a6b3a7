"""Blocks and branches are judged by what they compute: any style passes, every mistake is named for what it is."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import pytest

from tests.helpers.checks.models import examples
from tests.helpers.checks.models.answers import EVERY_RIGHT, EVERY_WRONG, RIGHT, SETUP, first

pytestmark = pytest.mark.filterwarnings("ignore")


def defined(text: str, function: str):
    space: dict = {}
    exec(compile(SETUP + text, f"<{function}>", "exec"), space)
    return space[function]


@pytest.mark.parametrize(("function", "text"), [pytest.param(f, t, id=f"{f}-{n}") for f, n, t in EVERY_RIGHT])
def test_a_right_block_passes_however_it_is_written(function, text):
    for seed in (None, 11, 12):
        report = getattr(examples, function)(defined(text, function), seed=seed)
        assert report.passed, f"seed {seed}: {report}"


@pytest.mark.parametrize(
    ("function", "hint", "text"), [pytest.param(f, h, t, id=f"{f}-{n}") for f, h, n, t in EVERY_WRONG]
)
def test_a_wrong_block_is_told_its_own_mistake(function, hint, text):
    check = getattr(examples, function)
    for seed in (None, 11):
        report = check(defined(text, function), seed=seed)
        assert report.score < 1, f"seed {seed}: it passed"
        assert hint in report.hints, f"seed {seed}: {hint} is not among {report.hints}: {report}"
        assert check.hint_text(hint)


def test_a_mistake_costs_its_own_part_only():
    text = first("residual").replace("tfl.Add()([X, short])", "tfl.Add()([X, tfl.ReLU()(short)])")
    report = examples.residual(defined(text, "residual"))
    assert report.hints == ("relu_before_add",)
    lost = {outcome.name for outcome in report.outcomes if outcome.status != "passed"}
    assert lost == {examples.SHORTCUT}, "for inputs above zero it is the identity all the same"


def test_without_a_shortcut_nothing_is_left_when_the_weights_are_zero():
    text = first("residual").replace("tfl.Add()([X, short])", "X")
    report = examples.residual(defined(text, "residual"))
    lost = {outcome.name for outcome in report.outcomes if outcome.status == "failed"}
    assert lost == {examples.SHORTCUT, "the identity without weights"}


def test_an_order_that_the_docstring_leaves_open_is_right():
    text = first("module").replace("[a, b, c]", "[b, a, c]")
    assert examples.any_order(defined(text, "module")).passed
    text = first("module").replace("[a, b, c]", "[a, b]")
    assert examples.any_order(defined(text, "module")).hints[-1] == "branch_missing"


def test_a_stub_gets_nothing_and_is_told_so():
    report = examples.residual(defined("def residual(X, f, n_C):\n    raise NotImplementedError", "residual"))
    assert report.points(10) == 0
    assert report.hints == ("not_written",)


def test_the_input_alone_is_no_block():
    report = examples.residual(defined("def residual(X, f, n_C):\n    return tfl.ReLU()(X)", "residual"))
    statuses = {outcome.name: outcome.status for outcome in report.outcomes}
    assert statuses["the identity without weights"] == "unchecked", "it would pass without any work"
    assert report.score < 0.3


@pytest.mark.parametrize("name", [name for name in RIGHT["tower"] if name.startswith("a_block")])
def test_a_broken_block_costs_nothing_where_it_is_used_and_the_report_says_so(name):
    tower = defined(RIGHT["tower"][name], "tower")
    own = dict(tower.__globals__)
    report = examples.tower(tower)
    assert report.passed
    assert "correct residual" in report.note
    assert {n: tower.__globals__[n] for n in ("residual", "projected")} == {
        n: own[n] for n in ("residual", "projected")
    }
