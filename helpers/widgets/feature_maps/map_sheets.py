"""Many feature maps as one small picture a layer, with numbers that are known to within half a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..pictures import encoded, rounded

MOST = 64  # channels of a layer at most
# What is given up for a small file, bit by bit: pixels on the longer side, levels, channels. A PNG of 31 levels is as
# small as a JPEG of quality 85, and errs by 1.7 % of the largest value at most, not by 9 %. Odd, so that 0 is a level.
_QUALITIES = (
    (48, 255, 64), (48, 63, 64), (48, 31, 64), (40, 31, 64), (32, 31, 64), (28, 31, 64), (24, 31, 64), (24, 31, 48),
    (24, 31, 32), (24, 15, 32), (20, 15, 32), (20, 15, 24), (16, 15, 24), (16, 15, 16), (12, 15, 16), (8, 15, 8),
)  # fmt: skip


@dataclass(frozen=True)
class MapSheet:
    """The maps of one layer for one picture, as the browser will see them.

    Args:
        name: the layer's.
        shape: (n_H, n_W, n_C) of the layer.
        numbers: which channels these are, the strongest by mean absolute value first.
        side: each dot is the mean over side x side activations (fewer at the right and lower border).
        values: (rows, columns, channels); an activation's mean, to within `step` / 2 of its channel.
        steps: distance of two levels of a channel, (channels,).
        peaks: for each channel the row, column and value of its largest activation by absolute value, before any mean.
        state: the same as JSON data, for `readMaps` in feature_maps/map_sheets.js.
    """

    name: str
    shape: tuple[int, int, int]
    numbers: list[int]
    side: int
    values: np.ndarray
    steps: np.ndarray
    peaks: list[tuple[int, int, float]]
    state: dict[str, Any]


def sheets_of(pictures: Mapping[str, Mapping[str, np.ndarray]], room: int) -> dict[str, list[MapSheet]]:
    """Pack all maps of all layers and pictures, each as well as the room allows.

    Args:
        pictures: for each picture its layers by name, each (n_H, n_W, n_C) float64, all with the same channels.
        room: characters for all of it.

    Returns:
        For each picture's name its layers.
    """
    orders = strongest(pictures)
    layers = list(orders)
    jobs = sorted(
        ((name, layer) for name in pictures for layer in layers), key=lambda job: pictures[job[0]][job[1]].size
    )
    packed = {}
    for done, (name, layer) in enumerate(jobs):  # small ones first: what they leave is shared by the larger ones
        share = room // (len(jobs) - done)
        packed[name, layer] = _packed(layer, pictures[name][layer], orders[layer], share)
        room -= _length(packed[name, layer])
    return {name: [packed[name, layer] for layer in layers] for name in pictures}


def strongest(pictures: Mapping[str, Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """By layer, the numbers of the channels that may be shown, the most active in all pictures first."""
    first = next(iter(pictures.values()))
    activity = {
        layer: np.mean([np.abs(stack[layer]).mean(axis=(0, 1)) for stack in pictures.values()], axis=0)
        for layer in first
    }
    return {layer: np.argsort(-active, kind="stable")[:MOST] for layer, active in activity.items()}


def _length(sheet: MapSheet) -> int:
    return len(str(sheet.state))


def _packed(name: str, stack: np.ndarray, order: np.ndarray, room: int) -> MapSheet:
    """The best that fits, found by halving, for encoding takes time."""
    best, worst = 0, len(_QUALITIES) - 1
    while best < worst:
        middle = (best + worst) // 2
        if _length(_at(middle, name, stack, order)) <= room:
            worst = middle
        else:
            best = middle + 1
    return _at(best, name, stack, order)


def _at(quality: int, name: str, stack: np.ndarray, order: np.ndarray) -> MapSheet:
    longest, levels, many = _QUALITIES[quality]
    return _sheet(name, stack, order[:many], longest, levels)


def _sheet(name: str, stack: np.ndarray, order: np.ndarray, longest: int, levels: int) -> MapSheet:
    side = -(-max(stack.shape[:2]) // longest)
    chosen = stack[:, :, order]
    maps = means(chosen, side)
    limits = np.abs(maps).max(axis=(0, 1))
    signed = maps.min(axis=(0, 1)) < 0
    steps = np.array([rounded(step, 6) for step in limits / np.where(signed, (levels - 1) // 2, levels - 1)])
    middles = np.where(signed, (levels - 1) // 2, 0)
    dots = np.round(maps / np.where(steps > 0, steps, 1) + middles).clip(0, levels - 1).astype(np.uint8)
    across = int(np.ceil(np.sqrt(len(order))))
    url, seen = encoded(_tiled(dots, across), largest=10_000, exact=True)
    values = (_untiled(seen, dots.shape, across).astype(np.float64) - middles) * steps
    flat = np.abs(chosen).reshape(-1, len(order)).argmax(axis=0)
    rows, columns = np.unravel_index(flat, stack.shape[:2])
    peaks = [
        (int(row), int(column), float(chosen[row, column, at]))
        for at, (row, column) in enumerate(zip(rows, columns, strict=True))
    ]
    activity = np.abs(chosen).mean(axis=(0, 1))
    state = {
        "name": name,
        "shape": list(stack.shape),
        "side": side,
        "size": list(maps.shape[:2]),
        "across": across,
        "picture": url,
        "channels": [
            [int(number), float(steps[at]), int(middles[at]), rounded(activity[at]), *peaks[at][:2],
             rounded(peaks[at][2])]
            for at, number in enumerate(order)
        ],
    }  # fmt: skip
    shape = (int(stack.shape[0]), int(stack.shape[1]), int(stack.shape[2]))
    return MapSheet(name, shape, [int(number) for number in order], side, values, steps, peaks, state)


def means(stack: np.ndarray, side: int) -> np.ndarray:
    """The mean over each side x side block of each map, (ceil(n_H / side), ceil(n_W / side), n_C)."""
    if side == 1:
        return stack
    starts = [np.arange(0, n, side) for n in stack.shape[:2]]
    sums = np.add.reduceat(np.add.reduceat(stack, starts[0], axis=0), starts[1], axis=1)
    counts = [np.diff(np.append(start, n)) for start, n in zip(starts, stack.shape[:2], strict=True)]
    return np.asarray(sums / (counts[0][:, None] * counts[1])[:, :, None])


def _tiled(dots: np.ndarray, across: int) -> np.ndarray:
    rows, columns, many = dots.shape
    down = -(-many // across)
    sheet = np.zeros((down * across, rows, columns), np.uint8)
    sheet[:many] = dots.transpose(2, 0, 1)
    return np.asarray(sheet.reshape(down, across, rows, columns).swapaxes(1, 2).reshape(down * rows, across * columns))


def _untiled(sheet: np.ndarray, shape: tuple[int, ...], across: int) -> np.ndarray:
    rows, columns, many = shape
    tiles = sheet.reshape(-1, rows, across, columns).swapaxes(1, 2).reshape(-1, rows, columns)
    return np.asarray(tiles[:many].transpose(1, 2, 0))
