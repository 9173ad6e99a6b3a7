"""Compare what a learner's function returned with what was expected, and say how they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from inspect import isgenerator
from itertools import islice
from typing import Any

import numpy as np

from .report import Picture
from .words import short

# Wide enough for float32 arithmetic inside (a TensorFlow answer), far narrower than any mistake.
RELATIVE_TOLERANCE = 3e-4
_MOST_ENTRIES = 10_000_000  # no exercise returns more, and a view of one number can have any size
_MOST_KEYS = 8


@dataclass(frozen=True)
class Output:
    """One value that a graded function returns.

    Args:
        name: as in the docstring, for example "Z".
        symbols: its shape in the course's symbols, for example "(m, n_H, n_W, n_C)"; "" for a number; those of
            the values of a tuple are separated by semicolons.
    """

    name: str
    symbols: str = ""


@dataclass(frozen=True)
class Mismatch:
    """The first difference between two values.

    Args:
        kind: none, type, count, order, keys, shape, nan or value.
        text: what was got and what was expected.
        picture: the two as matrices, where that helps.
    """

    kind: str
    text: str
    picture: Picture | None = field(default=None, compare=False)


def as_array(value: Any) -> np.ndarray | None:
    """A float array of any numeric value (array, tensor, number, list); None if it is not numeric.

    Complex it is only where an imaginary part is more than the rounding that a Fourier transform leaves.
    """
    if value is None or isinstance(value, (str, bytes, dict)):
        return None
    try:  # whatever a learner's object does when it is asked
        array = np.asarray(value.numpy() if hasattr(value, "numpy") else value)
        kind = array.dtype.kind
        if kind not in "biufcVO" or (kind == "O" and not _is_numeric(array.flat)):
            return None
        if array.size > _MOST_ENTRIES:
            return np.broadcast_to(np.float64(np.nan), array.shape)  # its shape is all that counts
        if kind == "c" and np.max(np.abs(array.imag), initial=0) > 1e-6 * np.max(np.abs(array), initial=0):
            return array.astype(np.complex128)
        return (array.real if kind == "c" else array).astype(np.float64)  # V: bfloat16, which NumPy cannot name
    except Exception:
        return None


def first_mismatch(got: Any, expected: Any, output: Output, *, scale: float = 0.0) -> Mismatch | None:
    """How `got` differs from `expected`, or None if they agree.

    Args:
        got: what the learner's function returned.
        expected: array, number, string, or a tuple, list or dict of them; `...` agrees with anything, and as a key
            of a dict it allows further keys.
        output: name and symbols of this value, for the message.
        scale: typical size of the inputs; it sets the tolerance where everything expected is zero.
    """
    if expected is ...:
        return None
    if got is None:
        return Mismatch("none", f"{output.name} is None. Is a `return` missing, or the part not written yet?")
    if isinstance(expected, Mapping):
        return _mapping(got, expected, output, scale)
    if isinstance(expected, (tuple, list)) and not _is_numeric(expected):
        return _sequence(got, expected, output, scale)
    if isinstance(expected, str):
        same = isinstance(got, str) and got == expected
        return None if same else Mismatch("value", f"{output.name} is {short(got)}, expected {expected!r}")
    return _numeric(got, expected, output, scale)


def _is_numeric(items: Iterable[Any]) -> bool:
    return all(isinstance(item, (int, float, np.number)) for item in items)


def _mapping(got: Any, expected: Mapping[Any, Any], output: Output, scale: float) -> Mismatch | None:
    if not isinstance(got, Mapping):
        return Mismatch("type", f"{output.name} is {kind_of(got)}, expected a dict with the keys {_keys(expected)}")
    named = {key: value for key, value in expected.items() if key is not ...}
    missing = [key for key in named if key not in got]
    extra = [] if ... in expected else [key for key in got if key not in named]
    if missing or extra:
        lost = f" It lacks {', '.join(map(short, missing))}." if missing else ""
        wanted = f"{_keys(named)}, and others" if ... in expected else _keys(named)
        return Mismatch("keys", f"{output.name} has the keys {_keys(got)}, expected {wanted}.{lost}")
    for key, value in named.items():
        found = first_mismatch(got[key], value, Output(f"{output.name}[{key!r}]", output.symbols), scale=scale)
        if found:
            return found
    return None


def _keys(mapping: Mapping[Any, Any]) -> str:
    names = [short(key) for key in islice(mapping, _MOST_KEYS)]
    return ", ".join(names) + (f" and {len(mapping) - _MOST_KEYS} more" if len(mapping) > _MOST_KEYS else "")


def _sequence(got: Any, expected: Any, output: Output, scale: float) -> Mismatch | None:
    names = [name.strip() for name in output.name.strip("()").split(",")]
    if len(names) != len(expected):
        names = [f"{output.name}[{index}]" for index in range(len(expected))]
    shapes = [text.strip() for text in output.symbols.split(";")] + [""] * len(names)
    parts = [Output(name, symbols) for name, symbols in zip(names, shapes, strict=False)]
    wanted = f"({', '.join(names)})"
    if not isinstance(got, (tuple, list)):
        return Mismatch("type", f"the function returned {kind_of(got)}, expected the tuple {wanted}")
    if len(got) != len(expected):
        return Mismatch("count", f"the function returned {len(got)} values, expected {len(expected)}: {wanted}")
    for part, mine, theirs in zip(parts, got, expected, strict=True):
        found = first_mismatch(mine, theirs, part, scale=scale)
        if found:
            if _swapped(got, expected, scale):
                return Mismatch("order", f"the values are right but in another order, expected {wanted}")
            return found
    return None


def _swapped(got: Any, expected: Any, scale: float) -> bool:
    """Whether each expected value is among the got ones, in another order."""
    left = list(got)
    for value in sorted(expected, key=lambda value: value is ...):  # what agrees with anything takes what is left
        for index, candidate in enumerate(left):
            if candidate is not None and first_mismatch(candidate, value, Output(""), scale=scale) is None:
                del left[index]
                break
        else:
            return False
    return True


def _numeric(got: Any, expected: Any, output: Output, scale: float) -> Mismatch | None:
    wanted = as_array(expected)
    if wanted is None:
        raise TypeError(f"the expected {output.name} is {kind_of(expected)}: expected a number or an array")
    array = as_array(got)
    if array is None:
        kind = "a number" if wanted.ndim == 0 else f"an array of shape {_shape(wanted, output)}"
        return Mismatch("type", f"{output.name} is {kind_of(got)}, expected {kind}")
    if array.shape != wanted.shape:
        text = f"{output.name} has the shape {array.shape}, expected {_shape(wanted, output)}"
        return Mismatch("shape", text)
    bad = ~np.isfinite(array) & np.isfinite(wanted)
    if bad.any():
        where = _index(np.argwhere(bad)[0])
        value = array[tuple(np.argwhere(bad)[0])]
        return Mismatch(
            "nan",
            f"{output.name}{where} is {value}, expected a finite number",
            _picture(array, wanted, output),
        )
    size = max(float(np.max(np.abs(wanted[np.isfinite(wanted)]), initial=0.0)), 1e-3 * scale)
    wrong = ~np.isclose(array, wanted, rtol=RELATIVE_TOLERANCE, atol=RELATIVE_TOLERANCE * size, equal_nan=True)
    if not wrong.any():
        return None
    return Mismatch("value", _difference(array, wanted, wrong, output), _picture(array, wanted, output))


def _difference(array: np.ndarray, wanted: np.ndarray, wrong: np.ndarray, output: Output) -> str:
    if wanted.ndim == 0:
        return f"{output.name} is {array:.6g}, expected {wanted:.6g}"
    first = tuple(np.argwhere(wrong)[0])
    share = f"{int(wrong.sum())} of {wrong.size} entries differ" if wrong.size > 1 else "the entry differs"
    return f"{output.name}{_index(first)} is {array[first]:.6g}, expected {wanted[first]:.6g} ({share})"


def _index(index: Any) -> str:
    return "[" + ", ".join(str(int(i)) for i in index) + "]" if len(index) else ""


def _shape(array: np.ndarray, output: Output) -> str:
    if array.ndim == 0:
        return "a single number"
    return f"{output.symbols} = {array.shape}" if output.symbols else str(array.shape)


def _picture(array: np.ndarray, wanted: np.ndarray, output: Output) -> Picture | None:
    """The matrix of rows and columns around the largest difference, or None for numbers and complex values."""
    if wanted.ndim == 0 or wanted.size < 2 or wanted.dtype.kind == "c" or array.dtype.kind == "c":
        return None
    if wanted.ndim == 1:
        return Picture(output.name, wanted[None, :], array[None, :])
    gap = np.where(np.isfinite(array - wanted), np.abs(array - wanted), np.inf)
    rows, columns = (0, 1) if wanted.ndim == 2 else (wanted.ndim - 3, wanted.ndim - 2)
    where: list[Any] = list(np.unravel_index(int(np.argmax(gap)), gap.shape))
    where[rows] = where[columns] = slice(None)
    label = "[" + ", ".join(":" if isinstance(i, slice) else str(int(i)) for i in where) + "]"
    title = output.name if wanted.ndim == 2 else f"{output.name}{label}"
    return Picture(title, wanted[tuple(where)], array[tuple(where)])


def kind_of(value: Any) -> str:
    """A short description of a value for a message, for example "an array of shape (2, 3)"."""
    if value is None:
        return "None"
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)}"
    array = as_array(value)
    if array is not None:
        return f"an array of shape {array.shape}" if array.ndim else f"the number {array:.6g}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} that holds no numbers (dtype {value.dtype})"
    if isgenerator(value):
        return "a generator (is there a `yield` instead of a `return`?)"
    if callable(value):
        return "a function (was it called?)"
    return f"a {type(value).__name__}"
