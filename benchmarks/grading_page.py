"""The section of the page about grading: tables, goals, and a small chart."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.grading_sandbox import SandboxCost
from benchmarks.grading_ways import Spent

CPU_GOAL = 0.25  # seconds a submission beyond the cells' own
SANDBOX_GOAL = 50.0  # milliseconds a submission
MEMORY_GOALS = (1200.0, 250.0)  # MB: of the first worker, and of each further one
_NAMES = {
    "nbgrader": "`nbgrader autograde`",
    "otter": "`otter run`",
    "one": "`python -m grader grade --jobs 1`",
    "two": "`python -m grader grade --jobs 2`",
    "cells": "the cells alone, warm",
}
_TITLES = {"vision": "TensorFlow", "arrays": "NumPy only"}
_WIDTH = 40


@dataclass(frozen=True)
class Comparison:
    """What the ways took for one lesson.

    Args:
        lesson: its name.
        goal: how many times nbgrader's throughput ours should have.
        counts: how many submissions each way graded in a turn.
        turns: by turn and way, seconds of one submission.
    """

    lesson: str
    goal: float
    counts: Mapping[str, int]
    turns: list[dict[str, Spent]]

    def mean(self, way: str) -> Spent:
        """Of all turns."""
        return Spent(
            statistics.mean(turn[way].wall for turn in self.turns),
            statistics.mean(turn[way].cpu for turn in self.turns),
        )


@dataclass(frozen=True)
class Curve:
    """Seconds of whole runs by number of submissions, smallest first."""

    lesson: str
    sizes: list[int]
    seconds: list[float]

    def slopes(self) -> list[float]:
        """Seconds of each further submission, from one size to the next."""
        steps = zip(self.sizes, self.sizes[1:], self.seconds, self.seconds[1:], strict=False)
        return [(long - short) / (more - less) for less, more, short, long in steps]


def page(
    comparisons: list[Comparison],
    sandbox: Mapping[str, SandboxCost],
    memory: Mapping[str, tuple[float, float]],
    curve: Curve,
    way: str,
) -> str:
    """The section as Markdown."""
    parts = [_comparison(one) for one in comparisons]
    parts.append(f"{way}. The start of the program is part of all figures but those of the cells alone.")
    parts.append(_sandbox(sandbox))
    parts.append(_memory(memory))
    parts.append(_curve(curve))
    return "\n\n".join(parts)


def _comparison(one: Comparison) -> str:
    rows = [
        f"### {_TITLES[one.lesson]}",
        "",
        "| way of grading | submissions | wall s a submission | CPU s a submission |",
        "|---|---:|---:|---:|",
    ]
    for way, name in _NAMES.items():
        if way in one.counts:
            mean = one.mean(way)
            rows.append(f"| {name} | {one.counts[way]} | {mean.wall:.3f} | {mean.cpu:.3f} |")
        else:
            rows.append(f"| {name} | not installed here | | |")
    ratios = [turn["nbgrader"].wall / turn["two"].wall for turn in one.turns]
    beyond = [turn["two"].cpu - turn["cells"].cpu for turn in one.turns]
    rows += [
        "",
        f"- Throughput: {statistics.mean(ratios):.1f} times nbgrader's (by turn {_each(ratios, 1)}); the goal is "
        f"{one.goal:.0f} times.",
        f"- CPU beyond the cells' own: {statistics.mean(beyond):.2f} s a submission (by turn {_each(beyond, 2)}); the "
        f"goal is {CPU_GOAL} s.",
        f"- nbgrader graded {one.counts['nbgrader']} of the {one.counts['two']} submissions, and a single one, to tell "
        f"its start from the rest; its row is reckoned for {one.counts['two']}.",
    ]
    return "\n".join(rows)


def _sandbox(costs: Mapping[str, SandboxCost]) -> str:
    rows = [
        "### The sandbox",
        "",
        f"Each submission was graded with and without it, in turns; the goal is at most {SANDBOX_GOAL:.0f} ms. Without "
        "it each process still has a keeper that counts and ends what it starts, so the difference may even be "
        "negative; a submission starts two processes.",
        "",
        "| lesson | added to a submission (quartiles) | start of a process: median, 90th percentile | without it |",
        "|---|---:|---:|---:|",
    ]
    for lesson, cost in costs.items():
        low, middle, high = statistics.quantiles(cost.added, n=4, method="inclusive")
        spawns, bare = ", ".join(_two(cost.spawns)), ", ".join(_two(cost.bare_spawns))
        rows.append(
            f"| {_TITLES[lesson]} | {middle:.0f} ms ({low:.0f} to {high:.0f}, n = {len(cost.added)}) | {spawns} | "
            f"{bare} |"
        )
    return "\n".join(rows)


def _memory(peaks: Mapping[str, tuple[float, float]]) -> str:
    first, further = MEMORY_GOALS
    rows = [
        "### Memory",
        "",
        f"Peak of all processes of a run, shared pages counted once; the goals are {first:.0f} MB and {further:.0f} "
        "MB.",
        "",
        "| lesson | one submission at a time | each further one at the same time |",
        "|---|---:|---:|",
    ]
    rows += [f"| {_TITLES[lesson]} | {one:.0f} MB | {more:.0f} MB |" for lesson, (one, more) in peaks.items()]
    return "\n".join(rows)


def _curve(curve: Curve) -> str:
    """Bars of seconds for each further submission: all of one length if the grader is linear."""
    slopes = curve.slopes()
    start = curve.seconds[0] - curve.sizes[0] * slopes[0]
    longest = max(*slopes, 1e-9)
    rows = [
        "### The curve",
        "",
        f"{_TITLES[curve.lesson]}, two at a time. The start takes {start:.1f} s; after that it should be linear.",
        "",
        "| submissions | whole run | each further submission |  |",
        "|---:|---:|---:|---|",
        f"| {curve.sizes[0]} | {curve.seconds[0]:.1f} s | | |",
    ]
    for size, seconds, slope in zip(curve.sizes[1:], curve.seconds[1:], slopes, strict=True):
        bar = "█" * max(1, round(_WIDTH * slope / longest))
        rows.append(f"| {size} | {seconds:.1f} s | {slope:.3f} s | {bar} |")
    return "\n".join(rows)


def _two(values: list[float]) -> tuple[str, str]:
    tenths = statistics.quantiles(values, n=10, method="inclusive")
    return f"{tenths[4]:.0f} ms", f"{tenths[8]:.0f} ms"


def _each(values: list[float], digits: int) -> str:
    return ", ".join(f"{value:.{digits}f}" for value in values)
