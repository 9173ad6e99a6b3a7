"""Interactive views that teach one idea each, called by name: `widgets.filter_playground(image)`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import import_module
from typing import Any

from .view import Refusal

# Where each view lives; a module is named after a noun so that it never hides the function.
_HOMES = {
    "filter_playground": "playground",
    "convolution_stepper": "stepper",
    "gradient_flow": "flow",
    "architecture_explorer": "architecture",
    "depth_and_gradient": "depth",
    "label_studio": "labels",
    "box_playground": "boxes",
    "anchor_explorer": "anchors",
    "detector_at_work": "detector",
    "triplet_explorer": "triplets",
    "feature_map_explorer": "feature_maps",
    "style_studio": "style",
}

__all__ = ["home_of", "names"]


def names() -> tuple[str, ...]:
    """Names of all views."""
    return tuple(_HOMES)


def home_of(name: str) -> str:
    """The module that holds a view; its part for the browser and its example in docs/widgets/ have the same name."""
    return _HOMES[name]


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]


def __getattr__(name: str) -> Callable[..., Any]:
    if name not in _HOMES:
        raise AttributeError(f"there is no view {name!r}; there are {', '.join(names())}")
    return _speaking(getattr(import_module(f".{_HOMES[name]}", __name__), name))


def _speaking(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same view, except that unusable arguments give a sentence in its place and no traceback."""

    @functools.wraps(view)
    def shown(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except ValueError as problem:
            return Refusal(view.__name__.replace("_", " "), str(problem))

    return shown
