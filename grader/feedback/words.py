"""Signs, words and points as every part of a feedback page writes them."""

from __future__ import annotations

from grader.report.number import number
from .markup import Html, element, join
from .sheet import SIGNS, Exercise

COLOURS = {SIGNS["passed"]: "good", SIGNS["failed"]: "bad", SIGNS["unchecked"]: "open"}
_SHORT = 150


def short(text: str) -> str:
    """A name or heading of bearable length."""
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def points(exercise: Exercise) -> str:
    """Points given and possible, in words."""
    if not exercise.maximum:
        earned = (exercise.points or 0.0) + exercise.extra
        return f"{number(earned)} extra" if earned or exercise.points is not None else "no mark yet"
    extra = f" + {number(exercise.extra)} extra" if exercise.extra else ""
    given = "no mark yet, of" if exercise.points is None else f"{number(exercise.points)} of"
    return f"{given} {number(exercise.maximum)}{extra}"


def breakable(name: str) -> Html:
    """A name that may be broken after its underscores."""
    first, *others = short(name).split("_")
    return join(first, *(piece for other in others for piece in ("_", element("wbr"), other)))


def sign_and_word(sign: str, word: str) -> Html:
    """A sign for the eye and a word for everybody: never colour alone."""
    return join(element("span", sign, class_="sign", aria_hidden="true"), element("span", word, class_="word"))
