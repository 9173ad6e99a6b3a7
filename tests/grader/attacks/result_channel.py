"""Class H: the student's process speaks for itself on the line to the grader, and knows the grader's source."""

from __future__ import annotations

import textwrap

from .assignment import POINTS, RIGHT
from .case import Attack, Question, damages, gains, learns, loses

_TAKE = f"""import gc, json, os, pickle, socket, struct, sys, time
ALL = {POINTS}
def line():
    for number in range(3, 20):
        try:
            return socket.socket(fileno=os.dup(number))
        except OSError:
            pass
def asked():
    frame = sys._getframe()
    while frame:
        request = frame.f_locals.get("request")
        if type(request) is dict and "id" in request:
            return request["id"]
        frame = frame.f_back
    return "0" * 16
def send(message=None, blob=b"", text=None, magic=b"RFg1", sizes=None):
    text = json.dumps(message).encode() if text is None else text
    head = struct.pack("<4sIQ", magic, *(sizes or (len(text), len(blob))))
    line().sendall(head + text + blob)
def answer(value, blob=b"", **more):
    send({{"id": asked(), "value": value, "marks": value, **more}}, blob)
"""

_DAMAGE = """class Bomb:
    def __reduce__(self):
        return exec, ("import pathlib\\nfor p in pathlib.Path('../../../submitted/victim').rglob('*.ipynb'):"
                      "\\n    p.write_text('gone')",)
send(text=pickle.dumps(Bomb()))"""


def _says(number: int, title: str, code: str, wins: Question) -> Attack:
    """The first exercise is right; in the second the student's process does what `code` says, then answers as usual."""
    label = f"{_TAKE}\ndef label(word):\n{textwrap.indent(code, '    ')}\n    return ''"
    cells = {"blend": RIGHT["blend"], "label": label}
    return Attack(f"H{number}", title, wins, cells=cells, deserved=5.0, believes=True)


_CODES = (
    ("marks are sent in place of an answer", "send({'marks': ALL, 'id': asked(), 'value': True})", gains),
    (
        "a whole verdict is sent in place of an answer",
        "send({'verdict': {'sheets': [{'notebook': 'toy', 'state': 'graded', 'findings': []}]}, 'notebooks': {},"
        " 'marks': ALL})",
        gains,
    ),
    ("a header promises four gigabytes of text", "send(text=b'', sizes=(2**32 - 1, 0))\ntime.sleep(20)", loses),
    ("a header promises an exabyte", "send(text=b'{}', sizes=(2, 2**60))\ntime.sleep(20)", loses),
    ("a buffer is announced and never comes", "send(text=b'{}', sizes=(2, 200 << 20))\ntime.sleep(20)", loses),
    (
        "lists 200,000 deep",
        "send(text=b'{\"id\": \"0\", \"value\": ' + b'[' * 200_000 + b']' * 200_000 + b'}')",
        loses,
    ),
    ("an array of objects", "answer({'k': 'array', 'd': 'O', 's': [1], 'v': [0, 8]}, b'12345678')", loses),
    (
        "an array with 2^78 elements",
        "answer({'k': 'array', 'd': 'f8', 's': [2**26] * 3, 'v': [0, 8]}, b'12345678')",
        loses,
    ),
    (
        "an array without elements and with a huge axis",
        "answer({'k': 'array', 'd': 'f8', 's': [0, 2**62], 'v': [0, 0]})",
        loses,
    ),
    ("no answer at all", "time.sleep(20)", loses),
    (
        "fifty answers to other questions",
        "for n in range(50):\n    send({'id': f'{n:016x}', 'value': True, 'marks': ALL})",
        gains,
    ),
    ("an object that claims to be true", "answer({'k': 'far', 'at': 'worker', 'id': 1, 'type': 'bool'})", loses),
    ("a number with 4,000 digits", "answer({'k': 'int', 'v': hex(10**4000)})", loses),
    (
        "values of the wrong types in every field",
        "send({'id': asked(), 'value': 'yes', 'error': 'yes', 'changed': 7, 'shown': 'all', 'marks': 'all of them'})",
        loses,
    ),
    (
        "the process at the other end is killed",
        "import signal\nif word == 'kernel':\n    os.kill(os.getppid(), signal.SIGKILL)\n"
        "if os.getpid() < 9:\n    os.kill(1, signal.SIGKILL)\n    os.kill(-1, signal.SIGKILL)\ntime.sleep(1)",
        loses,
    ),
    (
        "a forked process answers besides",
        "if os.fork() == 0:\n    send({'id': asked(), 'value': True, 'marks': ALL})\n    os._exit(0)\nos.wait()",
        gains,
    ),
    (
        "a reply of 200 MB",
        "answer({'k': 'array', 'd': 'u1', 's': [200 << 20], 'v': [0, 200 << 20]}, bytes(200 << 20))",
        loses,
    ),
    ("a set of lists", "answer({'k': 'set', 'v': [[1]]})", loses),
    (
        "a value that needs another library",
        "answer({'k': 'tensor', 'v': {'d': 'f4', 's': [], 'v': [0, 4]}}, b'1234')",
        loses,
    ),
    (
        "an error with a text of 50 MB",
        "send({'id': asked(), 'error': {'types': ['ValueError'], 'text': 'x' * (50 << 20), 'line': 1}})",
        loses,
    ),
    (
        "answers in advance, with guessed names",
        "for n in range(200):\n    send({'id': os.urandom(8).hex(), 'value': True, 'marks': ALL})",
        gains,
    ),
    (
        "a set of numbers that all have the same hash",
        "send({'id': asked(), 'value': {'k': 'set', 'v': [n * (2**61 - 1) for n in range(200_000)]}})",
        loses,
    ),
    (
        "short texts and one long one, which NumPy would make all equally long",
        "answer({'k': 'texts', 's': [4001], 'v': ['x' * 1_000_000] + ['y'] * 4000})",
        loses,
    ),
    (
        "a call of a function that nobody lent",
        "send({'back': 999, 'args': {'k': 'tuple', 'v': []}, 'kwargs': {}})",
        loses,
    ),
    (
        "objects with odd names of types",
        "names = ['__class__', 'mro', 'class', 'None', 'a\\nb', '\\0', 'x' * 100_000, 'Far', 'é' * 79, '']\n"
        "answer([{'k': 'far', 'at': 'worker', 'id': n, 'type': name} for n, name in enumerate(names)])",
        loses,
    ),
    (
        "100,000 objects that stay behind",
        "answer([{'k': 'far', 'at': 'worker', 'id': n, 'type': 't'} for n in range(100_000)])",
        loses,
    ),
    (
        "arguments that were never changed are said to be",
        "answer('', changed={'k': 'dict', 'v': [[0, 'LENREK'], [-1, 1], [10**9, 0], [True, [1]], ['0', 2]]})",
        loses,
    ),
    (
        "an error that says it is no exception but the end of everything",
        "send({'id': asked(), 'error': {'types': ['KeyboardInterrupt', 'SystemExit', 'GeneratorExit', 'print'],"
        " 'text': 7, 'line': 'x'}})",
        loses,
    ),
    ("an error whose types are a number", "send({'id': asked(), 'error': {'types': 5}})", loses),
    (
        "a claim to a function of the grader's",
        "answer({'k': 'far', 'at': 'examiner', 'id': 1, 'type': 'oracle'})",
        loses,
    ),
    ("a pickle that damages when it is opened", _DAMAGE, damages),
    (
        "an answer that comes a byte at a time",
        "ear = line()\nfor byte in struct.pack('<4sIQ', b'RFg1', 1000, 0) + b' ' * 1000:\n"
        "    ear.sendall(bytes([byte]))\n    time.sleep(0.1)",
        loses,
    ),
    ("buffers outside the message", "answer({'k': 'array', 'd': 'u1', 's': [10], 'v': [-5, 10]}, b'12345')", loses),
    (
        "the line is cut in the middle of a message",
        "send(text=b'{', sizes=(100, 0))\nline().shutdown(socket.SHUT_RDWR)",
        loses,
    ),
    (
        "open files are sent along",
        "text = json.dumps({'id': asked(), 'value': True, 'marks': ALL}).encode()\n"
        "head = struct.pack('<4sIQ', b'RFg1', len(text), 0)\n"
        "socket.send_fds(line(), [head + text], [os.open('/', os.O_RDONLY)] * 20)",
        gains,
    ),
    (
        "a message with a thousand fields",
        "send({**{str(n): n for n in range(1000)}, 'id': asked(), 'value': True, 'marks': ALL})",
        gains,
    ),
    ("a message that is no message", "send(text=b'[[], null]')", loses),
)

_PATCHED = f"""import sys
ALL = {POINTS}
for name, module in list(sys.modules.items()):
    if name.endswith("believing"):
        module.marks_of = lambda notebook: ALL
    if name == "grader.worker.main":
        module.Server._call = lambda self, request: {{"value": True}}
        module.Server._get = module.Server._attribute = module.Server._isinstance = module.Server._call
        module.explain = lambda error: {{"value": True}}
    if name == "grader.border.channel":
        module.refuse = lambda value: value"""

_ASKS = """def twice(step, value):
    for name in ("__defaults__", "__kwdefaults__", "__closure__", "__code__", "__globals__", "__wrapped__", "__dict__"):
        print(name, getattr(step, name, None))
    return step(step(value))"""

_SPIES = """import sys
class Spy:
    def __rmul__(self, other):
        frame = sys._getframe(1)
        print({**frame.f_globals, **frame.f_locals})
        return self
    __add__ = __radd__ = __mul__ = __rmul__
def twice(step, value):
    return step(Spy())"""

_FOR_EVER = """def twice(step, value):
    while True:
        step(value)"""

_HOSTILE = """import os
class Odd:
    def __getattr__(self, name):
        raise SystemExit(name)
def twice(step, value):
    for odd in (Odd(), Odd, print, 10**4000, "x" * (7 << 20), [[]] * 100_000, {n: n for n in range(9_999)}, ..., None):
        try:
            step(odd)
            step(odd, odd, odd)
            step(**{"value": odd, "factor": odd})
        except BaseException:
            pass
    os._exit(0)"""


def _lent(number: int, title: str, wins: Question, code: str) -> Attack:
    """Abuses a function that a test lends to the student's."""
    cells = {"blend": RIGHT["blend"], "twice": code}
    return Attack(f"H{number}", title, wins, cells=cells, deserved=5.0, limits={"control_seconds": 3.0})


ATTACKS = [
    *(_says(number, *each) for number, each in enumerate(_CODES, 1)),
    Attack(
        "H38",
        "the grader's own modules in the student's process are changed",
        gains,
        cells={"setup": f"import numpy as np\n{_PATCHED}"},
        believes=True,
    ),
    _lent(39, "a function that is lent is asked for what it holds", learns, _ASKS),
    _lent(40, "an operand that looks at the frame of a function that is lent", learns, _SPIES),
    _lent(41, "a function that is lent is called for ever", loses, _FOR_EVER),
    _lent(42, "a function that is lent gets odd arguments", loses, _HOSTILE),
]
