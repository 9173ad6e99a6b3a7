"""Points as people write them."""

from __future__ import annotations


def number(value: float) -> str:
    """Points with at most two decimals, and none where they are whole."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
