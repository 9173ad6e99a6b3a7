"""JupyterLab as the benchmark of the views sees it: notebooks on pages of one browser, and the traffic of each."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import BrowserContext, Page

from tests.browser.jupyterlab import TOKEN, Lab, browser_page, jupyterlab

PROBE = Path(__file__).parent / "widget_probe.js"
SETUP, SHOWN = 0, 1  # cells of each notebook
_METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
_OWN = (
    "/api/",
    "/lab/api/",
    "/static/favicons/",
)  # what JupyterLab asks its server from time to time, whatever stands in a notebook


@dataclass
class Traffic:
    """Of one page: bytes over its kernel's websocket, and requests that are not JupyterLab's own."""

    received: int = 0
    sent: int = 0
    requests: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Count from nothing."""
        self.received, self.sent, self.requests = 0, 0, []


@dataclass
class Screen:
    """A notebook on a page of its own.

    Args:
        name: of the way of showing a picture.
        kind: "canvas" or "image", what its pictures are.
        lab: JupyterLab on this page.
        traffic: of this page.
    """

    name: str
    kind: str
    lab: Lab
    traffic: Traffic

    @property
    def page(self) -> Page:
        """Playwright's page."""
        return self.lab.page

    def front(self) -> None:
        """Bring the page before all others, where its frames are not held back."""
        self.page.bring_to_front()
        self.page.wait_for_timeout(250)

    def show(self) -> float:
        """Run the cell that shows something; milliseconds until its first picture is painted."""
        self.page.evaluate("kind => rfWatch.reset(kind)", self.kind)
        self.lab.select(SHOWN)
        started = self.page.evaluate(
            "() => { window.jupyterapp.commands.execute('notebook:run-cell'); return performance.now() }"
        )
        painted = self.wait_for_picture(started)
        self.page.wait_for_timeout(500)
        self._demand_no_error()
        return painted["painted"] - float(started)

    def show_without_picture(self) -> None:
        """Run the cell that shows something else than a picture, and wait until the view is alive."""
        self.lab.run(SHOWN)
        self._demand_no_error()
        self.page.wait_for_selector(".jp-OutputArea-output .rf-body > *", timeout=20_000)
        self.page.wait_for_timeout(1000)  # until Python and the view have met

    def _demand_no_error(self) -> None:
        errors = self.lab.errors()
        if errors:
            raise RuntimeError(f"{self.name}: {errors[0]}")

    def wait_for_picture(self, since: float, seconds: float = 20) -> dict[str, float]:
        """The first picture that changed after a moment of the page's clock, when it is painted."""
        found = "since => rfWatch.pictures.find((one) => one.painted && one.drawn >= since)"
        return dict(self.page.wait_for_function(found, arg=since, timeout=1000 * seconds, polling=5).json_value())


@contextlib.contextmanager
def laboratory(notebooks: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, BrowserContext]]:
    """JupyterLab on a folder with these notebooks, by name their cells, and a browser that watches pictures.

    Gives the server's address and the browser.
    """
    with tempfile.TemporaryDirectory(prefix="widgets-", ignore_cleanup_errors=True) as place:
        root, home = Path(place) / "course", Path(place) / "home"
        root.mkdir()
        home.mkdir()
        for name, cells in notebooks.items():
            notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells], metadata=_METADATA)
            nbformat.write(notebook, root / f"{name}.ipynb")
        with jupyterlab(root, home) as address, browser_page(Path(place) / "profile") as page:
            page.context.add_init_script(path=PROBE)
            yield address, page.context


def opened(address: str, context: BrowserContext, name: str, kind: str) -> Screen:
    """Open a notebook on a new page, with its setup cell run."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    traffic = Traffic()
    page.on("websocket", lambda socket: _count(socket, traffic))
    page.on("request", lambda request: note(request.url, address, traffic))
    screen = Screen(name, kind, Lab(page, address), traffic)
    page.bring_to_front()
    page.goto(f"{address}/doc/tree/{name}.ipynb?token={TOKEN}&reset")  # alone: pages with panels share their layout
    screen.lab.wait_for_notebook(f"{name}.ipynb")
    screen.lab.run(SETUP)
    time.sleep(1)  # JupyterLab asks for this and that after it has opened a notebook
    return screen


def _count(socket: Any, traffic: Traffic) -> None:
    if "/channels" not in socket.url:
        return

    def received(data: str | bytes) -> None:
        traffic.received += len(data)

    def sent(data: str | bytes) -> None:
        traffic.sent += len(data)

    socket.on("framereceived", received)
    socket.on("framesent", sent)


def note(url: str, address: str, traffic: Traffic) -> None:
    """Note a request, unless JupyterLab at this address makes such requests itself."""
    parts = urlsplit(url)
    own = url.startswith(address) and parts.path.startswith(_OWN)
    if parts.scheme in ("http", "https") and not own:
        traffic.requests.append(url)
