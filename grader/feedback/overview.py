"""The table of a feedback page: every exercise with its points, linked to its section."""

from __future__ import annotations

from collections.abc import Sequence

from grader.report.number import number
from .markup import Html, element
from .sheet import Exercise, Sheet
from .words import COLOURS, breakable, points, sign_and_word


def overview(sheet: Sheet) -> Html:
    """The table, as a landmark to move about with."""
    heads = (("Exercise", ""), ("Points", "number"), ("Result", ""))
    head = element("tr", *(element("th", text, scope="col", class_=css or False) for text, css in heads))
    rows = [_row(exercise, place, sheet.has_mark) for place, exercise in enumerate(sheet.exercises, 1)]
    return element(
        "nav",
        element(
            "table",
            element("caption", "Exercises"),
            element("thead", head),
            element("tbody", *rows),
            _foot(sheet) if sheet.has_mark and sheet.penalty > 0 else "",
        ),
        aria_label="Exercises",
    )


def _row(exercise: Exercise, place: int, has_mark: bool) -> Html:
    name = breakable(exercise.name)
    if not has_mark:
        possible = f"of {number(exercise.maximum)}" if exercise.maximum else "extra"
        cells = element("td", possible, class_="number"), element("td", "no mark")
        return element("tr", element("th", name, scope="row"), *cells)
    sign, words = exercise.status
    return element(
        "tr",
        element("th", element("a", name, href=f"#exercise-{place}"), scope="row"),
        element("td", points(exercise), class_="number"),
        element("td", sign_and_word(sign, words), class_=COLOURS.get(sign, False)),
    )


def _foot(sheet: Sheet) -> Html:
    lines: Sequence[tuple[str, float]] = (("Late penalty", -sheet.penalty), ("Total", sheet.total))
    rows = (
        element("tr", element("th", name, scope="row"), element("td", number(value), class_="number"), element("td"))
        for name, value in lines
    )
    return element("tfoot", *rows)
