"""What submissions cost by themselves: all their code and tests in one warm process, without any grader.

`python -m benchmarks.grading_cells` reads a JSON list of submissions, each a list of code cells, from standard input.
The first one only warms up. It prints wall and CPU seconds of the others in one line.
"""

from __future__ import annotations

import json
import sys
import time


def measure(submissions: list[list[str]]) -> tuple[float, float]:
    """Run each in a fresh namespace.

    Args:
        submissions: code cells; a test that fails ends the measurement with its error.

    Returns:
        Wall and CPU seconds of all but the first.
    """
    wall = cpu = 0.0
    for number, cells in enumerate(submissions):
        wall_before, cpu_before = time.perf_counter(), time.process_time()
        space = {"__name__": "__main__"}
        for cell in cells:
            exec(compile(cell, "<cell>", "exec"), space)
        if number:
            wall += time.perf_counter() - wall_before
            cpu += time.process_time() - cpu_before
    return wall, cpu


if __name__ == "__main__":
    print(*measure(json.load(sys.stdin)))
