"""The last steps before untrusted code runs in a forked child, whatever holds it."""

from __future__ import annotations

import fcntl
import gc
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from .limits import Limits

Program = Callable[[Sequence[int]], Any]

FIRST_FD = 3
_FAR = 64
_GRACE_SECONDS = 10
_ADDRESS_SPACE_FACTOR = 4  # TensorFlow reserves several times what it uses


def keep_only(fds: Sequence[int]) -> list[int]:
    """Close everything but standard input and outputs and these, which become 3, 4, ... in order."""
    far = [fcntl.fcntl(fd, fcntl.F_DUPFD, _FAR) for fd in fds]
    kept = [os.dup2(fd, FIRST_FD + place) for place, fd in enumerate(far)]
    os.closerange(FIRST_FD + len(kept), resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    return kept


def set_limits(limits: Limits, other_processes: int = 0) -> None:
    """Set what the kernel enforces by process; it can be lowered later, never raised.

    Args:
        limits: what the child may use.
        other_processes: of the same user, counted with the child's by the kernel.
    """
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory * _ADDRESS_SPACE_FACTOR),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_DATA, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_MEMLOCK, 1 << 16),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes + other_processes),
    ):
        highest = resource.getrlimit(kind)[1]
        value = value if highest == resource.RLIM_INFINITY else min(value, highest)
        resource.setrlimit(kind, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + _GRACE_SECONDS))


def run(prepare: Callable[[], None], program: Program, output: int, fds: Sequence[int]) -> NoReturn:
    """Run both in this process, and end with the program: its number, 1 after an exception, 0 otherwise."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(output, 1)
        os.dup2(output, 2)
        kept = keep_only(fds)
        prepare()
        _reseed()
        code = _exit_code(program(kept))
    except SystemExit as stop:
        code = _exit_code(stop.code)
    except BaseException:
        traceback.print_exc()
    finally:
        _flush()
        os._exit(code)


def _reseed() -> None:
    """Give the child random numbers of its own; Python's `random` sees to itself after a fork."""
    gc.enable()
    random = sys.modules.get("numpy.random")
    if random is not None:
        random.seed(list(os.urandom(32)))


def _exit_code(result: Any) -> int:
    return result & 0xFF if type(result) is int else int(result not in (None, 0))


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # the child's own stream, in whatever state it left it
            continue
