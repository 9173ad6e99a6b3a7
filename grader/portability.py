"""Test cells read before release: which of them would not mean, across the trust border, what their author means."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from grader.examiner.reading import bound_name, hidden_lines, imports_of, needed_names, reseeded

from .plan import PlanNotebook

_FOREIGN = (
    "it reads {0}, which no exercise defines, so that a student's cell decides what it is: define {0} in the test"
)
_SAME_FOR_ALL = "its hidden tests have the same inputs for everybody: pass seed=<a number> to get fresh ones"
_TRUTHY = "it asserts that a student's function returns something true: compare it with what was expected"
_SOURCE = "code stays with the student: write source_of(f) for inspect.getsource(f), in the hidden part"
_CHANGES = "it calls a student's function and drops the value: write in_place(f)(x) to see what it changes in x, hidden"
_SETS = "it sets an attribute of a student's object, which stays with the student: pass the value as an argument"
_POINTS = "its last line is the value of a student's function, which would be the points: assign it to a name"


def remarks(notebook: PlanNotebook, solutions: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What an author should know about the test cells of a notebook.

    Args:
        notebook: as planned.
        solutions: text of the reference solution of each exercise cell.

    Yields:
        Name of the test cell, and one sentence with the cure.
    """
    imported = imports_of(cell.source for cell in notebook.cells if cell.kind == "setup")
    theirs = {name for text in solutions.values() for name in defined_by(text)}
    ours: set[str] = set()
    for cell in notebook.graded():
        try:
            tree, seeds = reseeded(cell.source, 0)
        except SyntaxError as error:
            yield cell.grade_id, f"it is no valid Python: {error.msg} in line {error.lineno}"
            continue
        known = {*imported, *theirs, *ours, "display", "source_of", "in_place"}
        texts = [_FOREIGN.format(name) for name in needed_names(tree) if name not in known]
        texts += _of_code(tree, theirs)
        if hidden_lines(cell.source) and not seeds:
            texts.append(_SAME_FOR_ALL)
        for text in texts:
            yield cell.grade_id, text
        ours |= defined_by(cell.source)


def defined_by(source: str) -> set[str]:
    """Names that the top level of a cell defines, imports or assigns."""
    names: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update(bound_name(alias) for alias in node.names)
        else:
            names.update(n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    return names


def _of_code(tree: ast.Module, theirs: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and _calls(node.test, theirs):
            yield _TRUTHY
        if isinstance(node, ast.Attribute) and node.attr in ("getsource", "getsourcelines"):
            yield _SOURCE
        if isinstance(node, ast.Assign) and any(_is_theirs(target, theirs) for target in node.targets):
            yield _SETS
    last = tree.body[-1] if tree.body else None
    dropped = (n for n in ast.walk(tree) if isinstance(n, ast.Expr) and n is not last)
    if any(_calls(node.value, theirs) for node in dropped):
        yield _CHANGES
    if isinstance(last, ast.Expr) and _calls(last.value, theirs):
        yield _POINTS


def _calls(node: ast.expr, theirs: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in theirs


def _is_theirs(node: ast.expr, theirs: set[str]) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in theirs
