"""One arena for all tests of the corpus."""

import pytest

from tests.grader.attacks.arena import Arena


@pytest.fixture(scope="session")
def arena():
    with Arena() as made:
        yield made
