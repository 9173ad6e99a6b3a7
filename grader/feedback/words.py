"""Signs, words and points as every part of a feedback page writes them."""

from __future__ import annotations

from ..number import number
from .markup import Html, element, join
from .sheet import SIGNS, Exercise

COLOURS = {SIGNS["passed"]: "good", SIGNS["failed"]: "bad", SIGNS["unchecked"]: "open"}
_SHORT = 150


def short(text: str) -> str:
    """A name or heading of bearable length."""
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def points(exercise: Exercise) -> str:
    """Points given and possible, in words."""
    extra = f" + {number(exercise.extra)} extra" if exercise.extra else ""
    if exercise.points is None:
        return f"none yet, of {number(exercise.maximum)}" if exercise.maximum else f"none yet{extra}"
    return f"{number(exercise.points)} of {number(exercise.maximum)}{extra}"


def sign_and_word(sign: str, word: str) -> Html:
    """A sign for the eye and a word for everybody: never colour alone."""
    return join(element("span", sign, class_="sign", aria_hidden="true"), element("span", word, class_="word"))
