"""Reading code without running it: names that a test needs, imports of the setup, seeds of hidden tests."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Mapping

_BEGIN = re.compile(r"^\s*#+ BEGIN HIDDEN TESTS\s*$")
_END = re.compile(r"^\s*#+ END HIDDEN TESTS\s*$")


def hidden_lines(source: str) -> set[int]:
    """Line numbers, from 1, that lie between nbgrader's marks of hidden tests."""
    inside, lines = False, set()
    for number, line in enumerate(source.splitlines(), 1):
        if _BEGIN.match(line):
            inside = True
        elif _END.match(line):
            inside = False
        elif inside:
            lines.add(number)
    return lines


class _Reseed(ast.NodeTransformer):
    def __init__(self, lines: set[int], seed: int) -> None:
        self._lines = lines
        self._seed = seed
        self.changed = 0

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        self.generic_visit(node)
        value = node.value
        is_number = isinstance(value, ast.Constant) and type(value.value) is int
        if node.arg == "seed" and is_number and value.lineno in self._lines:
            node.value = ast.copy_location(ast.Constant(self._seed + self.changed), value)
            self.changed += 1
        return node


def reseeded(source: str, seed: int) -> tuple[ast.Module, int]:
    """A test cell whose hidden tests have fresh seeds: each `seed=<number>` in them gets another number.

    Args:
        source: text of the cell.
        seed: for the first such argument; the following ones count on from it.

    Returns:
        The parsed cell, and how many seeds were replaced.

    Raises:
        SyntaxError: it is no Python.
    """
    change = _Reseed(hidden_lines(source), seed)
    tree = change.visit(ast.parse(source))
    return tree, change.changed


def needed_names(tree: ast.Module) -> list[str]:
    """Names that a test reads and neither binds nor imports itself, without the built-in ones."""
    bound: set[str] = set()
    read: dict[str, None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                read[node.id] = None
            else:
                bound.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            bound.update(bound_name(alias) for alias in node.names)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
    return [name for name in read if name not in bound and not hasattr(builtins, name)]


def bound_name(alias: ast.alias) -> str:
    """The name that a part of an import statement binds."""
    return alias.asname or alias.name.partition(".")[0]


def imports_of(sources: Iterable[str]) -> dict[str, ast.stmt]:
    """Import statements of the release's setup cells by the name each binds; those inside functions do not count."""
    found: dict[str, ast.stmt] = {}
    for source in sources:
        pending: list[ast.AST] = [_parsed(source)]
        while pending:
            node = pending.pop()
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                for alias in node.names:
                    one: ast.stmt = (
                        ast.Import([alias])
                        if isinstance(node, ast.Import)
                        else ast.ImportFrom(node.module, [alias], node.level)
                    )
                    found[bound_name(alias)] = ast.fix_missing_locations(one)
            elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
                pending += ast.iter_child_nodes(node)
    return found


def modules_of(sources: Iterable[str]) -> list[str]:
    """Modules that setup cells import, in their order: what a warm process may import beforehand."""
    modules: dict[str, None] = {}
    for source in sources:
        for node in ast.walk(_parsed(source)):
            if isinstance(node, ast.Import):
                modules.update(dict.fromkeys(alias.name for alias in node.names))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules[node.module] = None
    return list(modules)


def names_used(sources: Iterable[str], function: str) -> frozenset[str]:
    """Names read by the definition of a notebook's function, and by the helpers of the same notebook that it reads."""
    reads = _definitions(sources)
    seen: set[str] = set()
    pending = [function]
    while pending:
        new = reads.get(pending.pop(), set()) - seen
        seen |= new
        pending += new
    return frozenset(seen)


def _definitions(sources: Iterable[str]) -> Mapping[str, set[str]]:
    """For each name that a top-level statement defines, the names which that statement reads."""
    found: dict[str, set[str]] = {}
    for source in sources:
        for statement in _parsed(source).body:
            names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found[statement.name] = names
            elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                for target in targets:
                    if isinstance(target, ast.Name):
                        found[target.id] = names
    return found


def _parsed(source: str) -> ast.Module:
    """A cell as a syntax tree, its magic lines left out; empty where it is no Python."""
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()]
    try:
        return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
