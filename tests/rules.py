"""The house rules as functions: each takes a project folder and its files, and returns one line per offence."""

from __future__ import annotations

import ast
import itertools
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat

TEXT = {"", ".cfg", ".css", ".csv", ".html", ".ipynb", ".js", ".json", ".md", ".py", ".svg", ".toml", ".txt", ".yml"}
_PLACES = ("work", "root", "tmp", "home", "Users", "opt", "mnt")
_MACHINE_PATH = re.compile(rf"(?<![\w.~<>*)}}/-])(?:/(?:{'|'.join(_PLACES)})/|[A-Z]:\\Users\\)\w")
_LEFT_OVER = re.compile("|".join(rf"\b{a}{b}\b" for a, b in (("TO", "DO"), ("FIX", "ME"), ("X", "XX"))))
_PINNED = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[0-9][\w.+!]*( ; .+)?")
_BORDER = {"helpers": "grader", "grader": "helpers"}
_DOCUMENTED = ("helpers", "grader", "tools", "tests", "benchmarks")


def committed(root: Path) -> list[Path]:
    """Every file that is committed or could be, as paths from `root`."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return sorted(Path(name) for name in set(listing.stdout.split("\0")) if name and (root / name).is_file())


def machine_paths(root: Path, files: Iterable[Path]) -> list[str]:
    """Folders that exist on one machine only."""
    return _lines_with(_MACHINE_PATH, root, files)


def left_overs(root: Path, files: Iterable[Path]) -> list[str]:
    """Notes to oneself that something is not done."""
    return _lines_with(_LEFT_OVER, root, files)


def _lines_with(pattern: re.Pattern[str], root: Path, files: Iterable[Path]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in files
        if path.suffix in TEXT
        for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def stored_outputs(root: Path, files: Iterable[Path]) -> list[str]:
    """Outputs and execution counts in notebooks."""
    return [
        f"{path}: cell {number} holds outputs or an execution count"
        for path in files
        if path.suffix == ".ipynb"
        for number, cell in enumerate(nbformat.read(root / path, as_version=4).cells)
        if cell.get("outputs") or cell.get("execution_count") is not None
    ]


def border_crossings(root: Path, files: Iterable[Path]) -> list[str]:
    """Imports of grader in helpers, and the other way round."""
    return [
        f"{path}:{node.lineno}: imports {name}"
        for path in files
        if path.suffix == ".py" and path.parts[0] in _BORDER
        for node, name in _imports(ast.parse((root / path).read_text(encoding="utf-8")))
        if name.split(".")[0] == _BORDER[path.parts[0]]
    ]


def _imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.module and not node.level:
                yield node, node.module
            elif node.level:
                yield from ((node, alias.name) for alias in node.names)


def undocumented(root: Path, files: Iterable[Path]) -> list[str]:
    """Modules without a docstring."""
    return [
        f"{path}: no docstring"
        for path in files
        if path.suffix == ".py" and path.parts[0] in _DOCUMENTED
        if not ast.get_docstring(ast.parse((root / path).read_text(encoding="utf-8")))
    ]


def leaked_solutions(root: Path, files: Iterable[Path]) -> list[str]:
    """Two consecutive lines of a solution that also follow each other in what students are given."""
    files = list(files)
    secret: dict[tuple[str, str], str] = {}
    for path in files:
        if path.suffix == ".ipynb" and path.parts[0] == "source":
            for cell in nbformat.read(root / path, as_version=4).cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
                secret |= dict.fromkeys(_pairs(_region(cell.source, "SOLUTION")), f"{path.stem}: {name}")
    return [
        f"{path}: {' / '.join(pair)} (of {secret[pair]})"
        for path in files
        if path.parts[0] in ("release", "helpers") and path.suffix in (".ipynb", ".py")
        for text in _texts(root / path)
        for pair in _pairs(text)
        if pair in secret
    ]


def _region(text: str, name: str) -> str:
    return "\n".join(re.findall(rf"### BEGIN {name}\n(.*?)### END {name}", text, re.DOTALL))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    lines = [line.partition("  #")[0].strip() for line in text.splitlines()]
    return itertools.pairwise(line for line in lines if re.search(r"\w", line) and not line.startswith("#"))


def _texts(path: Path) -> list[str]:
    if path.suffix == ".ipynb":
        return [cell.source for cell in nbformat.read(path, as_version=4).cells]
    return [path.read_text(encoding="utf-8")]


def hidden_tests(root: Path, files: Iterable[Path]) -> list[str]:
    """Traces of hidden tests or solutions in what students open: their markers, and the seeds of checks."""
    trace = re.compile(r"(BEGIN|END) (HIDDEN TESTS|SOLUTION)|checks\.\w+\(.*seed\s*=")
    return [
        f"{path}: {found[0]}"
        for path in files
        if path.parts[0] == "release" and path.suffix == ".ipynb"
        for text in _texts(root / path)
        for found in trace.finditer(text)
    ]


def loose_requirements(root: Path, files: Iterable[Path]) -> list[str]:
    """Requirements without one exact version."""
    return [
        f"{path}: {line}"
        for path in files
        if path.name.endswith("requirements.txt")
        for line in _requirements(root / path)
        if not _PINNED.fullmatch(line) and line != "-e ."
    ]


def _requirements(path: Path) -> Iterator[str]:
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in joined.splitlines():
        bare = re.split(r"(?:^|\s)#|\s--hash", line)[0].strip()
        if bare:
            yield bare
