"""What learners write for pool_backward that is not the gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..parts import Call, Misconception
from .adjoint import even_share, pool_gradient, scattered, top_share

PoolCache = tuple[np.ndarray, dict[str, int]]


def _all(copy: np.ndarray, top: np.ndarray, f: int) -> Any:
    return 1


def _top_of_all_channels(copy: np.ndarray, top: np.ndarray, f: int) -> Any:
    return copy == top.max(axis=3, keepdims=True)


def _top_value(copy: np.ndarray, top: np.ndarray, f: int) -> Any:
    return copy * (copy == top)


def _shared(share_of: dict[str, Any], *, add: bool = True, stride: Any = None) -> Call:
    """A misconception's gradient for the modes in `share_of`."""

    def gives(dA: np.ndarray, cache: PoolCache, mode: str = "max") -> Any:
        if mode not in share_of:
            return None
        A_prev, hparameters = cache
        f, s = hparameters["f"], hparameters["stride"]
        return scattered(dA, A_prev, f, stride(f, s) if stride else s, share_of[mode], add=add)

    return gives


def _mask_of_first(dA: np.ndarray, cache: PoolCache, mode: str = "max") -> Any:
    """Only the first maximum of each window receives its gradient: earlier entries are raised by a hair."""
    A_prev, hparameters = cache
    f, n = hparameters["f"], A_prev[0].size
    hair = 1e-9 * (1 - np.arange(n) / n).reshape(A_prev.shape[1:])
    return scattered(dA, A_prev, f, hparameters["stride"], top_share, slack=hair) if mode == "max" else None


def _spread_over_map(dA: np.ndarray, cache: PoolCache, mode: str = "max") -> Any:
    if mode != "average":
        return None
    return pool_gradient(dA, cache, mode) * cache[1]["f"] ** 2 / (dA.shape[1] * dA.shape[2])


MISTAKES = (
    Misconception(
        "overwritten",
        "An input that lies in several windows has a gradient from each: does a later one replace the earlier?",
        _shared({"max": top_share, "average": even_share}, add=False),
    ),
    Misconception(
        "modes_swapped",
        "Max mode spreads the gradient as an average does: which mode is which?",
        _shared({"max": even_share}),
    ),
    Misconception(
        "mode_ignored",
        "Average mode gives what max mode should give: does the mode decide how a window is treated?",
        _shared({"average": top_share}),
    ),
    Misconception(
        "mask_forgotten",
        "In max mode every entry of the window receives the gradient: which one made the output?",
        _shared({"max": _all}),
    ),
    Misconception(
        "not_divided",
        "In average mode every entry receives the whole gradient: how much did each add to the average?",
        _shared({"average": _all}),
    ),
    Misconception(
        "divided_by_output_size",
        "The gradient is divided by the size of the output; which shape does one window have?",
        _spread_over_map,
    ),
    Misconception(
        "stride_forgotten_in_window",
        "The window moves by 1 whatever the stride: where did window number h begin on the way forward?",
        _shared({"max": top_share, "average": even_share}, stride=lambda f, s: 1),
    ),
    Misconception(
        "stride_is_f",
        "The window moves by f; how far it moves is the stride.",
        _shared({"max": top_share, "average": even_share}, stride=lambda f, s: f),
    ),
    Misconception(
        "mask_over_channels",
        "The maximum is searched over all channels together: pooling works on each channel alone.",
        _shared({"max": _top_of_all_channels}),
    ),
    Misconception(
        "value_for_gradient",
        "The gradient is multiplied by the maximum's value: a maximum that grows by 1 moves the output by 1.",
        _shared({"max": _top_value}),
    ),
    Misconception(
        "first_maximum_only",
        "Of several equal maxima only one receives the gradient; the docstring follows create_mask_from_window.",
        _mask_of_first,
    ),
    Misconception(
        "integer_gradient",
        "np.zeros_like of an array of integers holds integers, and a gradient needs floats.",
        lambda dA, cache, mode="max": np.trunc(pool_gradient(dA, cache, mode)) if cache[0].dtype.kind == "i" else None,
        raises="Cannot cast ufunc",
    ),
)
