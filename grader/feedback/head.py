"""The top of a feedback page: what became of the notebook, its points, and what to do."""

from __future__ import annotations

from grader.report.number import number
from grader.verdict import SheetState
from .markup import Html, element, join
from .sheet import Sheet
from .words import short, sign_and_word

_STATES: dict[SheetState, tuple[str, str, str]] = {
    "graded": ("✓", "Graded", "good"),
    "graded with limits": ("!", "Graded, but a limit was hit", "open"),
    "refused": ("✗", "Could not be graded", "bad"),
    "failed by us": ("…", "Not graded yet: the fault is ours", "open"),
    "not handed in": ("○", "Not handed in", "open"),
}
_NEXT: dict[SheetState, str] = {
    "graded": "",
    "graded with limits": "Everything that does not depend on it counts. The exercise says which limit it was.",
    "refused": "This is not a mark of 0: nothing was marked. Mend what the sentence above says and hand in again, "
    "or ask your instructor.",
    "failed by us": "This is not a mark of 0: nothing was marked. You need not do anything; it will be graded again.",
    "not handed in": "Nothing was handed in under this name, so it earns no points. If you did hand it in, ask your "
    "instructor: the file may have had another name.",
}
_UNSAFE = "Graded without a sandbox: this mark is not final until your instructor confirms it."


def header(sheet: Sheet) -> Html:
    """Whose page it is, the notebook's heading, its state and points."""
    late = f", handed in {_duration(sheet.hours_late)} late" if sheet.hours_late > 0 else ""
    return element(
        "header",
        element("p", f"Feedback for {short(sheet.student)}, {short(sheet.week)}{late}", class_="about"),
        element("h1", short(sheet.title)),
        _state(sheet),
        _total(sheet) if sheet.has_mark else "",
        *(element("p", f"Noted while grading: {short(repair)}") for repair in sheet.repairs[:20]),
    )


def _state(sheet: Sheet) -> Html:
    sign, words, colour = _STATES[sheet.state]
    sentences = [sheet.why[:2000], _NEXT[sheet.state], _UNSAFE if sheet.unsafe else ""]
    return element(
        "div",
        sign_and_word(sign, words),
        *(element("p", sentence) for sentence in sentences if sentence),
        class_=f"state {colour}",
    )


def _total(sheet: Sheet) -> Html:
    line = f"{number(sheet.total)} of {number(sheet.maximum)} points"
    open_ones = [exercise for exercise in sheet.exercises if exercise.points is None]
    without = [exercise.name for exercise in open_ones if not exercise.written]
    remarks = []
    if without:
        remarks.append(f"without {short(', '.join(without))}, which could not be graded")
    if len(open_ones) > len(without):
        remarks.append("your written answer is still to be read")
    if sheet.penalty > 0:
        remarks.append(f"{number(sheet.penalty)} taken off because it came late")
    text = "; ".join(remarks)
    more = element("p", f"{text[0].upper()}{text[1:]}.") if text else ""
    return join(element("p", line, class_="points"), more)


def _duration(hours: float) -> str:
    return f"{number(hours / 24)} days" if hours >= 48 else f"{number(hours)} hours"
