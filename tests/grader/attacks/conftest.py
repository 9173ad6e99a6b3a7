"""Arenas for the tests of the corpus: one for the tests of the arena itself, several at once for the attacks."""

import pytest

from tests.grader.attacks.arena import Arena
from tests.grader.attacks.crew import Crew


@pytest.fixture(scope="session")
def arena():
    with Arena() as made:
        yield made


@pytest.fixture(scope="session")
def crew(request):
    """At work on the attacks that this session asks for."""
    tests = [item for item in request.session.items if "crew" in item.fixturenames]
    with Crew(test.callspec.params["attack"].id for test in tests).at_work() as made:
        yield made
