"""The rules of the page's modules as functions: each takes the texts by file name and returns one line per offence.

The joiner in helpers/widgets/modules.py understands a small part of the language only, and takes it by lines. And
nothing in a view may turn text into HTML, run text as code, or ask the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from helpers.widgets.modules import without_comments

Files = Mapping[str, str]

LARGEST = 8 * 1024  # bytes of a view's own module on the page
_LONGEST = 120
_IMPORT = re.compile(r'import \{ (\w+(?:, \w+)*) \} from "(?:\./|\.\./\w+/)(\w+\.js)";')
_EXPORT = re.compile(r"export (?:default \{|(?:const|let|class|function\*?|async function) )")
_NAMED = re.compile(
    r"^(?:export )?(?:(?:const|let|var|class|function\*?|async function)\s*(\w+)|(?:const|let|var)\s*([\[{][^=]*)=)",
    re.MULTILINE,
)
_SVG = '"http://www.w3.org/2000/svg"'
_FORBIDDEN = {
    "makes HTML of text": r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc|DOMParser|setHTML\w*)\b"
    r"|createContextualFragment|document\.write",
    "runs text as code": r"\beval\b|\bFunction\(|\bimportScripts\b|javascript:|set(?:Timeout|Interval)\([\"'`]",
    "asks the network": r"https?:|\bfetch\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\(|new Worker\b",
    "is no script": r"\bimport\.meta\b",
    "leaves something behind": r"localStorage|sessionStorage|indexedDB|document\.cookie",
}


def imports(files: Files) -> list[str]:
    """An import is one line of names, and each name is exported by a file that is there; no file waits for itself."""
    return list(_imports(files))


def _imports(files: Files) -> Iterator[str]:
    for name, number, line in _lines(files):
        if not re.match(r"\s*import\b(?!\(|\.)", line):
            continue
        found = _IMPORT.fullmatch(line)
        if not found:
            yield f"{name}:{number}: an import must read: import {{ a, b }} from './x.js'; on one line"
        elif found[2] not in files:
            yield f"{name}:{number}: there is no {found[2]}"
        else:
            missing = set(found[1].split(", ")) - set(_exported(files[found[2]]))
            yield from (f"{name}:{number}: {found[2]} exports no {one}" for one in sorted(missing))
    yield from (f"{name}: imports itself by way of others" for name in files if name in _needs(files, name))


def exports(files: Files) -> list[str]:
    """An export stands before what it exports."""
    found = (f"{name}:{n}: {line[:60]}" for name, n, line in _lines(files) if re.match(r"\s*export\b", line))
    return [place for place in found if not _EXPORT.match(place.split(": ", 1)[1])]


def names(files: Files) -> list[str]:
    """All files of a view share one scope, so no two of them give the same name to something."""
    offences = set()
    for view in files:
        owners: dict[str, str] = {"view": "the joiner"}
        others = (_needs(files, view) | {"host.js"} & set(files)) - {view}
        for name in [*sorted(others), view]:
            for given in _given(files[name]):
                if given in owners:
                    offences.add(f"{name}: {given} is a name of {owners[given]} too, and {view} needs both")
                owners[given] = name
    return sorted(offences)


def forbidden(files: Files) -> list[str]:
    """Text stays text, and the network stays unasked."""
    offences = []
    for name, number, line in _lines(files):
        for what, pattern in _FORBIDDEN.items():
            if re.search(pattern, line.replace(_SVG, "")):
                offences.append(f"{name}:{number}: {what}: {line.strip()[:60]}")
    return offences


def multi_line_texts(files: Files) -> list[str]:
    """A text between backticks ends on its line: what is cut from the start of lines would be cut from the text."""
    return [
        f"{name}:{number}: {line.strip()[:60]}"
        for name, number, line in _lines(files)
        if len(re.findall(r"(?<!\\)`", line)) % 2
    ]


def long_lines(files: Files) -> list[str]:
    """Of more than 120 characters."""
    return [f"{name}:{number}: {len(line)}" for name, number, line in _lines(files) if len(line) > _LONGEST]


def large_views(files: Files) -> list[str]:
    """A view's own module has at most 8 KB without comments and indentation."""
    views = {name: text for name, text in files.items() if "\nexport default {" in text}
    sizes = {name: len(without_comments(text).encode()) for name, text in views.items()}
    return [f"{name}: {size} bytes, at most {LARGEST}" for name, size in sizes.items() if size > LARGEST]


def _lines(files: Files) -> Iterator[tuple[str, int, str]]:
    for name, text in files.items():
        for number, line in enumerate(text.splitlines(), 1):
            yield name, number, line


def _needs(files: Files, name: str) -> set[str]:
    """Everything that a file imports, directly or not; itself only if it is imported again."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        for found in _IMPORT.finditer(files.get(waiting.pop(), "")):
            if found[2] not in needed and found[2] in files:
                needed.add(found[2])
                waiting.append(found[2])
    return needed


def _given(text: str) -> list[str]:
    """Names at the top of a file, as often as they are given."""
    found = []
    for single, several in _NAMED.findall(text):
        found += [single] if single else re.findall(r"\w+(?=\s*[,}\]=])", several)
    return found


def _exported(text: str) -> list[str]:
    return _given("\n".join(line for line in text.splitlines() if line.startswith("export ")))
