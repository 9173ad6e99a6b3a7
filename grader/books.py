"""What the lines of a ledger add up to: where every grading stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]


@dataclass
class Books:
    """Where every grading stands. Week and student name a submission.

    Args:
        latest: by week and student the `verdict` record of the last grading that was recorded.
        unfinished: by id the last record of gradings that have no final one, oldest first.
        superseded: ids of unfinished gradings with a verdict which a later one of the same submission overtook.
        damage: one sentence for each line that could not be read.
    """

    latest: dict[tuple[str, str], Record] = field(default_factory=dict)
    unfinished: dict[str, Record] = field(default_factory=dict)
    superseded: set[str] = field(default_factory=set)
    damage: list[str] = field(default_factory=list)

    def enter(self, record: Record) -> None:
        """Take one record into account."""
        key = (record["week"], record["student"])
        before = self.unfinished.pop(record["id"], None)
        if record["kind"] in ("started", "verdict"):
            self.unfinished[record["id"]] = record
        if record["kind"] != "recorded":
            return
        if before is not None and before["kind"] == "verdict":
            self.latest[key] = before
        else:  # its verdict is on a damaged line: whatever was recorded before does not hold any more
            self.latest.pop(key, None)
        self.superseded |= {
            other["id"]
            for other in self.unfinished.values()
            if other["kind"] == "verdict" and (other["week"], other["student"]) == key
        }

    def of_week(self, week: str) -> dict[str, Record]:
        """The `verdict` records in `latest` of one week, by student."""
        return {student: record for (of_week, student), record in self.latest.items() if of_week == week}
