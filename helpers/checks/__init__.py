"""Checks of the graded functions: `checks.conv_forward(conv_forward)` says what is right and which mistake was made.

Each check is imported when it is first used, so that a NumPy notebook never waits for TensorFlow.
"""

from __future__ import annotations

import contextlib
import inspect
import io
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .check import Check
from .report import Outcome, Report

if TYPE_CHECKING:
    from .model_check import ModelCheck

# Where each graded function's check lives: week, module, functions.
_HOMES: dict[str, dict[str, tuple[str, ...]]] = {
    "week1_foundations": {
        "correlation": ("cross_correlate",),
        "flip": ("flip_kernel",),
        "edges": ("edge_kernels",),
        "learned_kernel": ("learn_kernel",),
        "output_size": ("conv_output_size",),
        "padding": ("zero_pad",),
        "single_step": ("conv_single_step",),
        "convolution": ("conv_forward",),
        "pooling": ("pool_forward",),
        "backpropagation": ("conv_backward",),
        "masks": ("create_mask_from_window",),
        "spread": ("distribute_value",),
        "pool_gradient": ("pool_backward",),
        "columns": ("im2col",),
        "counting": ("count_parameters",),
        "labels": ("one_hot",),
        "first_models": ("lenet5", "happyModel", "convolutional_model"),
    },
}
_HOME_OF = {
    name: f"{week}.{module}" for week, modules in _HOMES.items() for module, names in modules.items() for name in names
}

__all__ = ["Check", "Outcome", "Report", "find", "names", "ready"]


def names() -> tuple[str, ...]:
    """Names of all graded functions that have a check."""
    return tuple(_HOME_OF)


def find(name: str) -> Check | ModelCheck:
    """The check of a graded function.

    Raises:
        LookupError: there is no graded function of that name; the message lists all names.
    """
    if name not in _HOME_OF:
        raise LookupError(f"there is no check for {name!r}; there are checks for {', '.join(names())}")
    check: Check | ModelCheck = getattr(import_module(f".{_HOME_OF[name]}", __name__), name)
    return check


def ready(*functions: Callable[..., Any]) -> bool:
    """Whether these graded functions pass their checks; if not, one printed line says what a demo waits for.

    A function counts as the one whose name it is bound to where `ready` is called, so that a lambda will do.

    Raises:
        LookupError: a function is bound to no name that has a check.
    """
    caller = inspect.currentframe()
    namespace = {} if caller is None or caller.f_back is None else {**caller.f_back.f_globals, **caller.f_back.f_locals}
    called = [next((n for n in names() if namespace.get(n) is fn), getattr(fn, "__name__", "")) for fn in functions]
    with contextlib.redirect_stdout(io.StringIO()):
        waiting = [name for name, fn in zip(called, functions, strict=True) if not find(name)(fn).passed]
    if waiting:
        print(f"This demo waits for {' and '.join(waiting)}: finish the exercise, then run this cell again.")
    return not waiting


def __getattr__(name: str) -> Check | ModelCheck:
    try:
        return find(name)
    except LookupError as error:
        raise AttributeError(str(error)) from None


def __dir__() -> list[str]:
    return sorted([*__all__, *names()])
