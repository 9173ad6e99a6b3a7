"""Grade a week: the door to the engine for the command line, for nbgrader's commands and for formgrader's button."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import DBAPIError

from grader.course import course_directory, ledger_folder, notebook_order, open_gradebook, week_folder
from grader.intake.names import odd_name
from grader.plan import NoPlan, Plan, read_plan
from grader.records.lock import course_lock

from .request import EVERYBODY, Choice, GraderFactory
from .run import Run
from .stop import Stop
from .summary import Report, Summary
from .trouble import CannotStart, DiskTrouble


def grade_week(
    root: Path,
    week: str,
    factory: GraderFactory,
    report: Report,
    *,
    choice: Choice = EVERYBODY,
    jobs: int = 0,
    course: CourseDirectory | None = None,
) -> Summary:
    """Grade what was handed in for a week.

    Args:
        root: course folder.
        week: id of the week.
        factory: makes the engine.
        report: told about progress.
        choice: which submissions.
        jobs: submissions at once; as many as this process may use cores, if 0.
        course: as nbgrader sees it, if there is one already.

    Returns:
        What became of each submission. Stopped by Ctrl-C it says so, and the next run goes on from there.

    Raises:
        CannotStart: nothing was graded; the text says what to do.
    """
    course = course or course_directory(root)
    plan = _plan(course, root, week)
    with ExitStack() as stack:
        try:
            stack.enter_context(course_lock(ledger_folder(root)))
            gradebook = stack.enter_context(open_gradebook(course))
            stop = stack.enter_context(Stop(report.say))
            run = Run(course, ledger_folder(root), gradebook, plan, report, stop)
            run.resume()
        except DiskTrouble as why:
            raise CannotStart(str(why)) from None
        except OSError as error:
            raise CannotStart(f"{error.filename or root} cannot be read or written ({error.strerror})") from None
        except DBAPIError as error:
            raise CannotStart(f"the gradebook cannot be opened ({error.orig})") from None
        return run.whole(factory, jobs or _cores(), choice)


def _plan(course: CourseDirectory, root: Path, week: str) -> Plan:
    if os.open not in os.supports_dir_fd:
        raise CannotStart("grading needs Linux or macOS; on Windows use WSL")
    if odd_name(week):
        raise CannotStart(f"{week[:100]!r} is no name of a week")
    places = [week_folder(course, name, week) for name in ("source", "release")]
    try:
        return read_plan(places[0], places[1], notebook_order(root, week))
    except NoPlan as why:
        raise CannotStart(str(why)) from None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
