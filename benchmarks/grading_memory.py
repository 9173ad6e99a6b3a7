"""Peak memory of a grading run: what the first worker takes, and each further one."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

from benchmarks.grading_course import WEEK, Lesson
from benchmarks.grading_ways import demand_full_marks, environment, handed_in

_MEBIBYTE = 1024**2
_PAUSE = 0.1
_MORE = 3  # submissions at once in the run that tells what further ones take


def measure(lesson: Lesson, submissions: int) -> tuple[float, float]:
    """MB of a run that grades one submission at a time, and what each further one at the same time adds."""
    one, more = (_peak(lesson, submissions * jobs, jobs) for jobs in (1, _MORE))
    return one, (more - one) / (_MORE - 1)


def _peak(lesson: Lesson, count: int, jobs: int) -> float:
    with handed_in(lesson, count) as course:
        command = [sys.executable, "-m", "grader", "grade", WEEK, "--quiet", "--jobs", str(jobs)]
        run = subprocess.Popen(command, cwd=course, env=environment(), stdout=subprocess.DEVNULL)
        process, peak = psutil.Process(run.pid), 0.0
        while run.poll() is None:
            peak = max(peak, _held(process))
            time.sleep(_PAUSE)
        demand_full_marks(lesson, course, count)
    return peak


def _held(process: psutil.Process) -> float:
    """MB of a process and all below it; of pages that several share, each counts its part."""
    total = 0
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0.0
    for one in family:
        try:
            total += one.memory_full_info().pss
        except (psutil.Error, OSError):
            continue  # it has ended, or it hides: then it is a sandbox's first process, which holds next to nothing
    return total / _MEBIBYTE
