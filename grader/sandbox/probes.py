"""Attempts to break out, made by a held child of ours before any code of others runs."""

from __future__ import annotations

import ctypes
import errno
import json
import mmap
import os
import platform
import resource
import signal
import socket
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from . import linux
from .places import SHARED_MEMORY, TERMINALS

_REFUSALS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EAFNOSUPPORT}
_NUMBERS = {
    "x86_64": {"keyctl": 250, "perf_event_open": 298, "bpf": 321, "userfaultfd": 323, "shmget": 29, "setns": 308},
    "aarch64": {"keyctl": 219, "perf_event_open": 241, "bpf": 280, "userfaultfd": 282, "shmget": 194, "setns": 268},
}
_IO_URING, _CLONE3 = 425, 435
_MOST_FAMILIES = 64
_X32 = 0x40000000
_GETPID_OF_32_BITS = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20; int 0x80; ret
_SEIZE = 0x4206
_TYPE_INTO_TERMINAL = 0x5412
_PLACES_TO_WRITE = ("/", "/dev", "/etc", "/opt", "/proc", "/tmp", "/usr", "/var", "/var/tmp", "/root", "/home")


class Broke(Exception):
    """An attempt succeeded; the text says what it got."""


def run_probes(argument: bytes, fds: Sequence[int]) -> None:
    """Make every attempt, and write one line of JSON to the first file: a list of [name, held, detail].

    Args:
        argument: JSON with `hidden`, paths that must be out of reach.
        fds: where to write.
    """
    hidden = json.loads(argument)["hidden"]
    probes: list[tuple[str, Callable[[], object]]] = [
        *_PROBES,
        ("files of this machine", lambda: _reach_files(hidden)),
        ("inherited files", lambda: _count_fds(fds)),
        ("mount, chroot, setns", _mount),  # this and the next, should they succeed, change what others would see
        ("new user namespace", _user_namespace),
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


def _refused(call: Callable[[], object], what: str) -> None:
    """A call that the filter must answer; any other error means that the kernel has looked at it."""
    try:
        call()
    except OSError as error:
        if error.errno in _REFUSALS:
            return
        raise Broke(f"{what} reached the kernel: {error}") from error
    raise Broke(f"{what} is possible")


def _call(name: str, *arguments: Any) -> None:
    number = _NUMBERS.get(platform.machine(), {}).get(name)
    if number is not None:
        _refused(lambda: linux.syscall(number, *arguments), name)


def _network() -> None:
    for family in range(_MOST_FAMILIES):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            if family != socket.AF_UNIX:
                _refused(partial(socket.socket, family, kind), f"a socket of family {family}")


def _io_uring() -> None:
    _refused(lambda: linux.syscall(_IO_URING, 1, ctypes.create_string_buffer(256)), "io_uring")


def _memory_outside_limits() -> None:
    _refused(lambda: os.memfd_create("x"), "memfd_create")
    _call("shmget", 0, 4096, 0o1600)


def _user_namespace() -> None:
    _refused(lambda: linux.unshare(linux.NEWUSER), "a new user namespace")
    _refused(lambda: linux.syscall(_CLONE3, ctypes.create_string_buffer(88), 88), "clone3")


def _mount() -> None:
    _refused(lambda: linux.mount("none", str(Path.cwd()), "tmpfs", 0), "mount")
    _refused(lambda: os.chroot("."), "chroot")
    _call("setns", 0, 0)


def _look_into_others() -> None:
    for pid in (1, os.getppid()):
        _refused(partial(_ptrace, pid), "ptrace")
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


def _devices() -> None:
    os.mknod("device", 0o600 | 0o060000, os.makedev(8, 0))
    raise Broke("a device can be made")


def _type_into_terminal() -> None:
    letter = ctypes.create_string_buffer(b"x")
    _refused(lambda: linux.check(linux.libc().ioctl(0, _TYPE_INTO_TERMINAL, letter), "TIOCSTI"), "TIOCSTI")


def _other_instruction_set() -> None:
    if platform.machine() == "x86_64":
        for call in (lambda: linux.syscall(_X32 | 39), _call_as_32_bits):
            _must_die(call)


def _call_as_32_bits() -> None:
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(_GETPID_OF_32_BITS)
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def _must_die(call: Callable[[], object]) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            call()
        finally:
            os._exit(0)
    status = os.waitpid(pid, 0)[1]
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) not in (signal.SIGSYS, signal.SIGSEGV):
        raise Broke("system calls of another instruction set pass")


def _environment() -> None:
    strange = [name for name in os.environ if any(word in name.upper() for word in ("TOKEN", "KEY", "SECRET", "PASS"))]
    if strange or len(os.environ) > _MOST_VARIABLES:
        raise Broke(f"{len(os.environ)} variables, {strange}")


def _reach_files(hidden: Sequence[str]) -> None:
    for path in map(Path, hidden):
        try:
            list(path.iterdir()) if path.is_dir() else path.read_bytes()
        except OSError:
            continue
        raise Broke(f"{path} can be read")


def _count_fds(given: Sequence[int]) -> None:
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


_MOST_VARIABLES = 40
_PROBES: tuple[tuple[str, Callable[[], object]], ...] = (
    ("network and other sockets", _network),
    ("io_uring", _io_uring),
    ("kernel keyrings", lambda: _call("keyctl", 0, -3, 0)),
    ("bpf", lambda: _call("bpf", 0, ctypes.create_string_buffer(128), 64)),
    ("userfaultfd", lambda: _call("userfaultfd", 1)),
    ("performance counters", lambda: _call("perf_event_open", ctypes.create_string_buffer(128), 0, -1, -1, 0)),
    ("memory outside the limits", _memory_outside_limits),
    ("looking into other processes", _look_into_others),
    ("seeing other processes", _other_processes),
    ("signals to other processes", _signal_others),
    ("kernel settings", _kernel_settings),
    ("privileges", _privileges),
    ("writable places", _writable_places),
    ("raising limits", _raise_limits),
    ("devices", _devices),
    ("typing into a terminal", _type_into_terminal),
    ("another instruction set", _other_instruction_set),
    ("variables", _environment),
)
