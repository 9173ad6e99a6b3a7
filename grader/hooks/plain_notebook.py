"""What nbgrader's formgrader may show of a notebook: a copy that holds nothing but text, pictures and points.

Its templates trust much of a notebook: they write execution counts, names of pictures and sizes of pictures into the
page as they come. So everything that is not known to be harmless is left out here, before any template sees it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode, from_dict

from grader.feedback.text import visible

_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_PICTURES = ("image/png", "image/jpeg", "image/gif")
_TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex")
_TYPES = ("code", "markdown", "raw")


class PlainNotebook(Preprocessor):  # type: ignore[misc]
    """Replace a notebook by its plain copy; text in it is still to be escaped or cleaned by the exporter's filters."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Make the copy."""
        cells = [_cell(cell) for cell in nb.get("cells", []) if isinstance(cell, Mapping)]
        metadata = {"language_info": {"name": "python"}}
        return from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}), resources


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    kind = cell.get("cell_type")
    plain: dict[str, Any] = {
        "cell_type": kind if kind in _TYPES else "raw",
        "id": _name(cell.get("id")) or "cell",
        "metadata": {"tags": []} | _about(_mapping(cell.get("metadata")).get("nbgrader")),
        "source": _text(cell.get("source")),
    }
    if kind == "code":
        count = cell.get("execution_count")
        plain["execution_count"] = count if type(count) is int else None
        outputs = cell.get("outputs")
        shown = [_output(_mapping(output)) for output in outputs] if isinstance(outputs, list) else []
        plain["outputs"] = [output for output in shown if output.get("data") != {}]
    elif kind == "markdown":
        attached = {str(name): _pictures(_mapping(data)) for name, data in _mapping(cell.get("attachments")).items()}
        plain["attachments"] = {name: pictures for name, pictures in attached.items() if pictures}
    return plain


def _about(value: Any) -> dict[str, Any]:
    """The metadata of nbgrader, if its name of the cell is one that nbgrader makes."""
    about = _mapping(value)
    name, points = _name(about.get("grade_id")), about.get("points")
    if not name:
        return {}
    flags = {flag: about.get(flag) is True for flag in ("grade", "solution", "task", "locked")}
    return {"nbgrader": {"grade_id": name, "points": points if type(points) in (int, float) else 0} | flags}


def _output(output: Mapping[str, Any]) -> dict[str, Any]:
    kind = output.get("output_type")
    if kind == "error":
        traceback = output.get("traceback")
        lines = [_text(line) for line in traceback] if isinstance(traceback, list) else []
        return {
            "output_type": kind,
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "traceback": lines,
        }
    if kind == "stream":
        return {"output_type": kind, "name": "stdout", "text": _text(output.get("text"))}
    data = _mapping(output.get("data"))
    texts = {name: _text(data[name]) for name in _TEXTS if name in data}
    return {"output_type": "display_data", "metadata": {}, "data": texts | _pictures(data)}


def _pictures(data: Mapping[str, Any]) -> dict[str, str]:
    return {name: data[name] for name in _PICTURES if isinstance(data.get(name), str) and _BASE64.fullmatch(data[name])}


def _name(value: Any) -> str:
    return value if isinstance(value, str) and _NAME.fullmatch(value) else ""


def _text(value: Any) -> str:
    """Characters that reverse or hide what a marker reads are replaced; the exporter makes colours of the others."""
    return visible(value, keep="Cc") if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
