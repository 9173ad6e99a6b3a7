"""A feedback page: one sheet as a standalone HTML file without scripts, links to anywhere, or anything to load."""

from __future__ import annotations

from .head import header
from .markup import Html, element, join
from .overview import overview
from .section import section
from .sheet import Sheet
from .style import POLICY, STYLE
from .words import short

MOST_BYTES = 2_000_000
_THEIRS = 1_200_000
_OURS = 400_000

_NOTES = (
    (
        "How your work was checked",
        "Each exercise was run on the examples of the notebook and on secret inputs, drawn anew for "
        "each submission. They stay secret so that everybody has the same chances; what they found is in the hints.",
    ),
    (
        "What the boxes are",
        "Boxes with a dashed border show your own text and pictures, as you handed them in. Nothing "
        "in them is a mark, whatever they say.",
    ),
    (
        "If you think a mark is wrong",
        "Ask your instructor for a regrade: name the exercise and what you expected. Your "
        "work can be graded again at any time.",
    ),
)


def page(sheet: Sheet) -> str:
    """The page of one notebook, under 2 MB whatever a student wrote: more of their text is cut then."""
    for share in (1.0, 0.25, 0.0):
        html = _page(sheet, share)
        if len(html.encode()) < MOST_BYTES:
            return html
    raise ValueError(f"the feedback on {sheet.title[:80]} is over 2 MB even without the student's text")


def _page(sheet: Sheet, share: float) -> str:
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"Feedback: {short(sheet.title)}"),
        element("style", Html(STYLE)),
    )
    count = max(1, len(sheet.exercises))
    rooms = int(share * _THEIRS / count), int(max(share, 0.25) * _OURS / count)
    sections = [section(exercise, place, *rooms) for place, exercise in enumerate(sheet.exercises, 1)]
    notes = _NOTES if sheet.has_mark else _NOTES[-1:]
    body = element(
        "body",
        element("a", "Skip to the exercises", class_="skip", href="#exercises"),
        header(sheet),
        element(
            "main",
            overview(sheet) if sheet.exercises else "",
            *(sections if sheet.has_mark else ()),
            id="exercises",
            tabindex="-1",
        ),
        element("footer", *(join(element("h2", title), element("p", text)) for title, text in notes)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"
