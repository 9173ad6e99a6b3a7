"""Where a function looks up its names, and other things under these names for a while."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Iterator, Mapping
from typing import Any


def behind(fn: Any) -> Any:
    """The function behind a decorator, a `functools.partial` or an object with `__call__`; else what was given."""
    for _ in range(9):  # decorators that wrap each other in a circle end too
        inner = fn.func if isinstance(fn, functools.partial) else getattr(fn, "__wrapped__", None)
        if inner is None and not hasattr(fn, "__code__"):
            method = inspect.getattr_static(type(fn), "__call__", None)
            inner = method if inspect.isfunction(method) else None
        if inner is None:
            break
        fn = inner
    return fn


@contextlib.contextmanager
def replaced(namespace: dict[str, Any], stand_ins: Mapping[str, Any]) -> Iterator[None]:
    """While inside, the names of `stand_ins` mean these; afterwards what they meant before, or nothing again."""
    absent = object()
    before = {name: namespace.get(name, absent) for name in stand_ins}
    namespace.update(stand_ins)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is absent:
                namespace.pop(name, None)
            else:
                namespace[name] = value
