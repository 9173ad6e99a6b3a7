"""Every attack succeeds against the unprotected control, and none against the grader."""

import pytest

from tests.grader.attacks import corpus


@pytest.mark.parametrize("attack", [pytest.param(attack, id=attack.id) for attack in corpus()])
def test_the_attack_wins_only_against_the_control(crew, attack):
    assert crew.faults(attack.id) == []
