"""What the views weigh, and how long Python takes to make them."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from helpers.widgets import modules

# Times of a new process, in milliseconds.
_IMPORTS = "import time; started = time.perf_counter(); import {}; print(1000 * (time.perf_counter() - started))"


@dataclass(frozen=True)
class Sizes:
    """Bytes.

    Args:
        modules: of each file of JavaScript, without comments and indentation.
        own: of those that are a view's own, the same.
        style: of the style sheet, likewise.
        outputs: characters of each view's example, by the name of its Python module.
        carried: JavaScript in it.
    """

    modules: dict[str, int]
    own: dict[str, int]
    style: int
    outputs: dict[str, int]
    carried: dict[str, int]

    @property
    def together(self) -> int:
        """Of all JavaScript."""
        return sum(self.modules.values())


def weigh() -> Sizes:
    """All files, and the example of every view that is there."""
    files = {name: _weight(name) for name in modules.files() if name.endswith(".js")}
    views = examples()
    outputs = {name: len(view.html()) for name, view in views.items()}
    carried = {name: len(modules.script(view.module).encode()) for name, view in views.items()}
    own = {f"{view.module}.js": files[f"{view.module}.js"] for view in views.values()}
    return Sizes(files, own, _weight("style.css"), outputs, carried)


def _weight(name: str) -> int:
    return len(modules.without_comments(modules.source(name)).encode())


def examples() -> dict[str, Any]:
    """The views of the gallery; those that do not work yet are left out, and named."""
    from tests.helpers.widgets import gallery

    found = {}
    for module in gallery.modules():
        try:
            found[module] = gallery.example(module)
        except Exception as problem:  # whatever it is, the other views are still measured
            print(f"no example of {module}: {type(problem).__name__}: {problem}", flush=True)
    return found


@dataclass(frozen=True)
class Made:
    """Milliseconds.

    Args:
        imported: to import helpers.widgets in a new process, NumPy included; median.
        numpy: to import NumPy alone; median.
        first_html: of the first `view.html()` in a process, for the playground on a photograph.
        html: of others, median.
    """

    imported: float
    numpy: float
    first_html: float
    html: float


def time_python(repeats: int) -> Made:
    """How long Python takes for what a learner waits for."""
    from helpers import data, widgets

    photo = data.photograph("rocket")[:, 64:320]
    times = []
    for _ in range(1 + repeats):
        view = widgets.filter_playground(photo)
        started = time.perf_counter()
        view.html()
        times.append(1000 * (time.perf_counter() - started))
    numpy, imported = (
        statistics.median(_import(module) for _ in range(repeats)) for module in ("numpy", "helpers.widgets")
    )
    return Made(imported, numpy, times[0], statistics.median(times[1:]))


def _import(module: str) -> float:
    command = [sys.executable, "-c", _IMPORTS.format(module)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
