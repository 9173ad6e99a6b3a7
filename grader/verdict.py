"""What grading found: one verdict a submission, one sheet a notebook, one finding a test cell; all plain data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

SheetState = Literal["graded", "graded with limits", "refused", "failed by us", "not handed in"]
State = Literal["graded", "graded with limits", "refused", "failed by us"]

_WORST: tuple[State, ...] = ("failed by us", "refused", "graded with limits", "graded")
_MOST_TEXT = 4000


class BadVerdict(ValueError):
    """Data that is no verdict; the text says what is wrong with it."""


@dataclass(frozen=True)
class Finding:
    """What one test cell gave.

    Args:
        grade_id: name of the test cell.
        score: points, 0 to `maximum`; None where it could not be graded.
        maximum: points it can give.
        limits: limits that were hit, one sentence each, for example "a call took longer than 10 s".
        note: one sentence for the student where there is no report, or "".
    """

    grade_id: str
    score: float | None
    maximum: float
    limits: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class SheetVerdict:
    """What one notebook gave.

    Args:
        notebook: its name in the release, without ending.
        state: what became of it.
        why: for "refused" and "failed by us" one sentence on what happened and what to do, else "".
        repairs: what was put right on the way in, one sentence each.
        findings: one a test cell, in the order of the release; none where there is no mark.
        unanswered: names of exercises and written answers that were left as they were given out.
    """

    notebook: str
    state: SheetState
    why: str = ""
    repairs: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What a submission gave.

    Args:
        student: name of the folder it came in.
        week: name of the assignment.
        digest: SHA-256 of what was read, hexadecimal.
        seal: SHA-256 of the release it was graded against, hexadecimal.
        tier: how students' code was held, for example "1"; "unsafe" marks cannot be trusted.
        sheets: one a notebook, in the order of the release.
    """

    student: str
    week: str
    digest: str
    seal: str
    tier: str
    sheets: tuple[SheetVerdict, ...]

    @property
    def state(self) -> State:
        """The worst of its notebooks, those not handed in left out; "refused" where there is none."""
        states = {sheet.state for sheet in self.sheets}
        return next((state for state in _WORST if state in states), "refused")

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        return asdict(self)


def read_verdict(data: Any) -> Verdict:
    """A verdict from plain data, every field of it checked.

    Args:
        data: what `to_dict` made, perhaps after a journey through JSON.

    Raises:
        BadVerdict: a field is missing, of another type, or out of range.
    """
    fields = _fields(data, "verdict", ("student", "week", "digest", "seal", "tier", "sheets"))
    names = {name: _text(fields[name], name) for name in ("student", "week", "digest", "seal", "tier")}
    return Verdict(**names, sheets=tuple(_sheet(sheet) for sheet in _list(fields["sheets"], "sheets")))


def _sheet(data: Any) -> SheetVerdict:
    fields = _fields(data, "sheet", ("notebook", "state", "why", "repairs", "findings", "unanswered"))
    if fields["state"] not in get_args(SheetState):
        raise BadVerdict(f"a sheet's state is {str(fields['state'])[:40]!r}, expected one of {get_args(SheetState)}")
    return SheetVerdict(
        _text(fields["notebook"], "notebook"),
        fields["state"],
        _text(fields["why"], "why"),
        tuple(_text(repair, "repair") for repair in _list(fields["repairs"], "repairs")),
        tuple(_finding(finding) for finding in _list(fields["findings"], "findings")),
        tuple(_text(name, "unanswered") for name in _list(fields["unanswered"], "unanswered")),
    )


def _finding(data: Any) -> Finding:
    fields = _fields(data, "finding", ("grade_id", "score", "maximum", "limits", "note"))
    maximum = _number(fields["maximum"], "maximum")
    score = None if fields["score"] is None else _number(fields["score"], "score")
    if maximum < 0 or (score is not None and not 0 <= score <= maximum):
        raise BadVerdict(f"a finding has {score} points of {maximum}, expected 0 to the maximum")
    limits = tuple(_text(limit, "limit") for limit in _list(fields["limits"], "limits"))
    return Finding(_text(fields["grade_id"], "grade_id"), score, maximum, limits, _text(fields["note"], "note"))


def _fields(data: Any, what: str, names: tuple[str, ...]) -> Mapping[str, Any]:
    if type(data) is not dict or set(data) != set(names):
        raise BadVerdict(f"a {what} has other fields than {', '.join(names)}")
    return data


def _text(value: Any, name: str) -> str:
    if type(value) is not str or len(value) > _MOST_TEXT:
        raise BadVerdict(f"{name} is no text of at most {_MOST_TEXT} characters")
    return value


def _number(value: Any, name: str) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise BadVerdict(f"{name} is no finite number")
    return float(value)


def _list(value: Any, name: str) -> list[Any]:
    if type(value) not in (list, tuple) or len(value) > 1000:
        raise BadVerdict(f"{name} is no list of at most 1,000")
    return list(value)
