"""The check of count_parameters."""

from __future__ import annotations

import operator
from collections.abc import Iterator

import numpy as np

from ..check import Check
from ..compare import Output
from ..parts import Call, Case, Law, Values, Violation
from ..words import short
from .counting_mistakes import MISCONCEPTIONS, LayerSpec, total

Rng = np.random.Generator


def _conv_spec(rng: Rng, *, most: int = 6) -> LayerSpec:
    f, n_C_prev, n_C = int(rng.integers(2, 6)), int(rng.integers(2, most)), int(rng.integers(2, most) + most)
    return {"kind": "conv", "f": f, "n_C_prev": n_C_prev, "n_C": n_C}


def _dense_spec(rng: Rng) -> LayerSpec:
    n_in, n_out = (int(n) for n in rng.choice(np.arange(3, 25), 2, replace=False))
    return {"kind": "dense", "n_in": n_in, "n_out": n_out}


def _pool_spec(rng: Rng) -> LayerSpec:
    return {"kind": "pool", "f": int(rng.integers(2, 5)), "stride": 2}


def _one_conv(rng: Rng) -> Iterator[Case]:
    yield Case(([{"kind": "conv", "f": 3, "n_C_prev": 3, "n_C": 10}],))
    yield from (Case(([_conv_spec(rng)],)) for _ in range(2))


def _one_dense(rng: Rng) -> Iterator[Case]:
    yield from (Case(([_dense_spec(rng)],)) for _ in range(3))


def _pools_among(rng: Rng) -> Iterator[Case]:
    yield Case(([_pool_spec(rng)],))
    yield Case(([_conv_spec(rng), _pool_spec(rng), _pool_spec(rng)],))


def _stacks(rng: Rng) -> Iterator[Case]:
    yield Case(([_conv_spec(rng, most=3), _conv_spec(rng, most=3)],))
    yield Case(([_dense_spec(rng), _dense_spec(rng)],))
    yield Case(([_conv_spec(rng, most=3), _pool_spec(rng), _dense_spec(rng), _dense_spec(rng)],))
    yield Case(([],))


def _whole_networks(call: Call, rng: Rng) -> Violation | None:
    """LeNet-5 and one wide network, exact to the last parameter, as an int."""
    wide = [dict(_dense_spec(rng), n_in=int(rng.integers(10**4, 10**5))) for _ in range(3)]
    for name, layers in (("LeNet-5", LENET_LAYERS), ("a wide network", wide)):
        got, wanted = call(layers), total(layers)
        if isinstance(got, bool) or not hasattr(type(got), "__index__") or np.ndim(got):
            return Violation(f"For {name} it returned the {type(got).__name__} {short(got)}.", "not_an_integer")
        counted = operator.index(got)
        if counted != wanted:
            return Violation(f"For {name} it counted {counted:,}, expected {wanted:,}.")
    return None


LENET_LAYERS: tuple[LayerSpec, ...] = (
    {"kind": "conv", "f": 5, "n_C_prev": 1, "n_C": 6},
    {"kind": "pool", "f": 2, "stride": 2},
    {"kind": "conv", "f": 5, "n_C_prev": 6, "n_C": 16},
    {"kind": "pool", "f": 2, "stride": 2},
    {"kind": "dense", "n_in": 400, "n_out": 120},
    {"kind": "dense", "n_in": 120, "n_out": 84},
    {"kind": "dense", "n_in": 84, "n_out": 10},
)

count_parameters = Check(
    signature="count_parameters(layers)",
    output=Output("the total"),
    oracle=total,
    parts=(
        Values("one convolutional layer", _one_conv, weight=1.5),
        Values("one dense layer", _one_dense),
        Values("pooling", _pools_among),
        Values("several layers", _stacks),
        Law("whole networks, exactly", _whole_networks),
    ),
    misconceptions=MISCONCEPTIONS,
)
