"""Sandboxes for the tests; where there is none they are skipped, in CI they fail."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]  # students' code is held on Linux only
else:
    from grader.sandbox import Tier
    from tests.grader.sandbox import held


@pytest.fixture(scope="session")
def zygote():
    """Tier 1, started by whoever runs the tests."""
    held.require(Tier.NAMESPACES)
    with held.nest(Tier.NAMESPACES) as zygote:
        yield zygote


@pytest.fixture(params=["caller", "user", "landlock"])
def hold(request):
    """Runs a program in each kind of sandbox: `hold(program, fds=(), **limits)`."""
    tier = Tier.LANDLOCK if request.param == "landlock" else Tier.NAMESPACES
    held.require(tier)
    if request.param == "caller":
        warm = request.getfixturevalue("zygote")
        return lambda program, fds=(), **limits: (
            held.run_held(tier, program, limits, fds) if limits else held.run_in(warm, program, fds)
        )
    held.require_reachable_python()
    return lambda program, fds=(), **limits: held.run_as_user(tier, program, limits, fds)


@pytest.fixture
def bare():
    """Runs a program without any sandbox, as an ordinary user."""
    held.require_reachable_python()
    return held.run_bare


@pytest.fixture
def readable_folder():
    """A folder that every user may enter."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path
