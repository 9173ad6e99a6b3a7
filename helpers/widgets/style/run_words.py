"""How a run of the style studio begins, and how it ended in words."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..pictures import numbers
from .optimisation import Progress, Step


def beginning(start: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    """A picture to begin with, (n_H, n_W, 3) float32, 0 to 1.

    Raises:
        ValueError: it is no picture of this shape.
    """
    array = numbers(start, "start picture", (3, 4)).astype(np.float32)
    array = array[0] if array.ndim == 4 and len(array) == 1 else array
    if array.shape != shape:
        raise ValueError(f"the start picture has the shape {array.shape}: expected {shape}")
    return array.clip(0, 1)


def outcome(progress: Progress, how: str, why: str, taken: int, asked: int, seconds: float, step: Step) -> str:
    """How a run ended, in words."""
    name = getattr(step, "__name__", "step")
    kept = f"the best picture, of step {progress.best_step}, is kept in studio.best"
    if how == "failed":
        return f"{name} failed in step {progress.steps + 1}. {why} {kept[0].upper()}{kept[1:]}."
    if how == "interrupted":
        return f"Interrupted after {taken} of {asked} steps: {kept}. Run the cell again to go on from there."
    return f"{taken} steps in {seconds:.1f} s: the smallest total is {progress.best_total:.4g}; {kept}."
