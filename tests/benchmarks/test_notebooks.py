"""The benchmark counts the memory of everything a notebook starts, and says which notebook failed."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks import notebooks

MEBIBYTE = 1024**2
HOLD_80_MB = "data = bytearray(80 * 1024**2); import time; time.sleep(1.5)"


def test_the_memory_of_a_child_counts():
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD_80_MB!r}])"
    with subprocess.Popen([sys.executable, "-c", parent]) as run:
        assert notebooks._watch(run) > 80 * MEBIBYTE


def test_a_small_process_is_seen_as_small():
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.5)"]) as run:
        assert 0 < notebooks._watch(run) < 80 * MEBIBYTE


def test_a_notebook_that_fails_ends_the_run_with_its_error(tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)
    path = tmp_path / "broken.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0")]), path)
    with pytest.raises(SystemExit, match=r"(?s)broken\.ipynb did not run.*ZeroDivisionError"):
        notebooks.measure(path, "broken")
