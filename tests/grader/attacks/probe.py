"""Cells that try something and say whether they got through, and what they need to know of the machine."""

from __future__ import annotations

import json
import socket
import textwrap
from collections.abc import Callable
from pathlib import Path

from .assignment import NAME
from .case import Outcome

# A cell's own text is shown as well, so neither of the two answers stands in it as it is printed.
_CELL = """import ctypes, os, signal, socket, sys, time
import numpy as np
libc = ctypes.CDLL(None, use_errno=True)
controlled = "NBGRADER_EXECUTION" in os.environ  # without protection not more is done than proves the point
def reached(result):
    return result >= 0 or ctypes.get_errno() not in (1, 13, 38, 97)  # another error is the kernel's own answer
def in_a_child(work):
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = 0 if work() else 1
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1] == 0
def attempt():
@BODY@
try:
    got = attempt()
except BaseException as error:
    got, why = None, error
else:
    why = got
print(f"got {'through' if got else 'nowhere'}: {why!r:.200}")"""
THROUGH, NOWHERE = "got through", "got nowhere"

_open: list[socket.socket] = []


def attempt(body: str) -> dict[str, str]:
    """The cells of a student whose notebook begins with the body of a function that says whether it got through."""
    return {"setup": _CELL.replace("@BODY@", textwrap.indent(textwrap.dedent(body).strip(), "    "))}


def reaches(outcome: Outcome) -> bool:
    """It got through; against us also where it does not say that it did not, as then it has proved nothing."""
    return THROUGH in outcome.visible or (is_ours(outcome) and NOWHERE not in outcome.visible)


def is_ours(outcome: Outcome) -> bool:
    """Whether this is what came of a run of ours, not of a control."""
    return "verdict" in outcome.extra


def told(folder: Path, root: Path) -> None:
    """Tell a student where the course is: @ROOT@ in the notebook becomes its path."""
    _fill(folder, {"ROOT": str(root)})


def told_of_services(folder: Path, root: Path) -> None:
    """As `told`; besides, three services wait: at @PATH@, at the abstract name @NAME@, at TCP port @PORT@."""
    while _open:
        _open.pop().close()
    path = root.parent / "service"
    path.unlink(missing_ok=True)
    name = f"service of {root}"
    for family, address in (
        (socket.AF_UNIX, str(path)),
        (socket.AF_UNIX, f"\0{name}"),
        (socket.AF_INET, ("127.0.0.1", 0)),
    ):
        _open.append(socket.socket(family))
        _open[-1].bind(address)
        _open[-1].listen()
    path.chmod(0o777)
    _fill(folder, {"PATH": str(path), "NAME": name, "PORT": str(_open[-1].getsockname()[1])})


def _fill(folder: Path, values: dict[str, str]) -> None:
    path = folder / f"{NAME}.ipynb"
    text = path.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", json.dumps(value)[1:-1])
    path.write_text(text, encoding="utf-8")


def either(*questions: Callable[[Outcome], bool]) -> Callable[[Outcome], bool]:
    """Whether any of these is answered with yes."""
    return lambda outcome: any(question(outcome) for question in questions)
