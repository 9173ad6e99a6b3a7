"""Views on bare pages of a headless Chromium: shown, operated by mouse and keyboard, and listened to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.browser.jupyterlab import browser_page

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A view</title></head>
<body data-jp-theme-light="{light}" style="{colours};margin:8px"><main>{html}</main></body></html>"""
_DARK = "--jp-content-font-color1:#e8e8e8;--jp-layout-color0:#111111;background:#111111;color:#e8e8e8"
_RULES = ["wcag2a", "wcag2aa", "wcag21aa"]


@dataclass
class Shown:
    """A view on a page.

    Args:
        page: Playwright's page.
        errors: what went wrong in the page's scripts.
        requests: what the page asked the network for.
        keys: keys pressed in the view that left it, as a notebook around it would hear them.
    """

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """The result that the view tells, as a screen reader would."""
        return self.page.locator(".rf-said").inner_text()

    @property
    def problem(self) -> str:
        """What the view complains about, or ""."""
        return self.page.locator(".rf-problem").inner_text()

    @property
    def keys(self) -> list[str]:
        """Keys pressed in the view that left it, as a notebook around it would hear them."""
        return list(self.page.evaluate("window.leftTheView"))

    def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def numbers(self, label: str) -> np.ndarray:
        """The numbers of the matrix with this label, (rows, columns)."""
        rows = self.page.evaluate(
            """label => [...document.querySelectorAll(`[aria-label="${label}"] [role=row]`)]
            .map(row => [...row.children].map(cell => cell.textContent))""",
            label,
        )
        return np.array(rows, dtype=float)

    def dots(self, number: int = 0) -> np.ndarray:
        """The dots of a canvas, (n_H, n_W, 3) uint8."""
        height, width, data = self.page.evaluate(
            """n => { const canvas = document.querySelectorAll('.rf-view canvas')[n];
            const { width, height } = canvas;
            const image = canvas.getContext('2d').getImageData(0, 0, width, height);
            return [height, width, [...image.data]] }""",
            number,
        )
        return np.array(data, np.uint8).reshape(height, width, 4)[..., :3]

    def drag(self, start: tuple[float, float], end: tuple[float, float], *, steps: int = 6) -> None:
        """Drag from one point of the page to another."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=steps)
        self.page.mouse.up()
        self.settle()

    def answer_as_python(self, view: Any) -> None:
        """Join the view to its functions in Python, as a kernel would."""
        from helpers.widgets.ear import answered

        self.page.expose_function("askPython", lambda message: answered(message, view.replies))
        self.page.evaluate(
            """address => {
              document.addEventListener(`rf-ask-${address}`, async ({ detail }) => {
                const content = await window.askPython(detail);
                document.dispatchEvent(new CustomEvent(`rf-say-${address}`, { detail: { content, buffers: [] } }));
              });
              document.dispatchEvent(new CustomEvent(`rf-here-${address}`));
            }""",
            view.address,
        )

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.1 A and AA."""
        self.page.add_script_tag(content=(files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "rules => axe.run('.rf-view', { runOnly: rules, resultTypes: ['violations'] })", _RULES
        )
        return [
            f"{one['id']} ({one['impact']}): {node['html'][:160]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]


@pytest.fixture(scope="module")
def browser_context(tmp_path_factory, chromium_is_here) -> Iterator[Any]:
    """One Chromium for a file of tests: while Playwright runs, nothing else in this process can run an event loop."""
    with browser_page(tmp_path_factory.mktemp("profile")) as page:
        page.set_default_timeout(15_000)
        yield page.context


@pytest.fixture
def show(browser_context) -> Iterator[Callable[..., Shown]]:
    """Show a view on a page of its own: `show(view, dark=True, width=380)`; scripts that fail, fail the test."""
    opened: list[Shown] = []

    def _show(view: Any, *, dark: bool = False, width: int = 1000, scripts: bool = True, waits: bool = True) -> Shown:
        page = browser_context.new_page()
        shown = Shown(page)
        opened.append(shown)
        page.on("pageerror", lambda error: shown.errors.append(str(error)))
        page.on("console", lambda said: shown.errors.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: shown.requests.append(request.url))
        page.set_viewport_size({"width": width, "height": 900})
        html = html_of(view) if scripts else html_of(view).partition("<script>")[0]
        page.set_content(_PAGE.format(light=str(not dark).lower(), colours=_DARK if dark else "", html=html))
        page.evaluate(
            "window.leftTheView = []; document.addEventListener('keydown', event => leftTheView.push(event.key))"
        )
        if scripts and waits:
            page.wait_for_selector(".rf-body > *", state="attached")
        shown.settle()
        return shown

    yield _show
    errors = [error for shown in opened for error in shown.errors]
    for shown in opened:
        shown.page.close()
    assert errors == []


def html_of(view: Any) -> str:
    """What a notebook stores of a view."""
    return view.html() if hasattr(view, "html") else view._repr_html_()


def picture_of(shown: Shown, path: Path) -> None:
    """Store what the page shows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shown.page.screenshot(path=path, full_page=True)
