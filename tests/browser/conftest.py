"""A Chromium for the browser tests, and the folder their pictures go to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def chromium_is_here():
    """Skip without a browser, or fail where one is demanded."""
    from tests.browser.jupyterlab import chromium

    if chromium() is None:
        reason = "no Chromium on this machine: install it (on Debian: apt-get install chromium)"
        if os.environ.get("RECEPTIVE_FIELDS_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def pictures():
    """Where screenshots are kept to be looked at: build/screenshots/."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
