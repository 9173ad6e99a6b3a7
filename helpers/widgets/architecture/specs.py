"""A stack of layers as people write it down, read into what a view holds, or refused in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..pictures import whole

MOST_LAYERS = 60
LARGEST = {"f": 64, "n": 10_000, "stride": 64, "pad": 16, "side": 1024, "channels": 4096}
NAMES = {
    "conv": "conv",
    "max": "max pool",
    "average": "average pool",
    "flatten": "flatten",
    "dense": "dense",
    "global": "global average pool",
}
WINDOWED = ("conv", "max", "average")
_KEYS = {
    "conv": {"f", "n_C", "n_C_prev", "stride", "pad"},
    "pool": {"f", "stride", "pad", "mode"},
    "dense": {"n_out", "n_in"},
    "flatten": set[str](),
    "global_average_pool": set[str](),
}

Layer = dict[str, Any]


def read_shape(shape: Any) -> list[int]:
    """(n_H, n_W, n_C) of the input.

    Raises:
        ValueError: it is none; says what was expected.
    """
    if not isinstance(shape, (tuple, list)) or len(shape) != 3:
        raise ValueError(f"input_shape is {shape!r}: expected three whole numbers (n_H, n_W, n_C), such as (32, 32, 3)")
    most = (LARGEST["side"], LARGEST["side"], LARGEST["channels"])
    return [whole(n, f"input_shape[{i}]", 1, most[i]) for i, n in enumerate(shape)]


def read_layers(specs: Any) -> list[tuple[Layer, int | None]]:
    """Layers as the view holds them, each with the number of channels or inputs that its spec expects, if it says so.

    Raises:
        ValueError: a spec cannot be understood; says which one, and what was expected.
    """
    if isinstance(specs, (str, Mapping)) or not isinstance(specs, Sequence) or len(specs) > MOST_LAYERS:
        raise ValueError(f"layers is {str(specs)[:60]!r}: expected a list of at most {MOST_LAYERS} dicts, one a layer")
    return [_read(spec, f"layer {number}") for number, spec in enumerate(specs, 1)]


def _read(spec: Any, name: str) -> tuple[Layer, int | None]:
    kind = spec.get("kind") if isinstance(spec, Mapping) else None
    if not isinstance(kind, str) or kind not in _KEYS:
        known = ", ".join(repr(key) for key in _KEYS)
        raise ValueError(f'{name} is {str(spec)[:60]}: expected a dict whose "kind" is one of {known}')
    strange = sorted(str(key) for key in set(spec) - _KEYS[kind] - {"kind"})
    if strange:
        expected = ", ".join(sorted(_KEYS[kind])) or "nothing else"
        raise ValueError(f"{name} ({kind}) has the key {strange[0]!r}: expected {expected}")
    if kind in ("flatten", "global_average_pool"):
        return {"kind": kind.split("_")[0]}, None

    def part(key: str, limit: str, default: int | None = None) -> int:
        return whole(spec.get(key, default), f"{key} of {name} ({kind})", 1, LARGEST[limit])

    if kind == "dense":
        return {"kind": kind, "n": part("n_out", "n")}, spec.get("n_in")
    pad = spec.get("pad", "valid")
    if pad not in ("same", "valid"):
        pad = whole(
            pad, f'pad of {name} ({kind}), if neither "same" nor "valid",', 0, LARGEST["pad"] * (kind == "conv")
        )
    f = part("f", "f", 2 if kind == "pool" else None)
    layer = {"f": f, "stride": part("stride", "stride", f if kind == "pool" else 1), "pad": pad or "valid"}
    if kind == "conv":
        return {"kind": kind, "n": part("n_C", "n"), **layer}, spec.get("n_C_prev")
    mode = spec.get("mode", "max")
    if mode not in ("max", "average"):
        raise ValueError(f'mode of {name} (pool) is {mode!r}: expected "max" or "average"')
    return {"kind": mode, **layer}, None
