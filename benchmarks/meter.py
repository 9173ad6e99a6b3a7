"""What a command costs with every process that it starts, those in sandboxes included.

A parent's own account (`wait4`) leaves out most of a sandbox: whoever is buried by the kernel, or is left without a
parent when the sandbox is torn down, is on nobody's account. So the whole tree is put in a control group where this
user may make one; elsewhere the machine's own counters are read, which also hold what others do meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import psutil

_GROUPS = (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/unified"))
_PAUSE = 0.02


@dataclass(frozen=True)
class Cost:
    """Of one command.

    Args:
        wall: seconds from its start to its end.
        cpu: seconds of all its processes.
        own: seconds that `wait4` says, for comparison.
        log: what it printed.
    """

    wall: float
    cpu: float
    own: float
    log: str


class Failed(Exception):
    """A command did not do its work; the text holds the end of what it printed."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], ok: Sequence[int] = (0,)) -> Cost:
    """Run a command and measure it.

    Args:
        command: program and arguments.
        folder: where to run it.
        environment: of it.
        ok: exit codes that mean success.

    Raises:
        Failed: it ended with another.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log, account() as (join, used):
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=join
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        cpu = used()
        code = process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        said = log.read()
    if code not in ok:
        raise Failed(f"{' '.join(command)} ended with {code}:\n{said[-3000:]}")
    return Cost(wall, cpu, usage.ru_utime + usage.ru_stime, said)


def way() -> str:
    """How `account` counts here, for the reader of the figures."""
    if home() is None:
        return "CPU is that of the whole machine while a command runs, less what it used just before"
    return "CPU is that of a control group with all processes of a command"


def account() -> AbstractContextManager[tuple[Callable[[], None], Callable[[], float]]]:
    """What a process calls to join, and what tells the CPU seconds used so far by all that did, and their children."""
    place = home()
    return of_machine() if place is None else _of_group(place)


@contextlib.contextmanager
def _of_group(place: Path) -> Iterator[tuple[Callable[[], None], Callable[[], float]]]:
    group = Path(tempfile.mkdtemp(prefix="benchmark-", dir=place))

    def join() -> None:
        (group / "cgroup.procs").write_text("0", encoding="ascii")

    def used() -> float:
        patience = time.monotonic() + 10
        while (group / "cgroup.procs").read_text(encoding="ascii") and time.monotonic() < patience:
            time.sleep(_PAUSE)  # a torn-down sandbox takes a moment
        stat = dict(line.split() for line in (group / "cpu.stat").read_text(encoding="ascii").splitlines())
        return int(stat["usage_usec"]) / 1e6

    try:
        yield join, used
    finally:
        group.rmdir()


@contextlib.contextmanager
def of_machine() -> Iterator[tuple[Callable[[], None], Callable[[], float]]]:
    """The same by the machine's counters; nobody has to join, and what others use is taken to stay as it is."""
    before, moment = machine_cpu(), time.perf_counter()
    time.sleep(1)
    others = (machine_cpu() - before) / (time.perf_counter() - moment)
    start, moment = machine_cpu(), time.perf_counter()
    yield lambda: None, lambda: machine_cpu() - start - others * (time.perf_counter() - moment)


def machine_cpu() -> float:
    """Seconds that all cores were busy since this machine started."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def home() -> Path | None:
    """Where this user may make a control group (version 2), if anywhere."""
    for root in _GROUPS:
        own = next((line[3:] for line in _own_groups() if line.startswith("0::")), None)
        if own is None or not (root / "cgroup.procs").exists():
            continue
        home = root / own.strip().lstrip("/")
        if os.access(home, os.W_OK) and os.access(home / "cgroup.procs", os.W_OK):
            return home
    return None


def _own_groups() -> list[str]:
    path = Path("/proc/self/cgroup")
    return path.read_text(encoding="ascii").splitlines() if path.exists() else []
