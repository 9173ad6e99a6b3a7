"""The students: each says what it writes for a graded function, or None to leave the cell as released."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.report.mark import State
from tests.course.sample_class import troubles
from tests.course.sample_class.material import Material

# Three bugs that learners write, by week.
CLASSIC_BUGS = {
    "week1_foundations": {
        "zero_pad": "pads_every_axis",
        "conv_forward": "stride_forgotten_in_window",
        "pool_forward": "sum_for_average",
    },
}
REFLECTION = "A filter is the same everywhere, so what it learns in one corner of the picture helps in all others."
EARLY, LATE = datetime.timedelta(days=-2), datetime.timedelta(days=1, hours=2)

Writes = Callable[[Material, str, str], "str | None"]


@dataclass(frozen=True)
class Student:
    """Somebody who hands in.

    Args:
        name: folder name, the student id.
        writes: `writes(material, week, function)` is the text of the exercise cell, or None.
        reflects: whether the written question is answered.
        after_due: when it is handed in, counted from the due date.
        ends: the state that the week is then in.
        happens: what becomes of the folder, given the names of its notebooks, before it is handed in.
    """

    name: str
    writes: Writes
    reflects: bool = True
    after_due: datetime.timedelta = EARLY
    ends: State = "graded"
    happens: Callable[[Path, list[str]], None] | None = None


def _reference(material: Material, week: str, function: str) -> str:
    return material.references[function]


def _other_style(material: Material, week: str, function: str) -> str:
    return material.right(function, tensorflow=False)


def _first_half(material: Material, week: str, function: str) -> str | None:
    functions = list(material.references)
    return material.references[function] if functions.index(function) < len(functions) // 2 else None


def _nothing(material: Material, week: str, function: str) -> None:
    return None


def _classic_bugs(material: Material, week: str, function: str) -> str:
    bug = CLASSIC_BUGS.get(week, {}).get(function)
    return material.wrong(function, bug) if bug else material.references[function]


def _noisy(material: Material, week: str, function: str) -> str:
    return make_noisy(material.references[function])


def _tensorflow(material: Material, week: str, function: str) -> str:
    return material.right(function, tensorflow=True)


def _first_function(material: Material, function: str) -> bool:
    return function == next(iter(material.references))


def _crashes(material: Material, week: str, function: str) -> str:
    """The interpreter dies in the first exercise cell of the week."""
    text = material.references[function]
    return f"{text}\n\nimport ctypes\nctypes.string_at(0)" if _first_function(material, function) else text


def _never_ends(material: Material, week: str, function: str) -> str:
    """The first function of the week loops for ever and lets nothing stop it."""
    text = material.references[function]
    loop = "    while True:\n        try:\n            while True: pass\n        except BaseException: pass"
    return f"{text.splitlines()[0]}\n{loop}" if _first_function(material, function) else text


def _floods(material: Material, week: str, function: str) -> str:
    """A hundred megabytes of output from the first exercise cell."""
    text = material.references[function]
    return f"{text}\n\nfor _ in range(1000): print('x' * 100_000)" if _first_function(material, function) else text


def _attacks(material: Material, week: str, function: str) -> str:
    """No answer, but a try at the marks in each cell."""
    return troubles.ATTACK.format(function=function)


def make_noisy(text: str) -> str:
    """A right answer that warns, prints on stderr, and writes to its file descriptor as compiled libraries do."""
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef)
    first = function.body[1 if ast.get_docstring(function) else 0]
    lines = text.splitlines()
    indent = " " * first.col_offset
    noise = [
        "import os, sys, warnings",
        'warnings.warn("this works, but I am not sure about it")',
        'print("still working ...", file=sys.stderr)',
        'os.write(2, b"a line from a compiled library\\n")',
    ]
    inside = [indent + line for line in noise]
    return "\n".join([*lines[: first.lineno - 1], *inside, *lines[first.lineno - 1 :], "", *noise])


STUDENTS = (
    Student("ada_perfect", _reference),
    Student("ben_other_style", _other_style),
    Student("cleo_half_done", _first_half, reflects=False),
    Student("dan_empty", _nothing, reflects=False),
    Student("eva_three_classic_bugs", _classic_bugs),
    Student("finn_late", _reference, after_due=LATE),
    Student("gus_noisy", _noisy),
    Student("hana_tensorflow", _tensorflow),
    Student("ines_crashes", _crashes, ends="graded with limits"),
    Student("jon_never_ends", _never_ends, ends="graded with limits"),
    Student("kai_broken_file", _reference, ends="refused", happens=troubles.breaks_the_last_file),
    Student("lea_renamed", _reference, happens=troubles.renames),
    Student("mia_moved_cells", _reference, happens=troubles.moves_cells),
    Student("noa_floods", _floods),
    Student("otto_pipe", _reference, ends="refused", happens=troubles.puts_a_pipe),
    Student("pia_nothing", _nothing, reflects=False, ends="refused", happens=troubles.leaves_nothing),
    Student("quinn_attacks", _attacks, reflects=False, happens=troubles.edits_points),
)
