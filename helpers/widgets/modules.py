"""ES modules for the browser, joined into one script: no build step, no network."""

from __future__ import annotations

import functools
import re
from pathlib import Path

WIDGETS = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "(?:\./|\.\./\w+/)([\w.]+)";\n', re.MULTILINE)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_COMMENTS = re.compile(r"^\s*/\*.*?\*/\n|^\s*//[^\n]*\n", re.DOTALL | re.MULTILINE)
_CLASS = re.compile(r"\.rf-([\w-]+)")
_PUT_TOGETHER = re.compile(r"rf-([\w-]*)\$\{")
_INDENT = re.compile(r"^\s+", re.MULTILINE)


@functools.cache
def files() -> dict[str, Path]:
    """The modules of all views and of the page they share, and the style sheet, by name: each name is there once."""
    return {path.name: path for path in [*sorted(WIDGETS.glob("*/*.js")), WIDGETS / "page" / "style.css"]}


def source(name: str) -> str:
    """The text of a module, wherever it lies."""
    return files()[name].read_text(encoding="utf-8")


@functools.cache
def script(module: str) -> str:
    """A view's module after everything it imports and its host, as one script that offers `mount` and `view`.

    Args:
        module: name of its file, without the ending.
    """
    joined = [without_comments(_as_script(source(name))) for name in parts_of(module)]
    return "\n".join(joined)


@functools.cache
def style(module: str) -> str:
    """The rules of style.css that a view may need: those whose classes its module names, or may put together.

    Args:
        module: name of its file, without the ending; "host" for a view without a module.
    """
    text = script(module) if module != "host" else _as_script(source("host.js"))
    return "".join(f"{rule}\n" for rule in without_comments(source("style.css")).splitlines() if _needed(rule, text))


def _needed(rule: str, text: str) -> bool:
    """Whether one of a rule's selectors (for a rule about the page: one of its classes) can meet something."""
    parts = _CLASS.findall(rule) if rule.startswith("@") else []
    groups = [[part] for part in parts] or [_CLASS.findall(selector) for selector in rule.partition("{")[0].split(",")]
    return any(all(_named(name, text) for name in group if name != "view") for group in groups)


def _named(name: str, text: str) -> bool:
    """Whether a class is named in a script as a whole, or its end, which `rf-${...}` puts together, as a word."""
    begun = [start for start in _PUT_TOGETHER.findall(text) if name.startswith(start)]
    ends = [name[len(start) :] for start in begun]
    return f"rf-{name}" in text or any(end.isdigit() or re.search(rf"\b{re.escape(end)}\b", text) for end in ends)


def parts_of(module: str) -> list[str]:
    """The files that a view needs, each after those it imports; its own comes last."""
    ordered: dict[str, None] = {}
    for name in ("host.js", f"{module}.js"):
        _collect(name, ordered)
    return list(ordered)


def _collect(name: str, ordered: dict[str, None]) -> None:
    for needed in _IMPORT.findall(source(name)):
        if needed not in ordered:
            _collect(needed, ordered)
    ordered[name] = None


def _as_script(text: str) -> str:
    """A module's text as part of one script: its imports are there already, and its exports need no word."""
    return _EXPORT.sub("", _DEFAULT.sub("const view = ", _IMPORT.sub("", text)))


def without_comments(text: str) -> str:
    """Code without comments of whole lines and without indentation, to keep notebooks small."""
    return _INDENT.sub("", _COMMENTS.sub("", text))
