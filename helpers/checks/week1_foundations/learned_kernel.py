"""Check of a kernel that is learned by gradient descent from an image and its edge map.

The oracle descends with the 9 x 9 matrix of the normal equations, so it shares no step with the exercise.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from ..check import Check
from ..compare import Output
from ..parts import Call, Case, Law, Values, Violation
from .correlation import LECTURE_KERNEL, floats, tenths
from .correlation_mistakes import correlated
from .learned_kernel_mistakes import MISTAKES, descend, windows

Rng = np.random.Generator


def _learn_oracle(image: np.ndarray, target: np.ndarray, learning_rate: float, steps: int) -> np.ndarray:
    return descend(image, target, learning_rate, steps)


def _lessons(*settings: tuple[tuple[int, int], float, int]) -> Any:
    """Cases (image shape, learning rate, steps) whose target is a random kernel's output and some noise."""

    def cases(rng: Rng) -> Iterator[Case]:
        for shape, rate, steps in settings:
            image = tenths(rng, shape)
            target = correlated(image, rng.normal(size=(3, 3)))
            yield Case((image, np.round(target + 0.3 * rng.normal(size=target.shape), 1), rate, steps))

    return cases


def _whole_numbers(rng: Rng) -> Iterator[Case]:
    image = rng.integers(0, 5, size=(5, 7))
    yield Case((image, np.rint(correlated(image, LECTURE_KERNEL)).astype(np.int64), 0.03, 2))
    image = rng.normal(size=(6, 5)).astype(np.float32)
    yield Case((image, correlated(image, LECTURE_KERNEL).astype(np.float32), 0.1, 3))


def _error_falls(call: Call, rng: Rng) -> Violation | None:
    """With a rate below 2 / (largest eigenvalue of the normal matrix) every further step lowers the error."""
    image = rng.normal(size=(6, 7))
    target = correlated(image, LECTURE_KERNEL)
    X = windows(image)
    rate = round(float(len(X) / (2 * np.linalg.eigvalsh(X.T @ X)[-1])), 3)
    errors = [float(np.mean(target**2))]
    for steps in (1, 5, 25):
        kernel = floats(call(image, target, rate, steps))
        if kernel is None or kernel.shape != (3, 3):
            return Violation(f"After {steps} steps it did not return a (3, 3) kernel.", "error_not_falling")
        errors.append(float(np.mean((X @ kernel.ravel() - target.ravel()) ** 2)))
    if all(later < 0.999 * earlier for earlier, later in pairwise(errors)):
        return None
    listed = ", ".join(f"{error:.3g}" for error in errors)
    return Violation(f"Mean squared error after 0, 1, 5, 25 steps: {listed}.", "error_not_falling")


learn_kernel = Check(
    signature="learn_kernel(image, target, learning_rate, steps)",
    output=Output("kernel", "(3, 3)"),
    oracle=_learn_oracle,
    needs=("cross_correlate", "flip_kernel"),
    parts=(
        Values("no step: the kernel is still all zeros", _lessons(((5, 5), 0.1, 0)), weight=0.5),
        Values("one step with learning rate 1", _lessons(((5, 5), 1.0, 1), ((6, 6), 1.0, 1)), weight=2),
        Values("one step with other learning rates", _lessons(((6, 6), 0.07, 1), ((5, 5), 0.3, 1))),
        Values("two, three and five steps", _lessons(((6, 6), 1.0, 2), ((5, 5), 1.0, 3), ((6, 6), 1.0, 5)), weight=2),
        Values("images that are not square", _lessons(((5, 7), 0.07, 2), ((7, 4), 0.03, 3), ((3, 6), 0.3, 1))),
        Values("whole numbers and float32", _whole_numbers, weight=0.5),
        Law("every few steps lower the error", _error_falls),
    ),
    misconceptions=MISTAKES,
)
