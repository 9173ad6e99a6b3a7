"""A warm process that is replaced after a crash, while those who still use the old one finish in peace."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from grader.sandbox import SandboxError, Zygote


class Nest:
    """Lends a zygote.

    Args:
        make: starts one; called at once, and after a crash of one of its children.
    """

    def __init__(self, make: Callable[[], Zygote]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._current = make()
        self._users = {self._current: 0}
        self._closed = False

    @contextlib.contextmanager
    def lease(self) -> Iterator[Zygote]:
        """A zygote in which nothing has crashed yet; what crashed one child may have reached further.

        Raises:
            SandboxError: it is closed, or no new one can be started.
        """
        with self._lock:
            if self._closed:
                raise SandboxError("the engine is closed")
            if self._current.stale or not self._current.alive:
                old, self._current = self._current, self._make()
                self._users[self._current] = 0
                self._retire(old)
            zygote = self._current
            self._users[zygote] += 1
        try:
            yield zygote
        finally:
            with self._lock:
                self._users[zygote] -= 1
                if zygote is not self._current:
                    self._retire(zygote)

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            self._closed = True
            for zygote in self._users:
                zygote.close()
            self._users.clear()

    def _retire(self, zygote: Zygote) -> None:
        if self._users.get(zygote) == 0:
            del self._users[zygote]
            zygote.close()
