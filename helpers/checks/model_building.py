"""The model that comes of a learner's function: of one that builds it, or of one from tensor to tensor, wrapped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import workbench
from . import calls, explain
from .model_blueprint import Recipe, Shape
from .model_diagnosis import Probe, could_be
from .model_fit import fits
from .model_shapes import all_weight_shapes, size
from .model_sizes import differing_layers
from .model_subject import NotAModel, Subject, is_model
from .parts import Call

Blocks = Mapping[str, Callable[..., Recipe]]

if TYPE_CHECKING:
    from .model_check import Build, ModelCheck


class Stop(Exception):
    """Nothing more can be looked at; the message says why, `hint` names the mistake if it is known."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def call_text(check: ModelCheck, build: Build, *, secret: bool) -> str:
    """The call as a message shows it."""
    if secret:
        return f"{check.name}(...)"
    first = [f"a tensor {build.input_shape}"] if check.from_tensor else []
    return f"{check.name}({', '.join([*first, *map(repr, build.args)])})"


def built(check: ModelCheck, fn: Call, build: Build, blocks: Blocks, *, secret: bool) -> Subject:
    """The model that comes of one call.

    Args:
        check: what is known about the function.
        fn: the learner's.
        build: the call.
        blocks: recipes of correct blocks, to stand in for the learner's broken ones.
        secret: whether nothing that it shows may be seen.

    Raises:
        Stop: the function raised, or what came is no model or no tensor.
    """
    call = partial(calls.beside(fn, workbench.model_of), fn, blocks)
    if check.from_tensor:
        call = partial(calls.beside(fn, workbench.from_tensor), fn, blocks, build.input_shape)
    value = _value(check, fn, call, build, secret)
    if check.from_tensor:
        value = _wrapped(value)
    try:
        return Subject(value, build.input_shape, fn)
    except NotAModel as error:
        raise Stop(str(error), error.hint) from None


def counted(check: ModelCheck, fn: Call, build: Build, blocks: Blocks, *, secret: bool) -> list[str]:
    """What is wrong with the sizes of a network that is built without the memory of its weights.

    Returns:
        Sentences, none if all is right.

    Raises:
        Stop: the function raised.
    """
    value = _value(check, fn, partial(calls.beside(fn, workbench.counted), fn, blocks), build, secret)
    try:
        outline = dict(value["outline"])
        taken, given = tuple(outline["input_shape"]), tuple(outline["output_shape"])
        shapes: list[Shape] = [tuple(map(int, shape)) for shape in outline["weights"]]
    except (KeyError, TypeError, ValueError):
        return ["It returned no model that could be counted."]
    wrong = []
    for what, mine, right in (("input", taken, build.input_shape), ("output", given, build.output_shape)):
        if mine != right:
            wrong.append(f"Its {what} has the shape {mine}, expected {right}.")
    total, expected = size(shapes), size(all_weight_shapes(build.steps, build.input_shape))
    if total != expected:
        wrong.append(f"It has {total:,} parameters, expected {expected:,}.")
        wrong += _rows(build, given, shapes)[:2]
    return wrong


def _rows(build: Build, output_shape: Shape, shapes: list[Shape]) -> list[str]:
    """The layers that differ, as far as the weights can be seen as those of the right network."""
    weights: list[np.ndarray] = [np.broadcast_to(np.float32(0), shape) for shape in shapes]
    output = np.broadcast_to(np.float64(0), (1, *output_shape))
    seen = Probe(build.input_shape, weights, np.zeros(0, np.float32), output)
    found = next((f for f in fits(build.steps, shapes, build.input_shape) if could_be(f, seen)), None)
    if found is None:
        return []
    return [text for text, _ in differing_layers(build.steps, found, seen)]


def _value(check: ModelCheck, fn: Call, call: Call, build: Build, secret: bool) -> Any:
    result = calls.attempt(call, (build.args,), quiet=secret)
    if result.error is None:
        return result.value
    hint = explain.misconception_of(result.error, build.args)
    text = explain.headline(result.error)
    hint = hint or next((m.name for m in check.misconceptions if m.raises and re.search(m.raises, text)), "")
    said = explain.error_text(result.error, fn, build.args)
    raise Stop(f"{call_text(check, build, secret=secret)}:\n{said}", hint)


def _wrapped(answer: Any) -> Any:
    """The model that the workbench made of a tensor.

    Raises:
        Stop: the function returned no tensor.
    """
    if isinstance(answer, dict) and "model" in answer:
        return answer["model"]
    value = answer.get("value") if isinstance(answer, dict) else answer
    kind = type(value).__name__
    if value is None:
        raise Stop("It returned None, expected a tensor.", "returns_none")
    if is_model(value):
        raise Stop(f"It returned a {kind}, expected a tensor.", "returns_model")
    if isinstance(value, (list, tuple)):
        raise Stop(f"It returned a {kind} of {len(value)}, expected one tensor.", "returns_no_tensor")
    raise Stop(f"It returned a {kind}, expected a tensor that comes of X.", "returns_no_tensor")
