"""Blocks, branches and large models get the same verdict from the engine as in a notebook, though no model crosses."""

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.engine import Engine
from grader.job import Job
from grader.plan import Plan, PlanCell, PlanNotebook
from tests.helpers.checks.models import examples
from tests.helpers.checks.models.answers import EVERY_RIGHT, EVERY_WRONG, RIGHT, SETUP
from tests.helpers.checks.models.test_branches import defined

pytestmark = pytest.mark.filterwarnings("ignore")
SEED = 11
REPORT_MIME = "application/vnd.receptive-fields.report+json"
STRANGE = {
    "ends its process": "def residual(X, f, n_C):\n    import os\n    os._exit(1)",
    "keeps its input for the next call": """
kept = []

def residual(X, f, n_C):
    kept.append(X)
    return tfl.ReLU()(kept[0])
""",
    "says it is a model": """
class Model:
    layers = get_weights = set_weights = get_config = input_shape = output_shape = "a string"

def residual(X, f, n_C):
    return Model()
""",
    "makes every model pass for another": """
import keras

def residual(X, f, n_C):
    keras.Model.get_weights = lambda self: []
    keras.Model.__call__ = lambda self, x, training=False: x
    return tfl.ReLU()(X)
""",
}
EVERY = [(function, name, text) for function, name, text in EVERY_RIGHT]
EVERY += [(function, name, text) for function, _, name, text in EVERY_WRONG]


def check_cell(function: str) -> PlanCell:
    """The example's check as the text of a test cell, since the examiner knows no package of tests."""
    text = Path(examples.__file__).read_text(encoding="utf-8").partition("any_order = ")[0]
    text = text.replace("from __future__ import annotations\n", "")
    text = re.sub(rf"\b({'|'.join(RIGHT)})(?= = ModelCheck|[,)])", r"\1_check", text)
    shown = f"{text}\nreport = {function}_check({function})\n"
    hidden = f"### BEGIN HIDDEN TESTS\nreport += {function}_check({function}, seed=1)\n### END HIDDEN TESTS\n"
    last = "display(report)\nreport.points(10)"
    about = {"grade_id": f"check_{function}", "grade": True, "solution": False, "points": 10.0}
    name = f"check_{function}"
    return PlanCell("check", name, name, shown + hidden + last, shown + last, 10.0, {"nbgrader": about}, "code")


def notebook_of(function: str) -> PlanNotebook:
    setup = PlanCell("setup", "setup", "", SETUP, SETUP, 0.0, {}, "code")
    about = {"nbgrader": {"grade_id": function, "grade": False, "solution": True}}
    exercise = PlanCell("exercise", function, function, "...", "...", 0.0, about, "code")
    return PlanNotebook(function, (setup, exercise, check_cell(function)), {})


NOTEBOOKS = {function: notebook_of(function) for function in RIGHT}


def job(function: str, name: str, text: str) -> Job:
    cells = [
        {"cell_type": "code", "id": cell.id, "metadata": cell.metadata, "outputs": [], "execution_count": None}
        | {"source": text if cell.kind == "exercise" else cell.given}
        for cell in NOTEBOOKS[function].cells
    ]
    content = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    return Job(name, "week0", {f"{function}.ipynb": content})


@pytest.fixture(scope="module")
def engine():
    with Engine(Plan("week0", tuple(NOTEBOOKS.values())), lambda *about: SEED) as engine:
        yield engine


def graded(engine, function, name, text):
    """The sheet, and the report as the student gets to see it."""
    result = engine.grade(job(function, name, text))
    sheet = next(sheet for sheet in result.verdict.sheets if sheet.notebook == function)
    cells = json.loads(result.notebooks[function])["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    reports = [output["data"][REPORT_MIME] for output in outputs if REPORT_MIME in output.get("data", {})]
    return sheet, reports[0] if reports else {}


@pytest.fixture(scope="module")
def verdicts(engine):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda each: graded(engine, *each), EVERY)
        return {each[:2]: result for each, result in zip(EVERY, results, strict=True)}


@pytest.mark.parametrize(("function", "name", "text"), [pytest.param(*e, id=f"{e[0]}-{e[1]}") for e in EVERY])
def test_the_engine_agrees_with_the_notebook(verdicts, function, name, text):
    check, mine = getattr(examples, function), defined(text, function)
    here = check(mine) + check(mine, seed=SEED)
    sheet, there = verdicts[function, name]
    assert sheet.state == "graded", sheet
    assert there.get("hints") == list(here.hints), sheet
    assert [(o["name"], o["status"]) for o in there["outcomes"]] == [(o.name, o.status) for o in here.outcomes]
    assert sheet.findings[0].score == here.points(10)


@pytest.mark.parametrize("name", STRANGE)
def test_what_a_function_does_to_its_own_process_earns_nothing(engine, name):
    sheet, _ = graded(engine, "residual", "somebody", STRANGE[name])
    assert sheet.findings[0].score < 3, sheet


def test_no_numbers_cross_into_what_a_student_reads(engine):
    function, name, text = next(row for row in EVERY if "relu_before_add" in row[1])
    _, report = graded(engine, function, name, text)
    assert not re.search(r"\d\.\d", json.dumps([outcome["message"] for outcome in report["outcomes"]]))
