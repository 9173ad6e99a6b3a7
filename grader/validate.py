"""Try a week before students see it: the reference solution must get every point, the bare release none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from grader.engine.engine import Engine, Options
from grader.run.trouble import CannotStart

from .course import course_directory, notebook_order, week_folder
from .job import Graded, Job
from .notebook_text import read_notebook
from .plan import NoPlan, Plan, read_plan
from .portability import remarks
from .sandbox import NoSandbox

Say = Callable[[str], None]


def validate(root: Path, week: str, *, say: Say = print, options: Options | None = None) -> int:
    """Say what is wrong with the tests of a week.

    Args:
        root: course folder.
        week: id of the week.
        say: where lines go.
        options: of the engine.

    Returns:
        How many things are wrong.

    Raises:
        CannotStart: there is no such week, or no sandbox.
    """
    course = course_directory(root)
    source, release = (week_folder(course, name, week) for name in ("source", "release"))
    try:
        plan = read_plan(source, release, notebook_order(root, week))
        wrong = _static(plan, source, say)
        with Engine(plan, lambda *about: 1, options) as engine:
            wrong += _full_marks(engine.grade(_handed_in(source, week)), say)
            wrong += _no_marks(engine.grade(_handed_in(release, week)), say)
    except (NoPlan, NoSandbox) as why:
        raise CannotStart(str(why)) from None
    tests = sum(len(notebook.graded()) for notebook in plan.notebooks)
    say(
        f"{week}: {tests} test cells, {wrong} things to mend."
        if wrong
        else f"{week}: all {tests} test cells are sound."
    )
    return wrong


def _handed_in(folder: Path, week: str) -> Job:
    return Job("validate", week, {path.name: path.read_bytes() for path in sorted(folder.glob("*.ipynb"))})


def _static(plan: Plan, source: Path, say: Say) -> int:
    """What reading the tests tells."""
    wrong = 0
    for notebook in plan.notebooks:
        cells = read_notebook((source / f"{notebook.name}.ipynb").read_bytes()).cells
        exercises = {cell.grade_id for cell in notebook.cells if cell.kind == "exercise"}
        for test, text in remarks(notebook, {c.grade_id: c.source for c in cells if c.grade_id in exercises}):
            say(f"{notebook.name}, {test}: {text}.")
            wrong += 1
    return wrong


def _full_marks(graded: Graded, say: Say) -> int:
    """The reference solution loses nothing."""
    wrong = 0
    for sheet in graded.verdict.sheets:
        if not sheet.state.startswith("graded"):
            why = f"{sheet.why} {_faults(graded, sheet.notebook)}".strip()
            say(f"{sheet.notebook}: the reference solution could not be graded. {why}")
            wrong += 1
        for finding in sheet.findings:
            if finding.score != finding.maximum or finding.limits:
                limits = "; ".join(finding.limits)
                say(
                    f"{sheet.notebook}, {finding.grade_id}: the reference solution gets {finding.score:g} of "
                    f"{finding.maximum:g} points. {finding.note} {limits}".rstrip()
                )
                wrong += 1
    return wrong


def _no_marks(graded: Graded, say: Say) -> int:
    """Who writes nothing gets nothing."""
    wrong = 0
    for sheet in graded.verdict.sheets:
        for finding in sheet.findings:
            if finding.score:
                say(f"{sheet.notebook}, {finding.grade_id}: the released stub gets {finding.score:g} points.")
                wrong += 1
    return wrong


def _faults(graded: Graded, notebook: str) -> str:
    """Why tests of ours broke, from the autograded notebook."""
    cells = json.loads(graded.notebooks.get(notebook, b'{"cells": []}'))["cells"]
    found = [cell["metadata"]["grader"] for cell in cells if "grader" in cell["metadata"]]
    return " ".join(f"{one['grade_id']}: {one['note']}" for one in found if one["score"] is None)
