"""A submission on its way through the grader: bytes in, verdict out; both are plain values that can travel."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from .verdict import Verdict


@dataclass(frozen=True)
class Job:
    """What one student handed in for one week.

    Args:
        student: name of the folder it came in.
        week: name of the assignment.
        files: content of each notebook file by file name, read once.
        refused: why a file was not read, by file name, one sentence each.
    """

    student: str
    week: str
    files: Mapping[str, bytes]
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of everything in it but the student's name, hexadecimal."""
        sha = hashlib.sha256()
        for name, content in sorted([*self.files.items(), *((n, w.encode()) for n, w in self.refused.items())]):
            sha.update(f"{name!r} {len(content)} ".encode())
            sha.update(content)
        return sha.hexdigest()


@dataclass(frozen=True)
class Graded:
    """What came of a job: the verdict, and the autograded notebooks (content by name, without ending)."""

    verdict: Verdict
    notebooks: Mapping[str, bytes] = field(default_factory=dict)
