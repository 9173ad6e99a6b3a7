"""How long each check makes a learner wait, on the reference solution: `python -m benchmarks.checks`.

The time of an empty check of the same kind cannot be taken away, so the learner's own compute is part of the figure.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from benchmarks.page import write
from tests.course.lessons import NOTEBOOK_OF, check_of, reference

_REPEATS = 20


def measure(function: str) -> tuple[float, float, float]:
    """Milliseconds of the first call in this process, and median and 95th percentile of the calls after it."""
    solution = reference(NOTEBOOK_OF[function])[function]
    times = []
    for _ in range(1 + _REPEATS):
        started = time.perf_counter()
        report = check_of(function)(solution)
        times.append(1000 * (time.perf_counter() - started))
        if not report.passed:
            sys.exit(f"the reference solution of {function} fails its own check: {report}")
    later = times[1:]
    return times[0], statistics.median(later), statistics.quantiles(later, n=20)[-1]


def main() -> None:
    """Measure each check in a process of its own, since only a first call is a first call."""
    rows = ["| check | first call | median | 95th percentile |", "|---|---:|---:|---:|"]
    for function in NOTEBOOK_OF:
        command = [sys.executable, "-m", "benchmarks.checks", function]
        figures = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-3:]
        print(f"{function:28} {' '.join(figures)} ms", flush=True)
        rows.append(f"| `{function}` | {figures[0]} ms | {figures[1]} ms | {figures[2]} ms |")
    write("checks", "\n".join(rows))


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(*(f"{figure:.0f}" if figure >= 10 else f"{figure:.1f}" for figure in measure(sys.argv[1])))
    else:
        main()
