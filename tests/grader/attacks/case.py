"""What an attack is, and what counts as success; how to add one.

An attack is what a student hands in, and one question: did it win? The same question is asked twice. First of the
control (`control.py`), which runs the notebook as nbgrader does without protection: one IPython process as the same
user, in the course's folder, with the hidden tests in its namespace, and nbgrader's own `determine_grade`. There it has
to win, or the attack proves nothing. Then of a whole run of ours (intake, engine, gradebook, feedback), where it must
not win, and where besides, whatever its aim was, nobody gains marks, no secret is seen, nothing is damaged, no process
stays, and an honest submission graded right afterwards has full marks.

To add a family, write a module with a list `ATTACKS` and name the module in `FAMILIES` of `__init__.py`:

    ATTACKS = [
        Attack("A3", "np.allclose says yes to everything", gains, cells={"setup": "np.allclose = lambda *a: True"}),
    ]

`cells` are the student's texts by the name of the cell ("setup", "blend", "label", "is_rising"; see `assignment.py`);
those left out stay as released. `before` and `after` are cells added at the beginning and the end. `rework` alters the
notebook's JSON data; `raw` is the whole file in its place; `files` are other files of the folder; `place` does what it
likes in the folder `submitted/<attack>/week0`, and is told the course. `deserved` is what the right answers among the
cells earn; `times` how often the same work is graded. With `believes` the control is one of two processes, of which the
second believes the student's (`believing.py`). Where the usual control cannot show the danger (pages, the sandbox's
wall), `control` is a function that gets the `Ground` of a fresh copy of the course and returns an Outcome. `wins` is
one of the questions below or any function of an Outcome. `limits` are `Patience` and sandbox limits by name for an
engine of its own, where those of the common engine (`arena.py`) do not do; `control_seconds` is the time that the
control gets.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What came of handing in.

    Args:
        marks: points by test cell; None where there is no mark at all.
        visible: all that the student gets to read.
        secrets: texts that no student may read.
        damage: files of the course and marks of others that are not as they were.
        left: how many processes are still there.
        deserved: points that the right answers earn.
        notes: what the graders' side says, for the message of a failed test.
        seconds: how long it took.
        extra: what a control or family of its own wants to add.
    """

    marks: Mapping[str, float] | None
    visible: str
    secrets: tuple[str, ...] = ()
    damage: tuple[str, ...] = ()
    left: int = 0
    deserved: float = 0.0
    notes: str = ""
    seconds: float = 0.0
    extra: Mapping[str, Any] = field(default_factory=dict)


Question = Callable[[Outcome], bool]


@dataclass(frozen=True)
class Attack:
    """One attack; see above."""

    id: str
    title: str
    wins: Question
    cells: Mapping[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    rework: Callable[[dict[str, Any]], None] | None = None
    raw: bytes | None = None
    place: Callable[[Path, Path], None] | None = None
    deserved: float = 0.0
    times: int = 1
    believes: bool = False
    control: Callable[[Any], Outcome] | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)


def gains(outcome: Outcome) -> bool:
    """It has marks that its answers do not deserve."""
    return outcome.marks is not None and sum(outcome.marks.values()) > outcome.deserved


def loses(outcome: Outcome) -> bool:
    """Marks that were earned are lost, or there is no mark at all."""
    return outcome.marks is None or sum(outcome.marks.values()) < outcome.deserved


def learns(outcome: Outcome) -> bool:
    """A student can read what no student may."""
    return any(form in outcome.visible for secret in outcome.secrets for form in _forms(secret))


def damages(outcome: Outcome) -> bool:
    """Something of the course's or of somebody else's was changed."""
    return bool(outcome.damage)


def lingers(outcome: Outcome) -> bool:
    """A process of the student's is still there."""
    return outcome.left > 0


def shows(text: str) -> Question:
    """The student reads this text."""
    return lambda outcome: text in outcome.visible


def _forms(secret: str) -> set[str]:
    plain = {secret, secret[::-1], secret.upper(), secret.lower(), secret.upper()[::-1], secret.lower()[::-1]}
    raw = secret.encode()
    return plain | {raw.hex(), raw[::-1].hex(), base64.b64encode(raw).decode().rstrip("=")[:-1]}
