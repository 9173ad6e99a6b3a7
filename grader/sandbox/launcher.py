"""What a caller who is root starts in place of bubblewrap: shows a fresh user what is needed, becomes that user."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from . import linux
from .places import TEMPORARY

_STAGE_OPTIONS = "mode=755,size=256m"


def staged(target: str) -> str:
    """Where a mount is to be found once `main` has put it in place."""
    return TEMPORARY + target


def main() -> None:
    """Do as the JSON in the first argument says, then become bubblewrap."""
    order = json.loads(sys.argv[1])
    try:
        _stage(order["mounts"])
        _become(order["user"])
        _check_readable(order["mounts"])
    except OSError as error:
        sys.exit(f"the sandbox could not be prepared: {error}")
    os.chdir("/")
    os.execve(order["command"][0], order["command"], {})


def _stage(mounts: list[tuple[str, str]]) -> None:
    """Show the sources below `TEMPORARY`, in a mount namespace that nobody else sees."""
    linux.unshare(linux.NEWNS)
    linux.mount("none", "/", None, linux.RECURSIVE | linux.PRIVATE)
    sources = [os.open(source, os.O_PATH | os.O_CLOEXEC) for source, _ in mounts]  # one may lie below TEMPORARY
    linux.mount("tmpfs", TEMPORARY, "tmpfs", linux.NOSUID | linux.NODEV, _STAGE_OPTIONS)
    empty = Path(TEMPORARY) / "empty"
    empty.mkdir()
    for number, (source, (_, target)) in enumerate(zip(sources, mounts, strict=True)):
        place = Path(staged(target))
        if Path(f"/proc/self/fd/{source}").is_dir():
            place.mkdir(parents=True, exist_ok=True)
            _show_folder(f"/proc/self/fd/{source}", Path(TEMPORARY) / f"lower{number}", place, empty)
        elif not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(f"/proc/self/fd/{source}", place)
            place.chmod(0o444)
        os.close(source)


def _show_folder(source: str, lower: Path, place: Path, empty: Path) -> None:
    """Bind a folder; through an overlay where there is one, as a bind's origin can be read in mountinfo."""
    lower.mkdir()
    linux.mount(source, str(lower), None, linux.BIND | linux.RECURSIVE)
    try:
        flags = linux.RDONLY | linux.NOSUID | linux.NODEV
        linux.mount("overlay", str(place), "overlay", flags, f"lowerdir={lower}:{empty}")
    except OSError:
        linux.mount(str(lower), str(place), None, linux.BIND | linux.RECURSIVE)


def _become(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _check_readable(mounts: list[tuple[str, str]]) -> None:
    for source, target in mounts:
        if not os.access(staged(target), os.R_OK):
            raise PermissionError(f"{source} can be read by its owner only: chmod -R go+rX {source}")
