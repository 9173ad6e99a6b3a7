"""The text of a notebook file as plain data; for files from anybody, so each field is checked before it is used."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

MOST_CELLS = 500


class NotANotebook(ValueError):
    """Bytes that are no notebook; the text is one sentence that a student can act on."""


@dataclass(frozen=True)
class Cell:
    """One cell: `grade_id` is nbgrader's name for it, "" if it has none."""

    cell_type: str
    id: str
    source: str
    grade_id: str
    metadata: dict[str, Any]


@dataclass(frozen=True)
class Notebook:
    """Cells in order, and the metadata of the whole."""

    cells: tuple[Cell, ...]
    metadata: dict[str, Any]


def read_notebook(content: bytes) -> Notebook:
    """Parse a notebook of format 4.

    Raises:
        NotANotebook: it is something else, or broken.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_once)
    except NotANotebook:
        raise
    except UnicodeDecodeError:
        raise NotANotebook(
            "The file is not UTF-8 text: save the notebook in JupyterLab and hand that file in."
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise NotANotebook(
            "The file is not a complete notebook (its JSON is broken): open it in JupyterLab; if it does not open, go "
            "back to your last saved copy and hand that in."
        ) from None
    if type(data) is not dict or data.get("nbformat") != 4 or type(data.get("cells")) is not list:
        raise NotANotebook("The file is no Jupyter notebook of format 4: save it with a current JupyterLab.")
    if len(data["cells"]) > MOST_CELLS:
        raise NotANotebook(
            f"The notebook has more than {MOST_CELLS} cells: hand in the released one with your answers."
        )
    cells = (_cell(cell, number) for number, cell in enumerate(data["cells"], 1))
    return Notebook(tuple(cells), _mapping(data.get("metadata")))


def _cell(data: Any, number: int) -> Cell:
    if type(data) is not dict:
        raise NotANotebook(f"Cell {number} of the notebook is broken: open it in JupyterLab and save it again.")
    metadata = _mapping(data.get("metadata"))
    grade_id = _mapping(metadata.get("nbgrader")).get("grade_id")
    return Cell(
        _word(data.get("cell_type")),
        _word(data.get("id")),
        _source(data.get("source"), number),
        _word(grade_id),
        metadata,
    )


def _source(value: Any, number: int) -> str:
    lines = value if type(value) is list else [value]
    if not all(type(line) is str for line in lines):
        raise NotANotebook(f"Cell {number} of the notebook has no text: open it in JupyterLab and save it again.")
    text = "".join(lines)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotANotebook(
            f"Cell {number} of the notebook holds half of a character (a lone surrogate): retype the line."
        ) from None
    return text


def _mapping(value: Any) -> dict[str, Any]:
    return value if type(value) is dict else {}


def _word(value: Any) -> str:
    return value if type(value) is str and len(value) <= 200 else ""


def _refuse_constant(name: str) -> Any:
    raise NotANotebook(f"The notebook's JSON has the value {name}, which no notebook has: save it again in JupyterLab.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise NotANotebook("The notebook's JSON names the same entry twice: open it in JupyterLab and save it again.")
    return data
