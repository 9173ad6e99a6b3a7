"""What an autograded notebook says about one notebook of the release; the student's part of it is never trusted."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from grader.report.verdicts import REPORT_MIME
from .picture import is_clean_png
from .released import Question
from .sheet import SIGNS, Exercise, Output, Part

NOT_BEGUN = "not_written"
_MOST_LOOKED_AT = 100


def read_graded(content: bytes, questions: tuple[Question, ...]) -> tuple[Exercise, ...]:
    """The exercises of an autograded notebook, without any points.

    Args:
        content: the file; b"" where there is none.
        questions: of the release; nothing else in the file is looked at.

    Raises:
        ValueError: the file is no notebook.
    """
    cells = _cells(content)
    return tuple(_exercise(question, cells) for question in questions)


def _cells(content: bytes) -> dict[str, Mapping[str, Any]]:
    """Cells by their name in nbgrader, the first of each."""
    if not content:
        return {}
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise ValueError("the autograded notebook is broken: grade it again with --force") from None
    found: dict[str, Mapping[str, Any]] = {}
    for cell in _list(_mapping(data).get("cells")):
        name = _mapping(_mapping(_mapping(cell).get("metadata")).get("nbgrader")).get("grade_id")
        if type(name) is str:
            found.setdefault(name, cell)
    return found


def _exercise(question: Question, cells: Mapping[str, Mapping[str, Any]]) -> Exercise:
    theirs = cells.get(question.solution, {})
    exercise = Exercise(
        question.solution if question.written else question.grade_id.removeprefix("check_"),
        None,
        question.maximum,
        written=question.written,
        source=_text(theirs.get("source")),
        outputs=tuple(_outputs(theirs)),
    )
    return exercise if question.written else _with_report(exercise, cells.get(question.grade_id, {}))


def _with_report(exercise: Exercise, check: Mapping[str, Any]) -> Exercise:
    """The exercise with what its test cell found: the last report, the limits hit and the note."""
    finding = _mapping(_mapping(check.get("metadata")).get("grader"))
    data = (_mapping(_mapping(output).get("data")) for output in _list(check.get("outputs")))
    reports = [_mapping(found[REPORT_MIME]) for found in data if REPORT_MIME in found]
    outcomes = [_mapping(outcome) for outcome in _list(reports[-1].get("outcomes"))] if reports else []
    remarks = [_text(finding.get("note")), _text(reports[-1].get("note")) if reports else ""]
    return replace(
        exercise,
        parts=tuple(part for outcome in outcomes for part in _parts(outcome)),
        begun=not outcomes or any(outcome.get("hint") != NOT_BEGUN for outcome in outcomes),
        limits=tuple(_text(limit) for limit in _list(finding.get("limits"))),
        note=" ".join(remark for remark in remarks if remark),
    )


def _parts(outcome: Mapping[str, Any]) -> Iterator[Part]:
    status = outcome.get("status")
    if status in SIGNS:
        yield Part(_text(outcome.get("name")), status, _text(outcome.get("message")))


def _outputs(cell: Mapping[str, Any]) -> Iterator[Output]:
    for output in map(_mapping, _list(cell.get("outputs"))[:_MOST_LOOKED_AT]):
        kind, data = output.get("output_type"), _mapping(output.get("data"))
        if kind == "stream":
            yield Output(_text(output.get("text")))
        elif kind == "error":
            yield Output(f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}")
        elif kind in ("display_data", "execute_result"):
            yield Output(_text(data.get("text/plain")), _picture(data.get("image/png")))


def _picture(value: Any) -> bytes:
    try:
        data = base64.b64decode(_text(value).replace("\n", ""), validate=True)
    except (ValueError, binascii.Error):
        return b""
    return data if is_clean_png(data) else b""


def _text(value: Any) -> str:
    """A text of the notebook format, which may be a list of lines; "" for anything else."""
    lines = value if type(value) is list else [value]
    return "".join(line for line in lines if type(line) is str)


def _list(value: Any) -> list[Any]:
    return value if type(value) is list else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if type(value) is dict else {}
