"""The outer wall of tier 1: bubblewrap's arguments."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from .limits import Limits, Mount, NoSandbox
from .places import SHARED_MEMORY, SYSTEM_FILES, SYSTEM_LINKS, WORK

NOBODY = 65534
_FOLDERS = ("/usr/bin", "/bin", "/usr/local/bin")


def program() -> str:
    """Where bubblewrap is.

    Raises:
        NoSandbox: it is nowhere.
    """
    found = shutil.which("bwrap", path=os.pathsep.join(_FOLDERS))
    if found is None:
        raise NoSandbox("bubblewrap is not installed: apt-get install bubblewrap (or dnf install bubblewrap)")
    return found


def arguments(mounts: Iterable[Mount], environment: Mapping[str, str], limits: Limits) -> list[str]:
    """The command up to and without the program that is run inside."""
    # --unshare-all would go on without a user namespace where there is none; each is asked for by name.
    command = [program()]
    command += ["--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    command += ["--unshare-cgroup-try", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    command += ["--uid", str(NOBODY), "--gid", str(NOBODY), "--hostname", "localhost"]
    command += ["--ro-bind", "/usr", "/usr", *_system_links()]
    for path in SYSTEM_FILES:
        command += ["--ro-bind-try", path, path]
    for mount in mounts:
        command += ["--ro-bind", str(mount.source), mount.target]
    # Each child makes a /proc of its own and must write its user map into this one first.
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--perms", "1777", "--size", str(limits.shm_bytes), "--tmpfs", SHARED_MEMORY, "--remount-ro", "/dev"]
    command += ["--perms", "0700", "--size", str(limits.work_bytes), "--tmpfs", WORK, "--chdir", WORK]
    command += ["--clearenv"]
    for name, value in environment.items():
        command += ["--setenv", name, value]
    return [*command, "--remount-ro", "/", "--"]


def _system_links() -> list[str]:
    """On most systems /lib and the like lead into /usr; elsewhere they are folders."""
    found = []
    for name in SYSTEM_LINKS:
        path = Path(name)
        if path.is_symlink():
            found += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            found += ["--ro-bind", name, name]
    return found
