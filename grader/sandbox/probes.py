"""Attempts to break out, made by a held child of ours before any code of others runs."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence

from .probed_calls import CALLS, LAST_CALLS, Broke
from .probed_places import PLACES, count_fds, reach_files


def run_probes(argument: bytes, fds: Sequence[int]) -> None:
    """Make every attempt, and write one line of JSON to the first file: a list of [name, held, detail].

    Args:
        argument: JSON with `hidden`, paths that must be out of reach.
        fds: where to write.
    """
    hidden = json.loads(argument)["hidden"]
    probes: list[tuple[str, Callable[[], object]]] = [
        *CALLS,
        *PLACES,
        ("files of this machine", lambda: reach_files(hidden)),
        ("inherited files", lambda: count_fds(fds)),
        *LAST_CALLS,
    ]
    found = [(name, *_attempt(probe)) for name, probe in probes]
    with os.fdopen(os.dup(fds[0]), "w", encoding="utf-8") as report:
        json.dump(found, report)


def _attempt(probe: Callable[[], object]) -> tuple[bool, str]:
    try:
        probe()
    except Broke as success:
        return False, str(success)
    except OSError as refused:
        return True, str(refused)
    return True, "nothing to be had"
