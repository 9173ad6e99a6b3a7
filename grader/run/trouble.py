"""Why the grader stops or leaves something for later; each text is a sentence for the instructor."""

from __future__ import annotations


class CannotStart(Exception):
    """Nothing was graded; the text says what is missing and what to do."""


class LeftForLater(Exception):
    """A mark is safe in the ledger but not yet in the gradebook; the next run puts it there without grading again."""


class DiskTrouble(Exception):
    """Something could not be written; the text says what, and that it can be tried again."""
