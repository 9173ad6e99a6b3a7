"""Class C: notebooks that were tampered with."""

from __future__ import annotations

import json
import random
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import nbformat
from jupyter_client.kernelspec import NoSuchKernel, get_kernel_spec
from nbgrader.preprocessors import CheckCellMetadata
from nbgrader.utils import determine_grade

from .assignment import FULL, NAME, POINTS, RIGHT
from .case import Attack, Outcome, gains, loses
from .ground import Ground
from .probe import is_ours

Rework = Callable[[dict[str, Any]], None]


def goes_astray(outcome: Outcome) -> bool:
    """Ours has to grade it in full or to refuse it with a sentence; a control fails or takes what is no notebook."""
    if not is_ours(outcome):
        return bool(outcome.extra.get("astray"))
    sheet = outcome.extra["verdict"]["sheets"][0]
    refused = sheet["state"] == "refused" and sheet["why"].endswith(".")
    return not (refused or (outcome.marks is not None and sum(outcome.marks.values()) == outcome.deserved))


def _cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(cell for cell in notebook["cells"] if cell["id"] == name)
    return found


def _about(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    about: dict[str, Any] = _cell(notebook, name)["metadata"]["nbgrader"]
    return about


def _submitted(ground: Ground, attack: Attack) -> Path:
    return ground.hand_in(f"student-{attack.id}", attack) / f"{NAME}.ipynb"


# ---- controls --------------------------------------------------------------------------------------------------


def _takes_its_word(attack: Attack) -> Callable[[Ground], Outcome]:
    """Control: the file as it was handed in says what its tests are worth and what they gave."""

    def control(ground: Ground) -> Outcome:
        cells = json.loads(_submitted(ground, attack).read_bytes())["cells"]
        marks = {}
        for number, cell in enumerate(cells):
            if cell["metadata"].get("nbgrader", {}).get("grade"):
                marks[f"{number}"] = float(determine_grade(nbformat.from_dict(cell))[0] or 0.0)
        return Outcome(marks, "", deserved=attack.deserved)

    return control


def _checks_as_nbgrader_does(attack: Attack) -> Callable[[Ground], Outcome]:
    """Control: nbgrader's own look at the metadata, which gives up on the whole submission."""

    def control(ground: Ground) -> Outcome:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                notebook = nbformat.read(_submitted(ground, attack), as_version=4)
                get_kernel_spec(notebook.metadata.get("kernelspec", {}).get("name", "python3"))
                CheckCellMetadata().preprocess(notebook, {})
            except (RuntimeError, NoSuchKernel, nbformat.ValidationError, ValueError) as error:
                return Outcome(None, "", notes=str(error))
        return Outcome({"all": attack.deserved}, "", deserved=attack.deserved)

    return control


def _reads(attack: Attack, *, accepts: bool) -> Callable[[Ground], Outcome]:
    """Control: a reader that falls over the file, or takes it (`accepts`) though it is not what it seems."""

    def control(ground: Ground) -> Outcome:
        path = _submitted(ground, attack)
        try:
            json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError) as error:
            return Outcome(None, "", notes=str(error)[:200], extra={"astray": not accepts})
        return Outcome({}, "", extra={"astray": accepts})

    return control


def _tells_cells_by_id(attack: Attack) -> Callable[[Ground], Outcome]:
    """Control: a grader that looks for a test by the id of its cell."""

    def control(ground: Ground) -> Outcome:
        cells = {cell["id"]: cell for cell in json.loads(_submitted(ground, attack).read_bytes())["cells"]}
        return Outcome({name: POINTS[name] for name in POINTS if name in cells}, "", deserved=attack.deserved)

    return control


# ---- metadata --------------------------------------------------------------------------------------------------


def _points(notebook: dict[str, Any]) -> None:
    for name in ("check_blend", "check_label"):
        _cell(notebook, name)["source"] = "assert True"
        _about(notebook, name).update(points=500, locked=False)


def _paid_solution(notebook: dict[str, Any]) -> None:
    _about(notebook, "blend").update(grade=True, points=100)


def _invented(notebook: dict[str, Any]) -> None:
    about = dict(_about(notebook, "check_blend"), grade_id="check_more", points=100)
    notebook["cells"].append({**_cell(notebook, "check_blend"), "id": "more", "metadata": {"nbgrader": about}})
    notebook["cells"][-1]["source"] = "100"


def _brought_outputs(notebook: dict[str, Any]) -> None:
    shown = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "5.0"}}
    _cell(notebook, "check_label")["outputs"] = [shown]


def _huge_points(notebook: dict[str, Any]) -> None:
    _about(notebook, "check_blend")["points"] = 1e308


def _twice(notebook: dict[str, Any]) -> None:
    notebook["cells"].append({**_cell(notebook, "check_label"), "id": "again"})


def _twice_solved(notebook: dict[str, Any]) -> None:
    notebook["cells"].insert(2, {**_cell(notebook, "blend"), "id": "again"})


def _missing(notebook: dict[str, Any]) -> None:
    notebook["cells"].remove(_cell(notebook, "check_label"))


def _reversed(notebook: dict[str, Any]) -> None:
    notebook["cells"].reverse()


def _no_code(notebook: dict[str, Any]) -> None:
    for name in ("blend", "label"):
        _cell(notebook, name)["cell_type"] = "raw"


def _test_as_text(notebook: dict[str, Any]) -> None:
    _cell(notebook, "check_blend")["cell_type"] = "markdown"


def _same_ids(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"]:
        cell["id"] = "same"
        cell["attachments"] = {"x": {"image/png": "x" * 10_000}}


def _kernel(notebook: dict[str, Any]) -> None:
    notebook["metadata"] = {"kernelspec": {"name": "bash", "display_name": "B", "argv": ["bash", "-c", "exit"]}}


def _odd_types(notebook: dict[str, Any]) -> None:
    """A hundred fields changed into something else; what is asked for, and what the marks hang on, stays."""
    rng = random.Random(7)
    odd: list[Any] = [None, -1, 1e308, "", [], {}, True, {"grade_id": ["x"]}, "x" * 5000, "\x00"]
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        for key in set(about) - {"grade_id"}:
            about[key] = rng.choice(odd)
        for key in ("outputs", "execution_count", "attachments", "id"):
            cell[key] = rng.choice(odd) if key != "id" or about else cell[key]
        for _ in range(10):
            cell["metadata"][f"key{rng.random()}"] = rng.choice(odd)


def _word(name: str, title: str, rework: Rework) -> Attack:
    """Nothing is right, and the file says that it is."""
    attack = Attack(name, title, gains, rework=rework)
    return Attack(name, title, gains, rework=rework, control=_takes_its_word(attack))


def _order(name: str, title: str, rework: Rework) -> Attack:
    """All is right, and the file is not in order."""
    return Attack(name, title, loses, cells=RIGHT, rework=rework, deserved=FULL)


def _refused(name: str, title: str, rework: Rework) -> Attack:
    attack = _order(name, title, rework)
    return Attack(
        name, title, loses, cells=RIGHT, rework=rework, deserved=FULL, control=_checks_as_nbgrader_does(attack)
    )


def _file(name: str, title: str, raw: bytes, *, accepts: bool = False, deserved: float = 0.0) -> Attack:
    attack = Attack(name, title, goes_astray, raw=raw, deserved=deserved)
    control = _reads(attack, accepts=accepts)
    return Attack(name, title, goes_astray, raw=raw, deserved=deserved, control=control)


# ---- texts that are no notebook --------------------------------------------------------------------------------


def _notebook(metadata: str = "{}", cells: str = "[]", more: str = "") -> bytes:
    return f'{{"nbformat": 4, "nbformat_minor": 5, "metadata": {metadata}, "cells": {cells}{more}}}'.encode()


def _one(source: str) -> str:
    about = '{"nbgrader": {"grade_id": "label", "solution": true, "grade": false, "locked": false}}'
    return f'[{{"cell_type": "code", "id": "label", "metadata": {about}, "outputs": [], "source": {source}}}]'


def _renders(ground: Ground) -> Outcome:
    """Control: a page made from a template that holds the student's text."""
    return Outcome({}, jinja2.Template(_TEMPLATE).render())


_TEMPLATE = "{{ '7' * 7 }}{% for n in range(3) %}{{ 6 * 7 }}{% endfor %}"


def _rendered(outcome: Outcome) -> bool:
    return "7777777" in outcome.visible or "424242" in outcome.visible


_METADATA = [
    _word("C1a", "tests edited, unlocked, and worth 500 points", _points),
    _word("C1b", "a test that brings its points along as output", _brought_outputs),
    _word("C1c", "more points than a number holds", _huge_points),
    Attack(
        "C1d",
        "fields of the wrong type wherever nothing hangs on them",
        loses,
        cells=RIGHT,
        rework=_odd_types,
        deserved=FULL,
        control=_checks_as_nbgrader_does(Attack("C1d", "", loses, cells=RIGHT, rework=_odd_types, deserved=FULL)),
    ),
    _refused("C2a", "a test cell twice", _twice),
    _refused("C2b", "an exercise twice", _twice_solved),
    _order("C2c", "a test cell that is missing", _missing),
    _order("C2d", "the cells in reverse", _reversed),
    _word("C2e", "a test that the release does not have, worth 100 points", _invented),
    _word("C2f", "an exercise that became a test, worth 100 points", _paid_solution),
    _order("C3a", "exercises that became raw text", _no_code),
    _order("C3b", "a test that became text", _test_as_text),
    Attack(
        "C3c",
        "every cell has the same id, and an attachment",
        loses,
        cells=RIGHT,
        rework=_same_ids,
        deserved=FULL,
        control=_tells_cells_by_id(Attack("C3c", "", loses, cells=RIGHT, rework=_same_ids, deserved=FULL)),
    ),
    _refused("C4", "another language's kernel", _kernel),
]
_TEXTS = [
    _file("C9a", "JSON of 100,000 levels", _notebook(metadata="[" * 100_000 + "]" * 100_000)),
    _file(
        "C9b",
        "entries named twice, of which one reader takes the first, another the last",
        _notebook(more=', "cells": ' + _one('"x = 1"')),
        accepts=True,
    ),
    _file("C9c", "a value that is no number", _notebook(metadata='{"x": NaN, "y": Infinity}'), accepts=True),
    _file("C9d", "a number of 5,000 digits", _notebook(metadata='{"x": ' + "9" * 5000 + "}")),
    _file("C9e", "half of a character", _notebook(cells=_one("\"x = '\\ud800'\"")), accepts=True),
    _file("C9f", "a byte-order mark", b"\xef\xbb\xbf" + _notebook(cells=_one('"x = 1"'))),
    _file("C9g", "text that is not UTF-8", _notebook(cells=_one('"\xe9"')).replace(b"\xc3\xa9", b"\xe9")),
    _file("C9h", "an empty file", b""),
    _file("C9i", "something else in JSON", b"[1, 2, 3]", accepts=True),
    _file("C9j", "another format's version", b'{"nbformat": 3, "worksheets": [{"cells": []}]}', accepts=True),
    _file("C9k", "ten thousand cells", _notebook(cells="[" + "{}," * 9999 + "{}]"), accepts=True),
    Attack(
        "C13a",
        "a template's language in code, output and error",
        _rendered,
        control=_renders,
        cells={"setup": f"import numpy as np\nt = {_TEMPLATE!r}\nprint(t)\nt\nraise ValueError(t)"},
    ),
]
ATTACKS = [*_METADATA, *_TEXTS]
