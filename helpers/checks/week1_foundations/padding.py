"""Check of zero_pad: a border of zeros around every image of a batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...shifts import two_sides, zero_padded
from ..check import Check
from ..compare import Output
from ..parts import Call, Case, Misconception, Values

Rng = np.random.Generator


def _batches(*pads: int) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for pad in pads:
            m, n_C = int(rng.integers(1, 4)), int(rng.integers(1, 4))
            yield Case((rng.normal(size=(m, *two_sides(rng, 3), n_C)) + 2, pad))

    return cases


def _float32_and_integers(rng: Rng) -> Iterator[Case]:
    yield Case((rng.normal(size=(2, 3, 4, 1)).astype(np.float32), 2))
    yield Case((rng.integers(1, 255, size=(1, 4, 3, 3)), 1))


def _placed(*, after: Any, before: Any = None, fill: float = 0.0) -> Call:
    """X inside an array filled with `fill`; `before` and `after` make the new entries of the four axes from pad."""

    def gives(X: np.ndarray, pad: int) -> np.ndarray:
        first = (before or after)(pad)
        shape = [n + b + a for n, b, a in zip(X.shape, first, after(pad), strict=True)]
        padded = np.full(shape, fill)
        padded[tuple(slice(b, b + n) for n, b in zip(X.shape, first, strict=True))] = X
        return padded

    return gives


def _nothing(pad: int) -> tuple[int, ...]:
    return (0, 0, 0, 0)


zero_pad = Check(
    signature="zero_pad(X, pad)",
    output=Output("X_pad", "(m, n_H + 2 pad, n_W + 2 pad, n_C)"),
    oracle=zero_padded,
    parts=(
        Values("pad 1 on images that are not square", _batches(1, 1)),
        Values("pad 2 and 3", _batches(2, 3)),
        Values("pad 0 changes nothing, pad 1 does", _batches(0, 1), weight=0.5),
        Values("float32 and integer images", _float32_and_integers, weight=0.5),
    ),
    misconceptions=(
        Misconception(
            "pads_every_axis",
            "Only height and width grow: the number of images and of channels stays as it is.",
            _placed(after=lambda pad: (pad, pad, pad, pad)),
        ),
        Misconception(
            "pads_channels",
            "The channels were padded. Which two of the four axes are height and width?",
            _placed(after=lambda pad: (0, 0, pad, pad)),
        ),
        Misconception(
            "pads_batch",
            "The batch axis was padded. Which two of the four axes are height and width?",
            _placed(after=lambda pad: (pad, pad, 0, 0)),
        ),
        Misconception(
            "pads_after_only",
            "The new rows and columns are at the bottom and right only: an image has four borders.",
            _placed(before=_nothing, after=lambda pad: (0, pad, pad, 0)),
        ),
        Misconception(
            "pads_before_only",
            "The new rows and columns are at the top and left only: an image has four borders.",
            _placed(before=lambda pad: (0, pad, pad, 0), after=_nothing),
        ),
        Misconception(
            "placed_in_corner",
            "The array has the right size, but the image sits in its upper left corner: where should it begin?",
            _placed(before=_nothing, after=lambda pad: (0, 2 * pad, 2 * pad, 0)),
        ),
        Misconception(
            "pads_height_only", "The height grew, the width did not.", _placed(after=lambda pad: (0, pad, 0, 0))
        ),
        Misconception(
            "pads_width_only", "The width grew, the height did not.", _placed(after=lambda pad: (0, 0, pad, 0))
        ),
        Misconception(
            "pads_with_edge",
            "The border repeats the picture's own pixels; zero padding has another value there.",
            lambda X, pad: np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), "edge"),
        ),
        Misconception(
            "pads_with_mirror",
            "The border mirrors the picture; zero padding has another value there.",
            lambda X, pad: np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), "reflect"),
        ),
        Misconception(
            "pads_with_ones", "The border holds ones.", _placed(after=lambda pad: (0, pad, pad, 0), fill=1.0)
        ),
        Misconception(
            "pads_half",
            "`pad` is the number of zeros on each side, not on both sides together.",
            lambda X, pad: zero_padded(X, pad // 2) if pad > 1 else None,
        ),
        Misconception(
            "pads_twice",
            "The border is twice as wide as it should be: `pad` is the number of zeros on each side.",
            lambda X, pad: zero_padded(X, 2 * pad),
        ),
        Misconception(
            "first_image_only",
            "Only image 0 arrived in the result; the others are empty.",
            lambda X, pad: zero_padded(X, pad) * (np.arange(len(X)) == 0)[:, None, None, None],
        ),
        Misconception(
            "whole_numbers_only",
            "The decimals are lost: which dtype does your new array have?",
            lambda X, pad: np.trunc(zero_padded(X, pad)),
        ),
        Misconception(
            "height_and_width_swapped",
            "Height and width changed places: images need not be square.",
            lambda X, pad: zero_padded(X.swapaxes(1, 2), pad),
        ),
        Misconception("returns_input", "The array came back without a border.", lambda X, pad: X),
        Misconception(
            "slice_does_not_fit",
            "The two sides of an assignment have different shapes. When pad is 0, which rows does a slice that ends "
            "at -pad pick?",
            raises=r"^ValueError: could not broadcast input array",
        ),
    ),
)
