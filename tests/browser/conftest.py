"""A Chromium for the browser tests, and the folder their pictures go to."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def chromium_is_here():
    """Skip without a browser, or fail where one is demanded."""
    reason = what_is_missing()
    if reason:
        if os.environ.get("RECEPTIVE_FIELDS_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


def what_is_missing() -> str:
    """Why no browser can be driven here, or ""."""
    from playwright._impl._driver import compute_driver_executable

    from tests.browser.jupyterlab import chromium

    if chromium() is None:
        return "no Chromium on this machine: install it (on Debian: apt-get install chromium)"
    node = subprocess.run([compute_driver_executable()[0], "--version"], capture_output=True, text=True)
    if node.returncode:
        return f"Playwright's driver does not start (on Debian: apt-get install libatomic1): {node.stderr.strip()}"
    return ""


@pytest.fixture(scope="session")
def pictures():
    """Where screenshots are kept to be looked at: build/screenshots/."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
