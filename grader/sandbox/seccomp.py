"""Which system calls are refused: a filter program, built once by the trusted side and loaded by each child."""

from __future__ import annotations

import errno
import os
import socket
from typing import Any

from .limits import NoSandbox

_REFUSED = """
    acct add_key keyctl request_key bpf perf_event_open ptrace process_vm_readv process_vm_writev process_madvise kcmp
    pidfd_getfd mount umount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
    setns unshare init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff quotactl
    quotactl_fd syslog userfaultfd io_uring_setup io_uring_enter io_uring_register fanotify_init name_to_handle_at
    open_by_handle_at lookup_dcookie settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname iopl
    ioperm modify_ldt uselib nfsservctl memfd_create memfd_secret shmget shmat shmctl msgget semget mq_open mbind
    move_pages migrate_pages set_mempolicy set_mempolicy_home_node personality vhangup
"""
# Newer than the oldest libseccomp in use, which does not know their names; the numbers are those of every processor.
_REFUSED_BY_NUMBER = {
    "quotactl_fd": 443,
    "memfd_secret": 447,
    "statmount": 457,
    "listmount": 458,
    "open_tree_attr": 467,
}

# Without namespaces: sockets by path reach the user's own services, and Landlock does not watch over attributes.
_REFUSED_IN_THE_OPEN = "socket connect bind inotify_init inotify_init1"
_OTHERS_BY_FIRST = "prlimit64 sched_setaffinity sched_setparam sched_setscheduler sched_setattr"
_OTHERS_BY_SECOND = "setpriority ioprio_set"
_PRETENDED = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat setxattr lsetxattr
    fsetxattr removexattr lremovexattr fremovexattr
"""
_PRETENDED_BY_NUMBER = {"fchmodat2": 452, "setxattrat": 463, "removexattrat": 466, "file_setattr": 469}

_NEW_USER_NAMESPACE = 0x10000000
_TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI and TIOCLINUX type into the terminal of another process
_32_BITS = 0xFFFFFFFF
_SOCKET_TYPE = 0xF


def build(*, namespaces: bool) -> bytes:
    """The filter program.

    Args:
        namespaces: the child has namespaces of its own; otherwise more is refused.

    Raises:
        NoSandbox: libseccomp is missing.
    """
    try:
        import pyseccomp
    except (ImportError, RuntimeError) as error:
        raise NoSandbox(
            f"system calls cannot be filtered ({error}): pip install pyseccomp, and apt-get install libseccomp2"
        ) from error
    rules = _Rules(pyseccomp)
    rules.refuse(_REFUSED, _REFUSED_BY_NUMBER)
    rules.add(errno.EPERM, "clone", (0, "MASKED_EQ", _NEW_USER_NAMESPACE, _NEW_USER_NAMESPACE))
    rules.add(errno.ENOSYS, "clone3")  # its flags cannot be seen; the C library then takes clone
    for request in _TERMINAL_INPUT:
        rules.add(errno.EPERM, "ioctl", (1, "MASKED_EQ", _32_BITS, request))
    rules.add(errno.EAFNOSUPPORT, "socketpair", (0, "NE", int(socket.AF_UNIX)))
    if namespaces:
        rules.add(errno.EAFNOSUPPORT, "socket", (0, "NE", int(socket.AF_UNIX)))
    else:
        _close_the_open(rules)
    return rules.program()


def _close_the_open(rules: _Rules) -> None:
    rules.refuse(_REFUSED_IN_THE_OPEN, {})
    rules.add(errno.EPERM, "socketpair", (1, "MASKED_EQ", _SOCKET_TYPE, int(socket.SOCK_DGRAM)))
    for place, names in enumerate((_OTHERS_BY_FIRST, _OTHERS_BY_SECOND)):
        for name in names.split():
            rules.add(errno.EPERM, name, (place, "NE", 0))
    # Success is pretended: copying a file sets its mode, and must not fail.
    rules.refuse(_PRETENDED, _PRETENDED_BY_NUMBER, number=0)


class _Rules:
    """A filter in the making: everything is allowed but what is added; another processor's calls end the process."""

    def __init__(self, pyseccomp: Any) -> None:
        self._library = pyseccomp
        self._filter = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        self._filter.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)

    def refuse(self, names: str, numbers: dict[str, int], number: int = errno.EPERM) -> None:
        """Answer these calls with error `number`."""
        for name in names.split():
            self.add(number, name)
        for name, call in numbers.items():
            if self._library.resolve_syscall(0, name) == -1:
                self._filter.add_rule(self._library.ERRNO(number), call)

    def add(self, number: int, name: str, *conditions: tuple[Any, ...]) -> None:
        """Answer call `name` with error `number` where the conditions hold; a call this system lacks is skipped."""
        if self._library.resolve_syscall(0, name) == -1:
            return
        arguments = [self._library.Arg(place, getattr(self._library, how), *data) for place, how, *data in conditions]
        self._filter.add_rule(self._library.ERRNO(number), name, *arguments)

    def program(self) -> bytes:
        """The filter as the kernel takes it: well below the 64 KiB that a pipe holds."""
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as program:
            with os.fdopen(writing, "wb") as out:
                self._filter.export_bpf(out)
            return program.read()
