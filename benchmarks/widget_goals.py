"""The goals of the views, and what was measured beside each."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field, replace

from benchmarks.widget_drag import Dragged
from benchmarks.widget_latency import Pressed, percentile
from benchmarks.widget_python import Asked, Watched
from benchmarks.widget_sizes import Made, Sizes

_KB = 1000


@dataclass
class Measured:
    """Everything that a run of the benchmark brought; what could not be measured is the reason why, as text.

    Args:
        pressed: by way of showing a picture, what the arrow keys brought.
        dragged: likewise, the drags.
        firsts: likewise, milliseconds from running the cell to its picture; the first in a new kernel stands first.
        asked: the learner's own function.
        watched: the style studio.
        sizes: of modules and outputs.
        made: how long Python takes.
        tests: seconds of the browser tests of the views.
        conditions: load and memory of the machine, in a sentence.
    """

    pressed: dict[str, Pressed] = field(default_factory=dict)
    dragged: dict[str, list[Dragged]] = field(default_factory=dict)
    firsts: dict[str, list[float]] = field(default_factory=dict)
    asked: Asked | str = "not asked for"
    watched: Watched | str = "not asked for"
    sizes: Sizes | None = None
    made: Made | None = None
    tests: float | str = "not asked for"
    conditions: str = ""


@dataclass(frozen=True)
class Goal:
    """One of them.

    Args:
        name: G1 to G11, or a word.
        what: is measured.
        wanted: at least or at most.
        measured: the number.
        met: whether it is reached; None if nobody measured it.
        why: what the other numbers say about it, if it is missed; half a sentence.
    """

    name: str
    what: str
    wanted: str
    measured: str
    met: bool | None
    why: str


def _most(name: str, what: str, value: float, limit: float, unit: str, why: str, digits: int = 0) -> Goal:
    return Goal(name, what, f"≤ {limit:g}{unit}" if limit else "0", f"{value:,.{digits}f}{unit}", value <= limit, why)


def _least(name: str, what: str, value: float, limit: float, why: str, digits: int = 0) -> Goal:
    return Goal(name, what, f"≥ {limit:g}", f"{value:,.{digits}f}", value >= limit, why)


def goals_of(measured: Measured) -> list[Goal]:
    """Goals and figures side by side."""
    goals = [*_speed(measured), *_drag(measured.dragged["view"]), *_quiet(measured.pressed["view"])]
    goals += [_function(measured.asked), *_start(measured), *_size(measured.sizes), *_studio(measured.watched)]
    return [*goals, _tests(measured.tests)]


def _speed(measured: Measured) -> list[Goal]:
    view, other = measured.pressed["view"], measured.pressed["interact"]
    drawn, painted = statistics.median(view.drawn), statistics.median(view.painted)
    why = f"the fastest of {len(view.drawn)} pictures was drawn in {min(view.drawn):.1f} ms"
    return [
        _least("speed", "times as fast to the new picture", statistics.median(other.drawn) / drawn, 20, why),
        _most("G1", "key to new picture drawn, median", drawn, 8, " ms", why, 1),
        _most("G1", "drawn, 95th percentile", percentile(view.drawn, 95), 20, " ms", why, 1),
        _most("G1", "key to new picture painted, median", painted, 17, " ms", why, 1),
        _most("G1", "painted, 95th percentile", percentile(view.painted, 95), 35, " ms", why, 1),
    ]


def _drag(drags: list[Dragged]) -> list[Goal]:
    moved, possible = middle(drags, "moved"), middle(drags, "possible")
    why = f"of {possible:.0f} frames a second, the pointer moved in {moved:.0f}"
    return [
        _least("G2", "new pictures a second while dragging", middle(drags, "frames"), 55, why, 1),
        _most("G2", "gap between them, 95th percentile", middle(drags, "gap"), 20, " ms", why, 1),
    ]


def _quiet(view: Pressed) -> list[Goal]:
    asked = f"the first was {view.requests[0]}" if view.requests else ""
    return [
        _most(
            "quiet", "bytes to and from the kernel while sliding", view.received + view.sent, 0, "", "Python is asked"
        ),
        _most("G5", "network requests while sliding", len(view.requests), 0, "", asked),
    ]


def _function(asked: Asked | str) -> Goal:
    what = "your own function, from click to answer, median"
    if isinstance(asked, str):
        return Goal("G3", what, "≤ 60 ms", "", None, asked)
    return _most("G3", what, asked.answered, 60, " ms", f"the function by itself takes {asked.alone:.1f} ms of it")


def _start(measured: Measured) -> list[Goal]:
    first, *later = measured.firsts["view"]
    made, why, goals = measured.made, "", []
    if made:
        goals = [
            _most(
                "G8", "import of `helpers.widgets`", made.imported, 200, " ms", f"NumPy alone takes {made.numpy:.0f} ms"
            )
        ]
        why = f"`view.html()` takes {made.first_html:.0f} ms of it in a new process and {made.html:.0f} ms later"
    goals.append(_most("G8", "from running the cell to the view, in a new kernel", first, 500, " ms", why))
    return [*goals, _most("G8", "the same, run again, median", statistics.median(later or [first]), 500, " ms", why)]


def _size(sizes: Sizes | None) -> list[Goal]:
    if not sizes:
        return []
    name, largest = max(sizes.own.items(), key=lambda item: item[1])
    why = f"there are {len(sizes.outputs)} views, and none carries more than {max(sizes.carried.values()) / _KB:.0f} KB"
    output, characters = max(sizes.outputs.items(), key=lambda item: item[1])
    carried = f"{sizes.carried[output] / _KB:.0f} KB of it are JavaScript"
    return [
        _most(
            "G7", f"largest of the views' own modules, `{name}`", largest / 1024, 8, " KB", "it should become two", 1
        ),
        _most("G7", "all modules together", sizes.together / 1024, 40, " KB", why),
        _most("G7", f"largest of {len(sizes.outputs)} outputs, {output}", characters / _KB, 80, " KB", carried),
    ]


def _studio(watched: Watched | str) -> list[Goal]:
    if isinstance(watched, str):
        return [Goal("G10", "live optimisation", "", "", None, watched)]
    pace = f"the loop took {watched.steps:.0f} steps a second"
    kept = "the best picture is kept" if watched.kept else "the best picture is lost"
    stop = _most("G10", f"from Interrupt to stop; {kept}", watched.stopped, 500, " ms", kept)
    return [
        _least("G10", "live optimisation, new pictures a second", watched.shown, 5, pace, 1),
        _most("G10", "share of its time spent on showing", watched.share, 5, " %", pace, 1),
        replace(stop, met=stop.met and watched.kept),
    ]


def _tests(seconds: float | str) -> Goal:
    what = "browser tests of all views"
    if isinstance(seconds, str):
        return Goal("G11", what, "≤ 90 s", "", None, seconds)
    return _most("G11", what, seconds, 90, " s", "`pytest --durations=20` names the slowest")


def middle(drags: list[Dragged], which: str) -> float:
    """The median of one of the figures of several drags."""
    return float(statistics.median(getattr(drag, which) for drag in drags))
