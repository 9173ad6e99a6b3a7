"""Run a learner's own function for a view: on copies, quietly, for a limited time; what goes wrong is said in words."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from ..checks.calls import attempt
from ..checks.explain import error_text
from .ear import Refused

SECONDS = 5.0  # how long a function may take before it is stopped
_AGAIN = 0.5  # seconds until a function that swallowed the interrupt hears the next one


def answer_of(fn: Callable[..., Any], args: tuple[Any, ...], *, seconds: float = SECONDS) -> Any:
    """What a learner's function returns.

    Args:
        fn: their function.
        args: its positional arguments, which are never changed.
        seconds: how long it may take.

    Raises:
        Refused: it raised, returned None, took too long or was interrupted; the text says so in words.
    """
    name = getattr(fn, "__name__", "your function")
    clock = _Clock(seconds)
    try:
        with clock.running():
            tried = attempt(fn, args, quiet=True)
    except KeyboardInterrupt:
        if clock.rang:
            raise Refused(
                f"{name} had not finished after {seconds:g} seconds and was stopped: is there a loop that never ends?"
            ) from None
        raise Refused(f"You interrupted {name}.") from None
    if isinstance(tried.error, NotImplementedError):
        raise Refused(f"{name} is not written yet: write it, run its cell, then run this cell again.")
    if tried.error is not None:
        raise Refused(f"{name} did not return. {error_text(tried.error, fn, args)}")
    if tried.value is None:
        raise Refused(f"{name} returned None: a return is missing, or sits where it is never reached.")
    return tried.value


class _Clock:
    """Interrupts the thread that runs it when the time is over, on every system, and never afterwards.

    It rings again and again, because a bare `except:` inside a loop swallows an interrupt.
    """

    def __init__(self, seconds: float) -> None:
        self.rang = False
        self._seconds, self._lock, self._over = seconds, threading.Lock(), threading.Event()

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        bell = threading.Thread(target=self._ring_until_over, args=(threading.current_thread(),), daemon=True)
        bell.start()
        try:
            yield
        finally:
            self._end()

    def _end(self) -> None:
        ended = False
        while not ended:
            with contextlib.suppress(KeyboardInterrupt):  # one that is still on its way belongs here
                with self._lock:
                    self._over.set()
                if self.rang:
                    time.sleep(0.05)
                ended = True

    def _ring_until_over(self, thread: threading.Thread) -> None:
        pause = self._seconds
        while not self._over.wait(pause):
            with self._lock:
                if not self._over.is_set():
                    self.rang = True
                    _interrupt(thread)
            pause = _AGAIN


def _interrupt(thread: threading.Thread) -> None:
    """Raise KeyboardInterrupt in a thread, as the stop button does in the main one."""
    if thread.ident is None:
        return
    if thread is not threading.main_thread():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(KeyboardInterrupt))
    elif os.name == "nt":
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(thread.ident, signal.SIGINT)  # wakes it even if it sleeps
