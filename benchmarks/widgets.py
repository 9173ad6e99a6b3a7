"""How quickly the views answer, beside `interact` with a matplotlib figure, in one run: `python -m benchmarks.widgets`.

Machines are noisy, so the two take turns by chance on one browser, and what counts is their ratio. Only pictures that
really changed are counted.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import psutil
from playwright.sync_api import Error

from benchmarks import widget_drag, widget_latency, widget_python, widget_sizes
from benchmarks.page import README, write
from benchmarks.widget_goals import Measured
from benchmarks.widget_lab import Screen, laboratory, opened
from benchmarks.widget_page import page
from tools.syllabus import ROOT

Result = TypeVar("Result")


def main(arguments: list[str] | None = None) -> None:
    """Measure everything that is asked for, and write the page's section."""
    chosen = _parser().parse_args(arguments)
    measured, before = Measured(), _load()
    print(f"the machine: {before}", flush=True)
    notebooks = {name: cells for name, (cells, _) in {**widget_latency.WAYS, **widget_python.NOTEBOOKS}.items()}
    with laboratory(notebooks) as (address, browser):
        screens = [opened(address, browser, name, kind) for name, (_, kind) in widget_latency.WAYS.items()]
        side_by_side(screens, chosen, measured)
        measured.conditions = f"The machine before: {before}; with both notebooks open: {_load()}."
        for screen in screens:
            screen.page.close()
        asked, watched = (
            partial(opened, address, browser, name, kind) for name, (_, kind) in widget_python.NOTEBOOKS.items()
        )
        measured.asked = tried(lambda: widget_python.ask_function(asked(), chosen.clicks))
        measured.watched = tried(lambda: widget_python.watch_studio(watched(), chosen.studio_seconds))
    measured.made = widget_sizes.time_python(chosen.imports)
    measured.sizes = widget_sizes.weigh()
    if chosen.tests:
        measured.tests = tried(time_tests)
    text = page(measured)
    print(text)
    write("widgets", text, chosen.readme)


def side_by_side(screens: list[Screen], chosen: argparse.Namespace, into: Measured) -> None:
    """First pictures, keys and drags of the ways, in turns by chance."""
    into.firsts = {screen.name: [] for screen in screens}
    into.dragged = {screen.name: [] for screen in screens}
    for _ in range(chosen.firsts):
        for screen in random.sample(screens, len(screens)):
            screen.front()
            into.firsts[screen.name].append(screen.show())
            print(f"{screen.name}: first picture after {into.firsts[screen.name][-1]:.0f} ms", flush=True)
    into.pressed = widget_latency.press_in_turns(screens, chosen.pictures)
    for _ in range(chosen.drags):
        for screen in random.sample(screens, len(screens)):
            into.dragged[screen.name].append(widget_drag.drag(screen, chosen.drag_seconds))
            print(f"{screen.name}: {into.dragged[screen.name][-1]}", flush=True)


def tried(measure: Callable[[], Result]) -> Result | str:
    """What was measured, or why it could not be, in a line; the rest of the benchmark goes on."""
    try:
        result = measure()
    except (AssertionError, Error, RuntimeError) as problem:
        reason = str(problem).strip().splitlines()[0]
        print(f"not measured: {problem}", flush=True)
        return reason
    print(result, flush=True)
    return result


def time_tests() -> float:
    """Seconds of the views' browser tests.

    Raises:
        RuntimeError: a test fails.
    """
    started = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "tests/browser/widgets"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"a test fails: {done.stdout.strip().splitlines()[-1]}")
    return time.perf_counter() - started


def _load() -> str:
    memory = psutil.virtual_memory()
    return f"load {os.getloadavg()[0]:.1f}, {memory.used / 1024**3:.1f} of {memory.total / 1024**3:.0f} GB in use"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.widgets", description=__doc__)
    number = partial(parser.add_argument, type=int)
    number("--pictures", default=32, help="changed pictures by arrow keys, each way")
    number("--drags", default=3, help="of each slider")
    number("--drag-seconds", default=3, help="of each drag")
    number("--firsts", default=6, help="times that each cell is run for its first picture")
    number("--clicks", default=10, help="that ask for the learner's own function")
    number("--studio-seconds", default=5, help="that the style studio runs")
    number("--imports", default=7, help="new processes that import the views")
    parser.add_argument("--tests", action=argparse.BooleanOptionalAction, default=True, help="time the browser tests")
    parser.add_argument("--readme", type=Path, default=README, help="page to write to")
    return parser


if __name__ == "__main__":
    main()
