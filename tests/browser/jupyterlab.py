"""Drive a real JupyterLab in Debian's Chromium: start a server on a folder, open notebooks, write and run cells."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, sync_playwright

TOKEN = "browser-test"
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NOTEBOOK = "window.jupyterapp.shell.currentWidget"
_SECONDS = 1000.0


def chromium() -> str | None:
    """Where the machine's Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextlib.contextmanager
def jupyterlab(root: Path, home: Path) -> Iterator[str]:
    """A JupyterLab server on the folder `root`, with settings of its own in `home`; gives its address.

    Raises:
        RuntimeError: the server ended or did not answer within a minute; holds its log.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log_path = home / "jupyterlab.log"
    with log_path.open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            _command(root, port), env=_environment(home), cwd=root, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_it_answers(f"{address}/api/status?token={TOKEN}", server, log_path)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def _command(root: Path, port: int) -> list[str]:
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", "--allow-root"]
    options += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={root}"]
    options += ["--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"]
    return [sys.executable, "-m", "jupyter", "lab", *options]


def _environment(home: Path) -> dict[str, str]:
    """The environment of a person who has never used Jupyter before, with news and updates switched off."""
    settings = home / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}), encoding="utf-8")
    programs = str(Path(sys.executable).parent)
    return os.environ | {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "PATH": programs + os.pathsep + os.environ.get("PATH", ""),
    }


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    last = time.monotonic() + 60
    while time.monotonic() < last and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
            answer.read()
            return
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start; it says:\n{log.read_text(encoding='utf-8')}")


_driver: list[Playwright] = []  # the one that runs, once for everybody who uses it


@contextlib.contextmanager
def _playwright() -> Iterator[Playwright]:
    """Playwright's driver: a second one cannot be started while one runs, so browsers share it."""
    _driver.append(_driver[0] if _driver else sync_playwright().start())
    try:
        yield _driver[0]
    finally:
        last = _driver.pop()
        if not _driver:
            last.stop()


@contextlib.contextmanager
def browser_page(profile: Path) -> Iterator[Page]:
    """A page of a headless Chromium whose profile is new."""
    with _playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium(),
            headless=True,
            args=list(CHROMIUM_OPTIONS),
            viewport={"width": 1360, "height": 960},
        )
        try:
            page = context.pages[0]
            page.set_default_timeout(60 * _SECONDS)
            yield page
        finally:
            context.close()


class Lab:
    """JupyterLab in a page, spoken to through its own application object; only what is under test is clicked."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def open(self, path: str) -> None:
        """Open a notebook as the address bar would, in a workspace that remembers nothing."""
        self.page.goto(f"{self.address}/lab/tree/{path}?token={TOKEN}&reset")
        self.wait_for_notebook(path)

    def wait_for_notebook(self, path: str) -> None:
        """Wait until the notebook is the one in front, and its kernel is idle."""
        self.page.wait_for_function(
            f"path => window.jupyterapp && {_NOTEBOOK}?.content?.widgets && {_NOTEBOOK}.context.path === path", arg=path
        )
        self.page.wait_for_function(
            f"""() => {_NOTEBOOK}.context.isReady && {_NOTEBOOK}.sessionContext.isReady
            && {_NOTEBOOK}.sessionContext.session?.kernel?.status === 'idle'"""
        )

    def run_all(self, *, seconds: float = 300) -> None:
        """Run every cell and wait for the last one."""
        self.command("notebook:run-all-cells", seconds=seconds)

    def command(self, name: str, *, seconds: float = 60, **arguments: Any) -> None:
        """Carry out one of JupyterLab's commands, which must be done within `seconds`."""
        self.page.evaluate(
            """([name, args, limit]) => Promise.race([
                window.jupyterapp.commands.execute(name, args).then(() => null),
                new Promise((_, refuse) => setTimeout(() => refuse(new Error(`${name} took over ${limit} s`)),
                                                      1000 * limit)),
            ])""",
            [name, arguments, seconds],
        )

    def use_theme(self, name: str, *, light: bool) -> None:
        """Change JupyterLab's theme and wait until the page wears it."""
        self.command("apputils:change-theme", theme=name)
        self.page.wait_for_selector(f'body[data-jp-theme-light="{str(light).lower()}"]', state="attached")
        self.page.wait_for_timeout(1000)

    def find_cell(self, grade_id: str) -> int:
        """The number of the cell that nbgrader knows by this name."""
        found = self.page.evaluate(
            f"id => {_NOTEBOOK}.content.widgets.findIndex(c => c.model.getMetadata('nbgrader')?.grade_id === id)",
            grade_id,
        )
        assert found >= 0, f"no cell has the grade_id {grade_id!r}"
        return int(found)

    def source(self, cell: int) -> str:
        """The text of a cell."""
        return str(self.page.evaluate(f"n => {_NOTEBOOK}.content.widgets[n].model.sharedModel.getSource()", cell))

    def write(self, cell: int, text: str) -> None:
        """Replace the text of a cell, as typing would."""
        self.page.evaluate(
            f"([n, text]) => {_NOTEBOOK}.content.widgets[n].model.sharedModel.setSource(text)", [cell, text]
        )

    def run(self, *cells: int) -> None:
        """Select cells one after the other and run each."""
        for cell in cells:
            self.select(cell)
            self.command("notebook:run-cell")

    def select(self, cell: int) -> None:
        """Make a cell the active one, as clicking on it would."""
        self.page.evaluate(f"n => {{ {_NOTEBOOK}.content.activeCellIndex = n }}", cell)

    def errors(self) -> list[str]:
        """The exceptions that stand in the notebook's outputs."""
        found = self.page.evaluate(
            f"""() => {_NOTEBOOK}.content.widgets.filter(c => c.model.type === 'code').flatMap((c, n) =>
            [...Array(c.model.outputs.length).keys()].map(k => c.model.outputs.get(k).toJSON())
            .filter(o => o.output_type === 'error').map(o => `${{o.ename}}: ${{o.evalue}}`))"""
        )
        return list(found)

    def output_text(self, cell: int) -> str:
        """What a cell's output says on the page."""
        self.bring_into_view(cell)
        return str(self.page.evaluate(f"n => {_NOTEBOOK}.content.widgets[n].outputArea.node.innerText", cell))

    def bring_into_view(self, cell: int) -> None:
        """Scroll so that a cell begins near the top of the page."""
        self.page.evaluate(
            f"""async n => {{ await {_NOTEBOOK}.content.scrollToItem(n, 'start');
            {_NOTEBOOK}.content.widgets[n].node.scrollIntoView({{block: 'start'}}) }}""",
            cell,
        )
        self.page.wait_for_timeout(500)

    def picture(self, path: Path) -> None:
        """Store what the page shows."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)
