"""Our grader beside plain nbgrader, on the same submissions in one run: `python -m benchmarks.grading`.

Machines are noisy, so the ways take turns, and every ratio is of figures from the same turn. The last submissions are
graded as strictly as the first: a way that does not give full marks to everybody ends the benchmark.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import grading_memory, grading_otter, grading_sandbox, meter
from benchmarks.grading_course import Lesson, release
from benchmarks.grading_page import Comparison, Curve, page
from benchmarks.grading_ways import Spent, Way, by_nbgrader, by_themselves, by_us, start_apart
from benchmarks.page import README, write

LESSONS = {"vision": 15.0, "arrays": 8.0}  # and how many times nbgrader's throughput is the goal


def main(arguments: list[str] | None = None) -> None:
    """Measure everything that is asked for, and write the page's section."""
    chosen = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as place:
        lessons = {name: release(name, Path(place) / name) for name in {*chosen.lessons, chosen.curve_lesson}}
        measured = [lessons[name] for name in chosen.lessons]
        comparisons = [compare(lesson, chosen) for lesson in measured]
        sandbox = {lesson.name: grading_sandbox.measure(lesson, chosen.pairs) for lesson in measured}
        memory = {lesson.name: grading_memory.measure(lesson, chosen.memory) for lesson in measured}
        curve = draw(lessons[chosen.curve_lesson], chosen.curve)
    text = page(comparisons, sandbox, memory, curve, meter.way())
    print(text)
    write("grading", text, chosen.readme)


def compare(lesson: Lesson, chosen: argparse.Namespace) -> Comparison:
    """All ways on one lesson, turn by turn, each turn in the opposite order."""
    ways: dict[str, tuple[int, Way]] = {
        "nbgrader": (chosen.nbgrader, partial(start_apart, by_nbgrader, chosen.nbgrader)),
        "two": (chosen.submissions, partial(by_us, jobs=2)),
        "one": (chosen.submissions, partial(by_us, jobs=1)),
        "cells": (chosen.cells, by_themselves),
    }
    if grading_otter.installed():
        ways["otter"] = (chosen.otter, grading_otter.by_otter)
    turns: list[dict[str, Spent]] = []
    for turn in range(chosen.rounds):
        order = list(ways) if turn % 2 == 0 else list(reversed(ways))
        each: dict[str, Spent] = {}
        for name in order:
            counted, way = ways[name]
            count = chosen.submissions if name == "nbgrader" else counted
            each[name] = way(lesson, count).times(1 / count)
            print(f"{lesson.name} {turn + 1}/{chosen.rounds} {name}: {each[name]}", flush=True)
        turns.append(each)
    return Comparison(lesson.name, LESSONS[lesson.name], {name: count for name, (count, _) in ways.items()}, turns)


def draw(lesson: Lesson, sizes: list[int]) -> Curve:
    """How a run grows with the number of submissions."""
    seconds = []
    for size in sizes:
        seconds.append(by_us(lesson, size, jobs=2).wall)
        print(f"{lesson.name} {size} submissions: {seconds[-1]:.1f} s", flush=True)
    return Curve(lesson.name, sizes, seconds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading", description=__doc__)
    number = partial(parser.add_argument, type=int)
    number("--submissions", default=100, help="that we grade in each turn")
    number("--nbgrader", default=11, help="that nbgrader grades in each turn, besides a run with a single one")
    number("--otter", default=3, help="that Otter grades in each turn, where it is installed")
    number("--cells", default=20, help="of which the cells alone are run")
    number("--rounds", default=2, help="turns of every way")
    number("--pairs", default=30, help="submissions graded with and without the sandbox")
    number("--memory", default=4, help="submissions a worker in the runs whose memory is watched")
    number("--curve", nargs="+", default=[10, 100, 1000], help="sizes of runs, rising")
    parser.add_argument("--curve-lesson", choices=LESSONS, default="arrays", help="that the curve is drawn for")
    parser.add_argument("--lessons", nargs="+", choices=LESSONS, default=list(LESSONS), help="to compare")
    parser.add_argument("--readme", type=Path, default=README, help="page to write to")
    return parser


if __name__ == "__main__":
    main()
