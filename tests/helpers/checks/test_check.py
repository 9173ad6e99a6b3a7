"""A check runs its parts, names misconceptions, and never blames one function for another's mistake."""

import numpy as np
import pytest

from helpers import checks
from helpers.checks.check import Check
from helpers.checks.compare import Output
from helpers.checks.parts import Case, Law, Misconception, Values, Violation

RIGHT = {
    "zero_pad": lambda X, pad: np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0))),
}


def double_check() -> Check:
    """A small check of double(x) with a value part, a law, and one misconception."""

    def additive(call, rng):
        a, b = rng.normal(size=(2, 3))
        return None if np.allclose(call(a + b), call(a) + call(b)) else Violation("not additive", "squares")

    return Check(
        signature="double(x)",
        output=Output("y", "(n,)"),
        oracle=lambda x: 2 * x,
        parts=(Values("values", lambda rng: [Case((rng.normal(size=4),))], weight=2), Law("adds up", additive)),
        misconceptions=(Misconception("squares", "Twice, not to the power of two.", lambda x: x * x),),
    )


def test_a_right_function_passes_every_part() -> None:
    report = double_check()(lambda x: x + x)
    assert report.passed
    assert [o.name for o in report.outcomes] == ["values", "adds up", "leaves its inputs unchanged"]


def test_a_misconception_is_named_and_explained() -> None:
    report = double_check()(lambda x: x**2)
    assert report.hints[0] == "squares"
    assert "Twice, not to the power of two." in str(report)


def test_a_law_is_not_judged_before_any_value_is_right() -> None:
    report = double_check()(lambda x: 0 * x)
    assert [o.status for o in report.outcomes] == ["failed", "unchecked", "unchecked"]
    assert report.points(10) == 0.0


def test_public_messages_show_values_and_secret_ones_do_not() -> None:
    def wrong(x):
        return 3 * x

    assert "expected" in str(double_check()(wrong))
    secret = double_check()(wrong, seed=4)
    assert "expected" not in str(secret)
    assert all(outcome.picture is None for outcome in secret.outcomes)


def test_the_same_seed_gives_the_same_report_and_another_other_inputs() -> None:
    seen = []

    def spy(x):
        seen.append(tuple(x))
        return 2 * x

    for seed in (5, 5, 6, None, 0):
        double_check()(spy, seed=seed)
    firsts = seen[:: len(seen) // 5]
    assert firsts[0] == firsts[1]
    assert len(set(firsts)) == 4


def test_hard_coded_public_answers_fail_on_secret_inputs() -> None:
    public = []
    double_check()(lambda x: public.append(x) or 2 * x)
    table = {tuple(x): 2 * x for x in public}

    def hard_coded(x):
        return table.get(tuple(x), np.zeros_like(x))

    check = double_check()
    assert check(hard_coded).passed
    assert (check(hard_coded) + check(hard_coded, seed=1)).points(10) == 0.0


def test_changing_the_input_costs_only_its_own_part() -> None:
    def careless(x):
        x *= 2
        return x

    report = double_check()(careless)
    assert [o.status for o in report.outcomes] == ["passed", "passed", "failed"]
    assert "changes_input" in report.hints


def test_something_that_is_no_function_is_refused_with_advice() -> None:
    with pytest.raises(TypeError, match=r"without parentheses"):
        checks.zero_pad(3)


def test_an_unknown_check_names_the_known_ones() -> None:
    with pytest.raises(AttributeError, match="zero_pad"):
        checks.zero_padd  # noqa: B018


def test_a_broken_helper_is_replaced_and_the_report_says_so() -> None:
    namespace = _forward_with("def zero_pad(X, pad):\n    return np.pad(X, pad)\n")
    report = checks.conv_forward(namespace["conv_forward"])
    assert report.passed
    assert "correct zero_pad" in report.note
    assert not checks.zero_pad(namespace["zero_pad"]).passed


def test_a_missing_helper_is_replaced_too() -> None:
    report = checks.conv_forward(_forward_with("")["conv_forward"])
    assert report.passed
    assert "zero_pad" in report.note


def test_where_nothing_can_stand_in_the_outcome_is_could_not_be_checked() -> None:
    class Wrapped:
        """Calls a broken helper, and hides where it looks it up."""

        def __init__(self, namespace):
            self.call = namespace["conv_forward"]
            self.__code__ = self.call.__code__

        def __call__(self, *args):
            return self.call(*args)

    report = checks.conv_forward(Wrapped(_forward_with("def zero_pad(X, pad):\n    raise ValueError\n")))
    assert {o.status for o in report.outcomes} == {"unchecked"}
    assert "zero_pad fails" in str(report)
    assert report.points(10) == 0.0


def _forward_with(helper: str, pads_with: str = "zero_pad", arguments: str = "A_prev, hparameters['pad']") -> dict:
    """A correct conv_forward in a namespace of its own, with the given zero_pad."""
    source = helper + (
        "def conv_forward(A_prev, W, b, hparameters):\n"
        "    s, f = hparameters['stride'], W.shape[0]\n"
        f"    A = {pads_with}({arguments})\n"
        "    n_H, n_W = (A.shape[1] - f) // s + 1, (A.shape[2] - f) // s + 1\n"
        "    Z = np.zeros((len(A), n_H, n_W, W.shape[3])) + b\n"
        "    for h in range(n_H):\n"
        "        for w in range(n_W):\n"
        "            Z[:, h, w] += np.tensordot(A[:, h*s:h*s+f, w*s:w*s+f], W, 3)\n"
        "    return Z, (A_prev, W, b, hparameters)\n"
    )
    namespace: dict = {"np": np}
    exec(source, namespace)
    return namespace


def test_numpy_checks_do_not_import_tensorflow() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from helpers import checks\n"
        "[checks.find(n) for n in checks.names() if n not in ('lenet5', 'happyModel', 'convolutional_model')]\n"
        "assert 'tensorflow' not in sys.modules and 'matplotlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
