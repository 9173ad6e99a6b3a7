"""What learners write for pool_forward that is not the pooling asked for."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from ...shifts import fitting, pooled
from ..parts import Call, Misconception

HParameters = dict[str, int]


def _reducer(mode: str) -> Any:
    return np.max if mode == "max" else np.mean


def _right(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> np.ndarray:
    return pooled(A_prev, hparameters["f"], hparameters["stride"], _reducer(mode))


def _reduced(**reducers: Any) -> Call:
    """A with another reduction for the modes named; None, no mistake, for the others."""

    def gives(A_prev: np.ndarray, hparameters: HParameters, mode: str = "") -> Any:
        reduce = reducers.get(mode or "default")
        return reduce and (pooled(A_prev, hparameters["f"], hparameters["stride"], reduce), ...)

    return gives


def _moved(change: Call) -> Call:
    """The right A of a changed (f, stride), cut to the right size where it is larger."""

    def gives(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
        f, stride = change(hparameters["f"], hparameters["stride"])
        return pooled(A_prev, f, stride, _reducer(mode)), ...

    return gives


def _changed(change: Call) -> Call:
    """A change of the right A; `change` sees A and the mode, and returns None where the mistake has no meaning."""

    def gives(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
        return change(_right(A_prev, hparameters, mode), mode), ...

    return gives


def _cut(A_prev: np.ndarray, hparameters: HParameters, A: np.ndarray) -> np.ndarray:
    """A without the windows beyond the right number of them."""
    n_H, n_W = (fitting(n, hparameters["f"], hparameters["stride"]) for n in A_prev.shape[1:3])
    return A[:, :n_H, :n_W]


def _window_moves_by_one(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
    return _cut(A_prev, hparameters, pooled(A_prev, hparameters["f"], 1, _reducer(mode))), ...


def _window_of_side(larger_by: int) -> Call:
    """Windows that begin at the right place and have another side; beyond the edge there is nothing to pool."""

    def gives(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
        f = hparameters["f"] + larger_by
        return (_cut(A_prev, hparameters, _over_the_edge(A_prev, f, hparameters["stride"], mode)), ...) if f else None

    return gives


def _partial_windows(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
    """Windows that hang over the edge are pooled too."""
    f, stride = hparameters["f"], hparameters["stride"]
    n_H, n_W = (-(-(n - f) // stride) + 1 for n in A_prev.shape[1:3])
    return _over_the_edge(A_prev, f, stride, mode)[:, :n_H, :n_W], ...


def _over_the_edge(A_prev: np.ndarray, f: int, stride: int, mode: str) -> np.ndarray:
    """Every window that begins inside, over what is left of it."""
    room = [(0, 0), (0, f), (0, f), (0, 0)]
    larger = np.pad(A_prev.astype(np.float64), room, constant_values=np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some windows hold nothing at all; they are cut off later
        return pooled(larger, f, stride, np.nanmax if mode == "max" else np.nanmean)


def _over_channels(A_prev: np.ndarray, hparameters: HParameters, mode: str = "max") -> Any:
    """One value over all channels of the window, repeated for each channel."""
    A = _right(A_prev, hparameters, mode)
    return np.repeat(_reducer(mode)(A, axis=3, keepdims=True), A.shape[3], axis=3), ...


def _of_first(axis: int) -> Call:
    """The result of index 0 of an axis in place of every other."""
    return _changed(lambda A, mode: np.repeat(np.take(A, [0], axis), A.shape[axis], axis))


MISTAKES = (
    Misconception("mode_ignored", "The mode has no effect: both give the maximum.", _reduced(average=np.max)),
    Misconception("always_average", "The mode has no effect: both give the average.", _reduced(max=np.mean)),
    Misconception(
        "modes_swapped",
        "Max and average are swapped.",
        _reduced(max=np.mean, average=np.max),
    ),
    Misconception(
        "default_mode_wrong",
        "Called without a mode, it must take the maximum: look at the signature.",
        _reduced(default=np.mean),
        raises=r"^TypeError: .*missing 1 required positional argument",
    ),
    Misconception(
        "sum_for_average",
        "The window is summed; an average also divides by the number of entries.",
        _reduced(average=np.sum),
    ),
    Misconception("minimum", "The smallest entry was taken.", _reduced(max=np.min, default=np.min)),
    Misconception(
        "starts_from_zero",
        "A window of negative numbers has a negative maximum: a search that starts from 0 misses it.",
        _changed(lambda A, mode: np.maximum(A, 0) if mode == "max" else None),
    ),
    Misconception(
        "pools_over_channels",
        "One value for all channels: pooling works on each channel alone.",
        _over_channels,
    ),
    Misconception("first_channel_for_all", "Every channel gives the result of channel 0.", _of_first(3)),
    Misconception("first_image_for_all", "Every image of the batch gives the result of image 0.", _of_first(0)),
    Misconception(
        "stride_forgotten_in_window",
        "The window moves by 1 whatever the stride: where does window number h begin?",
        _window_moves_by_one,
    ),
    Misconception(
        "stride_is_f",
        "The window moves by f; how far it moves is the stride.",
        _moved(lambda f, stride: (f, f)),
    ),
    Misconception(
        "f_is_stride",
        "The window is as large as the stride; its side is f.",
        lambda A, hp, mode="max": (_cut(A, hp, pooled(A, hp["stride"], hp["stride"], _reducer(mode))), ...),
    ),
    Misconception("stride_forgotten", "The stride has no effect on A.", _moved(lambda f, stride: (f, 1))),
    Misconception(
        "window_too_small",
        "Each window lacks its last row and column: which entries does the slice start:end hold?",
        _window_of_side(-1),
        raises=r"^ValueError: zero-size array to reduction",
    ),
    Misconception(
        "window_too_large",
        "Each window reaches one row and one column too far: which entries does the slice start:end hold?",
        _window_of_side(+1),
    ),
    Misconception(
        "partial_windows",
        "Windows that hang over the edge were pooled too: how many fit entirely?",
        _partial_windows,
        raises=r"^ValueError: could not broadcast",
    ),
    Misconception(
        "height_and_width_swapped",
        "n_H and n_W are swapped: images need not be square.",
        _changed(lambda A, mode: A.swapaxes(1, 2) if A.shape[1] != A.shape[2] else None),
    ),
    Misconception(
        "last_window_missing",
        "The last row and column of windows are missing: how many windows fit?",
        _changed(lambda A, mode: A[:, :-1, :-1]),
    ),
    Misconception(
        "last_window_empty",
        "A has the right size, but its last row and column stay 0: how far does range(n) count?",
        _changed(lambda A, mode: np.pad(A[:, :-1, :-1], [(0, 0), (0, 1), (0, 1), (0, 0)])),
    ),
    Misconception(
        "returned_too_early",
        "Only image 0 was worked on: how far is the `return` indented?",
        _changed(lambda A, mode: A * (np.arange(len(A)) == 0)[:, None, None, None]),
    ),
    Misconception(
        "whole_numbers_only",
        "The decimals of the average are lost: which dtype does the array A have?",
        _changed(lambda A, mode: np.trunc(A)),
    ),
    Misconception("cache_not_returned", "A came back alone; the backward pass needs the cache as well.", _right),
    Misconception(
        "cache_holds_output",
        "The cache holds the pooled A; the backward pass expects A_prev as it came in.",
        lambda A, hp, mode="max": (..., (_right(A, hp, mode), ...)),
    ),
    Misconception(
        "tuple_order",
        "All the values are right, but in another order: compare the cache and the `return` line with the docstring.",
    ),
)
