"""The manuscripts as the tests see them: cells by role, and the reference solution as a namespace."""

import functools
import linecache
import types

import jupytext

from helpers.checks import Check, find
from tests.course.answers import Answer
from tools.syllabus import ROOT, Notebook, Week, read_syllabus

SYLLABUS = read_syllabus()
NOTEBOOKS: dict[str, tuple[Week, Notebook]] = {n.name: (w, n) for w in SYLLABUS.weeks for n in w.notebooks}
NOTEBOOK_OF = {function: name for name, (_, notebook) in NOTEBOOKS.items() for function in notebook.points}


@functools.cache
def cells(notebook: str):
    """All cells of a manuscript."""
    week, entry = NOTEBOOKS[notebook]
    text = (ROOT / "course" / week.id / f"{entry.name}.py").read_text(encoding="utf-8")
    return jupytext.reads(text, fmt="py:percent").cells


def cells_of_role(notebook: str, *roles: str):
    """Code and markdown cells that carry one of the roles, in order."""
    return [cell for cell in cells(notebook) if set(roles) & set(cell.metadata.get("tags", []))]


def solution(function: str) -> str:
    """The exercise cell of a graded function, with its solution."""
    found = [c for c in cells_of_role(NOTEBOOK_OF[function], "exercise") if c.metadata["graded"] == function]
    assert len(found) == 1, f"{function} has {len(found)} exercise cells"
    return found[0].source


def reference(notebook: str) -> dict:
    """A fresh namespace in which the setup and exercise cells of a notebook have run."""
    namespace: dict = {"__name__": notebook}
    for number, cell in enumerate(cells_of_role(notebook, "setup", "exercise")):
        run(cell.source, namespace, f"<{notebook} {number}>")
    return namespace


def run(source: str, namespace: dict, name: str) -> None:
    """Run a cell so that inspect and tracebacks find its lines, as in IPython."""
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    exec(compile(source, name, "exec"), namespace)


def answered(answer: Answer, function: str) -> tuple[types.FunctionType, dict]:
    """The answer as if written in the notebook in place of the reference solution, and its namespace."""
    namespace = reference(NOTEBOOK_OF[function])
    given = answer.function
    rebuilt = types.FunctionType(given.__code__, namespace, function, given.__defaults__, given.__closure__)
    rebuilt.__kwdefaults__ = given.__kwdefaults__
    namespace[function] = rebuilt
    return rebuilt, namespace


def check_of(function: str) -> Check:
    """The check of a graded function."""
    return find(function)
