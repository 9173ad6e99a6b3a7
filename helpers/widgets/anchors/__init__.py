"""Anchor boxes: which cell and anchor an object belongs to, where two meet, and anchors that follow their boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers import plots
from helpers.overlap import shared_parts

from ..pictures import numbers, whole
from ..view import View

MOST_OBJECTS, MOST_ANCHORS, MOST_SHAPES, FINEST = 6, 5, 600, 7
CLASSES = 3  # pedestrian, car, motorcycle: with p_c and four numbers of the box, 8 numbers a slot
# Narrower than 0.25, the car goes to the tall anchor; whichever side was pulled, its midpoint is still in the cell.
EXAMPLE = {"car": (0.27, 0.42, 0.73, 0.7), "pedestrian": (0.43, 0.28, 0.57, 0.84)}
TALL_AND_WIDE = ((0.16, 0.46), (0.48, 0.22))
_MARKERS = "osD^v"


@dataclass(frozen=True)
class Slots:
    """Where objects go.

    Args:
        overlaps: (m, k), shape overlap of each object with each anchor, 0 to 1.
        places: (m, 3), row, column and anchor of each object.
        clashes: groups of objects, by index, that want the same place.
    """

    overlaps: np.ndarray
    places: np.ndarray
    clashes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Pull:
    """One step of anchors towards their boxes.

    Args:
        nearest: (n,), the anchor that each shape overlaps best; the first of equals.
        mean: overlap with the nearest anchor, mean over the shapes.
        moved: (k, 2), each anchor at the mean of its shapes; one without shapes stays.
    """

    nearest: np.ndarray
    mean: float
    moved: np.ndarray


def anchor_explorer(boxes: ArrayLike | None = None, anchors: ArrayLike | None = None, *, grid: int = 3) -> View:
    """Give objects to cells and anchors, make two of them meet, and let anchors follow the shapes of many boxes.

    Args:
        boxes: (m, 4), x1, y1, x2, y2 as parts of the picture, 0 to 1. The first six stand on the picture, the shapes
            of all (at most 600) in the cloud. Left out: a car and a pedestrian with one midpoint, and 150 shapes that
            were made up for the example.
        anchors: (k, 2), width and height as parts of the picture; one to five. Left out: a tall and a wide one.
        grid: cells a side, 1 to 7.

    Raises:
        ValueError: these are no boxes, anchors or number of cells.
    """
    cells = whole(grid, "grid", 1, FINEST)
    if boxes is None:
        names, objects, shapes = list(EXAMPLE), np.array(list(EXAMPLE.values())), _made_up_shapes()
    else:
        every = _checked_boxes(boxes)
        objects = every[:MOST_OBJECTS]
        names, shapes = [f"object {index}" for index in range(len(objects))], (every[:, 2:] - every[:, :2]).round(4)
    first = _checked_anchors(TALL_AND_WIDE if anchors is None else anchors)
    seen, step = slots(objects, first, cells), pull(shapes, first)
    state = {
        "names": names,
        "boxes": objects.tolist(),
        "anchors": first.tolist(),
        "shapes": shapes.tolist(),
        "grid": cells,
        "classes": CLASSES,
    }
    alt = describe(names, seen, step, cells)
    return View(
        "anchors", "Anchor explorer", state, alt, lambda: _draw(names, objects, first, shapes, cells, seen, step)
    )


def slots(boxes: np.ndarray, anchors: np.ndarray, grid: int) -> Slots:
    """Cell and anchor of each object: boxes (m, 4) and anchors (k, 2) as parts of the picture, grid cells a side."""
    overlaps = alike(boxes[:, 2:] - boxes[:, :2], anchors)
    lines = np.arange(1, grid) / grid  # a midpoint lies in the cell after all the lines that it has passed
    passed = ((boxes[:, :2] + boxes[:, 2:])[:, None] / 2 >= lines[None, :, None]).sum(axis=1)
    places = np.column_stack([passed[:, 1], passed[:, 0], overlaps.argmax(axis=1)])
    groups: dict[tuple[int, ...], list[int]] = {}
    for index, place in enumerate(places.tolist()):
        groups.setdefault(tuple(place), []).append(index)
    return Slots(overlaps, places, tuple(tuple(group) for group in groups.values() if len(group) > 1))


def alike(shapes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How much widths and heights (n, 2) share with others (m, 2), (n, m), if all hang at one corner.

    Hung at one corner, two shapes share as much as with one centre.
    """
    hung, others_hung = (np.concatenate([np.zeros_like(those), those], axis=1) for those in (shapes, others))
    return shared_parts(hung, others_hung)


def pull(shapes: np.ndarray, anchors: np.ndarray) -> Pull:
    """One step: shapes (n, 2) choose among anchors (k, 2), and each anchor moves to the mean of those that chose it."""
    table = alike(shapes, anchors)
    chose = np.eye(len(anchors))[table.argmax(axis=1)]
    count = chose.sum(axis=0)
    means = np.einsum("nk,nc->kc", chose, shapes) / np.maximum(count, 1)[:, None]
    return Pull(table.argmax(axis=1), float(table.max(axis=1).mean()), np.where(count[:, None] > 0, means, anchors))


def _made_up_shapes() -> np.ndarray:
    """150 widths and heights as a street might give them, of 60 pedestrians, 60 cars and 30 motorcycles."""
    rng = np.random.default_rng(3)
    kinds = [(60, 0.13, 0.44), (60, 0.46, 0.21), (30, 0.26, 0.25)]
    far = [np.exp(rng.normal(0, 0.22, (count, 1)) + rng.normal(0, 0.13, (count, 2))) for count, _, _ in kinds]
    drawn = [spread * (width, height) for spread, (_, width, height) in zip(far, kinds, strict=True)]
    return np.asarray(np.concatenate(drawn).clip(0.02, 0.98).round(3))


def _checked_boxes(boxes: ArrayLike) -> np.ndarray:
    array: np.ndarray = numbers(boxes, "boxes array", (2,))
    if array.shape[1] != 4:
        raise ValueError(f"the boxes have the shape {array.shape}: expected (m, 4), with x1, y1, x2, y2 in each row")
    if len(array) > MOST_SHAPES:
        raise ValueError(f"there are {len(array)} boxes: expected at most {MOST_SHAPES}; give some of them")
    if array.min() < 0 or array.max() > 1:
        raise ValueError(
            f"the boxes reach from {array.min():g} to {array.max():g}: expected parts of the picture, 0 to 1; "
            "divide pixels by the picture's width and height"
        )
    array = array.round(4)
    wrong = np.flatnonzero((array[:, 2:] <= array[:, :2]).any(axis=1))
    if len(wrong):
        raise ValueError(
            f"box {wrong[0]} is {array[wrong[0]].tolist()}: expected x1, y1, x2, y2 with x1 < x2 and y1 < y2"
        )
    return array


def _checked_anchors(anchors: ArrayLike) -> np.ndarray:
    array: np.ndarray = numbers(anchors, "anchors array", (2,)).round(4)
    if array.shape[1] != 2 or len(array) > MOST_ANCHORS:
        raise ValueError(
            f"the anchors have the shape {array.shape}: expected (k, 2), with width and height in each of 1 to "
            f"{MOST_ANCHORS} rows"
        )
    if array.min() <= 0 or array.max() > 1:
        raise ValueError(
            f"the anchors reach from {array.min():g} to {array.max():g}: "
            "expected parts of the picture, above 0 and up to 1"
        )
    return array


def describe(names: list[str], seen: Slots, step: Pull, grid: int) -> str:
    """The view in words, for the alt text."""
    rows = zip(names, seen.places.tolist(), seen.overlaps, strict=True)
    parts = [
        f"{name} goes to row {row}, column {column}, anchor {anchor} (shape overlap {shares[anchor]:.2f})"
        for name, (row, column, anchor), shares in rows
    ]
    clash = "; ".join(" and ".join(names[index] for index in group) + " want the same slot" for group in seen.clashes)
    return (
        f"Objects on a grid of {grid} by {grid} cells with {seen.overlaps.shape[1]} anchors: {'; '.join(parts)}. "
        f"{clash or 'No two objects want the same slot'}. Beside it, {len(step.nearest)} shapes by width and height, "
        f"which overlap their nearest anchor by {step.mean:.2f} on average."
    )


def _draw(
    names: list[str],
    boxes: np.ndarray,
    anchors: np.ndarray,
    shapes: np.ndarray,
    grid: int,
    seen: Slots,
    step: Pull,
) -> Any:
    from matplotlib.patches import Rectangle

    fig, axes = plots.figure(2, width=4.4, height=4.3)
    picture, plane = axes[0]
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85}
    clashing = {index for group in seen.clashes for index in group}
    for index, (name, box) in enumerate(zip(names, boxes, strict=True)):
        colour = plots.LINES[seen.places[index, 2]]
        picture.add_patch(
            Rectangle(box[:2], *(box[2:] - box[:2]), edgecolor=colour, facecolor=f"{colour}22", linewidth=2.5)
        )
        mark = ", same slot!" if index in clashing else ""
        picture.text(
            *box[:2], f"{name}: anchor {seen.places[index, 2]}{mark}", fontsize=9, va="bottom", color=colour, bbox=paper
        )
        picture.plot(*(box[:2] + box[2:]) / 2, "o", color="#b8004e", zorder=4)
    picture.set_title("objects: the midpoint chooses the cell", fontsize=10)
    for index, (width, height) in enumerate(anchors):
        colour, mine = plots.LINES[index], shapes[step.nearest == index]
        plane.plot(mine[:, 0], mine[:, 1], _MARKERS[index], markersize=4, alpha=0.6, color=colour)
        plane.add_patch(Rectangle((0, 0), width, height, fill=False, edgecolor=colour, linestyle="--", linewidth=2))
        plane.text(
            width + 0.02, height + 0.05, f"anchor {index}", fontsize=10, fontweight="bold", color=colour, bbox=paper
        )
    plane.set_title(f"shapes: mean overlap {step.mean:.2f}", fontsize=10)
    plane.set(xlabel="width", ylabel="height")
    for axis in (picture, plane):
        axis.set(xlim=(0, 1), ylim=(1, 0), aspect="equal")
    picture.set(xticks=np.arange(grid + 1) / grid, yticks=np.arange(grid + 1) / grid, xticklabels=[], yticklabels=[])
    picture.grid(color="0.6")
    return fig
