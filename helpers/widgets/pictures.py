"""Arrays on their way into a view: checked in words, made small, and known exactly as the browser will see them."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

LUMA = (0.299, 0.587, 0.114)  # brightness of RGB: ITU-R BT.601
LARGEST = 256  # pixels on the longer side of a picture in a view
_EXACT = 64  # up to this side, numbers are handed over as they are
_QUALITIES = (85, 75, 65, 55, 45, 35)  # of a JPEG, until it fits
_SHRINK = 0.8  # of its sides, until it fits
_DIGITS = 7  # of a number in a state
_STORED = 24_000  # characters of one channel


def numbers(values: Any, name: str, axes: Sequence[int]) -> np.ndarray:
    """An array of finite numbers.

    Args:
        values: what a caller gave.
        name: what to call it in an error.
        axes: how many axes it may have.

    Returns:
        A float64 array.

    Raises:
        ValueError: it holds something else, nothing, or NaN; says what was expected.
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"the {name} is no array of numbers: expected numbers in equally long rows") from None
    if array.ndim not in axes or array.size == 0:
        expected = " or ".join(str(count) for count in axes)
        raise ValueError(f"the {name} has the shape {array.shape}: expected {expected} axes with something in them")
    wrong = np.argwhere(~np.isfinite(array))
    if len(wrong):
        place = tuple(int(index) for index in wrong[0])
        raise ValueError(
            f"the {name} holds {len(wrong)} values that are NaN or infinite, the first at {place}: "
            "replace them, for example with np.nan_to_num"
        )
    return array


def whole(value: Any, name: str, lowest: int, highest: int) -> int:
    """A whole number of a range.

    Raises:
        ValueError: it is none.
    """
    if (
        isinstance(value, (bool, np.bool_))
        or not isinstance(value, (int, np.integer))
        or not lowest <= value <= highest
    ):
        raise ValueError(f"{name} is {value!r}: expected a whole number from {lowest} to {highest}")
    return int(value)


def number(value: Any, name: str, lowest: float, highest: float) -> float:
    """A number of a range.

    Raises:
        ValueError: it is none.
    """
    is_one = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    if not is_one or not lowest <= value <= highest:
        raise ValueError(f"{name} is {value!r}: expected a number from {lowest:g} to {highest:g}")
    return float(value)


def place(value: Any, name: str, shape: tuple[int, ...]) -> tuple[int, int]:
    """Row and column of a cell.

    Args:
        value: what a caller gave.
        name: what to call it in an error.
        shape: rows and columns of what the cell belongs to.

    Raises:
        ValueError: it is no such cell.
    """
    given = value.tolist() if isinstance(value, np.ndarray) else value
    expected = f"expected a cell of the output, which has the shape {tuple(shape)}: (row, column), counted from 0"
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        raise ValueError(f"{name} is {value!r}: {expected}")
    for index, count in zip(given, shape, strict=True):
        if isinstance(index, bool) or not isinstance(index, (int, np.integer)) or not 0 <= index < count:
            raise ValueError(f"{name} is {value!r}: {expected}")
    return int(given[0]), int(given[1])


def rounded(value: float, digits: int = 4) -> float:
    """A number with so many significant digits."""
    return float(f"{value:.{digits}g}")


def shortened(array: np.ndarray) -> np.ndarray:
    """Numbers with 7 significant digits: short in a notebook, and what Python and the browser both compute with."""
    short = [rounded(value, _DIGITS) + 0.0 for value in array.ravel().tolist()]  # no -0
    return np.array(short, dtype=np.float64).reshape(array.shape)


def listed(array: np.ndarray) -> list[Any]:
    """Numbers as nested lists for JSON, whole ones without a point: 3, not 3.0."""
    plain = array.astype(object)
    whole_ones = (array == array.round()) & (np.abs(array) < 1e15)
    plain[whole_ones] = array[whole_ones].astype(np.int64)
    return list(plain.tolist())


@dataclass(frozen=True)
class Sheet:
    """One channel of a picture.

    Args:
        values: the numbers that the browser will compute with, (n_H, n_W) float64.
        state: the same as JSON data, for `readSheet` in page/sheet.js.
    """

    values: np.ndarray
    state: dict[str, Any]


def sheet(image: Any, name: str = "image", *, most: int = _STORED) -> Sheet:
    """One channel for a view: with 7 digits if it is small, else 8 bits deep and at most 256 pixels a side.

    Args:
        image: (n_H, n_W) or RGB (n_H, n_W, 3), of any range; colours are turned into brightness.
        name: what to call it in an error.
        most: characters that it may take.

    Raises:
        ValueError: it is no picture; says what was expected.
    """
    array = brightness(image, name)
    if max(array.shape) <= _EXACT:
        short = shortened(array)
        rows = listed(short)
        if len(json.dumps(rows, separators=(",", ":"))) <= most:
            return Sheet(short, {"rows": rows})
    low, high = _range(image, array)
    grey = np.round((array - low) * (255 / (high - low or 1))).clip(0, 255).astype(np.uint8)
    url, seen = encoded(grey, most=most)
    return Sheet(low + seen.astype(np.float64) * ((high - low) / 255), {"picture": url, "low": low, "high": high})


def brightness(image: Any, name: str = "image") -> np.ndarray:
    """A picture's brightness, (n_H, n_W) float64, from (n_H, n_W) or RGB (n_H, n_W, 3) of any range.

    Raises:
        ValueError: it is no picture; says what was expected.
    """
    array = _picture(image, name)
    return array @ np.array(LUMA) if array.ndim == 3 else array


def _range(image: Any, array: np.ndarray) -> tuple[float, float]:
    """What 0 and 255 stand for; bytes stay what they are."""
    if getattr(image, "dtype", None) == np.uint8:
        return 0.0, 255.0
    return float(array.min()), float(array.max())


def colours(
    image: Any, name: str = "image", *, largest: int = LARGEST, most: int | None = None
) -> tuple[str, np.ndarray]:
    """A picture for a view, as the URL that holds it and as the browser will see it.

    Args:
        image: (n_H, n_W) or (n_H, n_W, 3); uint8, or floats 0 to 1 or 0 to 255.
        name: what to call it in an error.
        largest: pixels on the longer side at most.
        most: characters of the URL at most.

    Returns:
        A data: URL, and (n_H, n_W) or (n_H, n_W, 3) uint8.

    Raises:
        ValueError: it is no picture; says what was expected.
    """
    return encoded(dots(image, name), largest=largest, most=most)


def dots(image: Any, name: str = "image") -> np.ndarray:
    """A picture's dots, (n_H, n_W) or (n_H, n_W, 3) uint8; floats up to 1 are taken as parts of 255.

    Args:
        image: (n_H, n_W) or (n_H, n_W, 3); uint8, or floats 0 to 1 or 0 to 255.
        name: what to call it in an error.

    Raises:
        ValueError: it is no picture; says what was expected.
    """
    array = _picture(image, name)
    if array.max() <= 1 and getattr(image, "dtype", None) != np.uint8:
        array = array * 255
    return np.round(array).clip(0, 255).astype(np.uint8)


def _picture(image: Any, name: str) -> np.ndarray:
    array = numbers(image, name, (2, 3))
    if array.ndim == 3 and array.shape[2] != 3:
        raise ValueError(f"the {name} has the shape {array.shape}: expected (n_H, n_W) or (n_H, n_W, 3)")
    return array


def encoded(
    picture: np.ndarray, *, largest: int = LARGEST, exact: bool = False, most: int | None = None
) -> tuple[str, np.ndarray]:
    """Dots as a data: URL, made smaller if need be, and as they are when they come out of it again.

    Args:
        picture: (n_H, n_W) or (n_H, n_W, 3) uint8.
        largest: pixels on the longer side at most.
        exact: keep every dot, however large the picture is.
        most: characters of the URL at most: the picture loses detail, then dots, until it fits.
    """
    from PIL import Image

    image = Image.fromarray(picture)
    if max(image.size) > largest:
        image.thumbnail((largest, largest), Image.Resampling.LANCZOS)
    kind = "png" if exact or max(image.size) <= _EXACT else "jpeg"  # PNG keeps every dot, and is small enough here
    url, buffer = _url(image, kind, _QUALITIES[0])
    while most is not None and not exact and len(url) > most and max(image.size) > 1:
        for quality in _QUALITIES:
            url, buffer = _url(image, "jpeg", quality)
            if len(url) <= most:
                break
        else:
            image = image.resize([max(1, int(side * _SHRINK)) for side in image.size], Image.Resampling.LANCZOS)
    with Image.open(buffer) as again:
        return url, np.asarray(again)


def _url(image: Any, kind: str, quality: int) -> tuple[str, io.BytesIO]:
    buffer = io.BytesIO()
    image.save(buffer, format=kind, quality=quality, optimize=True)
    return f"data:image/{kind};base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}", buffer
