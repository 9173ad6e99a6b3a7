"""What answers can be taken from: the reference solutions, and the right and wrong answers of the kill matrix."""

from __future__ import annotations

import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat

from tests.course.answers import Answer

_MARKER = re.compile(r"^\s*#+ (BEGIN|END) SOLUTION\s*$")


@dataclass(frozen=True)
class Written:
    """The text of an answer, under the graded function's own name; `hint` is None for a right one."""

    text: str
    hint: str | None

    @property
    def uses_tensorflow(self) -> bool:
        return "tensorflow" in self.text


@dataclass(frozen=True)
class Material:
    """For each graded function of a week, in the order of the course: the reference and other answers."""

    references: dict[str, str]
    answers: dict[str, list[Written]]

    def right(self, function: str, *, tensorflow: bool) -> str:
        """The last right answer with or without TensorFlow, else the reference."""
        fitting = [a for a in self.answers[function] if a.hint is None and a.uses_tensorflow == tensorflow]
        return fitting[-1].text if fitting else self.references[function]

    def wrong(self, function: str, hint: str) -> str:
        """The first wrong answer with this misconception."""
        for answer in self.answers[function]:
            if answer.hint == hint:
                return answer.text
        known = sorted({answer.hint for answer in self.answers[function] if answer.hint})
        raise LookupError(f"no answer to {function} has the misconception {hint!r}; there are {', '.join(known)}")


def read_material(source: Path, notebooks: Iterable[str]) -> Material:
    """Material of one week.

    Args:
        source: folder with the week's instructor notebooks.
        notebooks: their names, in the order of the course.
    """
    references: dict[str, str] = {}
    for name in notebooks:
        for cell in nbformat.read(source / f"{name}.ipynb", as_version=4).cells:
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
                lines = [line for line in cell.source.splitlines() if not _MARKER.match(line)]
                references[cell.metadata.nbgrader.grade_id] = "\n".join(lines)
    return Material(references, {function: read_answers(function) for function in references})


def read_answers(function: str) -> list[Written]:
    """Answers of the kill matrix to one function, as a learner would have typed them."""
    try:
        module = importlib.import_module(f"tests.course.wrong_answers.{function}")
    except ModuleNotFoundError:
        return []
    answers = [value for value in vars(module).values() if isinstance(value, Answer)]
    return [Written(as_typed(answer.function, function), answer.hint) for answer in answers]


def as_typed(answer: Callable[..., object], function: str) -> str:
    """The source of an answer under the graded function's name, without the mark above it."""
    lines = textwrap.dedent(inspect.getsource(answer)).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("def "))
    return re.sub(rf"(?<![.\w]){answer.__name__}(?=\()", function, "\n".join(lines[start:]))
