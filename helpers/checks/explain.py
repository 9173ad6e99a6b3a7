"""Say in a sentence what an exception means for a learner, and which misconception stands behind it."""

from __future__ import annotations

import linecache
import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import numpy as np

from .calls import plain
from .words import printable, short

# Misconceptions of every function: what a report calls them, and what to look at.
GENERAL_HINTS = {
    "not_written": "This function is not written yet. Write it, run its cell, then run this check again.",
    "returns_none": "The function returned None: a `return` is missing, or sits where it is never reached.",
    "numpy_scalar": (
        "An array b of shape (1,) or (1, 1, 1) holds one number but is not one. NumPy 2.4 and newer refuse float(b) "
        "and Z[...] = b for it. Take the number out with b.item()."
    ),
    "tuple_order": "All the values are right, but the order in the `return` line differs from the docstring's.",
    "value_count": "Look at the docstring's Returns: how many values, and in which order?",
    "changes_input": "The function writes into an array it was given. Work on a copy, or on a new array.",
    "hparameters_key": "Look at the docstring for the exact keys of this dictionary.",
    "dict_keys": "Look at the docstring for the exact keys of the dictionary to return.",
    "not_a_number": "A NaN or infinity came out: look for a division by zero or an array made with np.empty.",
    "index_out_of_range": (
        "An index runs past the end. Compare your loop's range with the size of what it runs over: how many fit?"
    ),
    "index_not_whole": "Only a whole number can stand here. `/` always gives a float; what does `//` give?",
    "too_many_indices": "More indices than the array has axes: print its shape just before this line.",
}

_RULES: tuple[tuple[str, str], ...] = (
    (r"^NotImplementedError", "not_written"),
    (r"^TypeError: only (0-dimensional|length-1|size-1) arrays can be converted", "numpy_scalar"),
    (r"^ValueError: setting an array element with a sequence", "numpy_scalar"),
    (r"^KeyError", "hparameters_key"),
    (r"^IndexError: only integers", "index_not_whole"),
    (r"^TypeError: '(numpy\.)?float\w*' object cannot be interpreted as an integer", "index_not_whole"),
    (r"^TypeError: (slice|(list|tuple) indices must be integers .* not (numpy\.)?float)", "index_not_whole"),
    (r"^TypeError: expected a sequence of integers or a single integer, got '\d*\.", "index_not_whole"),
    (r"^IndexError: too many indices", "too_many_indices"),
    (r"^IndexError: (boolean index|shape mismatch|arrays used as indices)", ""),  # about whole arrays of indices
    (r"^IndexError", "index_out_of_range"),
)

_TERMINAL_CODES = re.compile(r"\x1b\[[0-9;]*m")


class Hinted(Protocol):
    """A mistake that has a name and says what to look at."""

    @property
    def name(self) -> str:
        """Short and stable."""

    @property
    def hint(self) -> str:
        """What to look at."""


def hint_text(name: str, own: Iterable[Hinted]) -> str:
    """What to look at for a function's own mistake, or else a general one; "" if neither has that name."""
    return next((mistake.hint for mistake in own if mistake.name == name), GENERAL_HINTS.get(name, ""))


def unseen(seed: int | None) -> str:
    """What to say of a failure without a hint whose values may not be shown."""
    if seed is None:
        return "Run this check in your own notebook: there it shows the values."
    return "It fails on inputs you have not seen."


def no_function(name: str, got: str) -> TypeError:
    """What to raise where a check was given something else than the learner's function."""
    return TypeError(
        f"checks.{name} got {got}, expected the function itself: "
        f"write checks.{name}({name}), without parentheses after the second name"
    )


def misconception_of(error: BaseException, args: Sequence[Any]) -> str:
    """The general misconception behind an error, or ""."""
    text = headline(error)
    for pattern, name in _RULES:
        if re.search(pattern, text):
            if name == "numpy_scalar" and not any(np.ndim(arg) and np.size(arg) == 1 for arg in args if is_array(arg)):
                continue
            if name == "hparameters_key" and not _dicts(args):
                continue
            return name
    return ""


def _dicts(args: Sequence[Any]) -> list[dict[Any, Any]]:
    """Dictionaries among the arguments and inside their tuples and lists, as in a cache."""
    inside = [item for arg in args for item in (arg if isinstance(arg, (tuple, list)) else [arg])]
    return [item for item in inside if isinstance(item, dict)]


def is_array(value: Any) -> bool:
    """Whether a value is a NumPy array."""
    return isinstance(value, np.ndarray)


def headline(error: BaseException) -> str:
    """The exception's type and the first line of its text that says what happened, at most 200 characters.

    Keras begins with the layer it was in, and tells what went wrong in the next line, in bold.
    """
    try:
        said = str(error)[:10_000]
    except Exception:  # a class of the learner's own, whose __str__ fails
        said = ""
    lines = [_TERMINAL_CODES.sub("", line).strip() for line in said.splitlines()]
    lines = [line for line in lines if line] or [""]
    in_a_layer = lines[0].startswith("Exception encountered when calling") and len(lines) > 1
    first = lines[1] if in_a_layer else lines[0]
    text = f"{type(error).__name__}: {first}" if first else type(error).__name__
    return printable(text, 200)


def error_text(error: BaseException, fn: Callable[..., Any], args: Sequence[Any]) -> str:
    """What was raised, where in the learner's code, and for a wrong key which keys there are."""
    lines = [f"It raised {headline(error)}{_where(error, fn)}"]
    if isinstance(error, KeyError) and error.args:
        asked = short(error.args[0])
        keys = [", ".join(map(short, found)) for found in _dicts(args) if asked not in map(short, found)]
        if keys:
            lines.append(f"The dictionary has the keys {keys[0]}; the code asked for {asked}.")
    return "\n".join(lines)


def _where(error: BaseException, fn: Callable[..., Any]) -> str:
    """The line of the learner's own code that raised, if its source is known."""
    home = getattr(getattr(plain(fn), "__code__", None), "co_filename", None)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == home]
    if not frames or frames[-1].lineno is None:
        return ""
    code = linecache.getline(frames[-1].filename, frames[-1].lineno).strip()
    return f" in line {frames[-1].lineno} of its cell: {printable(code, 120)}" if code else ""
