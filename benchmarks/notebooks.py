"""Time and peak memory of every notebook of source/, run in full: `python -m benchmarks.notebooks`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.page import write
from tools.syllabus import ROOT, read_syllabus

_MEBIBYTE = 1024**2
_PAUSE = 0.2


@dataclass(frozen=True)
class Measurement:
    """What one notebook took from its first cell to its last.

    Args:
        name: number and file name of the notebook.
        seconds: wall time, the start of the kernel included.
        mebibytes: peak memory of all its processes; pages that they share are counted for each.
    """

    name: str
    seconds: float
    mebibytes: float


def measure(notebook: Path, name: str) -> Measurement:
    """Run a notebook in a new kernel, in a folder of its own.

    Raises:
        SystemExit: a cell failed; ends with its traceback.
    """
    environment = {key: value for key, value in os.environ.items() if key != "RECEPTIVE_FIELDS_TRAINING_SCALE"}
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", str(notebook)]
        started = time.monotonic()
        run = subprocess.Popen(
            [*command, f"--output-dir={folder}", "--log-level=ERROR"], stdout=log, stderr=log, env=environment
        )
        peak = _watch(run)
        seconds = time.monotonic() - started
        if run.returncode:
            log.seek(0)
            sys.exit(f"{notebook.relative_to(ROOT)} did not run to its end:\n{log.read()[-3000:]}")
    return Measurement(name, seconds, peak / _MEBIBYTE)


def _watch(run: subprocess.Popen[bytes]) -> int:
    """Wait for a process; returns the peak memory of its tree in bytes."""
    peak = 0
    process = psutil.Process(run.pid)
    while run.poll() is None:
        peak = max(peak, _memory(process))
        time.sleep(_PAUSE)
    return peak


def _memory(process: psutil.Process) -> int:
    total = 0
    for one in [process, *_children(process)]:
        try:
            total += one.memory_info().rss
        except psutil.Error:
            continue  # it ended between the two looks
    return total


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def table(measurements: list[Measurement]) -> str:
    """The figures as Markdown."""
    rows = [f"| {m.name} | {m.seconds:.0f} s | {m.mebibytes:.0f} MB |" for m in measurements]
    return "\n".join(["| notebook | wall time | peak memory |", "|---|---:|---:|", *rows])


def main() -> None:
    """Measure all notebooks one after the other, and say how it goes."""
    measurements = []
    for week in read_syllabus().weeks:
        for entry in week.notebooks:
            print(f"{entry.number} {entry.name} ...", end=" ", flush=True)
            measured = measure(ROOT / "source" / week.id / f"{entry.name}.ipynb", f"{entry.number} {entry.name}")
            print(f"{measured.seconds:.0f} s, {measured.mebibytes:.0f} MB", flush=True)
            measurements.append(measured)
    write("notebooks", table(measurements))


if __name__ == "__main__":
    main()
