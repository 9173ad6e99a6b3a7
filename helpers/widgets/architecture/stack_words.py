"""What is told about a stack of layers: a line for each, and the sentence under them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One layer as the table shows it.

    Args:
        name: its kind.
        output, parameters, multiplications, sees, jump: its columns; empty for a layer that nothing reaches.
        shares: its part of all parameters and of all multiplications, each 0 to 1.
        problem: why it does not fit, or "".
    """

    name: str
    output: str = ""
    parameters: str = ""
    multiplications: str = ""
    sees: str = ""
    jump: str = ""
    shares: tuple[float, float] = (0.0, 0.0)
    problem: str = ""


@dataclass(frozen=True)
class Stacked:
    """A whole stack: its lines, and the sentence under them."""

    lines: tuple[Line, ...]
    result: str


def result_of(lines: Sequence[Line], parameters: int, products: int) -> str:
    """The sentence under the table; the same words as in architecture/volumes.js."""
    wrong = [f"Layer {number} does not fit. Up to there: " for number, line in enumerate(lines, 1) if line.problem]
    both = f"{counted(parameters, 'parameter')}, and {counted(products, 'multiplication')}"
    text = "".join(wrong) + f"{both} for one picture."
    for which, (total, verb, name) in enumerate(
        [(parameters, "hold", "parameters"), (products, "take", "multiplications")]
    ):
        if total:
            dense = sum(line.shares[which] for line in lines if line.name == "dense")
            kind, share = ("Dense layers", dense) if dense >= 0.5 else ("Convolutions", 1 - dense)
            most = max(range(len(lines)), key=lambda i: lines[i].shares[which])
            part = lines[most].shares[which]
            one = f", layer {most + 1} ({lines[most].name}) alone {percent(part)}" if part <= share - 1e-9 else ""
            text += f" {kind} {verb} {percent(share)} of the {name}{one}."
    return text


def counted(count: int, noun: str) -> str:
    """A count as people read it: "1 zero", "61,706 parameters"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def percent(share: float) -> str:
    """A share from 0 to 1 as people read it: 96 %, and 99.6 % rather than 100 %."""
    finer = 10 if 0 < share < 0.01 or 0.99 < share < 1 else 1
    return f"{math.floor(100 * share * finer + 0.5) / finer:g}\u00a0%"
