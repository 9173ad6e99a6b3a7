"""Call a learner's function the same careful way each time: on copies, in quiet, with every error caught."""

from __future__ import annotations

import contextlib
import copy
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeGuard

import numpy as np

from ..namespaces import behind, replaced
from .hush import hushed


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
        quiet: swallow what it prints, displays, logs and draws (hidden inputs must not be shown).

    Raises:
        KeyboardInterrupt: the learner, or the time limit of a grader, stopped it.
    """
    given = tuple(copy.deepcopy(arg) for arg in args)
    call = fn.in_place() if is_far(fn) else fn
    try:
        with hushed(everything=quiet):
            value = call(*given)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit and the like too: nothing of the learner's may end the cell
        return Attempt(error=error, changed=_changed(args, given))
    return Attempt(value=value, changed=_changed(args, given))


def _changed(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(i for i, (old, new) in enumerate(zip(before, after, strict=True)) if not _same(old, new))


def _same(old: Any, new: Any) -> bool:
    """Whether a copy is still equal to its original; what cannot even be compared is not."""
    try:
        return _equal(old, new)
    except Exception:
        return False


def _equal(old: Any, new: Any) -> bool:
    if isinstance(old, np.ndarray):
        return isinstance(new, np.ndarray) and old.shape == new.shape and bool(np.array_equal(old, new, equal_nan=True))
    if isinstance(old, Mapping):
        return old.keys() == new.keys() and all(_equal(old[key], new[key]) for key in old)
    if isinstance(old, (tuple, list)):
        return len(old) == len(new) and all(_equal(a, b) for a, b in zip(old, new, strict=True))
    if isinstance(old, (int, float, str, bool, type(None))):
        return bool(old == new)
    return True  # models, layers and other objects: their own checks look at them


class FarFunction(Protocol):
    """A learner's function that lives in another process, as a grader holds it.

    Its namespace is out of reach, so it answers itself for what the functions below read from one. Its arguments and
    results are copies, and nothing that it returns may be shown: it may have kept secret inputs.
    """

    is_far: bool

    def __call__(self, *args: Any) -> Any:
        """Call the learner's function."""

    def in_place(self) -> Callable[..., Any]:
        """The same function, but what it changes in its arguments is changed in the caller's, too."""

    def names_used(self) -> frozenset[str]:
        """As `names_used`."""

    def global_value(self, name: str) -> Any:
        """As `global_value`."""

    def replaced_names(self, stand_ins: Mapping[str, Any]) -> contextlib.AbstractContextManager[None]:
        """As `replaced_names`."""

    def beside(self, module: str, name: str) -> Callable[..., Any]:
        """As `beside`, for a tool by its names."""


def beside(fn: Any, tool: Callable[..., Any]) -> Callable[..., Any]:
    """A function of `helpers`, called where `fn` lives: models and symbolic tensors are known there only.

    Args:
        fn: the learner's function.
        tool: a function of a module that knows no right answers, for example of `helpers.workbench`.

    Returns:
        What takes the same arguments as `tool`, `fn` and what it returned among them.
    """
    return fn.beside(tool.__module__, tool.__name__) if is_far(fn) else tool


def is_far(fn: Any) -> TypeGuard[FarFunction]:
    """Whether a function lives in another process."""
    return getattr(type(fn), "is_far", False) is True


def plain(fn: Any) -> Any:
    """The function behind a decorator, a `functools.partial` or an object with `__call__`; else what was given."""
    return fn if is_far(fn) else behind(fn)


def names_used(fn: Callable[..., Any]) -> frozenset[str]:
    """Global names that a Python function reads, its inner functions and the learner's own helpers included.

    Empty for other callables.
    """
    if is_far(fn):
        return fn.names_used()
    code = getattr(plain(fn), "__code__", None)
    namespace = getattr(plain(fn), "__globals__", {})
    names: set[str] = set()
    pending = [] if code is None else [code]
    while pending:
        code = pending.pop()
        new = set(code.co_names) - names
        names |= new
        helpers = [plain(namespace[name]) for name in new if callable(namespace.get(name))]
        pending += [f.__code__ for f in helpers if inspect.isfunction(f) and f.__globals__ is namespace]
        pending += [const for const in code.co_consts if inspect.iscode(const)]
    return frozenset(names)


def global_value(fn: Callable[..., Any], name: str) -> Any:
    """The value that `fn` sees under a global name, or None."""
    if is_far(fn):
        return fn.global_value(name)
    return getattr(plain(fn), "__globals__", {}).get(name)


@contextlib.contextmanager
def replaced_names(fn: Callable[..., Any], stand_ins: Mapping[str, Any]) -> Iterator[None]:
    """While inside, `fn` sees `stand_ins` in place of the learner's functions of those names."""
    if not stand_ins:
        yield
        return
    if is_far(fn):
        with fn.replaced_names(stand_ins):
            yield
        return
    with replaced(plain(fn).__globals__, stand_ins):
        yield
