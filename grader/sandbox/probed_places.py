"""Attempts to break out by files, other processes and one's own limits."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from . import linux
from .places import SHARED_MEMORY, TERMINALS
from .probed_calls import Broke, refused

_SEIZE = 0x4206
_MOST_VARIABLES = 40
_PLACES_TO_WRITE = ("/", "/dev", "/etc", "/opt", "/proc", "/tmp", "/usr", "/var", "/var/tmp", "/root", "/home")


def _look_into_others() -> None:
    for pid in (1, os.getppid()):
        refused(partial(_ptrace, pid), "ptrace")
        for name, mode in (("environ", os.O_RDONLY), ("mem", os.O_RDWR), ("fd/3", os.O_WRONLY)):
            _no_opening(f"/proc/{pid}/{name}", mode)


def _ptrace(pid: int) -> None:
    linux.check(linux.libc().ptrace(_SEIZE, pid, None, None), "ptrace")


def _no_opening(path: str, mode: int) -> None:
    try:
        os.close(os.open(path, mode | os.O_NONBLOCK))
    except OSError:
        return
    raise Broke(f"{path} can be opened")


def _other_processes() -> None:
    seen = {int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
    if seen - {1, os.getpid()}:
        raise Broke(f"{len(seen)} processes can be seen")


def _signal_others() -> None:
    """With processes of one's own the first of them may be signalled, but nobody else is there to be."""
    os.kill(-1 if os.getppid() == 1 else os.getppid(), 0)
    raise Broke("signals reach other processes")


def _kernel_settings() -> None:
    for path in (*Path("/proc/sys/kernel").iterdir(), Path("/proc/sysrq-trigger"), Path("/proc/self/oom_score_adj")):
        if path.is_file():
            _no_opening(str(path), os.O_WRONLY)


def _privileges() -> None:
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    wanted = {"NoNewPrivs": "1", "Seccomp": "2", "CapEff": f"{0:016x}", "CapPrm": f"{0:016x}", "CapInh": f"{0:016x}"}
    got = {name: status.get(name, "").strip() for name in wanted}
    if got != wanted or os.geteuid() == 0:
        raise Broke(f"user {os.geteuid()}, {got}")


def _writable_places() -> None:
    allowed = (SHARED_MEMORY, TERMINALS)
    own = Path.cwd()
    for place in map(Path, _PLACES_TO_WRITE):
        trial = place / f"{os.getpid()}-trial"
        try:
            trial.mkdir()
        except OSError:
            continue
        trial.rmdir()
        raise Broke(f"{place} can be written to")
    if os.getpid() == 2:  # in a file system of our own every mount can be judged
        last = {line.split()[4]: line.split()[5] for line in Path("/proc/self/mountinfo").read_text().splitlines()}
        for path, options in last.items():
            if "rw" in options.split(",") and Path(path).is_dir() and Path(path) != own and path not in allowed:
                raise Broke(f"{path} is mounted for writing")


def _raise_limits() -> None:
    for kind in (resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_DATA):
        highest = resource.getrlimit(kind)[1]
        if highest == resource.RLIM_INFINITY:
            raise Broke(f"limit {kind} is not set")
        try:
            resource.setrlimit(kind, (highest, highest + 1))
        except (OSError, ValueError):
            continue
        raise Broke(f"limit {kind} can be raised")


def _environment() -> None:
    strange = [name for name in os.environ if any(word in name.upper() for word in ("TOKEN", "KEY", "SECRET", "PASS"))]
    if strange or len(os.environ) > _MOST_VARIABLES:
        raise Broke(f"{len(os.environ)} variables, {strange}")


def reach_files(hidden: Sequence[str]) -> None:
    """Try to read these files and folders."""
    for path in map(Path, hidden):
        try:
            list(path.iterdir()) if path.is_dir() else path.read_bytes()
        except OSError:
            continue
        raise Broke(f"{path} can be read")


def count_fds(given: Sequence[int]) -> None:
    """Look for open files besides these and the standard ones."""
    listing = {int(path.name) for path in Path("/proc/self/fd").iterdir()}
    open_now = {fd for fd in listing if _is_open(fd)}
    if open_now - {0, 1, 2, *given}:
        raise Broke(f"files {sorted(open_now)} are open")


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


PLACES: tuple[tuple[str, Callable[[], object]], ...] = (
    ("looking into other processes", _look_into_others),
    ("seeing other processes", _other_processes),
    ("signals to other processes", _signal_others),
    ("kernel settings", _kernel_settings),
    ("privileges", _privileges),
    ("writable places", _writable_places),
    ("raising limits", _raise_limits),
    ("variables", _environment),
)
