"""The checks notice small changes to the reference solutions."""

import pytest

from tests.course.lessons import NOTEBOOK_OF
from tests.course.mutants import explained, mutants_of, survives, table


def test_nearly_every_mutant_is_killed_and_every_survivor_is_explained() -> None:
    rows = table(list(NOTEBOOK_OF))
    number = sum(total for _, total, _ in rows)
    survivors = [(function, mutant.change) for function, _, alive in rows for mutant in alive]
    assert number > 300
    assert len(survivors) <= 0.05 * number, survivors
    unexplained = [row for row in survivors if row[1] not in explained().get(row[0], {})]
    assert not unexplained


def test_an_explanation_is_for_a_mutant_that_exists() -> None:
    from tests.course.lessons import solution

    for function, changes in explained().items():
        assert set(changes) <= {mutant.change for mutant in mutants_of(solution(function))}


def test_a_function_without_change_survives() -> None:
    from tests.course.lessons import solution
    from tests.course.mutants import Mutant

    assert survives("zero_pad", Mutant("nothing", solution("zero_pad")))


@pytest.mark.parametrize("source", ["def f(x):\n    return x[1:] + 2"])
def test_operators_constants_and_slices_are_changed(source: str) -> None:
    texts = {mutant.source.splitlines()[-1].strip() for mutant in mutants_of(source)}
    assert {"return x[1:] - 2", "return x[:] + 2", "return x[2:] + 2", "return x[1:] + 3"} <= texts
