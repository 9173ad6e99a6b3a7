"""Instructors' commands: `python -m grader grade WEEK`, and `table`, `feedback`, `validate`, `doctor`.

Exit codes: 0 all is done, 1 something is not (and says what), 2 it could not start, 130 a person stopped it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from grader.run.trouble import CannotStart

Command = Callable[[argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one command in the course folder.

    Args:
        arguments: of the command line; those of this process if left out.

    Returns:
        The exit code.
    """
    chosen = _parser().parse_args(arguments)
    command: Command = chosen.run
    try:
        if command is not _doctor and not Path("nbgrader_config.py").exists():
            raise CannotStart("there is no nbgrader_config.py here: run this in the course's folder")
        return command(chosen)
    except CannotStart as why:
        print(f"{chosen.command}: {str(why).rstrip('.')}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{chosen.command}: stopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grader", description="Grading of the course in this folder.")
    commands = parser.add_subparsers(dest="command", required=True)

    def add(
        name: str, run: Callable[[argparse.Namespace], int], text: str, *, week: bool = True
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        if week:
            command.add_argument("week", help="id of the week, for example week1_foundations")
        return command

    grade = add("grade", _grade, "grade what was handed in and is not graded yet")
    grade.add_argument("--student", default="*", help="only these, with * and ? as in file names")
    grade.add_argument("--jobs", type=_positive, default=0, help="submissions at once (default: one a core)")
    grade.add_argument("--force", action="store_true", help="grade again what is graded already")
    grade.add_argument("--quiet", action="store_true", help="print the summary only")
    grade.add_argument(
        "--i-trust-these-students",
        dest="trust",
        action="store_true",
        help="run their code without a sandbox if this machine has none; every mark says so",
    )
    add("table", _table, "points by student and exercise, and why points were lost")
    feedback = add("feedback", _feedback, "write the pages that students get back")
    feedback.add_argument("--student", default="*", help="only these, with * and ? as in file names")
    feedback.add_argument("--force", action="store_true", help="write again what has not changed")
    add("validate", _validate, "try the week's checks on its own solutions before students see it")
    add("doctor", _doctor, "see what holds students' code on this machine", week=False)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _grade(chosen: argparse.Namespace) -> int:
    from grader.engine.factory import real_engine
    from grader.run.orchestrator import grade_week
    from grader.run.progress import Lines, progress_on
    from grader.run.request import Choice

    report = Lines(lambda line: None) if chosen.quiet else progress_on(sys.stderr)
    choice = Choice(chosen.student, force=chosen.force)
    summary = grade_week(
        Path.cwd(), chosen.week, real_engine(trust=chosen.trust), report, choice=choice, jobs=chosen.jobs
    )
    if not summary.total and not summary.left_out:
        print(
            f"Nobody has handed in {chosen.week}: work goes into submitted/<student>/{chosen.week}/.", file=sys.stderr
        )
        return 1
    print("\n".join(summary.lines()))
    return summary.exit_code


def _table(chosen: argparse.Namespace) -> int:
    from grader.report.grade_table import grade_table
    from grader.report.marks import read_marks

    from .course import notebook_order

    try:
        print(grade_table(chosen.week, read_marks(Path.cwd(), chosen.week, notebook_order(Path.cwd(), chosen.week))))
    except LookupError as why:
        raise CannotStart(str(why)) from None
    return 0


def _feedback(chosen: argparse.Namespace) -> int:
    from .feedback import write_feedback

    try:
        failures = write_feedback(
            Path.cwd(),
            chosen.week,
            students=chosen.student,
            force=chosen.force,
            log=lambda line: print(line, flush=True),
        )
    except LookupError as why:
        raise CannotStart(str(why)) from None
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _validate(chosen: argparse.Namespace) -> int:
    from .validate import validate

    return 1 if validate(Path.cwd(), chosen.week) else 0


def _doctor(chosen: argparse.Namespace) -> int:
    from .sandbox import doctor_report

    holds, text = doctor_report()
    print(text)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
