"""How much of the gradient is left at each layer of a deep net: plain, and with shortcuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers import plots

from ..pictures import numbers, whole
from ..view import View
from .nets import BENDS, Net, deep_net
from .words import heard, reason, short

DEEPEST = 60
_MOST_MEASURED = 3
_LONGEST = 200
_STYLES = (("#c2410c", "o-"), ("#0b5cad", "s--"), ("#1a6e2e", "^-."), ("#b8004e", "v:"), ("#3c3c3c", "D-."))


@dataclass(frozen=True)
class Faded:
    """What the view shows.

    Args:
        plain, residual: the two nets.
        shares: norms by the name of a net, each divided by that at the last layer (0 if that is 0).
        moved: largest difference between output and input, plain and residual.
    """

    plain: Net
    residual: Net
    shares: dict[str, np.ndarray]
    moved: tuple[float, float]


def depth_and_gradient(
    depth: int = 20,
    *,
    measured: Mapping[str, Sequence[float]] | None = None,
    nonlinearity: str = "ReLU",
    scale: float = 0.5,
    seed: int = 1,
) -> View:
    """See how the gradient fades on its way down a deep net, and what shortcuts change: a[l+2] = g(z[l+2] + a[l]).

    Args:
        depth: number of layers, 2 to 60, even: a shortcut skips two.
        measured: gradient norms of a training of your own, one list a net, from layer 1 to the last; drawn in addition.
        nonlinearity: "ReLU", "tanh" or "sigmoid".
        scale: what He's random weights are multiplied by, 0 to 1.5; at 0 all weights are 0.
        seed: another one gives other weights, 1 to 1000.

    Raises:
        ValueError: an argument cannot be used; says what was expected.
    """
    seen = faded(depth, measured=measured, nonlinearity=nonlinearity, scale=scale, seed=seed)
    added = {name: shares.tolist() for name, shares in seen.shares.items() if name not in ("plain", "residual")}
    state = {"depth": depth, "bend": nonlinearity, "scale": scale, "seed": seed, "measured": added}
    alt = (
        f"The gradient at each of {depth} layers as part of that at the last, {nonlinearity}, weights {scale:g} x He. "
        f"{sentence(seen)} "
        f"{reason(nonlinearity, scale, seen.shares['plain'], seen.shares['residual'], seen.moved[1])}"
    )
    return View("depth", "Depth and gradient", state, alt, lambda: _draw(seen, alt.split(". ")[0]))


def faded(
    depth: int = 20,
    *,
    measured: Mapping[str, Sequence[float]] | None = None,
    nonlinearity: str = "ReLU",
    scale: float = 0.5,
    seed: int = 1,
) -> Faded:
    """The numbers behind `depth_and_gradient`; arguments and errors are the same."""
    if whole(depth, "depth", 2, DEEPEST) % 2:
        raise ValueError(f"depth is {depth}: expected an even number, since a shortcut skips two layers")
    whole(seed, "seed", 1, 1000)
    if not isinstance(nonlinearity, str) or nonlinearity not in BENDS:
        raise ValueError(f"nonlinearity is {str(nonlinearity)[:40]!r}: expected one of {', '.join(BENDS)}")
    if not 0 <= float(numbers(scale, "scale", (0,))) <= 1.5:
        raise ValueError(f"scale is {scale!r}: expected a number from 0 to 1.5")
    nets = [deep_net(depth, nonlinearity, float(scale), seed, shortcuts) for shortcuts in (False, True)]
    shares = {name: net.norms / (net.norms[-1] or 1) for name, net in zip(("plain", "residual"), nets, strict=True)}
    moved = tuple(float(np.abs(net.output - net.input).max()) for net in nets)
    return Faded(nets[0], nets[1], {**shares, **_checked(measured)}, (moved[0], moved[1]))


def _checked(measured: Any) -> dict[str, np.ndarray]:
    if measured is None:
        return {}
    if not isinstance(measured, Mapping) or len(measured) > _MOST_MEASURED:
        raise ValueError(f"measured is no mapping from at most {_MOST_MEASURED} names to lists of gradient norms")
    shares = {}
    for name, values in measured.items():
        norms = numbers(values, f"list measured[{str(name)[:30]!r}]", (1,))
        if not 2 <= len(norms) <= _LONGEST or norms.min() < 0 or norms[-1] == 0 or name in ("plain", "residual"):
            raise ValueError(
                f"measured[{str(name)[:30]!r}] has {len(norms)} norms from {norms.min():g} to {norms.max():g}: "
                f"expected 2 to {_LONGEST}, none below 0, the last above it, and a name other than plain or residual"
            )
        shares[str(name)[:30]] = norms / norms[-1]
    return shares


def sentence(seen: Faded, layer: int = 1) -> str:
    """The result in words at one layer; the same words as in depth/depth.js."""
    plain, residual = (short(moved) for moved in seen.moved)
    return f"{heard(seen.shares, layer)} Largest change from input to output: plain {plain}, residual {residual}."


def _draw(seen: Faded, title: str) -> Any:
    fig, axes = plots.figure(width=8.6, height=3.6)
    axis = axes[0, 0]
    for (name, shares), (colour, style) in zip(seen.shares.items(), _STYLES, strict=False):
        layers = np.arange(1, len(shares) + 1)
        above = shares > 0
        axis.plot(layers[above], shares[above], style, color=colour, markersize=5, label=name)
    axis.set_yscale("log")
    axis.xaxis.get_major_locator().set_params(integer=True)
    axis.set_xlabel("layer: the loss is at the right, the gradient runs to the left")
    axis.set_title(title, fontsize=10)
    axis.grid(axis="y", color="0.85")
    axis.legend()
    return fig
