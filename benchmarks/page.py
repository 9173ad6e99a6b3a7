"""The page that holds the figures, benchmarks/README.md: each benchmark writes its own section."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import psutil

from tools.syllabus import ROOT

README = ROOT / "benchmarks" / "README.md"


def write(section: str, table: str, readme: Path = README) -> None:
    """Put a table, and the machine it was measured on, between the section's two markers.

    Raises:
        SystemExit: the markers are not there.
    """
    begin, end = f"<!-- {section}: begin -->", f"<!-- {section}: end -->"
    page = readme.read_text(encoding="utf-8")
    if page.count(begin) != 1 or page.count(end) != 1:
        sys.exit(f"{readme.name} must hold {begin} and {end} once each: put them where the table belongs")
    before, rest = page.split(begin)
    text = f"{before}{begin}\n{table}\n\n{machine()}\n{end}{rest.split(end)[1]}"
    readme.write_text(text, encoding="utf-8", newline="\n")
    print(f"written to {readme.parent.name}/{readme.name}")


def machine() -> str:
    """A sentence on the machine and the packages."""
    packages = ", ".join(f"{name} {version(name.lower())}" for name in ("TensorFlow", "Keras", "NumPy"))
    memory = float(psutil.virtual_memory().total) / 1024**3
    facts = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB of memory"
    return f"Measured on {facts}; Python {platform.python_version()}, {packages}; no GPU."
