"""One submission under way: an examiner, the workers it asks for, and a watch over their time and memory."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import threading
import time
from collections.abc import Mapping
from typing import Any

from grader.border.channel import Channel, ChannelClosed, TooSlow
from grader.border.values import BorderError
from grader.examiner.limits import Patience
from grader.job import Graded, Job
from grader.plan import Plan
from grader.sandbox import Child, Tier, Zygote
from grader.verdict import BadVerdict, SheetVerdict, read_verdict

_WATCH_SECONDS = 0.2
_GRACE_SECONDS = 60.0
_MOST_DIAGNOSIS = 20_000


class EngineFault(Exception):
    """Something of ours broke while grading; the text is for the instructor."""


class ExaminerLost(EngineFault):
    """The examiner was suddenly gone, which another try may not meet again."""


class Examination:
    """Grades one job.

    Args:
        plan: the week.
        seal: of the plan.
        tier: kind of sandbox, for the record.
        patience: time limits; the whole may take as long as its notebooks may.
        job: the submission.
    """

    def __init__(self, plan: Plan, seal: str, tier: Tier, patience: Patience, job: Job) -> None:
        self._plan = plan
        self._seal = seal
        self._tier = tier
        self._patience = patience
        self._job = job
        self._workers: dict[int, Child] = {}
        self._over: dict[int, str] = {}
        self._started = 0

    def run(self, examiners: Zygote, workers: Zygote, seeds: Mapping[str, int], memory: int) -> Graded:
        """Grade it.

        Args:
            examiners: where the examiner comes from.
            workers: where its workers come from.
            seeds: of hidden tests.
            memory: bytes that a worker may use with all its processes.

        Raises:
            EngineFault: the examiner died, hung or said nonsense.
        """
        deadline = time.monotonic() + _GRACE_SECONDS + self._patience.notebook_seconds * len(self._plan.notebooks)
        ours, theirs = socket.socketpair()
        diagnosis_in, diagnosis_out = os.pipe()
        diagnosis = _Tail(diagnosis_in)
        with contextlib.ExitStack() as stack:
            stack.callback(diagnosis.close)
            stack.callback(ours.close)
            try:
                examiner = examiners.spawn(b"", [theirs.fileno()], diagnosis_out)
            finally:
                theirs.close()
                os.close(diagnosis_out)
            stack.callback(examiner.kill)
            stack.callback(self._end_all)
            channel = Channel(ours)
            try:
                channel.send(self._message(seeds), deadline)
                return self._serve(channel, ours, workers, memory, deadline)
            except ChannelClosed:
                raise ExaminerLost(f"The examiner ended before it was done. It said: {diagnosis.text()}") from None
            except TooSlow:
                raise EngineFault("The examiner did not end in time.") from None
            except (BorderError, BadVerdict, KeyError, TypeError) as error:
                raise EngineFault(f"The examiner's answer could not be read: {error}") from None

    def _message(self, seeds: Mapping[str, int]) -> dict[str, Any]:
        return {
            "plan": self._plan.to_dict(),
            "seeds": dict(seeds),
            "patience": vars(self._patience),
            "files": dict(self._job.files),
            "refused": dict(self._job.refused),
        }

    def _serve(self, channel: Channel, line: socket.socket, workers: Zygote, memory: int, deadline: float) -> Graded:
        while True:
            while not select.select([line], [], [], _WATCH_SECONDS)[0]:
                self._watch(memory)
                if time.monotonic() > deadline:
                    raise TooSlow
            message = channel.receive(deadline)
            if "verdict" in message:
                return self._graded(message["verdict"], message["notebooks"])
            if message["want"] == "worker":
                self._hand_over(channel, line, workers)
            else:
                channel.send(self._end(message["worker"]), deadline)

    def _hand_over(self, channel: Channel, line: socket.socket, workers: Zygote) -> None:
        """Start a worker and give the examiner its socket and what it prints."""
        ours, theirs = socket.socketpair()
        read, write = os.pipe()
        try:
            child = workers.spawn(b"", [theirs.fileno()], write)
            self._started += 1
            self._workers[self._started] = child
            channel.send({"worker": self._started})
            line.settimeout(None)
            socket.send_fds(line, [b"w"], [ours.fileno(), read])
        finally:
            ours.close()
            theirs.close()
            os.close(read)
            os.close(write)

    def _watch(self, memory: int) -> None:
        for number, child in self._workers.items():
            if number not in self._over and child.memory(exact_above=memory) > memory:
                self._over[number] = f"it used more than {memory >> 20:,} MB of memory"
                child.kill()

    def _end(self, number: int) -> dict[str, Any]:
        """End a worker; why it was gone already, or "" if it was not, and whether a limit of ours ended it."""
        child = self._workers.pop(number)
        ended = child.wait(0.2)
        child.kill()
        if number in self._over:
            return {"why": self._over[number], "limit": True}
        if ended is None:
            return {"why": "", "limit": False}
        crashed = ended.signal is not None  # which signal or exit code is not told: the student's code chooses it
        return {"why": "it crashed Python" if crashed else "it ended its own process", "limit": False}

    def _end_all(self) -> None:
        for child in self._workers.values():
            child.kill()

    def _graded(self, data: Any, notebooks: Any) -> Graded:
        """The verdict, every field of it checked against the plan."""
        known = {notebook.name: notebook for notebook in self._plan.notebooks}
        about = {"student": self._job.student, "week": self._job.week, "digest": self._job.digest}
        verdict = read_verdict({**about, "seal": self._seal, "tier": self._tier.value, "sheets": data["sheets"]})
        if [sheet.notebook for sheet in verdict.sheets] != list(known):
            raise BadVerdict("it has other notebooks than the release")
        for sheet in verdict.sheets:
            wanted = {cell.grade_id: cell.points for cell in known[sheet.notebook].graded()}
            _check_findings(sheet, wanted)
        if not all(name in known and type(content) is bytes for name, content in notebooks.items()):
            raise BadVerdict("it has other autograded notebooks than the release")
        return Graded(verdict, notebooks)


def _check_findings(sheet: SheetVerdict, wanted: Mapping[str, float]) -> None:
    found = {finding.grade_id: finding.maximum for finding in sheet.findings}
    if sheet.state.startswith("graded") and (found != wanted or any(f.score is None for f in sheet.findings)):
        raise BadVerdict(f"{sheet.notebook} has other tests or points than the release")
    if not sheet.state.startswith("graded") and sheet.findings:
        raise BadVerdict(f"{sheet.notebook} has marks though it is {sheet.state}")


class _Tail:
    """The last of what a process printed; drained all the time, so that it never blocks."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._kept = b""
        self._thread = threading.Thread(target=self._drain, daemon=True)
        self._thread.start()

    def _drain(self) -> None:
        while piece := os.read(self._fd, 1 << 16):
            self._kept = (self._kept + piece)[-_MOST_DIAGNOSIS:]
        os.close(self._fd)

    def text(self) -> str:
        """What was printed, after the process has ended."""
        self._thread.join(2)
        text = self._kept.decode("utf-8", "replace")
        return "".join(c if c.isprintable() or c == "\n" else "?" for c in text).strip() or "nothing"

    def close(self) -> None:
        """Wait for the end of it."""
        self._thread.join(2)
