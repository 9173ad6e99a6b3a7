"""Say which layers of a learner's model have weights of other sizes than the description's."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .model_blueprint import Shape, Step, Steps
from .model_diagnosis import Probe, could_be
from .model_fit import fits
from .model_shapes import all_weight_shapes, size, walk


def differing_layers(right: Steps, found: Steps | None, seen: Probe) -> list[tuple[str, str]]:
    """Layers whose weights are not those of the right network.

    Args:
        right: the steps as they should be.
        found: the network that the model is, or None if unknown.
        seen: the model's weights.

    Returns:
        For each such layer a sentence and the name of a mistake ("" where it only follows from an earlier layer).
    """
    wanted = all_weight_shapes(right, seen.input_shape)
    if found is None:  # perhaps it differs from the description in sizes, besides some unknown mistake
        found = next((f for f in fits(right, seen.weight_shapes, seen.input_shape) if could_be(f, seen)), None)
    sizes = sorted(math.prod(shape) for shape in wanted)
    mine = {row[0].name: row for row in walk(found, seen.input_shape)} if found is not None else {}
    if not mine and sizes == sorted(weight.size for weight in seen.weights):
        return []
    if not mine:
        total, expected = sum(weight.size for weight in seen.weights), sum(sizes)
        kernels = [shape for shape in seen.weight_shapes if len(shape) > 1]
        text = f"{total:,} parameters in all, expected {expected:,}. Its kernels have the shapes {_listed(kernels)}, "
        return [(f"{text}expected {_listed([s for s in wanted if len(s) > 1])}.", "wrong_layers")]
    rows = []
    for step, _, _, shapes in walk(right, seen.input_shape):
        other = mine.get(step.name)
        got = other[3] if other else []
        if [math.prod(shape) for shape in got] != [math.prod(shape) for shape in shapes]:
            text = f"{step.name}: {size(got):,} parameters {_listed(got)}, expected {size(shapes):,} {_listed(shapes)}."
            rows.append((text, _size_mistake(step, other[0] if other else None)))
    return rows


def _size_mistake(right: Step, got: Step | None) -> str:
    if got is None or right.kind not in ("conv", "dense"):
        return ""
    if right.kind == "conv" and got["f"] != right["f"]:
        return "wrong_kernel_size"
    key, name = ("n_C", "wrong_filters") if right.kind == "conv" else ("units", "wrong_units")
    if got[key] != right[key]:
        return name
    return "" if got["bias"] else "bias_missing"


def _listed(shapes: Sequence[Shape]) -> str:
    """The first eight shapes; a large network has too many for a message."""
    some = " ".join(str(shape) for shape in shapes[:8]) or "(no weights)"
    return f"{some} and {len(shapes) - 8} more" if len(shapes) > 8 else some
