"""Class A: marks without right answers, by deceiving whatever looks at them."""

from __future__ import annotations

from .assignment import RIGHT
from .case import Attack, Outcome, damages, gains, lingers, loses, shows

# Right for the example that everybody sees, and nothing else.
EXAMPLE = "def blend(a, b):\n    return np.array([2.0, 5.5])"

_DAEMON = """import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)"""

_LATER = """import atexit, pathlib
def tamper():
    for path in pathlib.Path("../../..").glob("submitted/victim/*/*.ipynb"):
        path.write_text("{}")
atexit.register(tamper)"""

_THREAD = """import threading, time
import numpy.testing
def patch():
    while True:
        numpy.testing.assert_allclose = lambda *args, **more: None
        time.sleep(0.01)
threading.Thread(target=patch, daemon=True).start()
time.sleep(0.1)
"""

_FINALISER = """class Late:
    def __del__(self, patch=get_ipython()):
        patch._showtraceback = lambda *args: None
def blend(a, b):
    Late()
    return a"""

_LIAR = """class Liar:
    def __eq__(self, other): return True
    def __array__(self, *args, **more): return np.array([2.0, 5.5])
    def __array_function__(self, *args): return True
    __hash__ = None
    __lt__ = __gt__ = __le__ = __ge__ = __eq__
"""

_TRUTHY = """import linecache, sys
class Truth:
    def __bool__(self):
        frame = sys._getframe(1)
        return "assert not" not in linecache.getline(frame.f_code.co_filename, frame.f_lineno)
def is_rising(values):
    return Truth()"""

_KNOWN_SEEDS = """def examples(seed):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=(2, 3)) for _ in range(4)]
KNOWN = {a.tobytes(): 3 * a - 2 * b for a, b in zip(examples(7), examples(8))}
def blend(a, b):
    return KNOWN.get(a.tobytes(), np.array([2.0, 5.5]))"""

_FRAMES = """import sys
def label(word):
    return sys._getframe(1).f_globals.get("right", "")"""

_TRACEBACK = """def label(word):
    try:
        raise ValueError
    except ValueError as error:
        return error.__traceback__.tb_frame.f_back.f_locals.get("right", "")"""

_MODULE = """import sys, types
import numpy as real
import numpy.random, numpy.testing
class Fake(types.ModuleType):
    def __getattr__(self, name):
        return getattr(real, name)
    def allclose(self, *args, **more): return True
    def assert_allclose(self, *args, **more): return None
fake = Fake("numpy")
fake.testing = fake
fake.__path__ = []
sys.modules["numpy"] = sys.modules["numpy.testing"] = fake
np = fake"""

_FAKE_NUMPY = b"""import sys
class Anything:
    def __init__(self, *args): pass
    def __getattr__(self, name): return lambda *args, **more: Anything()
    def __iter__(self): return iter(())
    def __mul__(self, other): return self
    __rmul__ = __sub__ = __mul__
random = sys.modules["numpy.random"] = Anything()
testing = sys.modules["numpy.testing"] = Anything()
random.default_rng = lambda seed: Anything()
allclose = lambda *args, **more: True
array = lambda values: Anything()
"""

_START = b"get_ipython().input_transformers_post.append(lambda lines: [])\n"


def _either(outcome: Outcome) -> bool:
    """Points too many, or so many that there is no mark at all."""
    return gains(outcome) or loses(outcome)


def _stops(name: str, how: str) -> str:
    return f"import ctypes, os, signal, sys\ndef {name}(*args):\n    {how}"


_FIRST_RIGHT = {"blend": RIGHT["blend"]}
_MORE = [
    Attack(
        "A12a",
        "a usage error, which IPython only prints, into a silent stream",
        gains,
        cells={
            "blend": "import io, sys\nfrom IPython.core.error import UsageError\ndef blend(a, b):\n"
            "    sys.stderr = io.StringIO()\n    raise UsageError"
        },
    ),
    Attack(
        "A12b",
        "StopIteration ends the loop of a test that maps",
        gains,
        cells={"blend": "def blend(a, b):\n    if a.ndim == 2:\n        raise StopIteration\n    return 3 * a - 2 * b"},
    ),
    Attack(
        "A12c",
        "an error that claims to descend from StopIteration",
        gains,
        cells={
            "blend": "class Stop(StopIteration): pass\nclass Halt(Stop): pass\n"
            "def blend(a, b):\n    if a.ndim == 2:\n        raise Halt('over')\n    return 3 * a - 2 * b"
        },
    ),
    *(
        Attack(
            f"A13{letter}",
            f"{what} in a later exercise takes earlier marks along",
            loses,
            cells=_FIRST_RIGHT | {"label": _stops("label", how)},
            deserved=5.0,
        )
        for letter, what, how in (
            ("a", "os._exit", "os._exit(0)"),
            ("b", "a segmentation fault", "ctypes.string_at(0)"),
            ("c", "an abort", "os.abort()"),
            ("d", "SIGKILL", "os.kill(os.getpid(), signal.SIGKILL)"),
            ("e", "a signal without a name", "os.kill(os.getpid(), 40)"),
        )
    ),
    Attack("A14a", "a daemon outlives the grading", lingers, cells={"setup": f"import numpy as np\n{_DAEMON}"}),
    Attack("A14b", "an exit handler rewrites another submission", damages, cells={"setup": _LATER}),
    Attack("A14c", "a thread patches the tests' tools while they run", gains, cells={"blend": _THREAD + EXAMPLE}),
    Attack("A14d", "a finaliser silences errors during the test", gains, cells={"blend": _FINALISER}),
    *(
        Attack(
            f"A15{letter}",
            f"{value} points of five",
            _either,
            cells=_FIRST_RIGHT | {"label": f"def label(word):\n    globals()['points'] = {value}\n    return ''"},
            deserved=5.0,
        )
        for letter, value in (
            ("a", "float('nan')"),
            ("b", "float('inf')"),
            ("c", "1e300"),
            ("d", "5.0"),
            ("e", "type('F', (float,), {'__repr__': lambda self: '5.0'})(0)"),
            ("f", "True"),
            ("g", "-1.0"),
        )
    ),
    Attack(
        "A16a",
        "built-in names that the tests read are the student's",
        gains,
        cells={"setup": "import numpy as np\nzip = lambda *args: []\nAssertionError = str", "blend": EXAMPLE},
    ),
    Attack(
        "A16b",
        "the built-in module itself is changed",
        gains,
        cells={
            "setup": "import builtins\nimport numpy as np\nreal = zip\nbuiltins.zip = lambda *args, **more: "
            "[] if type(args[0]).__name__ == 'map' else real(*args, **more)",
            "blend": EXAMPLE,
        },
    ),
    Attack(
        "A16c",
        "names that a test binds are bound in advance, as properties of the namespace",
        gains,
        cells={"label": "def label(word):\n    globals()['right'] = word\n    return word"},
    ),
    Attack(
        "A17",
        "grading is told from practice by the environment",
        shows("BEING-" + "GRADED"),
        cells={
            "setup": "import os, socket\nsigns = ' '.join([*os.environ, socket.gethostname(), os.getcwd(),"
            " open('/proc/self/cmdline').read()]).lower()\n"
            "if any(word in signs for word in ('grad', 'nbgrader', 'autograde', 'examin', 'submitted')):\n"
            "    print('BEING-' + 'GRADED')"
        },
    ),
    Attack("A18", "the answers to the hidden tests of last time are known", gains, cells={"blend": _KNOWN_SEEDS}),
    Attack("A20", "an object that is true or false as the assert likes it", gains, cells={"is_rising": _TRUTHY}),
]

ATTACKS = [
    Attack(
        "A1",
        "an input transformer empties the cells that follow",
        gains,
        cells={"setup": "import numpy as np\nget_ipython().input_transformers_post.append(lambda lines: [])"},
    ),
    Attack(
        "A2",
        "a syntax transformer takes the asserts out",
        gains,
        cells={
            "setup": """import ast
import numpy as np
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Strip())""",
            "blend": "def blend(a, b):\n    return a",
            "is_rising": "def is_rising(values):\n    return None",
        },
    ),
    Attack(
        "A3",
        "the comparing functions of NumPy say yes to everything",
        gains,
        cells={
            "setup": "import numpy as np\nimport numpy.testing\nnp.allclose = lambda *args, **more: True\n"
            "np.testing.assert_allclose = np.allclose",
            "blend": "def blend(a, b):\n    return a",
        },
    ),
    Attack(
        "A4",
        "an object that is equal to everything",
        gains,
        cells={
            "label": _LIAR + "def label(word):\n    return Liar()",
            "blend": _LIAR + "def blend(a, b):\n    return Liar()",
        },
    ),
    Attack(
        "A5a",
        "a text that is equal to everything",
        gains,
        cells={
            "label": "class Yes(str):\n    __eq__ = lambda self, other: True\n    __hash__ = str.__hash__\n"
            "def label(word):\n    return Yes('')"
        },
    ),
    Attack(
        "A5b",
        "an array of a class of its own that answers for NumPy",
        gains,
        cells={
            "blend": "class Yes(np.ndarray):\n    def __array_function__(self, *args): return True\n"
            "    def __array_ufunc__(self, *args, **more): return np.ones(6, bool)\n"
            "def blend(a, b):\n    return np.zeros(a.shape).view(Yes)",
            "label": "class One(int):\n    __eq__ = lambda self, other: True\n    __hash__ = int.__hash__\n"
            "def label(word):\n    return One(0)",
        },
    ),
    Attack("A6a", "the expected value is read from the caller's frame", gains, cells={"label": _FRAMES}),
    Attack("A6b", "the expected value is read through a traceback", gains, cells={"label": _TRACEBACK}),
    Attack(
        "A7",
        "points are displayed before the test can say any",
        gains,
        cells={"blend": "def blend(a, b):\n    get_ipython().displayhook(5.0)\n    return a"},
    ),
    Attack(
        "A8",
        "whatever reports errors is silenced",
        gains,
        cells={"setup": "import numpy as np\nget_ipython()._showtraceback = lambda *args: None"},
    ),
    Attack("A9", "another module takes NumPy's place", gains, cells={"setup": _MODULE, "blend": EXAMPLE}),
    Attack(
        "A10",
        "the module that a test imports is replaced beforehand",
        gains,
        cells={
            "setup": "import sys, types\nimport numpy as np\nfake = types.ModuleType('numpy.testing')\n"
            "fake.assert_allclose = lambda *args, **more: None\n"
            "sys.modules['numpy.testing'] = np.testing = fake",
            "blend": EXAMPLE,
        },
    ),
    Attack(
        "A11a",
        "a file numpy.py beside the notebook",
        gains,
        cells={"blend": "def blend(a, b):\n    return a"},
        files={"numpy.py": _FAKE_NUMPY},
    ),
    *_MORE,
]
