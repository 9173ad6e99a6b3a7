"""Frames over a socket: lengths, JSON, buffers; bounded before they are read, and never anything but data."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from .values import MOST_BLOB, BorderError, Keep, Packer, Unpacker

MOST_JSON = 8 << 20
MOST_FIELDS = 16
_HEADER = struct.Struct("<4sIQ")
_MAGIC = b"RFg1"
_CHUNK = 1 << 20


class ChannelClosed(Exception):
    """The other side is gone, or went away in the middle of a frame."""


class TooSlow(Exception):
    """The other side did not answer in time."""


def refuse(value: Any) -> dict[str, Any]:
    """For `keep` and `find` where nothing but data may pass."""
    raise BorderError(f"a {type(value).__name__} cannot be sent")


class Channel:
    """One end of a socket pair that carries messages: dictionaries of plain values.

    Args:
        connection: a connected stream socket; this object closes it.
        keep: what to send instead of a value that is no data.
        find: what stands for such a value of the other side.
    """

    def __init__(
        self, connection: socket.socket, keep: Keep = refuse, find: Callable[[dict[str, Any]], Any] = refuse
    ) -> None:
        self._socket = connection
        self._keep = keep
        self._find = find

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def fileno(self) -> int:
        """Of the socket, for select."""
        return self._socket.fileno()

    def send(self, message: dict[str, Any], deadline: float | None = None) -> None:
        """Send one message.

        Args:
            message: at most 16 entries; values as in `values`.
            deadline: time.monotonic() after which to give up; None waits for ever.

        Raises:
            BorderError: a value cannot be sent; nothing was sent.
            ChannelClosed: nobody listens any more.
            TooSlow: the deadline passed.
        """
        packer = Packer(self._keep)
        text = json.dumps({key: packer.pack(value) for key, value in message.items()}, allow_nan=False).encode()
        if len(text) > MOST_JSON:
            raise BorderError(f"the message is larger than {MOST_JSON >> 20} MB")
        self._write(_HEADER.pack(_MAGIC, len(text), packer.size) + text, deadline)
        for buffer in packer.buffers:
            self._write(buffer, deadline)

    def receive(self, deadline: float | None = None) -> dict[str, Any]:
        """The next message.

        Raises:
            BorderError: what came is no message; the channel cannot be used any more.
            ChannelClosed: the other side is gone.
            TooSlow: the deadline passed.
        """
        magic, text_size, blob_size = _HEADER.unpack(bytes(self._read(_HEADER.size, deadline)))
        if magic != _MAGIC or text_size > MOST_JSON or blob_size > MOST_BLOB:
            raise BorderError("a frame has no valid header")
        text, blob = self._read(text_size, deadline), self._read(blob_size, deadline)
        try:
            data = json.loads(text)
        except (ValueError, RecursionError, MemoryError) as error:
            raise BorderError(f"a frame is no JSON ({type(error).__name__})") from None
        if type(data) is not dict or len(data) > MOST_FIELDS:
            raise BorderError("a frame is no message")
        unpacker = Unpacker(memoryview(blob), self._find)
        return {key: unpacker.unpack(value) for key, value in data.items()}

    def _write(self, content: bytes, deadline: float | None) -> None:
        view = memoryview(content)
        while view:
            self._wait(deadline)
            try:
                view = view[self._socket.send(view[:_CHUNK]) :]
            except TimeoutError:
                raise TooSlow from None
            except OSError:
                raise ChannelClosed from None

    def _read(self, size: int, deadline: float | None) -> bytearray:
        """Exactly `size` bytes; memory grows only with what has come."""
        content = bytearray()
        while len(content) < size:
            self._wait(deadline)
            try:
                piece = self._socket.recv(min(_CHUNK, size - len(content)))
            except TimeoutError:
                raise TooSlow from None
            except OSError:
                raise ChannelClosed from None
            if not piece:
                raise ChannelClosed
            content += piece
        return content

    def _wait(self, deadline: float | None) -> None:
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise TooSlow
        self._socket.settimeout(left)
