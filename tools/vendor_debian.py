"""Fetch a pinned and hashed Debian package, and read files out of it and out of Qt's resource files, unpacking nothing.

A .deb is an `ar` archive whose member `data.tar.xz` holds the files; Qt packs pictures into `.rcc` files, whose layout
is the one that Qt's resource compiler `rcc` writes (versions 1 to 3).
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import subprocess
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

PIN = Path(__file__).resolve().parent / "vendor_debian.txt"
AR_MAGIC, AR_HEADER = b"!<arch>\n", 60
RESOURCE_MAGIC = b"qres"
IS_ZLIB, IS_FOLDER, IS_ZSTD = 1, 2, 4  # the flags of an .rcc entry


class FetchError(RuntimeError):
    """A package could not be had; the message says what to do."""


def fetch(folder: Path, pin: Path = PIN) -> Path:
    """The pinned package: what lies in `folder`, if it is whole, or else what apt downloads into it.

    Args:
        folder: where the package is kept between two runs.
        pin: a file with one line `name==version --hash=sha256:...`.

    Returns:
        The path of the .deb, whose hash was verified.

    Raises:
        FetchError: there is no apt, it does not know that version, or the hash is another.
    """
    pinned = re.search(r"^(\S+)==(\S+) --hash=sha256:([0-9a-f]{64})$", pin.read_text(encoding="utf-8"), re.MULTILINE)
    if pinned is None:
        raise FetchError(f"{pin.name} has no line `name==version --hash=sha256:...`.")
    name, version, wanted = pinned.groups()
    package = folder / f"{name}_{version}_all.deb"
    if not package.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(["apt-get", "download", "--quiet", f"{name}={version}"], cwd=folder, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise FetchError(
                f"apt cannot download {name} {version} ({error}). On Debian 12, run `apt-get update` first; on another "
                f"system, put {package.name} into {folder} yourself."
            ) from error
    if hashlib.sha256(package.read_bytes()).hexdigest() != wanted:
        raise FetchError(f"{package} is not the pinned package: its sha256 is another. Delete it and run this again.")
    return package


def read_package(package: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Files of a .deb, by their names below the root, such as "usr/share/doc/x/copyright".

    Raises:
        KeyError: the package has no file of that name.
        ValueError: it is no .deb, or packed in another way than with xz.
    """
    content = package.read_bytes()
    for name, data in _members(content):
        if name == "data.tar.xz":
            with tarfile.open(fileobj=io.BytesIO(data), mode="r:xz") as files:
                opened = {name: files.extractfile(f"./{name}") for name in names}
                return {name: file.read() for name, file in opened.items() if file is not None}
    raise ValueError(f"{package.name} has no data.tar.xz.")


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each member of an `ar` archive."""
    if not content.startswith(AR_MAGIC):
        raise ValueError("This is no ar archive.")
    place = len(AR_MAGIC)
    while place + AR_HEADER <= len(content):
        header = content[place : place + AR_HEADER]
        size = int(header[48:58])
        place += AR_HEADER
        yield header[:16].decode().strip().rstrip("/"), content[place : place + size]
        place += size + size % 2


def read_resources(content: bytes) -> dict[str, bytes]:
    """Every file of a Qt resource file (.rcc), by its path.

    Raises:
        ValueError: it is no resource file, or a file in it is compressed with zstd.
    """
    if content[:4] != RESOURCE_MAGIC:
        raise ValueError("This is no Qt resource file.")
    version, tree, data, names = struct.unpack(">4I", content[4:20])
    size_of_entry = 14 if version == 1 else 22
    found: dict[str, bytes] = {}

    def walk(index: int, path: str) -> None:
        place = tree + index * size_of_entry
        name, flags = struct.unpack(">IH", content[place : place + 6])
        if index:
            path = f"{path}/{_name(content, names + name)}".lstrip("/")
        if flags & IS_FOLDER:
            count, first = struct.unpack(">II", content[place + 6 : place + 14])
            for child in range(first, first + count):
                walk(child, path)
        elif flags & IS_ZSTD:
            raise ValueError(f"{path} is compressed with zstd, which Python cannot read.")
        else:
            (start,) = struct.unpack(">I", content[place + 10 : place + 14])
            (size,) = struct.unpack(">I", content[data + start : data + start + 4])
            stored = content[data + start + 4 : data + start + 4 + size]
            # Qt puts four bytes before what zlib wrote: the size it had before.
            found[path] = zlib.decompress(stored[4:]) if flags & IS_ZLIB else stored

    walk(0, "")
    return found


def _name(content: bytes, place: int) -> str:
    """A name of a resource file: its length, a hash, then UTF-16."""
    (length,) = struct.unpack(">H", content[place : place + 2])
    return content[place + 6 : place + 6 + 2 * length].decode("utf-16-be")
