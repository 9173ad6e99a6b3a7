"""The section of the page about the views: figures side by side, goals, and a sentence on each that is missed."""

from __future__ import annotations

import statistics

from benchmarks.widget_goals import Goal, Measured, goals_of, middle
from benchmarks.widget_latency import percentile
from benchmarks.widget_sizes import Sizes

_NAMES = {"view": "`filter_playground`", "interact": "`interact` and matplotlib"}
_KB = 1000


def page(measured: Measured) -> str:
    """All figures as Markdown."""
    goals = goals_of(measured)
    parts = [
        "\n".join(_comparison(measured)),
        "Drawn is when the canvas had the picture or the image was decoded, painted when the frame with it was done. "
        "Only pictures that changed are counted, by all their dots.",
        "\n".join(_table(goals)),
        "\n".join(_missed(goals)),
        "G4 (without a kernel), G6 (for everyone), G9 (right numbers) and G12 (between a question and a check) are "
        "proved by the tests in `tests/browser/widgets` and `tests/helpers/widgets`.",
        "\n".join(_weights(measured.sizes)),
        measured.conditions,
    ]
    return "\n\n".join(part for part in parts if part)


def _table(goals: list[Goal]) -> list[str]:
    states = {True: "met", False: "missed", None: "not measured"}
    rows = [f"| {one.name} | {one.what} | {one.wanted} | {one.measured} | {states[one.met]} |" for one in goals]
    return ["| goal | what | wanted | measured | |", "|---|---|---:|---:|---|", *rows]


def _missed(goals: list[Goal]) -> list[str]:
    """A sentence for each goal that is missed, and for each that was not measured."""
    sentences: dict[tuple[str, str], list[str]] = {}
    for one in goals:
        if one.met is None:
            sentences[one.name, one.why] = [f"{one.what} was not measured"]
        elif not one.met:
            said = sentences.setdefault((one.name, one.why), [])
            said.append(f"{one.what} is {one.measured}, wanted was {one.wanted}")
    lines = [f"- {name}: {'; '.join(said)}. {why[:1].upper()}{why[1:]}." for (name, why), said in sentences.items()]
    return lines or ["No goal is missed."]


def _comparison(measured: Measured) -> list[str]:
    rows = [
        "| | drawn: median, 95 % | painted: median, 95 % | from and to the kernel | while dragging | after it |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, pressed in measured.pressed.items():
        drags = measured.dragged[name]
        times = [
            f"{statistics.median(one):.1f} ms, {percentile(one, 95):.1f} ms" for one in (pressed.drawn, pressed.painted)
        ]
        traffic = [f"{data / len(pressed.drawn) / _KB:.0f} KB" for data in (pressed.received, pressed.sent)]
        drag = f"{middle(drags, 'frames'):.1f} pictures a second | {middle(drags, 'settled'):.0f} ms"
        rows.append(
            f"| {_NAMES[name]} (n = {len(pressed.drawn)}) | {' | '.join(times)} | {', '.join(traffic)} | {drag} |"
        )
    return rows


def _weights(sizes: Sizes | None) -> list[str]:
    if not sizes or not sizes.outputs:
        return []
    rows = ["| view | output | JavaScript in it |", "|---|---:|---:|"]
    rows += [
        f"| {name} | {size / _KB:.1f} KB | {sizes.carried[name] / _KB:.1f} KB |" for name, size in sizes.outputs.items()
    ]
    return [*rows, "", f"The style sheet has {sizes.style / _KB:.1f} KB, of which a view carries what it may need."]
