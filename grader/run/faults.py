"""When grading itself goes wrong: answers that cannot be, the verdict that says so, the log for whoever mends it."""

from __future__ import annotations

import traceback
from datetime import datetime, timezone
from pathlib import Path

from grader.intake.names import printable
from grader.job import Graded, Job
from grader.plan import Plan
from grader.verdict import BadVerdict, SheetVerdict, Verdict, read_verdict

from .summary import MARKED


def demand_answer(graded: Graded, job: Job, plan: Plan, seal: str) -> None:
    """Refuse a verdict that is not on this job and this plan.

    Raises:
        BadVerdict: what is wrong with it.
    """
    verdict = read_verdict(graded.verdict.to_dict())
    asked = (job.student, job.week, job.digest, seal)
    if (verdict.student, verdict.week, verdict.digest, verdict.seal) != asked:
        raise BadVerdict("the engine answered for another submission or another release")
    points = {(one.name, cell.grade_id): cell.points for one in plan.notebooks for cell in one.graded()}
    if [sheet.notebook for sheet in verdict.sheets] != [one.name for one in plan.notebooks]:
        raise BadVerdict("the engine's verdict has other notebooks than the week")
    for sheet in verdict.sheets:
        for finding in sheet.findings:
            if points.get((sheet.notebook, finding.grade_id)) != finding.maximum:
                raise BadVerdict(f"the engine gave points for {finding.grade_id[:100]}, which the week has otherwise")
    if not set(graded.notebooks) <= {sheet.notebook for sheet in verdict.sheets if sheet.state in MARKED}:
        raise BadVerdict("the engine returned a notebook without a mark for it")


def failed(job: Job, plan: Plan, seal: str, error: BaseException) -> Verdict:
    """The verdict where grading itself went wrong."""
    why = f"The grader stopped with {type(error).__name__}. This is no fault of yours: it will be graded again."
    sheets = tuple(SheetVerdict(notebook.name, "failed by us", why) for notebook in plan.notebooks)
    return Verdict(job.student, job.week, job.digest, seal, "none", sheets)


def note_error(path: Path, student: str, error: BaseException) -> None:
    """Append a compact traceback to a log; a log that cannot be written stops nobody."""
    lines = traceback.format_exception(type(error), error, error.__traceback__, limit=-8)
    text = "".join(f"  {printable(line)}\n" for part in lines for line in part.splitlines()[:40])
    moment = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{moment} {student}\n{text}")
    except OSError:
        return
