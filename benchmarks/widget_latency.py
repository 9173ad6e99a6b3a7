"""From a slider to the new picture: the view beside `interact` with a matplotlib figure, in turns on one browser."""

from __future__ import annotations

import random
import statistics
from dataclasses import dataclass, field

from playwright.sync_api import TimeoutError as TookTooLong

from benchmarks.widget_lab import Screen

_SETUP = """import numpy as np
from helpers import data, widgets
from helpers.widgets.pictures import sheet

photo = data.photograph("rocket")[:, 64:320]  # 256 x 256"""
_SETUP_INTERACT = f"""{_SETUP}
import ipywidgets
from matplotlib import pyplot as plt

values = sheet(photo).values  # the same numbers as in the view
across = np.outer([1, 2, 1], [1, 0, -1])

def show(angle):
    turn = np.radians(angle)
    kernel = np.cos(turn) * across + np.sin(turn) * across.T
    height, width = values.shape
    output = sum(kernel[i, j] * values[i : height - 2 + i, j : width - 2 + j] for i in range(3) for j in range(3))
    limit = np.abs(output).max()
    figure, axes = plt.subplots(1, 2, figsize=(9, 4.5), layout="constrained")
    axes[0].imshow(values, cmap="gray")
    axes[1].imshow(output, cmap="PuOr_r", vmin=-limit, vmax=limit)
    plt.show()"""
_SLIDER = "ipywidgets.interact(show, angle=ipywidgets.IntSlider(min=0, max=355, step=5, value=0));"

# By name: the notebook's cells, and what its pictures are.
WAYS = {
    "view": ((_SETUP, "widgets.filter_playground(photo, cell=(0, 0))"), "canvas"),
    "interact": ((_SETUP_INTERACT, _SLIDER), "image"),
}
HANDLE = ".jp-OutputArea-output input[type=range], .jp-OutputArea-output .noUi-handle"
STEPS = 71  # of the slider
_A_TURN = 4  # presses before the other has its turn
_MOST_MISSES = 5


@dataclass
class Pressed:
    """What the arrow keys brought: milliseconds from the key to the new picture, and bytes and requests a picture.

    Args:
        drawn: until it was drawn or decoded.
        painted: until its frame was painted.
        received: bytes from the kernel, of all pictures.
        sent: bytes to the kernel, of all pictures.
        requests: to the network, of all pictures.
        misses: presses that changed no picture in 20 seconds.
    """

    drawn: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    received: int = 0
    sent: int = 0
    requests: list[str] = field(default_factory=list)
    misses: int = 0


def press_in_turns(screens: list[Screen], pictures: int) -> dict[str, Pressed]:
    """Press an arrow key until each has changed its picture so often; the first turn of each only warms it up."""
    results = {screen.name: Pressed() for screen in screens}
    position = dict.fromkeys(results, 0)
    warm: set[str] = set()
    while any(len(result.drawn) < pictures for result in results.values()):
        for screen in random.sample(screens, len(screens)):
            screen.front()
            screen.page.locator(HANDLE).first.focus()
            into = results[screen.name] if screen.name in warm else Pressed()
            for _ in range(_A_TURN):
                key = "ArrowRight" if position[screen.name] // (STEPS - 3) % 2 == 0 else "ArrowLeft"
                position[screen.name] += 1
                _press(screen, key, into)
            warm.add(screen.name)
            if into.misses > _MOST_MISSES:
                raise RuntimeError(f"{screen.name}: the picture does not change when an arrow key is pressed")
    return results


def _press(screen: Screen, key: str, into: Pressed) -> None:
    page = screen.page
    page.evaluate("() => { rfWatch.clear(); rfWatch.key = 0 }")
    screen.traffic.clear()
    page.keyboard.press(key)
    try:
        pressed = float(page.evaluate("() => rfWatch.key"))
        picture = screen.wait_for_picture(pressed)
    except TookTooLong:
        into.misses += 1
        return
    page.wait_for_timeout(250)  # what belongs to this picture but comes after it
    into.drawn.append(picture["drawn"] - pressed)
    into.painted.append(picture["painted"] - pressed)
    into.received += screen.traffic.received
    into.sent += screen.traffic.sent
    into.requests += screen.traffic.requests


def percentile(values: list[float], which: int) -> float:
    """Of a few values; the only one if there is no other."""
    return values[0] if len(values) == 1 else statistics.quantiles(values, n=100, method="inclusive")[which - 1]
