"""The example of every view, run from the manuscripts of docs/widgets/."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import jupytext

from helpers import widgets

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "widgets"


def modules() -> tuple[str, ...]:
    """Names of the views' modules, in the order of the syllabus."""
    return tuple(widgets.home_of(name) for name in widgets.names())


@cache
def example(module: str) -> Any:
    """The view that the manuscript of this module shows: the last line of its first demo cell that gives one."""
    cells = jupytext.reads((FOLDER / f"{module}.py").read_text(encoding="utf-8"), fmt="py:percent").cells
    namespace: dict[str, Any] = {"__name__": "gallery"}
    for cell in cells:
        if cell.cell_type == "code":
            value = _last_value(cell.source, namespace)
            if hasattr(value, "replies"):
                return value
    raise AssertionError(f"docs/widgets/{module}.py: no cell ends in a view")


def examples() -> dict[str, Any]:
    """All of them, by module."""
    return {module: example(module) for module in modules()}


def _last_value(source: str, namespace: dict[str, Any]) -> Any:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<manuscript>", "exec"), namespace)
    return None if last is None else eval(compile(ast.Expression(last.value), "<manuscript>", "eval"), namespace)
