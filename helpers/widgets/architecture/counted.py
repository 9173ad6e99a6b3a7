"""What each layer of a stack makes of the volume that reaches it: counted, and told as text.

Nothing is worked out by a formula here: windows are counted one by one, parameters are the places of arrays that are
never filled, and a receptive field is followed back from one cell to the pixels it begins and ends at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from helpers.shifts import fitting

from .specs import NAMES, WINDOWED, Layer, read_layers, read_shape
from .stack_words import Line, Stacked, counted, result_of


def stacked(specs: Any, input_shape: Any) -> Stacked:
    """What `architecture_explorer` shows of a stack; arguments and errors are the same, but no name of a network.

    Returns:
        Text, as people read it: "28 x 28 x 6", "61,706".
    """
    layers, volume = arriving(specs, input_shape)
    walk = _Walk(volume)
    lines = [walk.past(layer) for layer in layers]
    owned, made = ([part / (sum(counts) or 1) for part in counts] for counts in walk.counts)
    shares = zip(owned, made, strict=True)
    told = tuple(replace(line, shares=pair) for line, pair in zip(lines, shares, strict=True))
    return Stacked(told, result_of(told, *(sum(counts) for counts in walk.counts)))


def arriving(specs: Any, input_shape: Any) -> tuple[list[Layer], list[int]]:
    """Layers and input as the view holds them; a flatten layer is put in where a dense one follows a volume.

    Raises:
        ValueError: something cannot be understood, or a spec expects other numbers than those that arrive.
    """
    volume, layers = read_shape(input_shape), list[Layer]()
    walk = _Walk(volume)
    for number, (layer, expected) in enumerate(read_layers(specs), 1):
        if layer["kind"] == "dense" and len(walk.volume) == 3:
            layers.append({"kind": "flatten"})
            walk.past(layers[-1])
        if expected is not None and not walk.stopped and expected != walk.volume[-1]:
            key, here = "n_in" if layer["kind"] == "dense" else "n_C_prev", walk.volume[-1]
            raise ValueError(f"{key} of layer {number} is {expected!r}, but {here} arrive: change it, or leave it out")
        layers.append(layer)
        walk.past(layer)
    return layers, volume


class _Walk:
    """A volume on its way through layers.

    Args:
        volume: (n_H, n_W, n_C) at first, one number once it is flat.
    """

    def __init__(self, volume: Sequence[int]) -> None:
        self.volume = list(volume)
        self.stopped = False
        self.counts: tuple[list[int], list[int]] = ([], [])  # parameters and multiplications
        self._windows: list[Layer] = []
        self._sides = [self.volume[:2]]  # rows and columns of the input, and after each window
        self._all = False  # whether a number depends on every pixel
        self._together = False  # whether a number depends on all places at once

    def past(self, layer: Layer) -> Line:
        """Go through one more layer, and tell about it; after one that does not fit, there is nothing to tell."""
        name = NAMES[layer["kind"]]
        problem = "" if self.stopped else _problem(layer, self.volume)
        self.stopped = self.stopped or bool(problem)
        if self.stopped:
            for counts in self.counts:
                counts.append(0)
            return Line(name, problem=problem)
        owned, made = (f"{count:,}" for count in self._through(layer))
        output = " x ".join(f"{n:,}" for n in self.volume)
        if layer["kind"] in ("dense", "global"):
            self._together = True
        fields = [len(_reach(self._windows, 0, cells - 1 if self._together else 0)) for cells in self._sides[-1]]
        sees = " x ".join(f"{field:,}" for field in dict.fromkeys(fields))
        if self._all or (layer["kind"] == "dense" and self._all_seen()):
            self._all, sees = True, "all"
        apart = _reach(self._windows, 1, 1).start - _reach(self._windows, 0, 0).start
        return Line(name, output, owned, made, sees, "" if len(self.volume) == 1 else f"{apart:,}")

    def _all_seen(self) -> bool:
        """Whether each pixel lies in some window of some window ...: followed back pixel by pixel, along both sides."""
        for side, n in enumerate(self._sides[0]):
            cells = np.arange(self._sides[-1][side])
            for layer, sides in zip(reversed(self._windows), reversed(self._sides[:-1]), strict=True):
                inputs = cells[:, None] * layer["stride"] - _border(sides[side], layer) + np.arange(layer["f"])
                cells = np.unique(inputs[(inputs >= 0) & (inputs < sides[side])])
            if len(cells) < n:
                return False
        return True

    def _through(self, layer: Layer) -> tuple[int, int]:
        """Change the volume, and count parameters and multiplications."""
        weights, places = list[int](), list[int]()
        if layer["kind"] in WINDOWED:
            self._windows.append(layer)
            places = [_places(n, layer) for n in self.volume[:2]]
            if layer["kind"] == "conv":
                weights = [layer["f"], layer["f"], self.volume[2], layer["n"]]
            self.volume = [*places, layer.get("n", self.volume[2])]
            self._sides.append(places)
        elif layer["kind"] == "dense":
            weights, self.volume = [*self.volume, layer["n"]], [layer["n"]]
        else:
            self.volume = [_size(*self.volume)] if layer["kind"] == "flatten" else self.volume[2:]
        both = (_size(*weights) + _size(weights[-1]), _size(*places, *weights)) if weights else (0, 0)
        for counts, count in zip(self.counts, both, strict=True):
            counts.append(count)
        return both


def _problem(layer: Layer, volume: Sequence[int]) -> str:
    """Why a layer cannot follow, in words, or ""; the same words as in architecture/volumes.js."""
    kind, flat = layer["kind"], len(volume) == 1
    if flat and kind in (*WINDOWED, "global"):
        return "it needs rows and columns, and only a list of numbers arrives: move it up, above flatten"
    if not flat and kind == "dense":
        return "it needs a list of numbers: put flatten or global average pool before it"
    if kind in WINDOWED and layer["pad"] != "same":
        extra = 0 if layer["pad"] == "valid" else 2 * layer["pad"]
        if min(volume[:2]) + extra < layer["f"]:
            around = f" with {counted(layer['pad'], 'zero')} on each side" if extra else ""
            window, there = f"{layer['f']} x {layer['f']}", f"{volume[0]} x {volume[1]}"
            return f'a window of {window} does not fit into {there}{around}: take a smaller one, or p "same"'
    return ""


def _places(n: int, layer: Layer) -> int:
    """How many windows begin on n pixels, and fit if they must."""
    if layer["pad"] == "same":
        return len(range(0, n, layer["stride"]))
    return fitting(n + (0 if layer["pad"] == "valid" else 2 * layer["pad"]), layer["f"], layer["stride"])


def _border(n: int, layer: Layer) -> int:
    """How many zeros stand before the first of n pixels; of an odd number, "same" puts the larger half behind."""
    if layer["pad"] != "same":
        return 0 if layer["pad"] == "valid" else int(layer["pad"])
    behind = range(0, n, layer["stride"])[-1] + int(layer["f"]) - n
    return max(0, behind) // 2


def _size(*shape: int) -> int:
    """How many places an array has; it takes no memory."""
    return int(np.broadcast_to(np.uint8(0), shape).size)


def _reach(windows: Sequence[Layer], first: int, last: int) -> range:
    """The pixels along a side from the first to the last that these cells depend on; padding only moves them."""
    for layer in reversed(windows):
        first, last = first * layer["stride"], last * layer["stride"] + layer["f"] - 1
    return range(first, last + 1)
