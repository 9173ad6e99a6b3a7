"""Run nbgrader's commands as an instructor types them, and say plainly what failed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


class NbgraderFailed(Exception):
    """An nbgrader command did not do its work; the message has its own errors, shortened."""


def nbgrader(root: Path, *arguments: str) -> str:
    """Run `nbgrader ...` in a course folder.

    Args:
        root: folder with nbgrader_config.py; commands run there.
        arguments: the command and its options, for example "autograde", "week1_foundations".

    Returns:
        What it logged.

    Raises:
        NbgraderFailed: its exit code is not zero.
    """
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=root,
        env=_environment(),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    log = done.stdout + done.stderr
    if done.returncode:
        raise NbgraderFailed(f"nbgrader {' '.join(arguments)} stopped with code {done.returncode}:\n{_errors(log)}")
    return log


def _environment() -> dict[str, str]:
    """Ours, with the virtual environment's programs on the path: nbgrader starts alembic by its name."""
    programs = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": os.pathsep.join([programs, os.environ.get("PATH", "")]), "PYTHONUTF8": "1"}


def _errors(log: str) -> str:
    """The lines that say what went wrong: last line of each traceback and each error, at most six."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    telling = [line for line in lines if "ERROR" in line or _is_exception(line)]
    return "\n".join(f"  {line}" for line in (telling or lines)[-6:])


def _is_exception(line: str) -> bool:
    name = line.partition(":")[0]
    return name.replace(".", "").isidentifier() and name.endswith(("Error", "Exception"))
