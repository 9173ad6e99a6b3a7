"""Views that teach one idea each, called by name: `widgets.filter_playground(image)`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

# Where each view lives; a module is named after a noun so that it never hides the function.
_HOMES = {
    "filter_playground": "playground",
    "convolution_stepper": "stepper",
    "gradient_flow": "flow",
}

__all__ = ["names"]


def names() -> tuple[str, ...]:
    """Names of all views."""
    return tuple(_HOMES)


def __getattr__(name: str) -> Callable[..., Any]:
    if name not in _HOMES:
        raise AttributeError(f"there is no view {name!r}; there are {', '.join(names())}")
    view: Callable[..., Any] = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    return view
