"""Check of the six edge kernels: plain, Sobel and Scharr, vertical and horizontal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..check import Check
from ..compare import Output
from ..parts import Call, Case, Misconception, Values

Rng = np.random.Generator

_WEIGHTS = {"": (1, 1, 1), "sobel_": (1, 2, 1), "scharr_": (3, 10, 3)}


def _edge_oracle() -> dict[str, np.ndarray]:
    """Each kernel as an outer product: a slope across the edge, weights along it."""
    slope = (1, 0, -1)
    kernels = {}
    for family, weights in _WEIGHTS.items():
        kernels[f"{family}vertical"] = np.outer(weights, slope).astype(np.float64)
        kernels[f"{family}horizontal"] = np.outer(slope, weights).astype(np.float64)
    return kernels


def _kernel_named(*names: str) -> Any:
    """One case a name, which looks at that name alone."""

    def cases(rng: Rng) -> Iterator[Case]:
        for name in names:
            yield Case((), {name: _edge_oracle()[name], ...: ...})

    return cases


def _all_names(rng: Rng) -> Iterator[Case]:
    yield Case((), dict.fromkeys(_edge_oracle(), ...))


def _twisted(hint_name: str, hint: str, twist: Any) -> tuple[Misconception, ...]:
    """The same mistake in each of the six kernels; `twist(name, kernel)` returns the wrong one."""

    def gives(name: str) -> Call:
        return lambda: {name: twist(name, _edge_oracle()[name]), ...: ...}

    return tuple(Misconception(hint_name, hint, gives(name)) for name in _edge_oracle())


def _of_family(family: str) -> Any:
    def twist(name: str, kernel: np.ndarray) -> np.ndarray:
        return _edge_oracle()[family + name.rpartition("_")[2]]

    return twist


def _weights_reversed(name: str, kernel: np.ndarray) -> np.ndarray:
    """The large and the small weight change places: 2 1 2 for 1 2 1."""
    low, high = float(np.sort(np.unique(np.abs(kernel)))[1]), float(np.max(np.abs(kernel)))
    return np.asarray(np.sign(kernel) * np.where(np.abs(kernel) == low, high, low))


def _divided(by: float) -> Any:
    return lambda name, kernel: kernel / by


edge_kernels = Check(
    signature="edge_kernels()",
    output=Output("kernels", "(3, 3)"),
    oracle=_edge_oracle,
    keeps_inputs=False,
    parts=(
        Values("the vertical kernel", _kernel_named("vertical")),
        Values("the horizontal kernel", _kernel_named("horizontal")),
        Values("the Sobel kernels", _kernel_named("sobel_vertical", "sobel_horizontal")),
        Values("the Scharr kernels", _kernel_named("scharr_vertical", "scharr_horizontal")),
        Values("exactly the six names", _all_names, weight=0.5),
    ),
    misconceptions=(
        *_twisted(
            "directions_swapped",
            "Vertical and horizontal are swapped: a vertical edge separates left from right.",
            lambda name, kernel: kernel.T,
        ),
        *_twisted(
            "sign_turned",
            "The signs are turned. In this course the left column (or the top row) is positive.",
            lambda name, kernel: -kernel,
        ),
        *_twisted(
            "swapped_and_turned",
            "Vertical and horizontal are swapped, and the signs are turned too.",
            lambda name, kernel: -kernel.T,
        ),
        *_twisted(
            "weights_reversed",
            "The largest weight belongs to the middle of the edge, the smaller ones to its ends.",
            _weights_reversed,
        ),
        *_twisted(
            "another_family", "This is the plain kernel; Sobel and Scharr weigh the middle more.", _of_family("")
        ),
        *_twisted("another_family", "", _of_family("sobel_")),
        *_twisted("another_family", "", _of_family("scharr_")),
        *(
            mistake
            for by in (2.0, 3.0, 4.0, 6.0, 8.0, 9.0, 16.0, 32.0)
            for mistake in _twisted(
                "normalised", "The numbers are divided by something: take them as they are.", _divided(by)
            )
        ),
        *_twisted(
            "row_of_three",
            "One line of the kernel is there; a kernel has three rows and three columns.",
            lambda name, kernel: np.array([1.0, 0.0, -1.0]),
        ),
    ),
)
