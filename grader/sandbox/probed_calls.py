"""Attempts to break out by system calls."""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import platform
import signal
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from . import linux

_REFUSALS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EAFNOSUPPORT}
_NUMBERS = {
    "x86_64": {"keyctl": 250, "perf_event_open": 298, "bpf": 321, "userfaultfd": 323, "shmget": 29, "setns": 308},
    "aarch64": {"keyctl": 219, "perf_event_open": 241, "bpf": 280, "userfaultfd": 282, "shmget": 194, "setns": 268},
}
_IO_URING, _CLONE3 = 425, 435
_MOST_FAMILIES = 64
_X32 = 0x40000000
_GETPID_OF_32_BITS = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20; int 0x80; ret
_TYPE_INTO_TERMINAL = 0x5412


class Broke(Exception):
    """An attempt succeeded; the text says what it got."""


def refused(call: Callable[[], object], what: str) -> None:
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
        refused(lambda: linux.syscall(number, *arguments), name)


def _network() -> None:
    for family in range(_MOST_FAMILIES):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            if family != socket.AF_UNIX:
                refused(partial(socket.socket, family, kind), f"a socket of family {family}")


def _io_uring() -> None:
    refused(lambda: linux.syscall(_IO_URING, 1, ctypes.create_string_buffer(256)), "io_uring")


def _memory_outside_limits() -> None:
    refused(lambda: os.memfd_create("x"), "memfd_create")
    _call("shmget", 0, 4096, 0o1600)


def _mount() -> None:
    refused(lambda: linux.mount("none", str(Path.cwd()), "tmpfs", 0), "mount")
    refused(lambda: os.chroot("."), "chroot")
    _call("setns", 0, 0)


def _user_namespace() -> None:
    refused(lambda: linux.unshare(linux.NEWUSER), "a new user namespace")
    refused(lambda: linux.syscall(_CLONE3, ctypes.create_string_buffer(88), 88), "clone3")


def _devices() -> None:
    os.mknod("device", 0o600 | 0o060000, os.makedev(8, 0))
    raise Broke("a device can be made")


def _type_into_terminal() -> None:
    letter = ctypes.create_string_buffer(b"x")
    refused(lambda: linux.check(linux.libc().ioctl(0, _TYPE_INTO_TERMINAL, letter), "TIOCSTI"), "TIOCSTI")


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


CALLS: tuple[tuple[str, Callable[[], object]], ...] = (
    ("network and other sockets", _network),
    ("io_uring", _io_uring),
    ("kernel keyrings", lambda: _call("keyctl", 0, -3, 0)),
    ("bpf", lambda: _call("bpf", 0, ctypes.create_string_buffer(128), 64)),
    ("userfaultfd", lambda: _call("userfaultfd", 1)),
    ("performance counters", lambda: _call("perf_event_open", ctypes.create_string_buffer(128), 0, -1, -1, 0)),
    ("memory outside the limits", _memory_outside_limits),
    ("devices", _devices),
    ("typing into a terminal", _type_into_terminal),
    ("another instruction set", _other_instruction_set),
)
# Should these succeed, they change what is seen afterwards.
LAST_CALLS: tuple[tuple[str, Callable[[], object]], ...] = (
    ("mount, chroot, setns", _mount),
    ("new user namespace", _user_namespace),
)
