"""Tier 2: folders on disk in place of file systems in memory, and what untrusted code leaves in them."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .limits import Mount

_MOST_ENTRIES = 1 << 16


def make_home(user: int | None) -> Path:
    """A new private folder, within one that holds those of the children.

    Args:
        user: to whom it belongs; None for the caller.
    """
    base = Path(tempfile.mkdtemp())
    home = base / "home"
    home.mkdir(mode=0o700)
    if user is not None:
        for path in (base, home):
            os.chown(path, user, user)
    return home


def link_mounts(mounts: Sequence[Mount], stage: str) -> None:
    """Link to all sources, at their targets below the folder `stage`."""
    for mount in mounts:
        place = Path(stage + mount.target)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(mount.source)


def folder_bytes(folder: Path) -> int:
    """Bytes that the files in a folder take; counting stops after some tens of thousands of them."""
    total, entries, todo = 0, 0, [str(folder)]
    while todo and entries < _MOST_ENTRIES:
        try:
            with os.scandir(todo.pop()) as listing:
                for entry in listing:
                    entries += 1
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
        except OSError:  # it is gone or closed to us
            continue
    return total


def remove_folder(folder: Path) -> None:
    """Remove a folder, whatever was left in it: of any depth, closed to its owner, linked elsewhere."""
    if folder.exists():
        # Both programs stay inside the folder and follow no link; Python's own removal stops at a thousand levels.
        subprocess.run(["chmod", "-R", "u+rwX", "--", str(folder)], capture_output=True, check=False)
        subprocess.run(["rm", "-rf", "--", str(folder)], capture_output=True, check=False)
