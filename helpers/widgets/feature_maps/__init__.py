"""What every channel of every layer answers to a photograph: all maps of a layer, and one of them over the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers import plots

from ..modules import script, style
from ..pictures import colours, numbers
from ..view import View, for_script
from .map_sheets import MapSheet, sheets_of, strongest

_MODULE = "feature_maps"
_PHOTO = 176  # pixels on the longer side of a photograph
_OUTPUT = 79_000  # characters of an output
_REST = 9_500  # of them for the picture that stays where scripts do not run
_PHOTOS = 0.45  # of what is left: at most for all photographs, the rest for maps
_DRAWN = 5  # maps in the picture for those whose browser runs no scripts
Layers = Mapping[str, ArrayLike]


def feature_map_explorer(
    layers: Layers | Mapping[str, tuple[ArrayLike | None, Layers]],
    image: ArrayLike | None = None,
    *,
    unit_names: Mapping[str, Sequence[str]] | None = None,
    start: tuple[str, int] | None = None,
) -> View:
    """See where in a photograph each channel of each layer is active.

    Args:
        layers: for each layer's name its activations for one picture, (n_H, n_W, n_C) or (1, n_H, n_W, n_C). For
            several pictures, a mapping from a picture's name to (image, layers), with the same layers for each.
        image: the picture, (n_H, n_W), (n_H, n_W, 3) or with a leading 1; uint8, or floats 0 to 1 or 0 to 255.
        unit_names: what the channels of a layer are called, by the layer's name, one name a channel.
        start: the layer's name and the number of the channel to begin with. Left out: a varied one of a middle layer.

    Raises:
        ValueError: something is no activation of one picture; says what was expected.
    """
    pictures = _pictures(layers, image)
    side = _PHOTO if len(pictures) < 3 else _PHOTO // 2
    stacks = {name: stack for name, (_, stack) in pictures.items()}
    names = _names({} if unit_names is None else unit_names, next(iter(stacks.values())), strongest(stacks))
    room = _OUTPUT - _REST - len(script(_MODULE)) - len(style(_MODULE)) - len(for_script(names))
    most = int(max(room, 0) * _PHOTOS / len(pictures))
    photos = {
        name: colours(_single(photo), "image", largest=side, most=most)
        for name, (photo, _) in pictures.items()
        if photo is not None
    }
    room -= sum(len(url) for url, _ in photos.values())
    sheets = sheets_of(stacks, room)
    if sum(len(for_script(one.state)) for stack in sheets.values() for one in stack) > room:
        raise ValueError(
            f"{len(pictures)} picture(s) with {len(next(iter(stacks.values())))} layer(s) each are more than a "
            "notebook should store: give fewer pictures, fewer layers or shorter names"
        )
    begun = _start(next(iter(sheets.values())), start)
    state = {
        "pictures": [
            {"name": name, "photo": photos.get(name, (None,))[0], "layers": [one.state for one in stack]}
            for name, stack in sheets.items()
        ],
        "names": names,
        "layer": begun[0],
        "channel": begun[1],
    }
    shown = next(iter(sheets))
    photo = photos[shown][1] if shown in photos else None
    chosen = sheets[shown][begun[0]]
    return View(_MODULE, "Feature-map explorer", state, describe(chosen, begun[1]), lambda: _draw(photo, chosen))


def _pictures(layers: Any, image: Any) -> dict[str, tuple[Any, dict[str, np.ndarray]]]:
    """For each picture its name, itself and its checked layers."""
    if not isinstance(layers, Mapping) or not layers:
        raise ValueError("layers is no mapping with something in it: expected {layer's name: (n_H, n_W, n_C) array}")
    several = all(isinstance(one, tuple) and len(one) == 2 and isinstance(one[1], Mapping) for one in layers.values())
    given = layers if several else {"the picture": (image, layers)}
    checked = {str(name): (photo, _layers(stack)) for name, (photo, stack) in given.items()}
    kinds = {tuple((name, array.shape[2]) for name, array in stack.items()) for _, stack in checked.values()}
    if len(kinds) > 1:
        raise ValueError("the pictures do not have the same layers with the same number of channels: run one model")
    return checked


def _layers(stack: Mapping[str, Any]) -> dict[str, np.ndarray]:
    if not 1 <= len(stack) <= 12:
        raise ValueError(f"there are {len(stack)} layers: expected 1 to 12, so choose the ones to look at")
    return {str(name): _activations(values, str(name)) for name, values in stack.items()}


def _activations(values: Any, name: str) -> np.ndarray:
    array = numbers(values, f"layer {name!r}", (1, 2, 3, 4))
    array = array[0] if array.ndim == 4 and len(array) == 1 else array
    if array.ndim == 4:
        raise ValueError(f"layer {name!r} has the shape {array.shape}: expected one picture's, so choose one: a[:1]")
    if array.ndim != 3:
        raise ValueError(f"layer {name!r} has the shape {array.shape}: expected maps, (n_H, n_W, n_C)")
    return array


def _single(photo: Any) -> Any:
    """A picture without its leading 1."""
    shape = np.shape(photo)
    return np.asarray(photo)[0] if len(shape) == 4 and shape[0] == 1 else photo


def _names(
    unit_names: Mapping[str, Sequence[str]], stack: Mapping[str, np.ndarray], numbers_of: Mapping[str, np.ndarray]
) -> dict[str, dict[str, str]]:
    """By layer and number what the channels are called that may be shown."""
    named = {}
    if not isinstance(unit_names, Mapping):
        raise ValueError("unit_names is no mapping: expected {layer's name: [a name for each channel]}")
    for layer, names in unit_names.items():
        listed = np.ndim(names) == 1 if isinstance(names, np.ndarray) else isinstance(names, Sequence)
        if layer not in stack or not listed or isinstance(names, str) or len(names) != stack[layer].shape[2]:
            fitting = ", ".join(f"{name!r} with {one.shape[2]}" for name, one in stack.items())
            raise ValueError(f"unit_names for {layer!r} do not fit: expected one name for each channel of {fitting}")
        named[str(layer)] = {str(number): str(names[number])[:40] for number in numbers_of[layer]}
    return named


def _start(sheets: list[MapSheet], wanted: Any) -> tuple[int, int]:
    """The wanted layer and channel, or a layer in the middle that shows something with its most varied channel.

    Returns:
        The layer's place in the list, and the channel's in its sheet.
    """
    if wanted is not None:
        every = ((at, place, number) for at, one in enumerate(sheets) for place, number in enumerate(one.numbers))
        found = next(((at, place) for at, place, number in every if (sheets[at].name, number) == wanted), None)
        if found is None:
            raise ValueError(f"start is {wanted!r}: expected a layer's name and the number of a channel that is shown")
        return found
    middle = (len(sheets) - 1) / 2
    order = sorted(range(len(sheets)), key=lambda at: (not sheets[at].values.any(), abs(at - middle)))
    values = sheets[order[0]].values
    limits = np.abs(values).max(axis=(0, 1))
    return order[0], int(np.argmax(values.std(axis=(0, 1)) / np.where(limits > 0, limits, 1)))


def describe(sheet: MapSheet, place: int) -> str:
    """The explorer in words, for the alt text."""
    n_H, n_W, n_C = sheet.shape
    row, column, value = sheet.peaks[place]
    return (
        f"Feature maps of layer {sheet.name}: {n_C} channels of {n_H} by {n_W}, of which {len(sheet.numbers)} can be "
        f"looked at. Channel {sheet.numbers[place]} is strongest at row {row}, column {column}, with {value:.4g}."
    )


def _draw(photo: np.ndarray | None, sheet: MapSheet) -> Any:
    fig, axes = plots.figure(1 + _DRAWN, width=1.15, height=1.4)
    for axis in axes.flat:
        axis.axis("off")
    if photo is not None:
        plots.draw_image(axes[0, 0], photo, "photo")
    for place, axis in enumerate(axes[0, 1 : 1 + len(sheet.numbers)]):
        values = sheet.values[:, :, place]
        plots.draw_image(axis, values, f"channel {sheet.numbers[place]}", signed=bool(values.min() < 0))
    return fig
