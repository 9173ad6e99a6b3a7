"""How the zygote is started: the wall around it, or the folder and user it gets without one."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from . import bubblewrap, launcher
from .limits import Limits, Mount, SandboxError, Tier
from .places import WORK, Places, at_neutral_paths, environment, where_they_are
from .private_folder import link_mounts, make_home, remove_folder
from .processes import tasks_of

_FIRST_USER = 600_000
_USERS = 60_000
_PYTHON_OPTIONS = ("-I", "-S", "-B", "-")  # the program comes through standard input, so that no path of ours shows
_MOST_SAID = 4000
_PACKAGE = __package__

# The installed packages' start-up files are not run; what else `site` does for a notebook is done here.
_PROGRAM = """
import sys
sys.path += {path}
import site
site.setquit(), site.setcopyright(), site.sethelper()
from {package}.serve import main
main({control})
"""


class Outer:
    """What surrounds one zygote: a bubblewrap sandbox, or a folder and a user.

    Args:
        tier: how it is to be held.
        mounts: what it may read besides Python and its packages.
        python_path: folders inside to import from.
        limits: sizes of its file systems in memory.
        variables: added to its environment.
    """

    def __init__(
        self,
        tier: Tier,
        mounts: Sequence[Mount],
        python_path: Sequence[str],
        limits: Limits,
        variables: Mapping[str, str],
    ) -> None:
        self._user = fresh_user() if os.geteuid() == 0 else None
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- lives as long as this does
        self._folder: Path | None = None
        if tier is Tier.NAMESPACES:
            self._places = at_neutral_paths(mounts, python_path)
            self.home = Path(WORK)
        else:
            self.home = make_home(self._user)
            self._folder = self.home.parent
            stage = str(self._folder / "shown")
            self._places = where_they_are(mounts, python_path, stage)
            link_mounts(self._places.mounts, stage)
        self._variables = environment(self._places, str(self.home)) | dict(variables)
        self._limits = limits

    @property
    def readable(self) -> tuple[str, ...]:
        """What a child may read where there is no file system of its own."""
        return self._places.readable

    def start(self, control: socket.socket) -> subprocess.Popen[bytes]:
        """Start a zygote that serves this socket.

        Raises:
            SandboxError: its program cannot be started.
        """
        python = [self._places.python, *_PYTHON_OPTIONS]
        if self._folder is not None:
            process = self._popen(python, control, self._variables, self._user)
        elif self._user is None:
            command = bubblewrap.arguments(self._places.mounts, self._variables, self._limits)
            process = self._popen([*command, *python], control, {}, None)
        else:
            process = self._popen(_launch(self._places, self._variables, self._limits, self._user), control, {}, None)
        program = _PROGRAM.format(path=list(self._places.path), package=_PACKAGE, control=control.fileno())
        assert process.stdin
        try:
            process.stdin.write(program.encode())
            process.stdin.close()
        except BrokenPipeError:  # it has ended; what it said tells why
            pass
        return process

    def _popen(
        self, command: Sequence[str], control: socket.socket, variables: Mapping[str, str], user: int | None
    ) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                command,
                env=dict(variables),
                stdin=subprocess.PIPE,
                stdout=self._said,
                stderr=self._said,
                pass_fds=(control.fileno(),),
                cwd=self.home if self._folder else "/",
                start_new_session=True,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
            )
        except OSError as error:
            raise SandboxError(f"the sandbox's program cannot be started: {error}") from error

    def said(self) -> str:
        """The end of what was printed before the zygote was ready."""
        self._said.seek(0)
        return self._said.read().decode(errors="replace").strip()[-_MOST_SAID:]

    def clear(self) -> None:
        """Remove what was made for it on disk."""
        self._said.close()
        if self._folder is not None:
            remove_folder(self._folder)


def fresh_user() -> int:
    """The number of a user that nobody is: children of two zygotes must not reach each other."""
    while True:
        user = _FIRST_USER + secrets.randbelow(_USERS)
        if not tasks_of(user):
            return user


def _launch(places: Places, variables: Mapping[str, str], limits: Limits, user: int) -> list[str]:
    """The command for a caller who is root, which bubblewrap must not be."""
    staged = [Mount(Path(launcher.staged(mount.target)), mount.target) for mount in places.mounts]
    command = bubblewrap.arguments(staged, variables, limits)
    order = {
        "mounts": [(str(mount.source), mount.target) for mount in places.mounts],
        "user": user,
        "command": [*command, places.python, *_PYTHON_OPTIONS],
    }
    package = str(Path(__file__).parents[2])
    start = f"import sys; sys.path.append({package!r}); from {_PACKAGE}.launcher import main; main()"
    return [sys.executable, "-I", "-S", "-B", "-c", start, json.dumps(order)]
