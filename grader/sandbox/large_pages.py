"""Moves a process's memory into large pages, so that a fork copies one entry in place of 512."""

from __future__ import annotations

import ctypes
from pathlib import Path

from .linux import libc

_LARGE = 2 << 20
_COLLAPSE = 25  # known since Linux 6.1; before, forks take a little longer


def gather() -> None:
    """Do so where it can be done; with TensorFlow imported a fork and its end then take a third of the time."""
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        addresses, access = line.split()[:2]
        if access == "rw-p":
            begin, end = (int(address, 16) for address in addresses.split("-"))
            for place in range(-(-begin // _LARGE) * _LARGE, end // _LARGE * _LARGE, _LARGE):
                libc().madvise(ctypes.c_void_p(place), ctypes.c_size_t(_LARGE), _COLLAPSE)
