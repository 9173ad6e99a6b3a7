"""Correct blocks in place of a learner's broken ones, while a function that calls them is judged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..namespaces import behind, replaced
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
    namespace = getattr(behind(fn), "__globals__", {}) if blocks else {}
    with replaced(namespace, {name: _block(recipe_for) for name, recipe_for in blocks.items()}):
        yield


def _block(recipe_for: Callable[..., Recipe]) -> Callable[..., Any]:
    def block(X: Any, *args: Any, **options: Any) -> Any:
        return applied(recipe_for(*args, **options), X)

    return block
