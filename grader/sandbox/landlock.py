"""Landlock: a process gives up all files but some, TCP, and signals and sockets to processes outside."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from . import linux

NEEDED = 6  # signals and abstract sockets stay inside
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION_FLAG = 1
_BENEATH = 1

_EXECUTE, _WRITE, _READ, _LIST, _REMOVE_FOLDER, _REMOVE_FILE = (1 << bit for bit in range(6))
_MAKE_FOLDER, _MAKE_FILE, _MAKE_SOCKET, _MAKE_FIFO = (1 << bit for bit in (7, 8, 9, 10))
_REFER, _TRUNCATE, _DEVICE_CONTROL = (1 << bit for bit in (13, 14, 15))
_ALL = (1 << 16) - 1
_ON_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE_CONTROL
_READING = _EXECUTE | _READ | _LIST
_WORKING = (
    _READING
    | _WRITE
    | _REMOVE_FOLDER
    | _REMOVE_FILE
    | _MAKE_FOLDER
    | _MAKE_FILE
    | _MAKE_SOCKET
    | _MAKE_FIFO
    | _REFER
    | _TRUNCATE
)
_TCP = 3
_SCOPES = 3


def version() -> int:
    """Landlock's version in this kernel; 0 where it is missing or switched off."""
    try:
        return linux.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION_FLAG)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str], devices: Iterable[str]) -> None:
    """Restrict this process and all it starts.

    Args:
        readable: folders and files that may be read and executed; missing ones are skipped.
        writable: folders that are its own.
        devices: files that may be read and written.

    Raises:
        OSError: the kernel refused.
    """
    rules = struct.pack("QQQ", _ALL, _TCP, _SCOPES)
    ruleset = linux.syscall(_CREATE, ctypes.create_string_buffer(rules, len(rules)), ctypes.c_size_t(len(rules)), 0)
    try:
        for paths, access in ((readable, _READING), (writable, _WORKING), (devices, _READ | _WRITE)):
            for path in paths:
                _allow(ruleset, Path(path), access)
        linux.syscall(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rule = struct.pack("=Qi", access if path.is_dir() else access & _ON_FILES, place)
        linux.syscall(_ADD, ruleset, _BENEATH, ctypes.create_string_buffer(rule, len(rule)), 0)
    finally:
        os.close(place)
