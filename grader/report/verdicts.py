"""Read what a check cell said in an autograded notebook: the report's data, or what was noted about its run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

REPORT_MIME = "application/vnd.receptive-fields.report+json"
UNEXPLAINED = "no known mistake"


@dataclass(frozen=True)
class Verdict:
    """Why a check cell gave the points it gave.

    Args:
        causes: names of the misconceptions, most certain first, or one sentence where there is none.
        advice: what to look at, one line, or "".
    """

    causes: tuple[str, ...] = ()
    advice: str = ""


def read_verdicts(path: Path) -> dict[str, Verdict]:
    """Verdicts of an autograded notebook by grade id, in the order of its check cells.

    Raises:
        ValueError: the file is no notebook.
    """
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    tests = (cell for cell in notebook.cells if cell.cell_type == "code" and "grader" in cell.metadata)
    return {cell.metadata.grader.grade_id: _verdict(cell) for cell in tests}


def _verdict(cell: NotebookNode) -> Verdict:
    """What the report says; where there is none or it names nothing, what was noted about the run."""
    reports = [output.data[REPORT_MIME] for output in cell.outputs if REPORT_MIME in output.get("data", {})]
    said = _of_report(reports[-1]) if reports and isinstance(reports[-1], Mapping) else Verdict()
    if said.causes and said.causes != (UNEXPLAINED,):
        return said
    noted = [str(cell.metadata.grader.note), *map(str, cell.metadata.grader.limits)]
    told = tuple(text.rstrip(".") for text in noted if text)
    return Verdict(told) if told else said


def _of_report(report: Mapping[str, Any]) -> Verdict:
    missed = [outcome for outcome in report.get("outcomes", []) if outcome.get("status") != "passed"]
    hints = [str(hint) for hint in report.get("hints", [])]
    if not missed:
        return Verdict()
    if not hints and all(outcome["status"] == "unchecked" for outcome in missed):
        return Verdict(("could not be checked",), _first_line(missed[0].get("message", "")))
    if not hints:
        return Verdict((UNEXPLAINED,), "fails: " + ", ".join(str(outcome.get("name")) for outcome in missed))
    told = [hint for hint in hints if any(outcome.get("hint") == hint for outcome in missed)] or hints[:1]
    return Verdict(tuple(told), _advice(missed, told[0]))


def _advice(missed: list[Any], hint: str) -> str:
    """The last line of the message under the first part that this misconception explains."""
    for outcome in missed:
        if outcome.get("hint") == hint and outcome.get("message"):
            return str(outcome["message"]).splitlines()[-1].strip()
    return ""


def _first_line(text: Any) -> str:
    return (str(text).strip().splitlines() or [""])[0]
