"""Tier 2 from inside: a child without namespaces, held by Landlock and a keeper that ends all its processes."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from . import landlock, linux, start
from .limits import Limits
from .processes import descendants, raise_oom_score, tasks_of
from .protocol import DONE, FAILED, encode_end

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_FACTS = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu")
_PAUSE_SECONDS = 0.01


def hold(program: start.Program, fds: Sequence[int], call_filter: bytes, limits: Limits, place: dict[str, Any]) -> int:
    """Fork a fenced child.

    Args:
        program: is called in it, with the numbers that the inherited files have there.
        fds: a socket to report to (when its other end closes, the child ends), the child's output, its files.
        call_filter: made by `seccomp.build`; empty for no fence at all.
        limits: what it may use.
        place: `home` of the zygote, beside which the child's folder is made, and `readable` folders and files.

    Returns:
        pidfd of the child's keeper: when that has ended, so have all its processes.

    Raises:
        OSError: there can be no further process.
    """
    pid = os.fork()
    if pid:
        return os.pidfd_open(pid)
    try:
        _keep(program, fds, call_filter, limits, place)
    finally:
        os._exit(1)


def _keep(
    program: start.Program, fds: Sequence[int], call_filter: bytes, limits: Limits, place: dict[str, Any]
) -> NoReturn:
    """Start the program behind the fence; end all its processes with it, or when nobody wants it any more."""
    report, output, *rest = start.keep_only(fds)
    folder = Path(place["home"]).with_name(str(os.getpid()))
    fenced = bool(call_filter)
    try:
        linux.adopt_orphans()
        os.setsid()
        folder.mkdir(mode=0o700)
        start.set_limits(limits, tasks_of(os.getuid()))
        linux.drop_privileges()
        if fenced:
            landlock.restrict([*place["readable"], *_FACTS, "/proc"], [str(folder)], [*_DEVICES, "/proc"])
            _require_no_reach(os.getppid())
            linux.filter_system_calls(call_filter)
    except OSError as error:
        os.write(report, FAILED + str(error).encode())
        os._exit(1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        start.run(partial(_enter, folder, place, fenced), program, output, rest)
    for fd in (output, *rest):
        os.close(fd)
    os.write(report, DONE)
    status = _wait_for(pid, report)
    _sweep(fenced)
    os.write(report, encode_end(status))
    os._exit(0)


def _enter(folder: Path, place: dict[str, Any], fenced: bool) -> None:
    """The child's side of the fence: a second, narrower one, so that it cannot signal its keeper."""
    os.chdir(folder)
    for name, value in os.environ.items():
        os.environ[name] = value.replace(place["home"], str(folder))
    raise_oom_score(1000)
    if fenced:
        landlock.restrict([*place["readable"], *_FACTS, f"/proc/{os.getpid()}"], [str(folder)], _DEVICES)


def _require_no_reach(other: int) -> None:
    """Make sure that `kill(-1)` of `_sweep` cannot mean anybody else."""
    try:
        os.kill(other, 0)
    except PermissionError:
        return
    raise OSError("Landlock does not keep signals inside")


def _wait_for(pid: int, report: int) -> int:
    """The wait status of the child, which is killed when the other end of `report` closes."""
    ended = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(ended, select.POLLIN)
    poll.register(report, select.POLLIN)
    if ended not in dict(poll.poll()):
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def _sweep(fenced: bool) -> None:
    """End what is left of the child's processes."""
    while True:
        if fenced:
            _kill_all_in_reach()
        else:
            for pid in descendants(os.getpid()):
                _kill(pid)
        try:
            while os.waitpid(-1, 0 if fenced else os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(_PAUSE_SECONDS)


def _kill_all_in_reach() -> None:
    """One call reaches all at once, so that no fork can run ahead of it; the fence keeps everybody else out of it."""
    try:
        os.kill(-1, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
