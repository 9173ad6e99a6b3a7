"""A slider that is dragged: how many new pictures a second."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass

from benchmarks.widget_lab import SHOWN, Screen
from benchmarks.widget_latency import HANDLE, STEPS, percentile

_TRACK = ".jp-OutputArea-output input[type=range], .jp-OutputArea-output .noUi-base"
_THUMB = 8  # CSS pixels from the slider's end to the middle of its thumb


@dataclass
class Dragged:
    """What dragging at up to 60 moves a second brought.

    Args:
        frames: a second, frames with a new picture.
        possible: a second, frames that the browser made meanwhile.
        moved: a second, frames in which the pointer moved.
        gap: milliseconds between new pictures, 95th percentile.
        settled: milliseconds from the last move to the last picture.
    """

    frames: float
    possible: float
    moved: float
    gap: float
    settled: float


def drag(screen: Screen, seconds: float) -> Dragged:
    """Drag the slider to and fro, a step with each move; a move follows as soon as the page has taken the last one.

    A page takes one move a frame, 60 a second if nothing holds it up: moves at a clock of their own would now and then
    put two into a frame and none into the next.
    """
    screen.front()
    screen.lab.bring_into_view(SHOWN)
    page, mouse = screen.page, screen.page.mouse
    box = page.locator(_TRACK).first.bounding_box()
    assert box is not None
    thumb = _THUMB if screen.kind == "canvas" else 0  # the track of ipywidgets ends where its thumb's middle does
    left, width, y = box["x"] + thumb, box["width"] - 2 * thumb, box["y"] + box["height"] / 2
    handle = page.locator(HANDLE).first.bounding_box() or box
    if screen.kind == "image":
        mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    else:
        mouse.move(left, y)
    mouse.down()
    mouse.move(left, y)
    page.wait_for_timeout(1500)
    page.evaluate("() => { rfWatch.clear(); rfWatch.count() }")
    over = time.perf_counter() + seconds
    while time.perf_counter() < over:
        for end in (left + width, left):
            mouse.move(end, y, steps=STEPS)
    page.evaluate("() => (rfWatch.counting = false)")
    page.wait_for_timeout(1500)
    mouse.up()
    watched = page.evaluate("() => ({ pictures: rfWatch.pictures, moves: rfWatch.moves, frames: rfWatch.frames })")
    return summary(watched["pictures"], watched["moves"], watched["frames"])


def summary(pictures: list[dict[str, float]], moves: list[float], frames: list[float]) -> Dragged:
    """Of one drag, from what the page watched; all times in milliseconds.

    Args:
        pictures: that changed, each with its "frame" and when it was "drawn".
        moves: when the pointer moved.
        frames: when the browser made one.
    """
    seconds = (moves[-1] - moves[0]) / 1000
    during = sorted({one["frame"] for one in pictures if one["drawn"] <= moves[-1] + 20})
    gaps = [after - before for before, after in itertools.pairwise(during)]
    with_moves = {next((frame for frame in frames if frame >= move), 0) for move in moves}
    late = max((one["drawn"] - moves[-1] for one in pictures), default=0.0)
    return Dragged(
        frames=len(during) / seconds,
        possible=len([frame for frame in frames if moves[0] <= frame <= moves[-1]]) / seconds,
        moved=len(with_moves) / seconds,
        gap=percentile(gaps, 95) if gaps else float("inf"),
        settled=max(0.0, late),
    )
