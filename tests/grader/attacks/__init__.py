"""The corpus of attacks on the grader: `python -m tests.grader.attacks` runs it; `case.py` says how to add to it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .case import Attack

FAMILIES = (
    "forgery",
    "reading",
    "tampering",
    "handing_in",
    "damage",
    "resources",
    "escape",
    "output",
    "result_channel",
    "process",
)


def corpus() -> list[Attack]:
    """All attacks of all families; two of the same name are an error."""
    attacks = [attack for family in FAMILIES for attack in import_module(f".{family}", __name__).ATTACKS]
    ids = [attack.id for attack in attacks]
    if len(set(ids)) < len(ids):
        raise ValueError(f"two attacks have the same id: {sorted(i for i in set(ids) if ids.count(i) > 1)}")
    return attacks
