"""What goes wrong when a kernel is learned, and the descent that every mistake is computed from."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..parts import Call, Misconception
from .correlation_mistakes import correlated, shifted


def windows(image: np.ndarray) -> np.ndarray:
    """All 3 x 3 windows as rows: (number of windows, 9)."""
    return np.asarray(shifted(image, 3, 3).reshape(9, -1).T)


def descend(
    image: np.ndarray, target: np.ndarray, rate: float, steps: int, *, start: float = 0.0, order: Any = slice(None)
) -> np.ndarray:
    """Gradient descent with the normal matrix; `order` shuffles the nine entries of each gradient."""
    X, y = windows(image), np.asarray(target, dtype=np.float64).ravel()
    normal, pull = 2 * X.T @ X / len(y), 2 * X.T @ y / len(y)
    kernel = np.full(9, start)
    for _ in range(steps):
        kernel = kernel - rate * (normal @ kernel - pull)[order]
    return kernel.reshape(3, 3)


def _gradient_at(image: np.ndarray, target: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    X, y = windows(image), np.asarray(target, dtype=np.float64).ravel()
    return np.asarray(2 * X.T @ (X @ kernel.ravel() - y) / len(y)).reshape(3, 3)


def _rate_times(factor: Any) -> Call:
    """What a wrong factor of the gradient gives; `factor(image, target)` is the number it is off by."""
    return lambda image, target, rate, steps: descend(image, target, rate * factor(image, target), steps)


def _last_loss(image: np.ndarray, target: np.ndarray, rate: float, steps: int, *, late: int = 0) -> float | None:
    if steps - late < 0:
        return None
    kernel = descend(image, target, rate, steps - late)
    return float(np.mean((correlated(image, kernel) - target) ** 2))


def _losses(image: np.ndarray, target: np.ndarray, rate: float, steps: int) -> np.ndarray:
    return np.array([_last_loss(image, target, rate, step) for step in range(steps)])


def _image_forgotten(image: np.ndarray, target: np.ndarray, rate: float, steps: int) -> np.ndarray:
    level = np.zeros((3, 3))
    for _ in range(steps):
        level = level - rate * 2 * np.mean(correlated(image, level) - target)
    return level


def _absolute_error(image: np.ndarray, target: np.ndarray, rate: float, steps: int) -> np.ndarray:
    X, y = windows(image), np.asarray(target, dtype=np.float64).ravel()
    kernel = np.zeros(9)
    for _ in range(steps):
        kernel = kernel - rate * X.T @ np.sign(X @ kernel - y) / len(y)
    return kernel.reshape(3, 3)


MISTAKES = (
    Misconception(
        "sign_turned",
        "The kernel walks uphill: the gradient points to where the error grows.",
        _rate_times(lambda image, target: -1.0),
    ),
    Misconception(
        "learning_rate_ignored",
        "The learning rate has no effect on the step.",
        lambda image, target, rate, steps: descend(image, target, 1.0, steps),
    ),
    Misconception(
        "not_averaged",
        "The gradient is a sum over all windows. The loss is a mean: what does that divide by?",
        _rate_times(lambda image, target: target.size),
    ),
    Misconception(
        "factor_two_missing",
        "Every step is half as long as it should be: derive the loss once more, it is a square.",
        _rate_times(lambda image, target: 0.5),
    ),
    Misconception(
        "averaged_over_image",
        "The mean runs over the entries of the output, and those are fewer than the pixels of the image.",
        _rate_times(lambda image, target: target.size / image.size),
    ),
    Misconception(
        "averaged_over_kernel",
        "The mean runs over the entries of the output, not over the nine of the kernel.",
        _rate_times(lambda image, target: target.size / 9),
    ),
    Misconception(
        "gradient_flipped",
        "The gradient is turned by 180 degrees: which pixel does kernel[0, 0] meet in the first window?",
        lambda image, target, rate, steps: descend(image, target, rate, steps, order=slice(None, None, -1)),
    ),
    Misconception(
        "gradient_transposed",
        "Rows and columns of the gradient are swapped.",
        lambda image, target, rate, steps: descend(
            image, target, rate, steps, order=np.arange(9).reshape(3, 3).T.ravel()
        ),
    ),
    Misconception(
        "kernel_flipped",
        "The kernel that came out is turned by 180 degrees: was it learned with convolution?",
        lambda image, target, rate, steps: descend(image, target, rate, steps)[::-1, ::-1],
    ),
    Misconception(
        "wrong_start",
        "Look at the docstring for the kernel to start from.",
        lambda image, target, rate, steps: descend(image, target, rate, steps, start=1.0),
    ),
    Misconception(
        "one_step_only",
        "It stops after one step: is the `return`, or the update, in the right place of the loop?",
        lambda image, target, rate, steps: descend(image, target, rate, 1),
    ),
    Misconception(
        "one_step_missing",
        "It takes one step fewer than asked.",
        lambda image, target, rate, steps: descend(image, target, rate, steps - 1) if steps else None,
    ),
    Misconception(
        "one_step_too_many",
        "It takes one step more than asked.",
        lambda image, target, rate, steps: descend(image, target, rate, steps + 1),
    ),
    Misconception(
        "gradient_not_renewed",
        "All steps follow the first gradient: the output has to be computed anew with each new kernel.",
        lambda image, target, rate, steps: steps * descend(image, target, rate, 1),
    ),
    Misconception(
        "returns_gradient",
        "The gradient came back, not the kernel.",
        lambda image, target, rate, steps: _gradient_at(image, target, descend(image, target, rate, steps - 1)),
    ),
    Misconception("returns_loss", "The error came back, not the kernel that was learned.", _last_loss),
    Misconception("returns_loss", "", lambda *args: _last_loss(*args, late=1)),
    Misconception("returns_loss", "", _losses),
    Misconception(
        "returns_more_than_the_kernel",
        "Return the kernel alone: no loss beside it.",
        lambda image, target, rate, steps: (descend(image, target, rate, steps), ...),
    ),
    Misconception(
        "returns_more_than_the_kernel",
        "",
        lambda image, target, rate, steps: (..., descend(image, target, rate, steps)),
    ),
    Misconception(
        "image_forgotten",
        "All nine numbers move alike: each must be weighed by the pixels that it was multiplied with.",
        _image_forgotten,
    ),
    Misconception(
        "absolute_error",
        "The size of the error has no effect on the step, only its sign: the loss is a square.",
        _absolute_error,
    ),
    Misconception(
        "window_and_kernel_differ",
        "Two arrays of different shapes met. Print them: the image is larger than the output and the target.",
        raises=r"could not be broadcast|Incompatible shapes",
    ),
    Misconception("error_not_falling", "With a small learning rate every step must bring the error down."),
)
