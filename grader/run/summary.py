"""What became of a run: one outcome a submission, and the run's exit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from grader.verdict import State, Verdict

OutcomeState = State | Literal["not recorded yet", "taken away"]

MARKED = frozenset({"graded", "graded with limits"})
STOPPED = 130


@dataclass(frozen=True)
class Outcome:
    """What became of one submission.

    Args:
        student: name of its folder.
        state: of its verdict, or why there is none.
        why: what an instructor should know of it, or "".
        fresh: graded in this run, not in an earlier one.
    """

    student: str
    state: OutcomeState
    why: str = ""
    fresh: bool = True


@dataclass
class Summary:
    """What a run did.

    Args:
        week: id of the week.
        total: submissions that it was about.
        outcomes: one a submission, as far as it came.
        left_out: folders that were not looked into, with the reason.
        notes: what else an instructor should know, one sentence each.
        stopped: why the run ended early, or "".
        by_hand: whether a person stopped it.
    """

    week: str
    total: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    stopped: str = ""
    by_hand: bool = False

    @property
    def exit_code(self) -> int:
        """0 where every submission has its marks, 1 where some have not, 130 where a person stopped the run."""
        if self.by_hand:
            return STOPPED
        trouble = self.stopped or self.left_out or any(outcome.state not in MARKED for outcome in self.outcomes)
        return 1 if trouble else 0

    def lines(self) -> list[str]:
        """The summary in words."""
        marked = [outcome for outcome in self.outcomes if outcome.state in MARKED]
        old = sum(not outcome.fresh for outcome in marked)
        earlier = f", {old} of them in an earlier run" if old else ""
        text = [f"{self.week}: {len(marked)} of {self.total} submissions graded{earlier}."]
        text += [f"  {o.student}: {o.state}. {o.why}".rstrip() for o in self.outcomes if o.state not in MARKED]
        text += [f"  submitted/{name} {why}." for name, why in self.left_out.items()]
        text += [f"  {note}." for note in self.notes]
        return [*text, f"Stopped early: {self.stopped}."] if self.stopped else text


def why_of(verdict: Verdict) -> str:
    """In one line, why a submission has no marks, or which limits it hit."""
    parts = [f"{sheet.notebook}: {sheet.why}" for sheet in verdict.sheets if sheet.why]
    parts += [
        f"{finding.grade_id}: {', '.join(finding.limits)}"
        for sheet in verdict.sheets
        for finding in sheet.findings
        if finding.limits
    ]
    if not parts and verdict.state == "refused":
        return "There is no notebook of this week in the folder."
    return " ".join(parts)


class Report(Protocol):
    """Where a run tells how far it is."""

    def begin(self, week: str, total: int) -> None:
        """So many submissions will be looked at."""

    def outcome(self, outcome: Outcome) -> None:
        """One more is done."""

    def say(self, text: str) -> None:
        """A remark in between."""

    def end(self) -> None:
        """No more will come."""
