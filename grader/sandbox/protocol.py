"""What the trusted side and the zygote say to each other: one message a request, one a reply, and a child's end."""

from __future__ import annotations

import os

from .limits import Exit, SandboxError

LONGEST = 1 << 16
MOST_FDS = 32
RUN, PROBE = b"r", b"p"  # first byte of a request; the argument follows
DONE, FAILED = b"+", b"!"  # first byte of an answer; after FAILED comes the reason


def encode_end(wait_status: int) -> bytes:
    """What a child's first process reports of the one it waited for: a letter and a number."""
    code = os.waitstatus_to_exitcode(wait_status)
    return f"c{code}".encode() if code >= 0 else f"s{-code}".encode()


def decode_end(report: bytes) -> Exit | None:
    """How a child ended; None when it was killed before it could be said."""
    kind, number = report[:1], report[1:]
    if not number.isdigit():
        return None
    return Exit(int(number), None) if kind == b"c" else Exit(None, int(number))


def require_done(answer: bytes) -> bytes:
    """What follows DONE.

    Raises:
        SandboxError: the answer is another, or there is none.
    """
    if answer[:1] == DONE:
        return answer[1:]
    reason = answer[1:].decode(errors="replace") or "it ended without a word"
    raise SandboxError(f"the sandbox could not start a process: {reason}")
