"""System calls that Python 3.10 has no name for. Imports anywhere; works on Linux."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
from functools import cache
from typing import Any

NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = (
    0x20000,
    0x2000000,
    0x4000000,
    0x8000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, RECURSIVE, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18

_CLONE_PIDFD = 0x1000
_CLONE = {"x86_64": 56, "aarch64": 220}
_DUMPABLE, _SECCOMP, _BOUNDING_DROP, _SUBREAPER, _NO_NEW_PRIVS = 4, 22, 24, 36, 38
_SECCOMP_MODE_FILTER = 2
_CAPABILITY_VERSION = 0x20080522


@cache
def libc() -> Any:
    """The C library. Calls keep Python's lock, so that a fork through it finds the interpreter whole."""
    return ctypes.PyDLL(None, use_errno=True)


def check(result: int, what: str) -> int:
    """The result of a C call.

    Raises:
        OSError: it is negative.
    """
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, *arguments: Any) -> int:
    """The result of a system call by number.

    Raises:
        OSError: the kernel refused.
    """
    return check(libc().syscall(ctypes.c_long(number), *arguments), f"system call {number}")


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Show a file system, or a part of one, at `target`."""
    encoded = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    check(libc().mount(*encoded, ctypes.c_ulong(flags), options.encode() or None), f"mount {target}")


def unshare(flags: int) -> None:
    """Move this process into namespaces of its own."""
    check(libc().unshare(flags), "unshare")


def fork_into(namespaces: int) -> tuple[int, int]:
    """Fork into new namespaces.

    Unlike `os.fork` this tells neither Python nor the C library: the child must be single-threaded and fork once more
    before it runs code that may ask who it is.

    Returns:
        Process number and pidfd of the child; (0, -1) in the child.
    """
    machine = platform.machine()
    if machine not in _CLONE:
        raise OSError(f"no sandbox on {machine} processors yet: known are {', '.join(_CLONE)}")
    pidfd = ctypes.c_int(-1)
    flags = ctypes.c_ulong(namespaces | _CLONE_PIDFD | signal.SIGCHLD)
    null = ctypes.c_void_p(None)
    pid = syscall(_CLONE[machine], flags, null, ctypes.byref(pidfd), null, null)
    return pid, pidfd.value if pid else -1


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends."""
    check(libc().prctl(_SUBREAPER, 1, 0, 0, 0), "prctl")


def set_dumpable(dumpable: bool) -> None:
    """Whether processes of the same user may look into this one through /proc."""
    check(libc().prctl(_DUMPABLE, int(dumpable), 0, 0, 0), "prctl")


def drop_privileges() -> None:
    """Give up all capabilities, and every way of gaining some."""
    check(libc().prctl(_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    capability = 0
    while libc().prctl(_BOUNDING_DROP, capability, 0, 0, 0) == 0:
        capability += 1
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITY_VERSION, 0))
    check(libc().capset(header, ctypes.create_string_buffer(24)), "capset")


def filter_system_calls(program: bytes) -> None:
    """Load what `seccomp.build` made; it cannot be taken off again."""

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    code = ctypes.create_string_buffer(program, len(program))
    loaded = Program(len(program) // 8, ctypes.addressof(code))
    check(libc().prctl(_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(loaded), 0, 0), "seccomp")
