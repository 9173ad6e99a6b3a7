"""What the view says about its two nets, in words: the same as in depth/depth_words.js."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

SIMILAR = 1.1  # a factor per layer up to this, or from one part of it, about keeps the gradient,
TOTAL = 4  # unless all layers together make it this many times as large or as small
_NEAR_HE = 0.051


def fate(shares: np.ndarray) -> tuple[float, str]:
    """What a layer multiplies the gradient by, on average, and whether that "shrinks", "keeps" or "grows" it.

    Args:
        shares: gradients as parts of that at the last layer, from layer 1 on, (depth,).
    """
    factor = float(shares[0] ** (1 / (len(shares) - 1)))
    if 1 / SIMILAR <= factor <= SIMILAR and 1 / TOTAL <= shares[0] <= TOTAL:
        return factor, "keeps"
    return factor, "shrinks" if factor < 1 else "grows"


def reason(bend: str, scale: float, plain: np.ndarray, residual: np.ndarray, moved: float) -> str:
    """Why the gradient fares as it does.

    Args:
        bend: the nonlinearity.
        scale: what He's weights are multiplied by.
        plain: shares of the plain net, (depth,).
        residual: those of the net with shortcuts, (depth,).
        moved: largest change from input to output in the residual net.
    """
    if scale == 0:
        kept = "its output equals its input, exactly" if moved == 0 else f"{bend} still bends what comes by"
        return (
            "All weights are 0. The plain net forgets its input; in the residual net everything goes by the "
            f"shortcuts: {kept}."
        )
    factor, fared = fate(plain)
    start = f"On its way down, the plain net multiplies the gradient by about {short(factor, 3)} a layer on average: "
    he = ""
    if bend == "ReLU" and abs(scale - 1) < _NEAR_HE:
        he = (
            " He chose 1 x for ReLU, so that on average the gradient neither shrinks nor grows; in layers of only 20 "
            "units, chance adds its part."
        )
    if bend == "sigmoid":
        return (
            f"{start}it shrinks. The slope of the sigmoid is 0.25 at most. Shortcuts halve how often it takes its "
            "part, since g comes after the sum."
        )
    if fared == "shrinks":
        past = "A shortcut carries it past two layers at a time, without their weights."
        if len(plain) == 2:
            past = "With two layers, the only shortcut leads to the input, past both."
        return f"{start}it shrinks. {past}{he}"
    grows = fate(residual)[1] == "grows"
    if fared == "grows":
        return f"{start}it grows.{' Shortcuts do not prevent that.' if grows else ''}{he}"
    more = " The residual net's grows; in practice, batch normalisation keeps it in bounds." if grows else ""
    return f"{start}it is about kept.{he}{more}"


def heard(shares: Mapping[str, np.ndarray], layer: int) -> str:
    """The result at one layer, counted from 1, of every net that has it."""
    parts = [
        f"{name} {short(float(values[layer - 1]))}{'' if values[-1] else ' (as at every layer)'}"
        for name, values in shares.items()
        if layer <= len(values)
    ]
    return f"Gradient at layer {layer}, as part of that at the last layer: {'; '.join(parts)}."


def short(value: float, digits: int = 2) -> str:
    """A number with so many digits, as `show(value, digits)` in page/numbers.js writes it."""
    rounded = float(f"{value:.{digits}g}")
    if rounded and not 1e-4 <= abs(rounded) < 1e6:
        start, exponent = f"{rounded:.{digits - 1}e}".split("e")
        return f"{float(start):g}e{int(exponent):+d}"
    return np.format_float_positional(rounded, trim="-")
