"""The warm process that children are forked from, as the trusted side sees it."""

from __future__ import annotations

import dataclasses
import json
import os
import socket
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from . import seccomp
from .child import Child
from .keeper import Keeper
from .limits import Limits, Mount, SandboxError, Tier
from .outer import Outer
from .protocol import LONGEST, MOST_FDS, PROBE, RUN, require_done

_ANSWER_SECONDS = 60.0
_END_SECONDS = 10.0


class Zygote:
    """Starts a process behind the sandbox's outer wall, where it imports modules and then forks children.

    Args:
        tier: what `choose_tier` says.
        entry: the function that children call, "module:name", with the argument and the file numbers given to `spawn`.
            It returns an exit code or nothing.
        preload: modules to import in advance; none may start a thread.
        mounts: what else of this machine is to be seen, read-only.
        python_path: folders inside to import modules from.
        limits: what each child may use.
        environment: variables of the children besides the usual ones.
        start_seconds: how long the imports may take.

    Raises:
        SandboxError: it could not be started; the text says why.
    """

    def __init__(
        self,
        tier: Tier,
        entry: str,
        *,
        preload: Sequence[str] = (),
        mounts: Sequence[Mount] = (),
        python_path: Sequence[str] = (),
        limits: Limits | None = None,
        environment: Mapping[str, str] | None = None,
        start_seconds: float = 300.0,
    ) -> None:
        self.tier = tier
        self.limits = limits or Limits()
        self._lock = threading.Lock()
        self._children: list[Child] = []
        self._crashed = False
        call_filter = b"" if tier is Tier.UNSAFE else seccomp.build(namespaces=tier is Tier.NAMESPACES)
        self._outer = Outer(tier, mounts, python_path, self.limits, environment or {})
        self._channel, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._keeper: Keeper | None = None
        order = {
            "tier": tier.value,
            "entry": entry,
            "preload": list(preload),
            "limits": dataclasses.asdict(self.limits),
            "filter": call_filter.hex(),
            "home": str(self._outer.home),
            "readable": self._outer.readable,
        }
        try:
            with inner:
                self._keeper = Keeper(partial(self._outer.start, inner))
            self._await_ready(json.dumps(order).encode(), start_seconds)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Zygote:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether it can spawn."""
        return self._keeper is not None and self._keeper.process.poll() is None

    @property
    def stale(self) -> bool:
        """Whether a child crashed: what made it crash may have reached further, so a new zygote should follow."""
        with self._lock:
            self._forget_ended()
            return self._crashed

    def spawn(self, argument: bytes, fds: Sequence[int] = (), output: int | None = None) -> Child:
        """A new held child that calls the entry.

        Args:
            argument: for the entry, at most 65,535 bytes.
            fds: files it inherits, as 3, 4, ...; the caller's own copies stay open.
            output: where its standard outputs go; None to drop them.

        Raises:
            SandboxError: there is none.
        """
        return self._spawn(RUN, argument, fds, output)

    def probe(self, argument: bytes, report: int) -> Child:
        """A child that tries to break out instead, and writes to `report`; see `doctor`."""
        return self._spawn(PROBE, argument, [report], report)

    def user(self) -> int:
        """Number of the user that it runs as, on this machine."""
        assert self._keeper is not None
        status = Path(f"/proc/{self._keeper.process.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("\nUid:")[2].split()[1])

    def close(self) -> None:
        """End it and all its children; it may be called again."""
        children = tuple(self._children)
        for child in children:
            child.kill()
        for child in children:
            child.wait(_END_SECONDS)
        self._channel.close()
        if self._keeper is not None:
            self._keeper.end()
        self._outer.clear()

    def _await_ready(self, order: bytes, seconds: float) -> None:
        """Send the order, and wait until everything is imported."""
        try:
            self._channel.settimeout(seconds)
            self._channel.send(order)
            answer = self._channel.recv(LONGEST)
        except OSError as error:
            raise SandboxError(f"the sandbox did not start: {self._outer.said() or error}") from error
        if not answer:
            raise SandboxError(f"the sandbox did not start: {self._outer.said() or 'it ended without a word'}")
        require_done(answer)

    def _spawn(self, kind: bytes, argument: bytes, fds: Sequence[int], output: int | None) -> Child:
        if len(argument) >= LONGEST or len(fds) > MOST_FDS - 2:
            raise SandboxError(f"a child takes less than {LONGEST} bytes and at most {MOST_FDS - 2} files")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        null = os.open(os.devnull, os.O_WRONLY)
        handed = [theirs.fileno(), null if output is None else output, *fds]
        try:
            with self._lock:
                pidfd = self._request(kind + argument, handed)
                self._forget_ended()
                child = Child(pidfd, ours, None if self.tier is Tier.NAMESPACES else self._outer.home)
                self._children.append(child)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
            os.close(null)
        try:
            child.await_held(_ANSWER_SECONDS)
        except BaseException:
            child.kill()
            child.wait(_END_SECONDS)
            raise
        return child

    def _forget_ended(self) -> None:
        for child in tuple(self._children):
            if child.wait(0) is not None:
                self._crashed |= child.crashed
                self._children.remove(child)

    def _request(self, message: bytes, fds: Sequence[int]) -> int:
        """The pidfd of the first process of a new child."""
        try:
            self._channel.settimeout(_ANSWER_SECONDS)
            socket.send_fds(self._channel, [message], fds)
            answer, received, _, _ = socket.recv_fds(self._channel, LONGEST, 1)
        except OSError as error:
            raise SandboxError(f"the sandbox has ended: {error}") from error
        require_done(answer)
        os.set_inheritable(received[0], False)
        return received[0]
