"""What a sandboxed process may use, what it may see, and how it ended: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class SandboxError(Exception):
    """The sandbox could not do what was asked; the text says what to do."""


class NoSandbox(SandboxError):
    """This machine cannot hold untrusted code; the text says what is missing."""


class Tier(Enum):
    """How untrusted code is held: see `choose_tier`."""

    NAMESPACES = "1"
    LANDLOCK = "2"
    UNSAFE = "unsafe"


@dataclass(frozen=True)
class Limits:
    """What one child may use, with all processes it starts unless said otherwise.

    Args:
        memory: bytes of private memory of each process; of the whole tree the caller's watchdog asks `Child.memory`.
        cpu_seconds: of each process.
        processes: and threads.
        file_bytes: of each file.
        open_files: of each process.
        work_bytes: of its work folder.
        shm_bytes: of its shared memory folder.
        inodes: files and folders in each of the two.
    """

    memory: int = 4 << 30
    cpu_seconds: int = 600
    processes: int = 256
    file_bytes: int = 256 << 20
    open_files: int = 512
    work_bytes: int = 512 << 20
    shm_bytes: int = 64 << 20
    inodes: int = 4096


@dataclass(frozen=True)
class Mount:
    """A file or folder of this machine, and the path under which the sandbox may read it."""

    source: Path
    target: str


@dataclass(frozen=True)
class Exit:
    """How a child ended: its exit code, or the signal that ended it."""

    code: int | None
    signal: int | None
