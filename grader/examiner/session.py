"""One notebook's worker, kept going: a cell or a call that ends its process costs itself, and nothing else."""

from __future__ import annotations

import itertools
import os
import secrets
import select
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.border.channel import Channel, ChannelClosed, TooSlow
from grader.border.values import BorderError

from .control import Control, WorkerLine
from .limits import Patience

_PIECE = 1 << 16
_MOST_PIECES = 64  # read after an answer: a thread that prints on and on must not keep us here


class WorkerLost(Exception):
    """The student's process ended or was ended; the text is a sentence about why."""


@dataclass(frozen=True)
class CellRun:
    """What running a cell did.

    Args:
        error: as the worker explains it, or None.
        text: what was printed, capped.
        shown: what was displayed.
        limit: why its process ended, or "".
    """

    error: dict[str, Any] | None = None
    text: str = ""
    shown: tuple[dict[str, Any], ...] = ()
    limit: str = ""


class Session:
    """The names and functions of one notebook.

    Args:
        control: gives and ends workers.
        patience: time and output limits.
    """

    def __init__(self, control: Control, patience: Patience) -> None:
        self._control = control
        self.patience = patience
        self._line: WorkerLine | None = None
        self._channel: Channel | None = None
        self._done: list[str] = []
        self._lost = 0
        self._end = time.monotonic() + patience.notebook_seconds
        self._kept_text = 0
        self._drop: list[int] = []
        self.keep: Callable[[Any], dict[str, Any]] = _nothing
        self.find: Callable[[dict[str, Any]], Any] = _nothing
        self.serve_back: Callable[[dict[str, Any]], dict[str, Any]] = _nothing
        self.limits_hit: list[str] = []
        self.generation = 0

    def run_cell(self, source: str, *, shows: bool) -> CellRun:
        """Run a cell of the student's.

        Args:
            source: its text.
            shows: keep what it prints and displays.
        """
        try:
            answer, text = self._request({"op": "run", "source": source}, self.patience.cell_seconds, "the cell ran")
        except WorkerLost as lost:
            return CellRun(limit=str(lost))
        self._done.append(source)
        if not shows:
            return CellRun(_error(answer))
        room = max(0, self.patience.all_text_bytes - self._kept_text)
        text = text[:room]
        self._kept_text += len(text)
        shown = answer.get("shown")
        items = tuple(item for item in shown if type(item) is dict) if type(shown) is list else ()
        return CellRun(_error(answer), text.decode("utf-8", "replace"), items)

    def ask(self, op: str, **fields: Any) -> dict[str, Any]:
        """Ask the worker for something that a test needs.

        Raises:
            WorkerLost: its process ended; the next question goes to a new one that has run the same cells.
            BorderError: an argument cannot be sent.
        """
        return self._request({"op": op, **fields}, self.patience.call_seconds, "a call took")[0]

    def forget(self, number: int, generation: int) -> None:
        """An object of the worker's is not needed any more."""
        if generation == self.generation:
            self._drop.append(number)

    def close(self) -> None:
        """End the worker."""
        self._drop_worker()

    # ---- one request -------------------------------------------------------------------------------------------

    def _request(self, request: dict[str, Any], seconds: float, what: str) -> tuple[dict[str, Any], bytes]:
        """One request; where the process ended in the middle of it without a limit, once more in a fresh one.

        So what kills a process from outside costs nobody a mark, and what the student's code does happens twice.
        """
        try:
            return self._attempt(request, seconds, what)
        except _Ended:
            pass
        try:
            return self._attempt(request, seconds, what)
        except _Ended as ended:
            raise self._lost_by(str(ended)) from None

    def _attempt(self, request: dict[str, Any], seconds: float, what: str) -> tuple[dict[str, Any], bytes]:
        if self._channel is None:
            self._start()
        try:
            return self._exchange(request, seconds)
        except TooSlow:
            left = self._end - time.monotonic()
            reason = self._whole() if left <= 0 else f"{what} longer than {seconds:.0f} s"
        except _Misuse as misuse:
            reason = f"its answer could not be read: {misuse}"
        except ChannelClosed:
            why, limit = self._drop_worker()
            if not limit:
                raise _Ended(why) from None
            raise self._lost_by(why) from None
        self._drop_worker()
        raise self._lost_by(reason)

    def _lost_by(self, reason: str) -> WorkerLost:
        self.limits_hit.append(reason)
        return WorkerLost(reason)

    def _whole(self) -> str:
        return f"the notebook ran longer than {self.patience.notebook_seconds:.0f} s in all"

    def _exchange(self, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """One request and its answer, with the worker's questions in between."""
        assert self._channel is not None
        number = secrets.token_hex(8)
        deadline = min(time.monotonic() + seconds, self._end)
        drop, self._drop = self._drop, []
        self._channel.send({**request, "id": number, "drop": drop}, deadline)
        text = bytearray()
        while True:
            self._listen(text, deadline)
            try:
                answer = self._channel.receive(deadline)
            except BorderError as error:
                raise _Misuse(str(error)) from None
            if "back" in answer:
                self._channel.send(self.serve_back(answer), deadline)
                continue
            if answer.get("id") != number:
                raise _Misuse("it answers another question")
            self._listen(text, None)
            return answer, bytes(text)

    def _listen(self, text: bytearray, deadline: float | None) -> None:
        """Take what is printed until an answer comes; without a deadline only what is there, and not for ever."""
        assert self._channel is not None and self._line is not None
        answers, prints = self._channel.fileno(), self._line.output
        sources = [prints] if deadline is None else [answers, prints]
        for turn in itertools.count():
            left = 0.0 if deadline is None else deadline - time.monotonic()
            if left < 0:
                raise TooSlow
            ready, _, _ = select.select(sources, [], [], left)
            if prints in ready:
                piece = os.read(prints, _PIECE)
                if not piece:
                    sources.remove(prints)
                text += piece[: max(0, self.patience.text_bytes - len(text))]
            if answers in ready or (deadline is None and (prints not in sources or not ready or turn >= _MOST_PIECES)):
                return

    # ---- the process -------------------------------------------------------------------------------------------

    def _start(self) -> None:
        """A fresh worker that has run the same cells, those that ended an earlier one left out."""
        if time.monotonic() >= self._end:
            raise WorkerLost(self._whole())
        if self._lost > self.patience.restarts:
            raise WorkerLost(f"its process had ended {self._lost} times before")
        self.generation += 1
        self._line = self._control.new_worker()
        self._channel = Channel(self._line.connection, lambda value: self.keep(value), lambda data: self.find(data))
        for source in self._done:
            self._request({"op": "run", "source": source}, self.patience.cell_seconds, "the cells before it ran")

    def _drop_worker(self) -> tuple[str, bool]:
        """End the worker; why it had ended, and whether a limit was behind that."""
        if self._line is None or self._channel is None:
            return "", False
        self._channel.close()
        os.close(self._line.output)
        why, limit = self._control.end_worker(self._line.number)
        self._line = self._channel = None
        self._drop = []
        self._lost += 1
        return why or "its process ended", limit


class _Ended(Exception):
    """The process ended by itself, or somebody else ended it."""


class _Misuse(Exception):
    """The worker does not keep to the rules of the border."""


def _error(answer: dict[str, Any]) -> dict[str, Any] | None:
    error = answer.get("error")
    return error if type(error) is dict else None


def _nothing(value: Any) -> dict[str, Any]:
    raise BorderError("nothing of this kind is expected")
