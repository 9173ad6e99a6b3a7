"""Open what others put into a folder without following, waiting for or waking anything: one component at a time."""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Flags that a system lacks are left out: on Windows this module can be imported, and `open_folder` says no.
_QUIET = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC"))
_FOLDER = getattr(os, "O_DIRECTORY", 0)


class NotRead(Exception):
    """Something that was left unread; the text is the end of a sentence about it, such as "is a link"."""


@contextmanager
def open_folder(root: Path, *parts: str) -> Iterator[int]:
    """A file descriptor of a folder below a trusted one; no part of the way may be a link.

    Raises:
        NotRead: a part is no folder, or cannot be opened.
        FileNotFoundError: a part is not there (any more).
    """
    if os.open not in os.supports_dir_fd:
        raise NotRead("cannot be read safely on this system: use Linux or macOS")
    here = os.open(root, os.O_RDONLY | _FOLDER | os.O_CLOEXEC)
    try:
        for part in parts:
            _demand(_look(part, here), stat.S_IFDIR, "folder")
            try:
                below = os.open(part, os.O_RDONLY | _FOLDER | _QUIET, dir_fd=here)
            except FileNotFoundError:
                raise
            except OSError as error:
                raise NotRead(f"cannot be opened ({error.strerror})") from None
            os.close(here)
            here = below
        yield here
    finally:
        os.close(here)


def list_folder(folder: int, most: int) -> list[str]:
    """Names in a folder, sorted; at most `most` + 1 of them, however many there are."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in itertools.islice(entries, most + 1))


def read_file(folder: int, name: str, most: int) -> bytes:
    """The whole content of a regular file, read once.

    Args:
        folder: descriptor of the folder it lies in.
        name: of the file, without any path.
        most: bytes that are accepted.

    Raises:
        NotRead: it is no plain file of its own, or too large, or unreadable.
        FileNotFoundError: it is not there (any more).
    """
    _demand(_look(name, folder), stat.S_IFREG, "file")  # opening a device may already do something
    try:
        file = os.open(name, os.O_RDONLY | _QUIET, dir_fd=folder)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise NotRead(f"cannot be opened ({error.strerror})") from None
    try:
        about = os.fstat(file)  # of what was opened: the name may mean something else by now
        _demand(about, stat.S_IFREG, "file")
        if about.st_nlink > 1:
            raise NotRead("is a hard link to another file: hand in a copy")
        if about.st_size > most:
            raise NotRead(_too_large(most))
        return _read(file, most)
    except OSError as error:
        raise NotRead(f"cannot be read ({error.strerror})") from None
    finally:
        os.close(file)


def _read(file: int, most: int) -> bytes:
    content = bytearray()
    while chunk := os.read(file, min(1 << 20, most + 1 - len(content))):
        content += chunk
        if len(content) > most:
            raise NotRead(_too_large(most))
    return bytes(content)


def _look(name: str, folder: int) -> os.stat_result:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise NotRead(f"cannot be looked at ({error.strerror})") from None


def _demand(about: os.stat_result, kind: int, noun: str) -> None:
    if stat.S_IFMT(about.st_mode) != kind:
        found = _KINDS.get(stat.S_IFMT(about.st_mode), "a special file")
        raise NotRead(f"is {found}, no {noun}: hand in the {noun} itself")


_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
    stat.S_IFREG: "a file",
}


def _too_large(most: int) -> str:
    if most < 100_000:
        return f"is larger than {most} bytes"
    return f"is larger than {most // 10**6} MB: clear the outputs of large cells and save it again"
