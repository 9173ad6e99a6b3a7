"""Values in a few printable words, whatever they are."""

from __future__ import annotations

import numbers
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def printable(text: str, most: int) -> str:
    """One line of at most `most` characters without control characters, which a notebook could not show."""
    line = "".join(c if c.isprintable() else " " for c in text[: 4 * most])
    return line if len(line) <= most else line[: most - 1] + "…"


def short(value: Any, most: int = 60) -> str:
    """What `repr` says, cut; the type's name where `repr` fails."""
    try:
        return printable(repr(value), most)
    except Exception:
        return f"a {type(value).__name__}"


def describe(names: Sequence[str], args: Sequence[Any]) -> str:
    """Arguments in a few words: shapes for larger arrays, values for the rest."""
    labels = list(names) + [f"argument {i + 1}" for i in range(len(names), len(args))]
    return ", ".join(f"{label} {_brief(arg)}" for label, arg in zip(labels, args, strict=False))


def _brief(arg: Any) -> str:
    if isinstance(arg, np.ndarray):
        return f"of shape {arg.shape}" if arg.size > 9 or arg.ndim > 2 else f"= {_written(arg)}"
    if isinstance(arg, (tuple, list)) and any(isinstance(item, np.ndarray) for item in arg):
        return "(" + ", ".join(_brief(item) for item in arg) + ")"
    return f"= {printable(_written(arg), 80)}"


def _written(value: Any) -> str:
    """As in source text, but with four significant digits."""
    if isinstance(value, np.ndarray):
        return _written(value.tolist())
    if isinstance(value, numbers.Real) and not isinstance(value, numbers.Integral):
        return f"{float(value):.4g}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_written, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{short(key)}: {_written(item)}" for key, item in value.items()) + "}"
    return short(value.item() if isinstance(value, np.generic) else value)
