"""What the student defined, as a test holds it: calls and attributes go to the worker, data comes back by value."""

from __future__ import annotations

import builtins
import contextlib
import itertools
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard

import numpy as np

from grader.border.values import BorderError

from .reading import names_used
from .session import Session, WorkerLost

Target = str | int | tuple[str, str]  # a name of the notebook, a kept object's number, a module and a name in it


class FarError(Exception):
    """An error of the student's code; raised as a subclass that also is the built-in error of that name."""

    text = ""

    def __init__(self) -> None:
        """No arguments, whatever the built-in error wants."""

    def __str__(self) -> str:
        return self.text


class Far:
    """A function, model or other object that stays in the student's process.

    Whatever it says is a claim: only values on inputs of the test's own choice prove anything.
    """

    is_far = True

    def __init__(self, bench: Bench, target: Target, generation: int = 0) -> None:
        self.__dict__.update(_bench=bench, _target=target, _generation=generation)
        if isinstance(target, int):
            weakref.finalize(self, bench.session.forget, target, generation).atexit = False
        else:
            self.__dict__["__name__"] = target if isinstance(target, str) else target[1]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the student's process."""
        return self._bench.call(self, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._bench.ask("attribute", target=self._handle(), name=name)["value"]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a test cannot set attributes of a student's object")

    def __instancecheck__(self, value: Any) -> bool:
        return self._bench.ask("isinstance", target=self._handle(), value=value).get("value") is True

    def __bool__(self) -> bool:
        raise TypeError("a student's object is neither true nor false: compare a value with what was expected")

    def __deepcopy__(self, memo: Any) -> Far:
        return self

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of the student's>"

    def _handle(self) -> Any:
        return self if isinstance(self._target, int) else self._target

    # ---- what helpers.checks asks of a function in another process ---------------------------------------------

    def names_used(self) -> frozenset[str]:
        """Names that the function's text reads, helpers of the same notebook included."""
        return names_used(self._bench.sources, str(self._target))

    def in_place(self) -> Callable[..., Any]:
        """The same function, but what it changes in its arguments is changed in the test's, too.

        Not so by default: a test that computes what it expects after the call would take it from the student.
        """
        return lambda *args, **kwargs: self._bench.call(self, args, kwargs, in_place=True)

    def beside(self, module: str, name: str) -> Far:
        """A function of the course's package, called in the student's process: by its names, so in a fresh one, too.

        Its answers are claims like all others, since the student's code shares its process.
        """
        return Far(self._bench, (module, name))

    def global_value(self, name: str) -> Any:
        """What the function sees under a global name, or None."""
        return self._bench.named(name)

    @contextlib.contextmanager
    def replaced_names(self, stand_ins: Mapping[str, Callable[..., Any]]) -> Iterator[None]:
        """While inside, the notebook's functions of these names are the test's own."""
        before, self._bench.stand_ins = self._bench.stand_ins, dict(stand_ins)
        try:
            yield
        finally:
            self._bench.stand_ins = before


class Bench:
    """Where tests meet one notebook: makes Far objects and carries their questions.

    Args:
        session: the notebook's worker.
        sources: texts of the cells that were run, in order.
    """

    def __init__(self, session: Session, sources: list[str]) -> None:
        self.session = session
        self.sources = sources
        self.stand_ins: dict[str, Callable[..., Any]] = {}
        self._ours: dict[int, Callable[..., Any]] = {}
        self._numbers = itertools.count(1)
        self._lost: dict[Any, list[float]] = {}
        session.keep, session.find, session.serve_back = self._keep, self._find, self._serve

    def begin_test(self) -> None:
        """Every test has new patience with every function."""
        self._lost.clear()

    def named(self, name: str) -> Any:
        """What the notebook has under a name: Far for what can be called, else its value; None if there is nothing."""
        kinds = self.ask("kinds", names=[name])["value"]
        kind = kinds.get(name) if type(kinds) is dict else None
        if kind is None:
            return None
        return Far(self, name) if kind == "call" else self.ask("get", name=name)["value"]

    def call(self, far: Far, args: tuple[Any, ...], kwargs: dict[str, Any], *, in_place: bool = False) -> Any:
        """Call the student's function on copies of the arguments; with `in_place`, copy its changes back."""
        lost = self._lost.setdefault((far._target, *self.stand_ins), [])
        if len(lost) >= self.session.patience.lost_calls or sum(lost) >= 2 * self.session.patience.call_seconds:
            raise WorkerLost("earlier calls of it did not come back")
        started = time.monotonic()
        try:
            answer = self.ask("call", target=far._handle(), args=list(args), kwargs=kwargs, stand_ins=self.stand_ins)
        except WorkerLost:
            lost.append(time.monotonic() - started)
            raise
        changed = answer.get("changed")
        if in_place and type(changed) is dict:
            for index, value in changed.items():
                if type(index) is int and 0 <= index < len(args):
                    _copy_into(args[index], value)
        return answer["value"]

    def ask(self, op: str, **fields: Any) -> dict[str, Any]:
        """A question to the worker.

        Raises:
            FarError: the student's code raised.
            WorkerLost: its process ended.
        """
        self._ours.clear()
        answer = self.session.ask(op, **fields)
        error = answer.get("error")
        if type(error) is dict:
            raise far_error(error)
        if "value" not in answer:
            raise far_error({"types": ["BorderError"], "text": "The answer holds no value."})
        return answer

    def _keep(self, value: Any) -> dict[str, Any]:
        if isinstance(value, Far):
            if isinstance(value._target, str):
                return {"k": "far", "at": "worker", "name": value._target}
            if isinstance(value._target, tuple):
                raise BorderError("a function of the course cannot be sent")
            if value._generation != self.session.generation:
                raise WorkerLost("the object was lost with its process")
            return {"k": "far", "at": "worker", "id": value._target}
        if callable(value):
            number = next(self._numbers)
            self._ours[number] = value
            return {"k": "far", "at": "examiner", "id": number, "type": str(getattr(value, "__name__", "function"))}
        raise BorderError(f"a {type(value).__name__} cannot be sent to the student's function")

    def _find(self, data: dict[str, Any]) -> Far:
        number, name = data.get("id"), data.get("type")
        if data.get("at") != "worker" or type(number) is not int or type(name) is not str:
            raise BorderError("an object has no number")
        kind = type(name if name.isidentifier() and len(name) < 80 else "object", (Far,), {})
        far: Far = kind(self, number, self.session.generation)
        return far

    def _serve(self, question: dict[str, Any]) -> dict[str, Any]:
        """The student's code calls a function of ours that it was given."""
        ours = self._ours.get(question["back"]) if type(question["back"]) is int else None
        args, kwargs = question.get("args"), question.get("kwargs")
        if ours is None or type(args) is not tuple or type(kwargs) is not dict:
            raise BorderError("there is no such function")
        try:
            return {"value": ours(*args, **kwargs)}
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}"[:500]}


# What a student is told of an error after hidden inputs: few names, since the student's code chooses among them.
_TOLD = ("NameError", "SyntaxError", "TypeError", "ValueError", "IndexError", "KeyError", "AttributeError")


def told_type(types: Sequence[Any]) -> str:
    """The first of the types of an error, as the worker explains them, that may be told; else "an error"."""
    return next((name for name in types if name in _TOLD), "an error")


def far_error(explained: dict[str, Any]) -> FarError:
    """The exception for an error as the worker explains it; it passes for the built-in one that it says it is."""
    types = [name for name in explained.get("types", ()) if type(name) is str]
    name = types[0] if types and types[0].isidentifier() and len(types[0]) < 80 else "Exception"
    base = next((kind for kind in (getattr(builtins, each, None) for each in types) if _may_pass_for(kind)), Exception)
    error: FarError = type(name, (FarError, base), {})()
    text, line = explained.get("text"), explained.get("line")
    error.text = text if type(text) is str else ""
    error.line = line if type(line) is int else 0  # type: ignore[attr-defined]
    return error


def _may_pass_for(kind: Any) -> TypeGuard[type[Exception]]:
    """Whether an error from afar may be caught as this: none that ends the loop of a test in silence, no groups."""
    if not isinstance(kind, type) or not issubclass(kind, Exception) or kind.__name__ == "ExceptionGroup":
        return False
    return not issubclass(kind, (StopIteration, StopAsyncIteration))


def _copy_into(mine: Any, theirs: Any) -> None:
    """Make an argument what the student's function made of its copy, as far as that is possible in place."""
    if isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray) and mine.shape == theirs.shape:
        np.copyto(mine, theirs, casting="unsafe")
    elif isinstance(mine, list) and isinstance(theirs, list):
        mine[:] = theirs
    elif isinstance(mine, dict) and isinstance(theirs, dict):
        mine.clear()
        mine.update(theirs)
    elif isinstance(mine, tuple) and isinstance(theirs, tuple):
        for one, other in zip(mine, theirs, strict=False):
            _copy_into(one, other)
