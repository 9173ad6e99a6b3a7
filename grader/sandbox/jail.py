"""Tier 1 from inside: each child gets a user, processes, files and a network of its own, and a small init."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from . import linux, start
from .limits import Limits
from .places import SHARED_MEMORY, TERMINALS, WORK
from .processes import raise_oom_score
from .protocol import DONE, FAILED, encode_end

_NAMESPACES = (
    linux.NEWUSER
    | linux.NEWNS
    | linux.NEWPID
    | linux.NEWIPC
    | linux.NEWUTS
    | linux.NEWNET  # abstract sockets of other children would be in reach without
    | linux.NEWCGROUP
)


def hold(program: start.Program, fds: Sequence[int], call_filter: bytes, limits: Limits) -> int:
    """Fork a jailed child.

    Args:
        program: is called in it, with the numbers that the inherited files have there.
        fds: where to report to, the child's output, and the files it inherits.
        call_filter: made by `seccomp.build`.
        limits: what it may use.

    Returns:
        pidfd of the child's first process: everything in the child ends with it.

    Raises:
        OSError: there can be no further process.
    """
    pid, pidfd = linux.fork_into(_NAMESPACES)
    if pid:
        return pidfd
    try:
        _be_init(program, fds, call_filter, limits)
    finally:
        os._exit(1)


def _be_init(program: start.Program, fds: Sequence[int], call_filter: bytes, limits: Limits) -> NoReturn:
    """Jail this process, start the program as its child, report how that ended."""
    report, output, *rest = start.keep_only(fds)
    try:
        os.setsid()
        raise_oom_score(1000)
        _map_user()
        _mount(limits)
        start.set_limits(limits)
        linux.drop_privileges()
        linux.set_dumpable(False)  # the program shares the user: it must not reach the report through /proc/1/fd
        linux.filter_system_calls(call_filter)
    except OSError as error:
        os.write(report, FAILED + str(error).encode())
        os._exit(1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        start.run(partial(linux.set_dumpable, True), program, output, rest)
    for fd in (output, *rest):
        os.close(fd)
    os.write(report, DONE)
    os.write(report, encode_end(_wait_for(pid)))
    os._exit(0)


def _map_user() -> None:
    """Keep user and group, as whom bubblewrap presents us."""
    own = Path("/proc/self")
    user, group = os.getuid(), os.getgid()
    (own / "setgroups").write_text("deny", encoding="ascii")
    (own / "uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    (own / "gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _mount(limits: Limits) -> None:
    """Cover what the children of one zygote would share: files, shared memory, terminals, processes."""
    quiet = linux.NOSUID | linux.NODEV
    linux.mount("none", "/", None, linux.RECURSIVE | linux.PRIVATE)
    linux.mount("proc", "/proc", "proc", quiet | linux.NOEXEC | linux.RDONLY)
    linux.mount("tmpfs", WORK, "tmpfs", quiet, f"size={limits.work_bytes},nr_inodes={limits.inodes},mode=700")
    options = f"size={limits.shm_bytes},nr_inodes={limits.inodes},mode=1777"
    linux.mount("tmpfs", SHARED_MEMORY, "tmpfs", quiet | linux.NOEXEC, options)
    options = "newinstance,ptmxmode=0666,mode=620"
    linux.mount("devpts", TERMINALS, "devpts", linux.NOSUID | linux.NOEXEC, options)
    os.chdir(WORK)


def _wait_for(pid: int) -> int:
    """Bury every process of the child until this one has ended."""
    while True:
        ended, status = os.waitpid(-1, 0)
        if ended == pid:
            return status
