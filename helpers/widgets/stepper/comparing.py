"""A learner's array beside the right one, as a view shows it: where it departs first, and in how many places."""

from __future__ import annotations

from typing import Any

import numpy as np

_CLOSE = 1e-4  # of the largest expected value: float32 inside a learner's function is no mistake


def compared(got: Any, expected: np.ndarray, name: str, function: str) -> dict[str, Any]:
    """Compare one map.

    Args:
        got: what a learner's function returned.
        expected: (1, n_H, n_W, 1).
        name: what the array is called in the exercise.
        function: what their function is called.

    Returns:
        JSON data: "output", rows of numbers (None for NaN and infinity), "wrong", the places that differ as [row,
        column], and "first" of them, or None.

    Raises:
        ValueError: it is no array of numbers, or has another shape; says so in words.
    """
    try:
        array = np.asarray(got, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{function} gave a {name} that is no array of numbers: {type(got).__name__}") from None
    if array.shape != expected.shape:
        raise ValueError(f"{function} gave a {name} of shape {array.shape}: expected {expected.shape}")
    close = np.isclose(array, expected, rtol=_CLOSE, atol=_CLOSE * max(1.0, float(np.abs(expected).max())))
    wrong = [[int(row), int(column)] for row, column in np.argwhere(~close[0, :, :, 0])]
    output = [[float(value) if np.isfinite(value) else None for value in row] for row in array[0, :, :, 0]]
    return {"output": output, "wrong": wrong, "first": wrong[0] if wrong else None}
