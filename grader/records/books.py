"""What the lines of a ledger add up to: where every grading stands."""

from __future__ import annotations

from collections.abc import Iterator
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
        if record["kind"] == "recorded":
            self.superseded |= set(self._verdicts_before(record["id"], key))
        before = self.unfinished.pop(record["id"], None)
        if record["kind"] in ("started", "verdict"):
            self.unfinished[record["id"]] = record
        elif record["kind"] == "recorded" and before is not None and before["kind"] == "verdict":
            self.latest[key] = before
        elif record["kind"] == "recorded":  # its verdict is on a damaged line: what was recorded before does not hold
            self.latest.pop(key, None)

    def _verdicts_before(self, identity: str, key: tuple[str, str]) -> Iterator[str]:
        """Ids of unfinished verdicts on the same submission that are older than this one."""
        for record in self.unfinished.values() if identity in self.unfinished else ():
            if record["id"] == identity:
                return
            if record["kind"] == "verdict" and (record["week"], record["student"]) == key:
                yield record["id"]

    def of_week(self, week: str) -> dict[str, Record]:
        """The `verdict` records in `latest` of one week, by student."""
        return {student: record for (of_week, student), record in self.latest.items() if of_week == week}
