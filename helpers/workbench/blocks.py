"""Correct blocks in place of a learner's broken ones, while a function that calls them is judged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .recipe import Recipe, applied

Blocks = Mapping[str, Callable[..., Recipe]]


@contextlib.contextmanager
def standing_in(fn: Callable[..., Any], blocks: Blocks) -> Iterator[None]:
    """While inside, `fn` sees other functions under these names.

    Args:
        fn: a learner's function.
        blocks: for each name what gives a recipe for the arguments after the tensor; a grader has it in another
            process, which is asked with these arguments and never sees the tensor.
    """
    namespace = _namespace(fn) if blocks else {}
    absent = object()
    before = {name: namespace.get(name, absent) for name in blocks}
    namespace.update({name: _block(recipe_for) for name, recipe_for in blocks.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is absent:
                namespace.pop(name, None)
            else:
                namespace[name] = value


def _block(recipe_for: Callable[..., Recipe]) -> Callable[..., Any]:
    def block(X: Any, *args: Any, **options: Any) -> Any:
        return applied(recipe_for(*args, **options), X)

    return block


def _namespace(fn: Any) -> dict[str, Any]:
    """Where a function, perhaps decorated, looks up its names."""
    for _ in range(9):
        inner = getattr(fn, "__wrapped__", None) or getattr(fn, "func", None)
        if inner is None:
            break
        fn = inner
    found = getattr(fn, "__globals__", None)
    return found if isinstance(found, dict) else {}
