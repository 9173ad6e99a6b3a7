"""Mark functions as right or wrong answers, for the kill matrix."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """An answer to a graded function; `hint` names the misconception a check must find, None for a right answer."""

    function: Callable[..., Any]
    hint: str | None


def right(function: Callable[..., Any]) -> Answer:
    """Mark an answer that must get full marks."""
    return Answer(function, None)


def wrong(hint: str) -> Callable[[Callable[..., Any]], Answer]:
    """Mark an answer that must fail with this misconception among its hints."""
    return lambda function: Answer(function, hint)
