"""How far a run is: a bar with the time left on a terminal, one line a submission elsewhere."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import TextIO

from grader.intake.names import printable

from .summary import MARKED, Outcome

_WIDTH = 30


class Lines:
    """One line a submission, for logs and files.

    Args:
        emit: writes one line.
    """

    def __init__(self, emit: Callable[[str], None]) -> None:
        self._emit = emit
        self._done = self._total = 0

    def begin(self, week: str, total: int) -> None:
        """Say how many there are."""
        self._done, self._total = 0, total
        self._emit(f"{week}: {total} submissions")

    def outcome(self, outcome: Outcome) -> None:
        """Say what became of one."""
        self._done += 1
        earlier = "" if outcome.fresh else " (in an earlier run)"
        why = f": {outcome.why}" if outcome.why else ""
        self._emit(printable(f"{self._done} of {self._total}  {outcome.student}  {outcome.state}{earlier}{why}"))

    def say(self, text: str) -> None:
        """Say something in between."""
        self._emit(printable(text))

    def end(self) -> None:
        """Nothing is left open in a log."""


class Bar:
    """A bar that is drawn over and over on a terminal; trouble gets a line of its own above it.

    Args:
        stream: the terminal.
        clock: seconds.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._done = self._fresh = self._total = 0
        self._week, self._since = "", clock()

    def begin(self, week: str, total: int) -> None:
        """Draw the empty bar."""
        self._week, self._total, self._since = week, total, self._clock()
        self._draw()

    def outcome(self, outcome: Outcome) -> None:
        """Move on by one."""
        self._done += 1
        self._fresh += outcome.fresh
        if outcome.fresh and outcome.state not in MARKED:
            self.say(f"{outcome.student}: {outcome.state}. {outcome.why}")
        self._draw()

    def say(self, text: str) -> None:
        """Put a line above the bar."""
        self._stream.write(f"\r\x1b[K{printable(text)}\n")
        self._draw()

    def end(self) -> None:
        """Leave the bar as it is and go to the next line."""
        self._stream.write("\n")
        self._stream.flush()

    def _draw(self) -> None:
        filled = _WIDTH * self._done // max(self._total, 1)
        line = (
            f"{self._week} [{'#' * filled}{'.' * (_WIDTH - filled)}] {self._done} of {self._total}{self._time_left()}"
        )
        self._stream.write(f"\r\x1b[K{line[: shutil.get_terminal_size().columns - 1]}")
        self._stream.flush()

    def _time_left(self) -> str:
        if not self._fresh or self._done == self._total:
            return ""
        left = (self._clock() - self._since) / self._fresh * (self._total - self._done)
        return f", {left / 60:.0f} min left" if left >= 90 else f", {left:.0f} s left"


def progress_on(stream: TextIO) -> Bar | Lines:
    """What suits a stream."""
    return Bar(stream) if stream.isatty() else Lines(lambda line: print(line, file=stream, flush=True))
