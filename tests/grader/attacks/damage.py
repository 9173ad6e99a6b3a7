"""Class D: damage to the grader, to others' work and to what comes next."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from .assignment import FULL, NAME, POINTS, RIGHT
from .case import Attack, Outcome, damages, lingers, loses
from .ground import Ground
from .probe import attempt, either, is_ours, reaches, told

_BOOK = """
import sqlite3
book = sqlite3.connect("@ROOT@/gradebook.db", timeout=5)
{what}
book.commit()
return True"""

_WRITES = """
    for path in ({paths}):
        with open(path, "a") as file:
            file.write("# changed")
    return True"""

_LEAVES = "import os, time\nimport numpy as np\n{how}"
_DETACHED = """if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        {last}
        time.sleep(60)
    os._exit(0)"""

_POISON = """import builtins, sys
import numpy as np
builtins.all = lambda values: False
np.array = np.asarray = np.allclose = None
sys.modules["json"] = sys.modules["grader.border.values"] = None
sys.path[:] = []
{more}"""


def _book(name: str, title: str, what: str) -> Attack:
    return Attack(name, title, either(damages, reaches), cells=attempt(_BOOK.format(what=what)), place=told)


def _write(name: str, title: str, *paths: str) -> Attack:
    body = _WRITES.format(paths=", ".join(map(repr, paths)) + ",")
    return Attack(name, title, either(damages, reaches), cells=attempt(body), place=told)


def _leave(name: str, title: str, how: str) -> Attack:
    return Attack(name, title, lingers, cells={"setup": _LEAVES.format(how=how)})


def _one_process_for_all(poison: str) -> Attack:
    """Control: two students' work in one warm process, one after the other."""

    def control(ground: Ground) -> Outcome:
        lines = [poison.replace("@HERE@", "0"), "import numpy as np", *RIGHT.values()]
        lines += ["assert np.allclose(blend(np.array([1.0]), np.array([1.0])), 1.0)", "assert is_rising([1, 2])"]
        program = f"for text in {lines!r}: exec(text)"
        ended = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=False)
        hurt = ("the next submission",) if ended.returncode else ()
        return Outcome({}, "", damage=hurt, notes=ended.stderr.decode()[-300:])

    return control  # type: ignore[return-value]


def _with_open_folder(ground: Ground) -> Outcome:
    """Control: a process that inherits whatever is open, as bubblewrap passes it on."""
    folder = os.open(ground.root, os.O_RDONLY)
    try:
        command = [sys.executable, "-c", _STRAY["setup"]]
        said = subprocess.run(command, pass_fds=[folder], capture_output=True, timeout=60, check=False)
    finally:
        os.close(folder)
    return Outcome({}, said.stdout.decode())


_STRAY = attempt("""
import stat
for name in os.listdir("/proc/self/fd"):
    try:
        mode = os.fstat(int(name)).st_mode
    except OSError:
        continue  # the listing's own
    if stat.S_ISDIR(mode) or stat.S_ISREG(mode) or (stat.S_ISCHR(mode) and int(name) > 2):
        return name, os.readlink(f"/proc/self/fd/{name}")""")


def _receives_files(ground: Ground) -> Outcome:
    """Control: a receiver that takes what is sent along."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        socket.send_fds(theirs, [b"x"], [0] * 100)
        _, received, _, _ = socket.recv_fds(ours, 1, 200)
    for fd in received:
        os.close(fd)
    return Outcome({}, "", damage=("the receiver's open files",) if len(received) == 100 else ())


def _make_pipe(folder: Path, root: Path) -> None:
    path = folder / f"{NAME}.ipynb"
    path.unlink()
    os.mkfifo(path)


def _reads_a_pipe(ground: Ground) -> Outcome:
    """Control: a grader that opens what is there, and the work of the next student; it may take a second."""
    folder = ground.hand_in("student-D9a", Attack("D9a", "", loses, place=_make_pipe))
    return _one_after_the_other(folder / f"{NAME}.ipynb", ground)


def _reads_deep_text(ground: Ground) -> Outcome:
    folder = ground.hand_in("student-D9b", Attack("D9b", "", loses, raw=_DEEP))
    return _one_after_the_other(folder / f"{NAME}.ipynb", ground)


def _one_after_the_other(first: Path, ground: Ground) -> Outcome:
    next_one = ground.folder("victim") / f"{NAME}.ipynb"
    program = f"import json\nfor path in {[str(first), str(next_one)]!r}:\n    json.load(open(path))"
    process = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    try:
        hurt = process.wait(1.5) != 0
    except subprocess.TimeoutExpired:
        hurt = True
        process.send_signal(signal.SIGKILL)
        process.wait()
    return Outcome({}, "", damage=("the work of all who come after",) if hurt else ())


_DEEP = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


def _no_answer(outcome: Outcome) -> bool:
    """Ours has to say what became of it."""
    sheets = outcome.extra.get("verdict", {}).get("sheets", [{}])
    return is_ours(outcome) and not (sheets[0].get("state") == "refused" and str(sheets[0].get("why")).endswith("."))


_FILES = [
    _book(
        "D1a",
        "marks of another student changed in the gradebook",
        'book.execute("UPDATE grade SET manual_score = 0, auto_score = 0")',
    ),
    _book("D1b", "the gradebook emptied", 'book.execute("DELETE FROM grade")'),
    _write("D2a", "another submission rewritten", f"@ROOT@/submitted/victim/week0/{NAME}.ipynb"),
    _write("D2b", "the source changed", f"@ROOT@/source/week0/{NAME}.ipynb"),
    _write("D2c", "the release changed", f"@ROOT@/release/week0/{NAME}.ipynb"),
    _write("D2d", "the instructor's shell changed", "@ROOT@/home/.bashrc"),
    _write("D2e", "the course's configuration changed, which is a program", "@ROOT@/nbgrader_config.py"),
    Attack(
        "D2f",
        "everything in reach is removed",
        either(damages, reaches),
        cells=attempt("import shutil\nshutil.rmtree('@ROOT@/submitted/victim')\nreturn True"),
        place=told,
    ),
    Attack(
        "D4",
        "caches that later runs load from: settings and packages of the user, and of Python where nothing is at stake",
        either(damages, reaches),
        cells=attempt("""
        import pathlib
        home = pathlib.Path("@ROOT@/home")
        places = [home / ".keras", home / ".config/matplotlib", home / ".local/lib/python3/site-packages"]
        if not controlled:  # the control shall not poison this machine
            places += [pathlib.Path(np.__file__).parent, pathlib.Path(os.__file__).parent]
            places += [pathlib.Path(path) for path in sys.path if path]
        done = 0
        for place in places:
            try:
                place.mkdir(parents=True, exist_ok=True)
                (place / "sitecustomize.py").write_text("raise SystemExit")
                done += 1
            except OSError:
                pass
        return done"""),
        place=told,
    ),
    Attack(
        "D7",
        "files left where others find them: every folder but one's own is tried",
        reaches,
        cells=attempt("""
        own = ("/dev/shm", "/dev/pts", "/proc", os.getcwd())
        tops = ["@ROOT@", "/tmp", "/var/tmp"] if controlled else ["@ROOT@", "/"]
        for top in tops:
            for place, folders, _ in os.walk(top):
                if place.startswith(own) or place.count("/") > 5:
                    folders[:] = []
                    continue
                try:
                    path = os.path.join(place, f"trial-{os.getpid()}")
                    open(path, "x").close()
                    os.unlink(path)
                    return place
                except OSError:
                    pass"""),
        place=told,
    ),
]
_PROCESSES = [
    _leave("D3a", "a daemon", _DETACHED.format(last="")),
    _leave(
        "D3b",
        "a daemon that ignores all signals it can",
        _DETACHED.format(last="import signal; [signal.signal(n, signal.SIG_IGN) for n in (1, 2, 3, 13, 15)]"),
    ),
    _leave(
        "D3c",
        "a program started with nohup",
        "import subprocess\n"
        "subprocess.Popen(['nohup', 'sleep', '60'], start_new_session=True, stdin=-3, stdout=-3, stderr=-3)",
    ),
    _leave("D3d", "a stopped process, which no polite signal ends", _DETACHED.format(last="os.kill(os.getpid(), 19)")),
    Attack(
        "D5a",
        "signals to the grader and to others; 0 is sent, which only asks whether one may",
        reaches,
        cells=attempt("""
        for name in os.listdir("/proc"):
            if name.isdigit() and int(name) not in (1, os.getpid()):
                try:
                    os.kill(int(name), 0)
                    return name
                except OSError:
                    pass
        return os.kill(-1, 0) is None"""),
    ),
    Attack(
        "D5b",
        "priorities and processors of others changed",
        reaches,
        cells=attempt("""
        pid = os.getppid()
        if pid == 1:
            pids = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in (1, os.getpid())]
            pid = pids[0]
        return os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, pid)) is None"""),
    ),
    *(
        Attack(name, title, damages, cells={"setup": _POISON.format(more=more)}, control=_one_process_for_all(poison))
        for name, title, more, poison in (
            ("D6a", "the process that the next submission runs in is poisoned", "", _POISON.format(more="")),
            (
                "D6b",
                "poisoned, and then crashed",
                "import ctypes, os\nctypes.string_at(0)",
                _POISON.format(more="") + "\nimport ctypes\nctypes.string_at(0)",
            ),
        )
    ),
    Attack("D8a", "files that were left open", reaches, cells=_STRAY, control=_with_open_folder),
    Attack(
        "D8b",
        "a hundred open files sent along, to be kept open by whoever receives them",
        damages,
        cells={
            "setup": "import os, socket\nimport numpy as np",
            "label": "def label(word):\n    for number in range(3, 10):\n        try:\n"
            "            line = socket.socket(fileno=os.dup(number))\n"
            "            socket.send_fds(line, [b'x'], [1] * 100)\n        except OSError:\n            pass\n"
            "    return word",
        },
        control=_receives_files,
    ),
    Attack("D9a", "a named pipe for a notebook", either(damages, _no_answer), place=_make_pipe, control=_reads_a_pipe),
    Attack("D9b", "JSON of 200,000 levels", either(damages, _no_answer), raw=_DEEP, control=_reads_deep_text),
    Attack(
        "D9c",
        "the process that grades is killed",
        loses,
        cells={**RIGHT, "is_rising": f"{RIGHT['is_rising']}\nimport os, signal\nos.kill(os.getpid(), signal.SIGKILL)"},
        deserved=FULL - POINTS["check_is_rising"],
    ),
]
ATTACKS = [*_FILES, *_PROCESSES]
