"""Call a learner's function the same careful way each time: on copies, in quiet, with every error caught."""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Attempt:
    """What one call did.

    Args:
        value: what was returned; None after an error.
        error: what was raised, or None.
        changed: positions of the arguments that the call altered.
    """

    value: Any = None
    error: BaseException | None = None
    changed: tuple[int, ...] = field(default=())


def attempt(fn: Callable[..., Any], args: tuple[Any, ...], *, quiet: bool) -> Attempt:
    """Call `fn` on deep copies of `args`.

    Args:
        fn: the learner's function.
        args: positional arguments; they are never altered themselves.
        quiet: swallow what it prints (hidden inputs must not be shown).
    """
    given = tuple(copy.deepcopy(arg) for arg in args)
    try:
        with _hush(quiet):
            value = fn(*given)
    except (Exception, SystemExit) as error:
        return Attempt(error=error, changed=_changed(args, given))
    return Attempt(value=value, changed=_changed(args, given))


@contextlib.contextmanager
def _hush(quiet: bool) -> Iterator[None]:
    """Warnings and stderr are no reason to lose points, so they go nowhere; stdout too where `quiet`."""
    sink = io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(contextlib.redirect_stderr(sink))
        if quiet:
            stack.enter_context(contextlib.redirect_stdout(sink))
        yield


def _changed(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(i for i, (old, new) in enumerate(zip(before, after, strict=True)) if not _same(old, new))


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, np.ndarray):
        return isinstance(new, np.ndarray) and old.shape == new.shape and bool(np.array_equal(old, new, equal_nan=True))
    if isinstance(old, Mapping):
        return old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old)
    if isinstance(old, (tuple, list)):
        return len(old) == len(new) and all(_same(a, b) for a, b in zip(old, new, strict=True))
    if isinstance(old, (int, float, str, bool, type(None))):
        return bool(old == new)
    return True  # models, layers and other objects: their own checks look at them


def names_used(fn: Callable[..., Any]) -> frozenset[str]:
    """Global names that a Python function reads, its inner functions included; empty for other callables."""
    code = getattr(inspect.unwrap(fn), "__code__", None)
    if code is None:
        return frozenset()
    names: set[str] = set()
    pending = [code]
    while pending:
        code = pending.pop()
        names.update(code.co_names)
        pending += [const for const in code.co_consts if inspect.iscode(const)]
    return frozenset(names)


def global_value(fn: Callable[..., Any], name: str) -> Any:
    """The value that `fn` sees under a global name, or None."""
    return getattr(inspect.unwrap(fn), "__globals__", {}).get(name)


@contextlib.contextmanager
def replaced_names(fn: Callable[..., Any], stand_ins: Mapping[str, Any]) -> Iterator[None]:
    """While inside, `fn` sees `stand_ins` in place of the learner's functions of those names."""
    if not stand_ins:
        yield
        return
    namespace: dict[str, Any] = inspect.unwrap(fn).__globals__
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
