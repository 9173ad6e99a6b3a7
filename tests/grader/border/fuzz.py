"""Mutated frames against the trust border: `python -m tests.grader.border.fuzz 1000000` counts what comes of them."""

import random
import resource
import socket
import sys
import time
from collections import Counter

import numpy as np

from grader.border.channel import Channel, ChannelClosed
from grader.border.values import BorderError

MESSAGES = (
    {"id": "a", "value": 3},
    {"id": "b", "value": np.arange(24.0).reshape(2, 3, 4), "changed": {0: [1, (2, 3)], 1: {"pad": 2}}},
    {"error": {"types": ["ValueError", "Exception"], "text": "shapes", "line": 3}, "id": "c"},
    {"value": [float("nan"), 1 << 80, b"\x00\xff", {1, 2}, slice(1, None), 2j, ..., np.float32(3), "é"], "id": "d"},
    {"value": np.array(["a", "bc"]), "names": ("x", frozenset({4}))},
)
_FRAGMENTS = (b"[" * 500, b'{"k":', b'"array"', b'"d":"O8"', b'"s":[1099511627775]', b"-1", b"1e999", b"NaN", b'"far"')


def frame_of(message) -> bytes:
    """The bytes that a channel sends for a message."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Channel(ours).send(message)
        return theirs.recv(1 << 20)


def mutated(frame: bytes, rng: random.Random) -> bytes:
    """A frame with one to four things changed: bytes, lengths, pieces copied, cut out or put in."""
    data = bytearray(frame)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(data)) if data else 0
        kind = rng.randrange(6)
        if kind == 0 and data:
            data[place] ^= 1 << rng.randrange(8)
        elif kind == 1 and data:
            data[place] = rng.randrange(256)
        elif kind == 2:
            del data[place : place + rng.randrange(1, 20)]
        elif kind == 3:
            data[place:place] = data[place : place + rng.randrange(1, 40)]
        elif kind == 4:
            data[place:place] = rng.choice(_FRAGMENTS)
        else:  # the lengths in the header stay right, so that the change is met deeper inside
            data[place:place] = rng.choice(_FRAGMENTS)
            size = int.from_bytes(frame[4:8], "little") + len(data) - len(frame)
            data[4:8] = max(0, size).to_bytes(8, "little")[:4]
    return bytes(data)


def outcome(data: bytes) -> str:
    """What receiving these bytes comes to: a message, or the name of one of the two refusals."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)  # all of it fits, so that nobody waits
        theirs.settimeout(60)
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        try:
            Channel(ours).receive(time.monotonic() + 60)
        except (BorderError, ChannelClosed) as refusal:
            return type(refusal).__name__
        return "message"


def run(number: int, seed: int = 0) -> Counter[str]:
    """Outcomes of so many mutated frames; any other exception ends it."""
    rng = random.Random(seed)
    frames = [frame_of(message) for message in MESSAGES]
    return Counter(outcome(mutated(rng.choice(frames), rng)) for _ in range(number))


if __name__ == "__main__":
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(dict(run(total)), f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB at most")
