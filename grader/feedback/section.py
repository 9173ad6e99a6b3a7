"""One exercise of a feedback page: the verdict first, then the student's own text in boxes that say so."""

from __future__ import annotations

import base64

from .markup import Html, Room, element, join
from .sheet import SIGNS, WORDS, Exercise, Output, Part
from .words import COLOURS, points, short, sign_and_word

_MOST_SOURCE = 40_000
_MOST_TEXT = 20_000
_MOST_OUTPUTS = 30
_MOST_PARTS = 60
_MOST_MESSAGE = 4000
_FOLDED = 15
_CUT = "There was more; the rest is left out here."


def section(exercise: Exercise, place: int, theirs: int, ours: int) -> Html:
    """The section of one exercise.

    Args:
        exercise: what to show.
        place: counted from 1; its anchor.
        theirs: bytes of markup that the student's text and pictures may take.
        ours: bytes of markup that messages and comments may take.
    """
    room, own = Room(theirs), Room(ours)
    name = short(exercise.name)
    sign, words = exercise.status
    given = f": {points(exercise)} points" if exercise.points is not None else ""
    heading = element("h2", name, id=f"name-{place}")
    line = element("p", sign_and_word(sign, words), given, class_=COLOURS.get(sign, False))
    return element(
        "section",
        heading,
        line,
        element("p", "Your instructor set these points.") if exercise.by_hand and not exercise.written else "",
        *(element("p", "Limit hit: ", own.take(limit, _MOST_MESSAGE)[0]) for limit in exercise.limits[:20]),
        element("p", own.take(exercise.note, _MOST_MESSAGE)[0]) if exercise.note else "",
        _report(exercise, own),
        _comment(exercise.comment, own),
        _source(exercise, name, room),
        _outputs(exercise.outputs, name, room),
        id=f"exercise-{place}",
        aria_labelledby=f"name-{place}",
    )


def _report(exercise: Exercise, own: Room) -> Html:
    if not exercise.parts:
        return Html("")
    if not exercise.begun:
        names = "; ".join(part.name for part in exercise.parts[:_MOST_PARTS])
        advice = element("p", own.take(exercise.parts[0].message, _MOST_MESSAGE)[0])
        looks = element("p", "It looks at: ", own.take(f"{names}.", _MOST_MESSAGE)[0])
        return join(element("h3", "What the check found"), advice, looks)
    items = (_part(part, own) for part in exercise.parts[:_MOST_PARTS])
    return join(element("h3", "What the check found"), element("ul", *items, class_="parts", role="list"))


def _part(part: Part, own: Room) -> Html:
    sign = SIGNS[part.status]
    message = element("div", own.take(part.message, _MOST_MESSAGE)[0], class_="message") if part.message else ""
    head = element("span", sign_and_word(sign, WORDS[part.status]), class_=COLOURS[sign])
    return element("li", head, ": ", own.take(part.name, 200)[0], message)


def _comment(comment: str, own: Room) -> Html:
    if not comment.strip():
        return Html("")
    shown = own.take(comment, 4 * _MOST_MESSAGE)[0]
    return join(element("h3", "Your instructor's comment"), element("div", shown, class_="comment"))


def _source(exercise: Exercise, name: str, room: Room) -> Html:
    if not exercise.source.strip():
        return Html("")
    text, cut = room.take(exercise.source, _MOST_SOURCE)
    lines = exercise.source.count("\n") + 1
    if exercise.written:
        label = element("p", "Your answer, as you handed it in", class_="label")
        return _box(label, element("div", text, class_="answer"), cut)
    summary = element("summary", f"Your code, as you handed it in ({lines} line{'s' if lines > 1 else ''})")
    details = element(
        "details", summary, _scrolling(text, f"Your code for {name}"), open=not _is_folded(exercise, lines)
    )
    return _box(details, Html(""), cut)


def _is_folded(exercise: Exercise, lines: int) -> bool:
    right = exercise.points is not None and exercise.points >= exercise.maximum
    return lines > _FOLDED and (right or not exercise.begun)


def _outputs(outputs: tuple[Output, ...], name: str, room: Room) -> Html:
    if not outputs:
        return Html("")
    shown, cut = [], len(outputs) > _MOST_OUTPUTS
    for output in outputs[:_MOST_OUTPUTS]:
        if output.picture:
            picture = _picture(output, room)
            cut = cut or not picture
            shown.append(picture)
        else:
            text, was_cut = room.take(output.text, _MOST_TEXT)
            cut = cut or was_cut
            shown.append(_scrolling(text, f"Output of your code for {name}") if text else Html(""))
    return _box(element("p", "What your cell printed or drew: not part of the mark", class_="label"), join(*shown), cut)


def _picture(output: Output, room: Room) -> Html:
    source = "data:image/png;base64," + base64.b64encode(output.picture).decode("ascii")
    if not room.has(len(source)):
        return Html("")
    return element("img", src=source, alt=f"Picture that your cell drew: {output.text[:300]}")


def _scrolling(text: Html, label: str) -> Html:
    """A box that can be scrolled with the keyboard; a first empty line would get lost without one more."""
    return element("pre", Html("\n"), text, tabindex="0", role="region", aria_label=label)


def _box(label: Html, content: Html, cut: bool) -> Html:
    return element("div", label, content, element("p", _CUT, class_="label") if cut else "", class_="theirs")
