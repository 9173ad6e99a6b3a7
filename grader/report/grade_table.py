"""The marks of a week as text of at most 100 columns: points by exercise, totals, and why points were lost."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from grader.intake.names import printable
from grader.run.summary import MARKED

from .mark import Mark, Sheet, StudentMarks
from .number import number
from .verdicts import UNEXPLAINED

WIDTH = 100
_COLUMN = 15
_NAMES = 25


def grade_table(week: str, results: Sequence[StudentMarks]) -> str:
    """The whole page.

    Args:
        week: id of the week.
        results: of all students, their sheets in the same order.
    """
    if not results:
        return f"{week}: nobody has handed in yet."
    names = min(_NAMES, max(len(result.student) for result in results) + 1)
    blocks = [_notebook(results, index, names) for index in range(len(results[0].sheets))]
    parts = [*blocks, _totals(week, results, names), _losses(results)]
    return "\n\n".join(part for part in parts if part)


def _notebook(results: Sequence[StudentMarks], index: int, names: int) -> str:
    """Student by exercise for one notebook; headings are broken at their underscores."""
    marks = results[0].sheets[index].marks
    heads = [[*_broken(exercise(mark)), f"of {number(mark.maximum)}"] for mark in marks]
    height = max([len(head) for head in heads], default=1)
    lines: list[str] = [results[0].sheets[index].notebook]
    for level in range(height):
        cells = [([""] * (height - len(head)) + head)[level] for head in heads]
        lines.append(_row("", cells, names))
    lines += [_row(_short(result.student, names), list(_cells(result.sheets[index])), names) for result in results]
    return "\n".join(lines)


def _cells(sheet: Sheet) -> Iterator[str]:
    for mark in sheet.marks:
        if sheet.state == "not handed in":
            yield "-"
        else:
            yield "not graded" if mark.points is None else number(mark.points)


def _totals(week: str, results: Sequence[StudentMarks], names: int) -> str:
    maximum = sum(mark.maximum for sheet in results[0].sheets for mark in sheet.marks)
    lines = [f"{week}: totals", f"{'':{names}}{'points':>{_COLUMN}}  {f'of {number(maximum)}'}"]
    for result in results:
        total = result.state if result.total is None else number(result.total)
        remarks = ["graded without a sandbox: anybody could have forged this"] if result.unsafe else []
        remarks += [_late(result.seconds_late)] if result.seconds_late > 0 else []
        missing = [sheet.notebook for sheet in result.sheets if sheet.state == "not handed in"]
        if missing and len(missing) < len(result.sheets):
            remarks.append(f"not handed in: {', '.join(missing)}")
        penalty = sum(sheet.penalty for sheet in result.sheets)
        if penalty:
            remarks.append(f"late penalty {number(penalty)}")
        bonus = sum(sheet.bonus for sheet in result.sheets)
        remarks += [f"reflection: {sheet.reading}" for sheet in result.sheets if sheet.reading]
        if bonus:
            remarks.append(f"{number(bonus)} for the reflection")
        said: dict[str, list[str]] = {}
        for sheet in result.sheets:
            for remark in sheet.remarks:
                said.setdefault(printable(remark.rstrip(".")), []).append(sheet.notebook)
        remarks += [f"{', '.join(notebooks)}: {remark}" for remark, notebooks in said.items()]
        lines += _wrapped(f"{_short(result.student, names):{names}}{total:>{_COLUMN}}  ", "; ".join(remarks))
    return "\n".join(lines)


def _losses(results: Sequence[StudentMarks]) -> str:
    """For each student what was lost where and why; exercises lost for the same reason share a line."""
    lines = ["Why points were lost"]
    for result in results:
        reasons: dict[tuple[tuple[str, ...], str], list[str]] = {}
        for sheet in result.sheets:
            for mark in sheet.marks:
                if mark.points is not None and mark.points < mark.maximum and sheet.state in MARKED:
                    lost = f"{exercise(mark)} -{number(mark.maximum - mark.points)}"
                    reasons.setdefault((mark.verdict.causes or (UNEXPLAINED,), mark.verdict.advice), []).append(lost)
        if reasons:
            lines.append(result.student)
        for (causes, advice), exercises in reasons.items():
            lines += _wrapped("  ", f"{', '.join(exercises)}: {', '.join(causes)}")
            lines += _wrapped("      ", advice) if advice else []
    return "\n".join(lines) if len(lines) > 1 else ""


def exercise(mark: Mark) -> str:
    """Name of the exercise that a check cell belongs to."""
    return mark.name.removeprefix("check_")


def _late(seconds: float) -> str:
    hours = seconds / 3600
    return f"late by {hours / 24:.1f} days" if hours >= 48 else f"late by {hours:.1f} hours"


def _short(name: str, width: int) -> str:
    return name if len(name) < width else name[: width - 2] + "…"


def _row(name: str, cells: Sequence[str], names: int) -> str:
    return (f"{name:{names}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells)).rstrip()


def _broken(name: str) -> list[str]:
    """A name in pieces that fit a column, cut after underscores where there are any."""
    lines = [""]
    for piece in name.replace("_", "_ ").split():
        if len(lines[-1]) + len(piece) < _COLUMN:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [part for line in lines if line for part in textwrap.wrap(line, _COLUMN - 1)]


def _wrapped(start: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False
    ) or [start.rstrip()]
