"""Attempts to break out."""

from __future__ import annotations

from collections.abc import Sequence


def run_probes(argument: bytes, fds: Sequence[int]) -> None:
    """Run them."""
