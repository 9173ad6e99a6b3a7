"""The zygote: imports once, then forks a held child for each request. Runs inside the sandbox, knows no secret."""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from . import fence, jail, large_pages, start
from .limits import Limits, Tier
from .probes import run_probes
from .processes import raise_oom_score
from .protocol import DONE, FAILED, LONGEST, MOST_FDS, PROBE, RUN

_Entry = Callable[[bytes, Sequence[int]], Any]
_OOM_SCORE = 900  # of 1000, which the children have
_THREADS_END_SECONDS = 2.0


def main(control: int) -> None:
    """Serve until the other end of the control socket is gone."""
    channel = socket.socket(fileno=control)
    order = json.loads(channel.recv(LONGEST))
    try:
        entries = {RUN: _warm_up(order["preload"], order["entry"]), PROBE: run_probes}
        hold = _holder(order)
    except BaseException as error:
        channel.send(FAILED + f"{type(error).__name__}: {error}".encode()[:LONGEST])
        return
    _be_quiet()
    channel.send(DONE)
    while True:
        request, fds, _, _ = socket.recv_fds(channel, LONGEST, MOST_FDS)
        if not request:
            return
        _answer(channel, hold, partial(entries[request[:1]], request[1:]), fds)
        for fd in fds:
            os.close(fd)


def _warm_up(modules: Sequence[str], entry: str) -> _Entry:
    """The function that children will call, once everything they need is imported and no thread runs beside this."""
    raise_oom_score(_OOM_SCORE)
    module, _, function = entry.partition(":")
    for name in (*modules, module):
        importlib.import_module(name)
        _require_one_thread(name)
    getattr(sys.modules[module], "prepare", int)()
    _require_one_thread(module)
    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, every page in every child
    large_pages.gather()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries
    found: _Entry = getattr(sys.modules[module], function)
    return found


def _require_one_thread(name: str) -> None:
    patience = time.monotonic() + _THREADS_END_SECONDS
    while sum(1 for _ in Path("/proc/self/task").iterdir()) > 1:
        if time.monotonic() > patience:
            raise RuntimeError(f"importing {name} leaves a thread running, which a forked child would lack")
        time.sleep(0.01)


def _holder(order: dict[str, Any]) -> Callable[[start.Program, Sequence[int]], int]:
    """What forks a child, given its program and files."""
    limits, call_filter = Limits(**order["limits"]), bytes.fromhex(order["filter"])
    if Tier(order["tier"]) is Tier.NAMESPACES:
        return partial(jail.hold, call_filter=call_filter, limits=limits)
    return partial(fence.hold, call_filter=call_filter, limits=limits, place=order)


def _be_quiet() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for number in (sys.stdin, sys.stdout, sys.stderr):
        number.flush()
        os.dup2(null, number.fileno())
    os.close(null)


def _answer(
    channel: socket.socket, hold: Callable[[start.Program, Sequence[int]], int], program: start.Program, fds: list[int]
) -> None:
    """Start one child and hand over its pidfd."""
    try:
        pidfd = hold(program, fds)
    except OSError as error:
        channel.send(FAILED + str(error).encode())
        return
    socket.send_fds(channel, [DONE], [pidfd])
    os.close(pidfd)
