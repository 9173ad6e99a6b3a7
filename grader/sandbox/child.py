"""One held child as the trusted side sees it: what memory it takes, how it ended, and how to end it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import threading
import weakref
from pathlib import Path

from . import processes
from .limits import Exit
from .places import SHARED_MEMORY, WORK
from .private_folder import folder_bytes, remove_folder
from .protocol import FAILED, LONGEST, decode_end, require_done


class Child:
    """A process tree that holds untrusted code; `Zygote.spawn` makes it."""

    def __init__(self, pidfd: int, report: socket.socket, home: Path | None) -> None:
        self.pidfd = pidfd
        self.pid = _pid_of(pidfd)
        self._report = report
        self._folder = None if home is None else home.with_name(str(self.pid))
        self._exit: Exit | None = None
        self._ended_by_us = False
        self._concluding = threading.Lock()
        weakref.finalize(self, os.close, pidfd)  # not before: another thread may be waiting on it

    @property
    def crashed(self) -> bool:
        """Whether a signal ended it that was not `kill`."""
        return self._exit is not None and self._exit.signal is not None and not self._ended_by_us

    def await_held(self, timeout: float) -> None:
        """Wait until it is held and its program starts.

        Raises:
            SandboxError: it could not be held.
        """
        self._report.settimeout(timeout)
        try:
            answer = self._report.recv(LONGEST)
        except OSError as error:
            answer = FAILED + str(error).encode()
        require_done(answer)

    def memory(self, exact_above: int = 0) -> int:
        """What its processes hold and its files take in memory; 0 when it is gone.

        Args:
            exact_above: bytes. To that height shared pages may be counted more than once, which takes a twentieth of
                the time; above, each process counts its part of them.

        Returns:
            Bytes.
        """
        if self._exit is not None or _readable(self.pidfd, 0):
            return 0
        files, tree = self._file_bytes(), list(processes.descendants(self.pid))
        estimate = files + sum(map(processes.resident, tree))
        return estimate if estimate <= exact_above else files + sum(map(processes.memory, tree))

    def _file_bytes(self) -> int:
        if self._folder is not None:
            return folder_bytes(self._folder)
        return sum(processes.used_bytes(f"/proc/{self.pid}/root{place}") for place in (WORK, SHARED_MEMORY))

    def kill(self) -> None:
        """End all its processes. It may be called any number of times; `wait` says when it is done."""
        if self._exit is not None:
            return
        self._ended_by_us = True
        if self._folder is not None:  # its keeper ends them all
            with contextlib.suppress(OSError):
                self._report.shutdown(socket.SHUT_WR)
            return
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> Exit | None:
        """How it ended, when no process of it is left.

        Args:
            timeout: seconds to wait at most; None for as long as it takes.

        Returns:
            None when it still runs.
        """
        if self._exit is None and _readable(self.pidfd, timeout):
            self._conclude()
        return self._exit

    def _conclude(self) -> None:
        with self._concluding:
            if self._exit is not None:
                return
            said = b""
            with contextlib.suppress(OSError):
                said = self._report.recv(LONGEST, socket.MSG_DONTWAIT)
            self._exit = decode_end(said) or Exit(None, signal.SIGKILL)
            self._report.close()
            if self._folder is not None:
                remove_folder(self._folder)


def _pid_of(pidfd: int) -> int:
    """The process number on this machine, whatever the process itself sees."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "Pid":
            return int(value)
    raise OSError("the kernel does not say which process a pidfd means")


def _readable(fd: int, timeout: float | None) -> bool:
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return bool(poll.poll(None if timeout is None else max(0.0, timeout) * 1000))
