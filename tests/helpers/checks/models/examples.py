"""Small checks of the framework: a residual block with and without a projection, a module of three branches."""

from __future__ import annotations

import numpy as np

from helpers.checks.model_blueprint import (
    Steps,
    activation,
    add,
    concat,
    conv,
    dense,
    flatten,
    mean,
    norm,
    pool,
    stacked,
)
from helpers.checks.model_branches import of_branches, of_norm_order, of_norms, of_padding, of_shortcut, of_strides
from helpers.checks.model_changes import rewired
from helpers.checks.model_check import Aspect, Build, ModelCheck, SilentLaw
from helpers.checks.model_mistakes import of_activations, of_output, of_pooling

SHORTCUT, LAYOUT, NORM, RELU, JOIN = "shortcut", "convolutions", "batch normalisation", "ReLU", "branches"


def plain_steps(f: int, n_C: int) -> Steps:
    """Two convolutions and their input added to what they give."""
    return (
        conv("CONV1", f, 5, padding="same"),
        norm("NORM1"),
        activation("ReLU1", "relu"),
        conv("CONV2", f, n_C, padding="same"),
        norm("NORM2"),
        add("ADD", "NORM2", "X"),
        activation("ReLU2", "relu"),
    )


def projected_steps(f: int, n_C: int, s: int) -> Steps:
    """The same where the shortcut has a convolution of its own."""
    return (
        conv("CONV1", f, 5, stride=s, padding="same"),
        norm("NORM1"),
        activation("ReLU1", "relu"),
        conv("CONV2", f, n_C, padding="same"),
        norm("NORM2"),
        conv("SHORTCUT", 1, n_C, stride=s).of("X"),
        norm("NORM of the shortcut"),
        add("ADD", "NORM2", "NORM of the shortcut"),
        activation("ReLU2", "relu"),
    )


def module_steps(n_1: int, n_3: int, n_pool: int) -> Steps:
    """A 1x1, a 3x3 and a pooling branch."""
    return (
        conv("1x1", 1, n_1, padding="same").of("X"),
        activation("ReLU of 1x1", "relu"),
        conv("reduce", 1, 2, padding="same").of("X"),
        activation("ReLU of reduce", "relu"),
        conv("3x3", 3, n_3, padding="same"),
        activation("ReLU of 3x3", "relu"),
        pool("POOL", 3, stride=1, padding="same").of("X"),
        conv("after POOL", 1, n_pool, padding="same"),
        activation("ReLU of the pooling branch", "relu"),
        concat("JOIN", "ReLU of 1x1", "ReLU of 3x3", "ReLU of the pooling branch"),
    )


RESIDUAL_MISTAKES = (
    *of_norms(NORM, ["NORM1", "NORM2"]),
    of_norm_order(NORM, [("NORM1", "ReLU1")]),
    *of_activations(RELU, ["ReLU1", "ReLU2"]),
    of_padding(LAYOUT, ["CONV1", "CONV2"], right="same"),
)


def _plain(n_H: int, n_W: int, n_C: int, f: int) -> Build:
    return Build((f, n_C), (n_H, n_W, n_C), plain_steps(f, n_C))


def _projected(n_H: int, n_W: int, f: int, n_C: int, s: int) -> Build:
    return Build((f, n_C, s), (n_H, n_W, 3), projected_steps(f, n_C, s))


def _module(n_H: int, n_W: int, *filters: int) -> Build:
    return Build(filters, (n_H, n_W, 4), module_steps(*filters))


residual = ModelCheck(
    signature="residual(X, f, n_C)",
    from_tensor=True,
    plain=_plain(7, 6, 4, 3),
    varied=lambda rng: _plain(8, 5, int(rng.integers(2, 5)), 2),
    normalises=True,
    oracle=plain_steps,
    aspects=(Aspect(SHORTCUT, 2.0), Aspect(LAYOUT), Aspect(NORM), Aspect(RELU)),
    laws=(SilentLaw("the identity without weights", lambda x: np.maximum(x, 0)),),
    mistakes=(
        *of_shortcut(SHORTCUT, add="ADD", relu="ReLU2", main="NORM2", shortcut="X"),
        *RESIDUAL_MISTAKES,
    ),
)

projected = ModelCheck(
    signature="projected(X, f, n_C, s)",
    from_tensor=True,
    plain=_projected(9, 8, 3, 6, 2),
    varied=lambda rng: _projected(10, 7, 2, int(rng.integers(4, 8)), 3),
    normalises=True,
    oracle=projected_steps,
    aspects=(Aspect(SHORTCUT, 2.0), Aspect(LAYOUT), Aspect(NORM), Aspect(RELU)),
    mistakes=(
        *of_shortcut(SHORTCUT, add="ADD", relu="ReLU2", main="NORM2", shortcut="NORM of the shortcut"),
        of_strides(LAYOUT, right=["CONV1", "SHORTCUT"], others=["CONV2"], stride=2),
        *of_norms(NORM, ["NORM1", "NORM2", "NORM of the shortcut"]),
        *RESIDUAL_MISTAKES[2:],
    ),
)

_ENDS = [["ReLU of 1x1"], ["ReLU of 3x3"], ["ReLU of the pooling branch"]]
_RELUS = ["ReLU of 1x1", "ReLU of reduce", "ReLU of 3x3", "ReLU of the pooling branch"]

module = ModelCheck(
    signature="module(X, n_1, n_3, n_pool)",
    from_tensor=True,
    plain=_module(6, 5, 3, 7, 2),
    varied=lambda rng: _module(5, 7, *(int(n) for n in rng.choice([3, 4, 5, 6], 3, replace=False))),
    aspects=(Aspect(JOIN, 2.0), Aspect(LAYOUT), Aspect("pooling"), Aspect(RELU)),
    mistakes=(
        *of_branches(JOIN, "JOIN", _ENDS),
        *of_activations(RELU, _RELUS),
        *of_pooling("pooling", ["POOL"], [3]),
        of_padding(LAYOUT, ["3x3"], right="same"),
    ),
)

LAYERS = "layers"


def large_steps(classes: int) -> Steps:
    """Of one huge layer."""
    return (
        pool("POOL", 2),
        flatten(),
        dense("FC1", 4000),
        activation("ReLU1", "relu"),
        dense("FC2", classes),
        activation("output", "softmax"),
    )


large = ModelCheck(
    signature="large(input_shape=(200, 200, 3), classes=10)",
    plain=Build(((8, 6, 3), 4), (8, 6, 3), large_steps(4)),
    full=Build((), (200, 200, 3), large_steps(10)),
    aspects=(Aspect(LAYERS), Aspect("pooling"), Aspect(RELU)),
    mistakes=(*of_pooling("pooling", ["POOL"], [2]), *of_activations(RELU, ["ReLU1"])),
)


def _tower(n_H: int, n_W: int, classes: int) -> Build:
    """Two blocks between a convolution and an output."""
    steps = stacked(
        ("", (conv("CONV", 3, 6, padding="same"),)),
        ("a: ", projected_steps(3, 7, 2)),
        ("b: ", plain_steps(2, 7)),
        ("c: ", plain_steps(3, 7)),
        ("", (mean(), dense("FC", classes), activation("output", "softmax"))),
    )
    return Build(((n_H, n_W, 3), classes), (n_H, n_W, 3), steps)


tower = ModelCheck(
    signature="tower(input_shape, classes)",
    plain=_tower(8, 9, 4),
    varied=lambda rng: _tower(6, 10, int(rng.integers(5, 8))),
    full=_tower(20, 30, 9),
    aspects=(Aspect(LAYERS), Aspect("softmax")),
    mistakes=of_output("softmax", "output", "softmax"),
    needs=(residual, projected),
)

any_order = ModelCheck(
    signature="module(X, n_1, n_3, n_pool)",
    from_tensor=True,
    plain=module.plain,
    aspects=module.aspects,
    mistakes=of_branches(JOIN, "JOIN", _ENDS, ordered=False),
    also_right=(rewired("JOIN", _ENDS[1][0], _ENDS[0][0], _ENDS[2][0]),),
)
