"""The examiner's line to the engine: fetch a worker, have one ended, hand in the result."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.border.channel import Channel


@dataclass(frozen=True)
class WorkerLine:
    """A fresh worker: its number, the socket to it, and the file descriptor of what it prints."""

    number: int
    connection: socket.socket
    output: int


class Control:
    """Talks to the engine, which trusts nothing but the shape of what it is told.

    Args:
        connection: a stream socket to the engine.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._channel = Channel(connection)

    def job(self) -> dict[str, Any]:
        """What to grade: the first message."""
        return self._channel.receive()

    def new_worker(self) -> WorkerLine:
        """A worker of its own for this submission; the engine starts it."""
        self._channel.send({"want": "worker"})
        number = self._channel.receive()["worker"]
        self._socket.settimeout(None)
        _, fds, _, _ = socket.recv_fds(self._socket, 1, 2)
        return WorkerLine(number, socket.socket(fileno=fds[0]), fds[1])

    def end_worker(self, number: int) -> tuple[str, bool]:
        """End a worker; why it had ended before ("" if it was still there), and whether a limit was behind that."""
        self._channel.send({"want": "end", "worker": number})
        answer = self._channel.receive()
        return str(answer["why"]), bool(answer["limit"])

    def hand_in(self, verdict: Mapping[str, Any], notebooks: Mapping[str, bytes]) -> None:
        """The result: the last message."""
        self._channel.send({"verdict": dict(verdict), "notebooks": dict(notebooks)})
