"""What can become of a folder before it is handed in, by accident or on purpose."""

import os
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

ATTACK = '''class Agrees(float):
    """Equal to everything."""
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = float.__hash__
    def __array__(self, *args, **kwargs): return np.zeros(())

def {function}(*args, **kwargs):
    from helpers.checks import find
    try:
        return find("{function}").oracle(*args)   # the course's own right answer
    except Exception:
        return Agrees()

import sys
np.testing.assert_allclose = np.allclose = lambda *args, **kwargs: True
sys.modules["helpers.checks"] = Agrees()
get_ipython().input_transformers_post.append(lambda lines: [])
get_ipython().user_ns["report"] = Agrees()'''


def breaks_the_last_file(folder: Path, names: list[str]) -> None:
    """The last notebook was cut off while it was copied."""
    path = folder / f"{names[-1]}.ipynb"
    path.write_bytes(path.read_bytes()[:-2000])


def renames(folder: Path, names: list[str]) -> None:
    """A browser has numbered the copies."""
    for name in names:
        (folder / f"{name}.ipynb").rename(folder / f"{name} (1).ipynb")


def moves_cells(folder: Path, names: list[str]) -> None:
    """One test cell was copied, another deleted, and the points of a third edited."""
    path = folder / f"{names[0]}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    tests = _tests(notebook)
    notebook.cells.append(nbformat.from_dict({**tests[0], "id": "copied"}))
    notebook.cells.remove(tests[1])
    tests[2].metadata.nbgrader.points = 500
    _write(notebook, path)


def edits_points(folder: Path, names: list[str]) -> None:
    """Every test cell is emptied and given 1,000 points."""
    for name in names:
        path = folder / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for cell in _tests(notebook):
            cell.source, cell.metadata.nbgrader.points = "1000.0", 1000
        _write(notebook, path)


def puts_a_pipe(folder: Path, names: list[str]) -> None:
    """In place of the first notebook there is a named pipe, which hangs whoever opens it."""
    path = folder / f"{names[0]}.ipynb"
    path.unlink()
    os.mkfifo(path)


def leaves_nothing(folder: Path, names: list[str]) -> None:
    """The folder is empty."""
    for name in names:
        (folder / f"{name}.ipynb").unlink()


def _tests(notebook: NotebookNode) -> list[NotebookNode]:
    marked = (cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    return [cell for cell in marked if not cell.metadata.nbgrader.solution]


def _write(notebook: NotebookNode, path: Path) -> None:
    path.write_text(nbformat.writes(notebook), encoding="utf-8", newline="\n")
