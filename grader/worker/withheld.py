"""Stands in, at the student's side, for a module of the course that holds right answers: can be called, says so."""

from __future__ import annotations

from typing import Any


class Withheld:
    """Takes any call and any use, and gives nothing away."""

    passed = False
    score = 0.0
    outcomes = ()
    hints = ()

    def __call__(self, *args: Any, **kwargs: Any) -> Withheld:
        """A check that a student calls in a cell: the grader runs its own."""
        return self

    def points(self, maximum: float) -> float:
        """No points are given here."""
        return 0.0

    def __add__(self, other: Any) -> Withheld:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __repr__(self) -> str:
        return "Checks run at the grader's side."


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return Withheld()
