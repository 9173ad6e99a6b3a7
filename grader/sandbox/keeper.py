"""Starts a process and stays its parent."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable


class Keeper:
    """A process that ends with this one, whichever thread asked for it.

    The kernel ends such a process with the thread that started it, so a thread of its own starts it and then waits.

    Args:
        start: starts the process.

    Raises:
        Exception: what `start` raises.
    """

    def __init__(self, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._start = start
        self._started, self._over = threading.Event(), threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            raise self._failure

    def end(self) -> None:
        """Kill the process, and wait until it is gone; it may be called again."""
        self.process.kill()
        self.process.wait()
        self._over.set()
        self._thread.join()

    def _keep(self) -> None:
        try:
            self.process = self._start()
        except BaseException as failure:
            self._failure = failure
            self._over.set()
        finally:
            self._started.set()
        self._over.wait()
