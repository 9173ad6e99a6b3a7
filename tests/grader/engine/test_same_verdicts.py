"""Every right and wrong answer of the kill matrix gets the same verdict from the engine as in a notebook."""

import dataclasses
import json
import os
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest

from grader.engine import Engine, Options
from grader.job import Job
from grader.plan import Plan, PlanNotebook, read_plan
from tests.course.lessons import NOTEBOOK_OF, answered, check_of
from tests.course.sample_class.material import as_typed, read_material
from tests.course.test_kill_matrix import EVERY
from tools.syllabus import ROOT, read_syllabus

SEED = 11
REPORT_MIME = "application/vnd.receptive-fields.report+json"
WEEK = read_syllabus().weeks[0]


def plan_of(function: str, whole: Plan) -> PlanNotebook:
    """The function's notebook with the check of this function only, under its name."""
    for notebook in whole.notebooks:
        cells = [c for c in notebook.cells if c.kind != "check" or c.grade_id == f"check_{function}"]
        if any(cell.grade_id == function for cell in cells):
            kept = tuple(cell for cell in cells if cell.kind in ("setup", "exercise", "check"))
            return dataclasses.replace(notebook, name=function, cells=kept)
    raise LookupError(function)


def handed_in(notebook: PlanNotebook, answers: dict[str, str]) -> bytes:
    file = nbformat.v4.new_notebook()
    for cell in notebook.cells:
        source = answers.get(cell.grade_id, cell.given)
        file.cells.append(nbformat.v4.new_code_cell(source, id=cell.id, metadata=cell.metadata))
    return nbformat.writes(file).encode()


def in_a_notebook(function, answer):
    mine, _ = answered(answer, function)
    check = check_of(function)
    return check(mine) + check(mine, seed=SEED)


def in_the_engine(graded, function):
    cells = json.loads(graded.notebooks[function])["cells"]
    outputs = next(cell["outputs"] for cell in cells if "grader" in cell["metadata"])
    reports = [output["data"][REPORT_MIME] for output in outputs if REPORT_MIME in output["data"]]
    return reports[0] if reports else {}


@pytest.fixture(scope="module")
def verdicts():
    whole = read_plan(ROOT / "source" / WEEK.id, ROOT / "release" / WEEK.id)
    references = read_material(ROOT / "source" / WEEK.id, [n.name for n in WEEK.notebooks]).references
    notebooks = {function: plan_of(function, whole) for function in NOTEBOOK_OF}
    plan = Plan(WEEK.id, tuple(notebooks.values()))

    def grade(engine, function, name, answer):
        text = as_typed(answer.function, function)
        content = handed_in(notebooks[function], {**references, function: text})
        return (function, name), engine.grade(Job(name, WEEK.id, {f"{function}.ipynb": content}))

    open_handed = Options(withheld=())  # some of these answers are made of an oracle and one mistake
    with Engine(plan, lambda *about: SEED, open_handed) as engine, ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(pool.map(lambda each: grade(engine, *each), EVERY))


@pytest.mark.parametrize(("function", "name", "answer"), [pytest.param(*e, id=f"{e[0]}-{e[1]}") for e in EVERY])
def test_the_engine_agrees_with_the_notebook(verdicts, function, name, answer):
    graded = verdicts[function, name]
    sheet = next(sheet for sheet in graded.verdict.sheets if sheet.notebook == function)
    here, there = in_a_notebook(function, answer), in_the_engine(graded, function)
    assert sheet.state == "graded", sheet
    assert there.get("hints") == list(here.hints), sheet
    assert [(o["name"], o["status"]) for o in there["outcomes"]] == [(o.name, o.status) for o in here.outcomes]
    assert sheet.findings[0].score == here.points(sheet.findings[0].maximum)
