"""Check of the flipped kernel, which turns cross-correlation into the mathematicians' convolution.

The oracle multiplies with exchange matrices, so it shares no step with the exercise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..check import Check
from ..compare import Output
from ..parts import Call, Case, Law, Misconception, Values, Violation
from .correlation import close, floats, tenths

Rng = np.random.Generator


def _exchange(n: int) -> np.ndarray:
    """The (n, n) matrix that reverses the order of n entries."""
    return np.asarray(np.rot90(np.eye(n)))


def _flip_oracle(kernel: np.ndarray) -> np.ndarray:
    return np.asarray(_exchange(kernel.shape[0]) @ kernel @ _exchange(kernel.shape[1]))


def _lecture_flip(rng: Rng) -> Iterator[Case]:
    yield Case((np.array([[3, 4, 5], [1, 0, 2], [-1, 9, 7]]),), np.array([[7, 9, -1], [2, 0, 1], [5, 4, 3]]))
    yield Case((rng.integers(-9, 10, size=(3, 3)),))  # no answer typed in from the text


def _kernels(*sides: tuple[int, int]) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for side in sides:
            yield Case((tenths(rng, side),))

    return cases


def _twice(call: Call, rng: Rng) -> Violation | None:
    kernel = rng.normal(size=(3, 4))
    once = floats(call(kernel))
    again = floats(call(once)) if once is not None and once.ndim == 2 else None
    return None if close(again, kernel) else Violation("Flipping twice must give the kernel back.", "not_undone")


def _overwritten(kernel: np.ndarray) -> np.ndarray:
    """What swapping in place without a copy leaves: the first half is lost and mirrored from the second."""
    flat = np.array(kernel, dtype=np.float64).ravel()
    half = flat.size // 2
    flat[:half] = flat[::-1][:half]
    return flat.reshape(kernel.shape)


flip_kernel = Check(
    signature="flip_kernel(kernel)",
    output=Output("flipped", "(f_H, f_W)"),
    oracle=_flip_oracle,
    parts=(
        Values("the example of the text, and one like it", _lecture_flip),
        Values("square kernels of any size", _kernels((2, 2), (3, 3), (5, 5), (1, 1))),
        Values("kernels that are not square", _kernels((2, 3), (4, 2), (1, 3), (3, 1))),
        Law("flipping twice gives the kernel back", _twice, weight=0.5),
    ),
    misconceptions=(
        Misconception("not_flipped", "The kernel came back as it was.", lambda kernel: kernel),
        Misconception(
            "rows_only",
            "It is flipped top to bottom only. There is a second direction.",
            lambda kernel: kernel[::-1],
        ),
        Misconception(
            "columns_only",
            "It is flipped left to right only. There is a second direction.",
            lambda kernel: kernel[:, ::-1],
        ),
        Misconception(
            "transposed",
            "Rows became columns. Flipping keeps rows as rows and reverses their order.",
            lambda kernel: kernel.T,
        ),
        Misconception(
            "other_diagonal",
            "It is mirrored on a diagonal: where does the entry at the upper right have to go?",
            lambda kernel: kernel[::-1, ::-1].T,
        ),
        Misconception("quarter_turn", "That is a quarter of a turn; a flip is half a turn.", np.rot90),
        Misconception("quarter_turn", "", lambda kernel: np.rot90(kernel, -1)),
        Misconception(
            "shape_lost",
            "The order is right, but rows and columns are gone: the result has the kernel's shape.",
            lambda kernel: kernel.ravel()[::-1],
        ),
        Misconception(
            "overwritten",
            "Entries are overwritten before they are read: read from one array, write into another.",
            _overwritten,
        ),
        Misconception(
            "first_entries_missing",
            "A slice with step -1 leaves out its stop: the first row and column of the kernel are missing.",
            lambda kernel: kernel[:0:-1, :0:-1],
        ),
        Misconception("sign_turned", "The signs are turned; only places change.", lambda kernel: -kernel),
        Misconception("not_undone", "Every entry goes to the opposite place, so a second flip must bring it back."),
    ),
)
