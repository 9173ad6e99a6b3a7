"""Serve one submission: run its cells and call its functions as the examiner asks, one request at a time."""

from __future__ import annotations

import contextlib
import importlib
import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from grader.border.channel import Channel, ChannelClosed
from grader.border.values import BorderError, Packer

from .shell import Shell, explain

_shell: list[Shell] = []  # made before the fork where there is one, since it takes a while


def prepare() -> None:
    """Make the shell, and import what NumPy itself loads late only; it starts no thread."""
    importlib.import_module("numpy.random")
    _shell.append(Shell())


def run(argument: bytes, fds: Sequence[int]) -> None:
    """Serve until the examiner hangs up.

    Args:
        argument: not used; a worker is told everything by the examiner.
        fds: the socket to the examiner.
    """
    if not _shell:
        prepare()
    Server(socket.socket(fileno=fds[0]), _shell[0]).serve()


class Server:
    """Answers requests with the names of one shell.

    Args:
        connection: to the examiner.
        shell: holds the student's names.
    """

    def __init__(self, connection: socket.socket, shell: Shell) -> None:
        self._shell = shell
        self._kept: dict[int, Any] = {}
        self._number = 0
        self._channel = Channel(connection, self._keep, self._find)
        self._turn = threading.Lock()

    def serve(self) -> None:
        """Answer until the examiner hangs up."""
        operations: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "run": self._run,
            "kinds": self._kinds,
            "get": self._get,
            "call": self._call,
            "attribute": self._attribute,
            "isinstance": self._isinstance,
        }
        while True:
            try:
                request = self._channel.receive()
                for number in request.get("drop", ()):
                    self._kept.pop(number, None)
                try:
                    answer = operations[request["op"]](request)
                except BaseException as error:  # SystemExit and the like too: nothing of the student's may end this
                    answer = {"error": explain(error)}
                self._answer({**answer, "id": request["id"]})
            except ChannelClosed:
                return
            except KeyboardInterrupt:
                continue

    def _answer(self, answer: dict[str, Any]) -> None:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(BaseException):  # either may be the student's own object
                stream.flush()
        try:
            self._channel.send(answer)
        except BorderError as error:
            text = {"types": ["BorderError", "Exception"], "text": f"The value cannot be sent: {error}", "line": 0}
            self._channel.send({"id": answer["id"], "error": text})

    # ---- operations --------------------------------------------------------------------------------------------

    def _run(self, request: dict[str, Any]) -> dict[str, Any]:
        return self._shell.run(request["source"])

    def _kinds(self, request: dict[str, Any]) -> dict[str, Any]:
        space = self._shell.user_ns
        found = {name: space[name] for name in request["names"] if name in space}
        return {"value": {name: "call" if callable(value) else "data" for name, value in found.items()}}

    def _get(self, request: dict[str, Any]) -> dict[str, Any]:
        return {"value": self._shell.user_ns[request["name"]]}

    def _call(self, request: dict[str, Any]) -> dict[str, Any]:
        fn = self._named(request["target"])
        args, kwargs = request["args"], request["kwargs"]
        before = [_fingerprint(arg) for arg in args]
        with self._standing_in(request["stand_ins"]):
            value = fn(*args, **kwargs)
        changed = {i: arg for i, (arg, old) in enumerate(zip(args, before, strict=True)) if _fingerprint(arg) != old}
        return {"value": value, "changed": changed}

    def _attribute(self, request: dict[str, Any]) -> dict[str, Any]:
        return {"value": getattr(self._named(request["target"]), request["name"])}

    def _isinstance(self, request: dict[str, Any]) -> dict[str, Any]:
        return {"value": isinstance(request["value"], self._named(request["target"]))}

    def _named(self, target: Any) -> Any:
        """What the examiner means: a name of the notebook, of a module of the course, or an object it was told of."""
        if isinstance(target, str):
            return self._shell.user_ns[target]
        return getattr(importlib.import_module(target[0]), target[1]) if isinstance(target, tuple) else target

    @contextlib.contextmanager
    def _standing_in(self, stand_ins: dict[str, Any]) -> Iterator[None]:
        """While inside, the notebook's names are the examiner's functions."""
        space, absent = self._shell.user_ns, object()
        before = {name: space.get(name, absent) for name in stand_ins}
        space.update(stand_ins)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is absent:
                    space.pop(name, None)
                else:
                    space[name] = value

    # ---- what is no data ---------------------------------------------------------------------------------------

    def _keep(self, value: Any) -> dict[str, Any]:
        self._number += 1
        self._kept[self._number] = value
        return {"k": "far", "at": "worker", "id": self._number, "type": str(type(value).__name__)[:80]}

    def _find(self, data: dict[str, Any]) -> Any:
        if data["at"] == "worker":
            return self._shell.user_ns[data["name"]] if "name" in data else self._kept[data["id"]]
        return _Examiners(self, data["id"], str(data["type"]))

    def ask(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the examiner's, in the middle of one of its requests."""
        with self._turn:
            self._channel.send({"back": number, "args": args, "kwargs": kwargs})
            answer = self._channel.receive()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]


class _Examiners:
    """A function that lives at the examiner's: a correct stand-in, or one that a test passes to the student's."""

    def __init__(self, server: Server, number: int, name: str) -> None:
        self._server = server
        self._number = number
        self.__name__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._server.ask(self._number, args, kwargs)


def _fingerprint(value: Any) -> Any:
    """What tells whether an argument was changed: its packed form; models and the like count as unchanged."""
    packer = Packer(lambda far: {"k": "far", "id": id(far)})
    try:
        return json.dumps(packer.pack(value)), packer.buffers
    except BorderError:
        return None
