"""Class E: using up time, memory, processes, files and patience; the control is given a small share of it.

What ours has to do besides holding out: name the limit, stay small itself, and keep the marks that were earned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .assignment import FULL, POINTS, RIGHT
from .case import Attack, Outcome, Question, lingers, loses
from .probe import attempt, either, is_ours, reaches

_MOST_GROWTH = 100 << 20
_MOST_SHOWN = 3_000_000
_MOST_SECONDS = 60.0  # generous: it is to tell an end from none
_QUICK = {"cell_seconds": 1.0, "call_seconds": 0.5, "notebook_seconds": 8.0, "control_seconds": 2.0}
_SMALL = {"memory": 400 << 20}
_OTHERS = FULL - POINTS["check_label"]
_before: list[int] = []


def _measure(folder: Path, root: Path) -> None:
    """Note how large this process is, and let the kernel forget how large it was."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    _before[:] = [_own("VmRSS")]


def _own(field: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"\n{field}:")[2].split()[0]) << 10


def _outgrows(outcome: Outcome) -> bool:
    """The trusted process, this one, has become larger or slower than it should."""
    return is_ours(outcome) and (_own("VmHWM") - _before[0] > _MOST_GROWTH or outcome.seconds > _MOST_SECONDS)


def _unnamed(*words: str) -> Question:
    """Ours has to say in the verdict what stopped it."""
    return lambda outcome: is_ours(outcome) and not any(word in json.dumps(outcome.extra["verdict"]) for word in words)


def _floods(outcome: Outcome) -> bool:
    return len(outcome.visible) > _MOST_SHOWN


def _attack(
    name: str,
    title: str,
    cells: Mapping[str, str],
    *questions: Question,
    limits: Mapping[str, Any] | None = None,
    deserved: float = 0.0,
) -> Attack:
    asked = either(*questions, _outgrows)
    return Attack(name, title, asked, cells=cells, deserved=deserved, limits=limits or {}, place=_measure)


def _time(name: str, title: str, label: str, *words: str) -> Attack:
    """One exercise takes for ever; the others have earned their points."""
    cells = {**RIGHT, "label": label}
    return _attack(name, title, cells, loses, _unnamed(*words), limits=_QUICK, deserved=_OTHERS)


def _memory(name: str, title: str, body: str, *words: str, limits: Mapping[str, Any] = _SMALL) -> Attack:
    """Without protection 600 MB can be had."""
    questions = [_got, _unnamed(*words)] if words else [reaches]
    return _attack(name, title, {**attempt(body), **RIGHT}, *questions, limits=limits, deserved=FULL)


def _got(outcome: Outcome) -> bool:
    """It had what it wanted; it may be ended before it can say that it had not."""
    return "got through" in outcome.visible


def _flood(name: str, title: str, prints: str) -> Attack:
    """Ten thousand times as much against ours as against the control, which keeps it all."""
    body = f"much = 5 if controlled else 300  # million characters\n{prints}\nreturn False"
    return _attack(name, title, attempt(body), _floods)


_HOLD = "\ntime.sleep(0 if controlled else 3)\nreturn len(held)"

_LOOPS = [
    _time("E1a", "an endless loop in a cell", "while True: pass", "longer than 1 s"),
    _time(
        "E1b", "an endless loop in a call", "def label(word):\n    while True: pass", "longer than 0 s", "longer than"
    ),
    _time(
        "E2",
        "an endless loop that swallows every interrupt",
        "import signal\nfor n in (2, 14, 15): signal.signal(n, signal.SIG_IGN)\n"
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "longer than 1 s",
    ),
    _time("E2b", "a loop inside C code", "sum(range(10**15))", "longer than 1 s"),
    _time(
        "E2c", "a regular expression that takes for ever", "import re\nre.match('(a+)+b', 'a' * 60)", "longer than 1 s"
    ),
    _time(
        "E10a",
        "sleeping to the limit in every call",
        "import time\ndef label(word):\n    time.sleep(0.4)\n    time.sleep(60)",
        "longer than",
    ),
    _attack(
        "E10b",
        "a bit less than the limit in every call, so that only the whole is too long",
        {
            **RIGHT,
            "is_rising": "import time\nfor _ in range(2): time.sleep(0.8)",
            "blend": "import time\ndef blend(a, b):\n    time.sleep(0.9)\n    return 3 * a - 2 * b",
        },
        loses,
        _unnamed("in all"),
        limits={**_QUICK, "cell_seconds": 3.0, "call_seconds": 1.5, "notebook_seconds": 2.0},
    ),
]
_PROCESSES = [
    _attack(
        "E3",
        "forking without end",
        {
            **RIGHT,
            "label": "import os, time\ncontrolled = 'NBGRADER_EXECUTION' in os.environ\n"
            "for n in range(100 if controlled else 10**9):\n"
            "    try:\n        if os.fork() == 0:\n            if controlled: time.sleep(60)\n"
            "    except OSError: pass",
        },
        lingers,
        _unnamed("longer than 1 s"),
        limits=_QUICK,
        deserved=_OTHERS,
    ),
    _attack(
        "E4",
        "threads without end",
        attempt("""
        import threading
        for n in range(200):
            threading.Thread(target=time.sleep, args=(3 if controlled else 60,), daemon=True).start()
        return n"""),
        reaches,
    ),
    _attack(
        "E11",
        "processors kept busy by many processes that outlive their cell",
        {
            "setup": "import os, time\nimport numpy as np\n"
            "for n in range(8):\n    if os.fork() == 0:\n        os.setsid()\n"
            "        end = time.monotonic() + 30\n        while time.monotonic() < end: pass\n        os._exit(0)",
            **RIGHT,
        },
        lingers,
        deserved=FULL,
    ),
    _attack(
        "E11b",
        "more processor time than one process may have",
        attempt("""
        import resource
        soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        return hard == resource.RLIM_INFINITY"""),
        reaches,
    ),
    _attack(
        "E12",
        "open files",
        attempt("held = [os.open('/dev/null', 0) for _ in range(600)]\nreturn len(held)"),
        reaches,
    ),
    _attack(
        "E13a",
        "a core file",
        attempt("""
        import resource
        highest = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (highest, highest))
        pid = os.fork()
        if pid == 0:
            os.abort()
        return os.WCOREDUMP(os.waitpid(pid, 0)[1])"""),
        reaches,
    ),
    _attack(
        "E13b",
        "one large file, which takes no room as it is sparse",
        attempt("""
        with open("large", "wb") as file:
            file.truncate(1 << 40)
        return os.stat("large").st_size"""),
        reaches,
    ),
]
_MEMORY = [
    _memory("E5a", "private memory of one process", f"held = b'x' * (600 << 20){_HOLD}"),
    _memory(
        "E5b",
        "private memory of several processes, each within its limit",
        f"held = [1]\nfor _ in range(4):\n    if os.fork() == 0:\n        mine = b'x' * (150 << 20)\n"
        f"        time.sleep(1 if controlled else 60)\n        os._exit(0){_HOLD}",
        "more than 400 MB",
    ),
    _memory(
        "E5c",
        "memory in a call, which costs that test only",
        f"held = []\nfor _ in range(60): held.append(b'x' * (10 << 20)){_HOLD}",
    ),
    _memory(
        "E6a",
        "shared memory without a name",
        "import mmap\nheld = []\nfor _ in range(60):\n    held.append(mmap.mmap(-1, 10 << 20))\n"
        f"    held[-1].write(bytes(10 << 20)){_HOLD}",
        "more than 400 MB",
    ),
    _memory("E6b", "memory as a file without a name", "held = os.memfd_create('x')\nreturn os.write(held, bytes(99))"),
    _memory(
        "E6c", "memory of System V", "held = libc.shmget(0, 1 << 20, 0o1600)\nlibc.shmctl(held, 0, 0)\nreturn held >= 0"
    ),
    _memory(
        "E6d",
        "files in memory",
        """
        done = 0
        for place in ([os.getcwd()] if controlled else [os.getcwd(), "/dev/shm"]):
            try:
                with open(f"{place}/large", "wb") as file:
                    for _ in range(10):
                        done += file.write(bytes(10 << 20))
            except OSError:
                pass
        return done > 90 << 20""",
        limits={},
    ),
    _memory(
        "E6e",
        "memory in pipes that nobody reads",
        """
        import fcntl
        held = []
        for _ in range(300):
            held.append(os.pipe())
            os.set_blocking(held[-1][1], False)
            os.write(held[-1][1], bytes(65536))
        return len(held)""",
        limits={},
    ),
    _memory(
        "E7",
        "a flood of empty files",
        "for n in range(5000): open(f'empty{n}', 'x').close()\nreturn n",
        limits={},
    ),
]
_OUTPUT = [
    _flood("E8a", "lines without end", "for _ in range(much): print(('x' * 99 + '\\n') * 10_000)"),
    _flood("E8b", "one line without end", "for _ in range(much): print('x' * 10**6, end='')"),
    _flood("E8c", "a line written over and over", "for _ in range(much): print('x' * 10**6, end='\\r')"),
    _flood("E8d", "the error stream", "for _ in range(much): print('x' * 10**6, file=sys.stderr)"),
    _flood("E8e", "a million displays", "for _ in range(much * 1000): display('x' * 1000)"),
    _flood(
        "E8f",
        "written past Python's streams",
        "for _ in range(much): (print if controlled else lambda t: os.write(1, t.encode()))('x' * 10**6)",
    ),
    _attack("E9a", "an error with a long text", {"setup": "raise ValueError('x' * (10**7 * 5))"}, _floods),
    _attack(
        "E9b",
        "a value with a long text",
        {"setup": "import numpy as np\nclass Long:\n    def __repr__(self): return 'x' * 10**7\nLong()"},
        _floods,
    ),
    _attack(
        "E9c",
        "an error whose name is long",
        {"setup": "raise type('X' * 10**7, (Exception,), {})('x')"},
        _floods,
    ),
]
ATTACKS = [*_LOOPS, *_PROCESSES, *_MEMORY, *_OUTPUT]
