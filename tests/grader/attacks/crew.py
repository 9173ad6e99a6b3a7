"""Several arenas at once, each in a process of its own, that share the attacks among them."""

from __future__ import annotations

import multiprocessing
import os
import queue
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from . import corpus
from .arena import Arena

_SECONDS = 600.0


class Crew:
    """Makes attacks; `results` yields how each one went, as they come.

    Args:
        wanted: ids of attacks.
    """

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = list(wanted)
        self._done: dict[str, tuple[list[str], float]] = {}

    @contextmanager
    def at_work(self) -> Iterator[Crew]:
        """Start the processes; end them afterwards."""
        context = multiprocessing.get_context("spawn")
        todo, self._told = context.Queue(), context.Queue()
        count = min(len(os.sched_getaffinity(0)), len(self._wanted))
        for name in [*self._wanted, *[""] * count]:
            todo.put(name)
        crew = [context.Process(target=_work, args=(todo, self._told)) for _ in range(count)]
        for process in crew:
            process.start()
        try:
            yield self
        finally:
            for _ in iter(lambda: _next(todo), None):
                pass
            for _ in crew:
                todo.put("")
            for process in crew:
                process.join(_SECONDS)

    def results(self) -> Iterator[tuple[str, list[str], float]]:
        """Id, faults and seconds of each attack."""
        for _ in self._wanted:
            yield self._one()

    def faults(self, name: str) -> list[str]:
        """What speaks against our having held one of them; waits until it was made."""
        while name not in self._done:
            self._one()
        return self._done[name][0]

    def _one(self) -> tuple[str, list[str], float]:
        name, faults, seconds = self._told.get(timeout=_SECONDS)
        self._done[name] = (faults, seconds)
        return name, faults, seconds


def _next(todo: Any) -> str | None:
    try:
        return str(todo.get_nowait())
    except queue.Empty:
        return None


def _work(todo: Any, told: Any) -> None:
    attacks = {attack.id: attack for attack in corpus()}
    with Arena() as arena:
        while name := todo.get():
            started = time.monotonic()
            try:
                faults = arena.faults(attacks[name])
            except Exception:  # the others are to be made all the same
                faults = [traceback.format_exc()]
            told.put((name, faults, time.monotonic() - started))
