"""The autograded notebook: the release's cells with the student's text, what was shown, and what was found."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from grader.verdict import Finding

from .limits import Patience
from .matching import Step
from .session import CellRun
from .testing import Tested

Clean = Callable[[bytes], "bytes | None"]


class Assembly:
    """Collects cells.

    Args:
        metadata: of the released notebook.
        patience: caps on pictures.
        clean: re-encodes a picture, or gives None.
    """

    def __init__(self, metadata: dict[str, Any], patience: Patience, clean: Clean) -> None:
        self._metadata = metadata
        self._pictures = patience.pictures
        self._clean = clean
        self._cells: list[dict[str, Any]] = []

    def add(self, step: Step, run: CellRun | None = None, tested: Tested | None = None, *, told: str = "") -> None:
        """Add one cell.

        Args:
            step: the cell.
            run: what running it did.
            tested: what testing it gave.
            told: what to show instead of an error, where its own text may not be shown.
        """
        planned = step.planned
        cell: dict[str, Any] = {
            "cell_type": step.cell_type,
            "id": planned.id if planned else f"added-{len(self._cells)}",
            "metadata": dict(planned.metadata) if planned else {"tags": ["added"]},
            "source": step.source,
        }
        if step.cell_type == "code":
            outputs = [*(self._of_run(run, told) if run else []), *(_of_test(tested) if tested else [])]
            cell |= {"execution_count": None, "outputs": outputs}
        if tested:
            cell["metadata"]["grader"] = asdict(tested.finding)
        self._cells.append(cell)

    def content(self) -> bytes:
        """The notebook file."""
        notebook = {"cells": self._cells, "metadata": self._metadata, "nbformat": 4, "nbformat_minor": 5}
        text = json.dumps(notebook, indent=1, ensure_ascii=True)
        return text.encode("ascii")

    def _of_run(self, run: CellRun, told: str) -> list[dict[str, Any]]:
        outputs: list[dict[str, Any]] = []
        if run.text:
            outputs.append({"output_type": "stream", "name": "stdout", "text": run.text})
        for item in run.shown:
            outputs += self._shown(item)
        if run.limit:
            outputs.append(_error_output("Stopped", run.limit))
        elif run.error is not None:
            name, text = (told, "") if told else _error_text(run.error)
            outputs.append(_error_output(name, text))
        return outputs

    def _shown(self, item: dict[str, Any]) -> list[dict[str, Any]]:
        data: dict[str, Any] = {}
        png, text = item.get("png"), item.get("text")
        if type(png) is bytes and self._pictures > 0:
            clean = self._clean(png)
            if clean is not None:
                self._pictures -= 1
                data["image/png"] = base64.b64encode(clean).decode("ascii")
        if type(text) is str and (text or not data):
            data["text/plain"] = text[:20_000]
        return [{"output_type": "display_data", "data": data, "metadata": {}}] if data else []


def _of_test(tested: Tested) -> list[dict[str, Any]]:
    outputs: list[dict[str, Any]] = [
        {"output_type": "display_data", "data": bundle, "metadata": {}} for bundle in tested.displays
    ]
    text = points_text(tested.finding)
    return [*outputs, {"output_type": "display_data", "data": {"text/plain": text}, "metadata": {}}]


def points_text(finding: Finding) -> str:
    """What an instructor reads under a test cell."""
    score = "could not be graded" if finding.score is None else f"{finding.score:g} of {finding.maximum:g} points"
    return "\n".join([score, *filter(None, [finding.note]), *(f"Limit: {limit}." for limit in finding.limits)])


def _error_output(name: str, text: str) -> dict[str, Any]:
    line = f"{name}: {text}" if text else name
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [line]}


def _error_text(error: dict[str, Any]) -> tuple[str, str]:
    types, text, line = error.get("types"), error.get("text"), error.get("line")
    name = types[0][:80] if type(types) is list and types and type(types[0]) is str else "Error"
    where = f" (line {line} of this cell)" if type(line) is int and line > 0 else ""
    return name, (text[:2000] if type(text) is str else "") + where
