"""The course's secret, and the seeds of hidden tests made from it."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

from grader.run.trouble import CannotStart

LENGTH = 32


def course_secret(ledger: Path) -> bytes:
    """The secret of a course, 32 bytes; made on first use and never changed after that.

    Args:
        ledger: the course's folder of that name; made if it is missing.

    Raises:
        CannotStart: the file is there but is no secret of ours, or cannot be read or written.
    """
    path = ledger / "secret"
    try:
        if not path.exists():
            _make(path)
        secret = path.read_bytes()
    except OSError as error:
        raise CannotStart(f"the course secret {path} cannot be read or made ({error.strerror})") from None
    if len(secret) != LENGTH:
        raise CannotStart(
            f"the course secret {path} is damaged: it has {len(secret)} bytes, not {LENGTH}. Bring it back from a "
            "copy; without one, remove it, and later gradings draw other hidden inputs than earlier ones"
        )
    return secret


def _make(path: Path) -> None:
    """Write it whole or not at all: under another name first, then linked, which never overwrites."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        with os.fdopen(file, "wb") as handle:
            handle.write(secrets.token_bytes(LENGTH))
            handle.flush()
            os.fsync(handle.fileno())
        with contextlib.suppress(FileExistsError):  # another process was first: its secret counts
            os.link(draft, path)
    finally:
        draft.unlink()


def seed_for(secret: bytes, digest: str, notebook: str, grade_id: str) -> int:
    """Seed of a hidden test: 63 bits that nobody without the secret can foretell.

    Args:
        secret: of the course.
        digest: of the submission.
        notebook: name of the notebook.
        grade_id: name of the test cell.
    """
    about = json.dumps([digest, notebook, grade_id]).encode()
    return int.from_bytes(hmac.new(secret, about, hashlib.sha256).digest()[:8], "big") >> 1
