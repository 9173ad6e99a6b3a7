"""The engine end to end on a small notebook: marks, crashes, limits, repairs, and what may be shown."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.engine import Engine, Options
from grader.examiner.limits import Patience
from grader.job import Job
from grader.sandbox import Limits
from tests.grader.engine.fuzz_notebooks import ALLOWED, fuzz
from tests.grader.small_plan import PLAN, POINTS, RIGHT, STUB, cell_of, hand_in, notebook

QUICK = Patience(cell_seconds=2.0, call_seconds=2.0, notebook_seconds=60.0, all_text_bytes=100_000)
SMALL = Limits(memory=400 << 20)


@pytest.fixture(scope="module")
def engine():
    with Engine(PLAN, lambda *about: 777, Options(patience=QUICK, worker=SMALL)) as engine:
        yield engine


def graded(engine, answers=RIGHT, **how):
    result = engine.grade(hand_in(answers, **how))
    (sheet,) = result.verdict.sheets
    return sheet, json.loads(result.notebooks["small"])["cells"] if "small" in result.notebooks else []


def scores(sheet):
    return {finding.grade_id.removeprefix("check_"): finding.score for finding in sheet.findings}


FULL = {"double": 2.0, "total": 4.0, "mean": 1.0}


def test_a_right_answer_gets_every_point(engine):
    sheet, _ = graded(engine)
    assert sheet.state == "graded"
    assert scores(sheet) == FULL


def test_the_bare_release_gets_none(engine):
    sheet, _ = graded(engine, {})
    assert scores(sheet) == {"double": 0.0, "total": 0.0, "mean": 0.0}


def test_the_same_submission_gives_the_same_verdict_twice(engine):
    assert engine.grade(hand_in()) == engine.grade(hand_in())


EATS = "import mmap\nx = []\nwhile True:\n    x.append(mmap.mmap(-1, 10**7))\n    x[-1].write(bytes(10**7))"
CRASHES = {
    "ends its process": "import os\nos._exit(0)",
    "crashes Python": "import ctypes\nctypes.string_at(0)",
    "loops and swallows interrupts": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "kills itself": "import os\nos.kill(os.getpid(), 9)",
    "eats shared memory": EATS,
    "forks without end": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
}


@pytest.mark.parametrize("crash", CRASHES.values(), ids=CRASHES)
def test_a_cell_that_cannot_be_survived_costs_only_what_depends_on_it(engine, crash):
    sheet, _ = graded(engine, {**RIGHT, "double": f"{RIGHT['double']}\n{crash}"})
    assert scores(sheet) == {**FULL, "double": 0.0}
    assert sheet.state == "graded with limits"
    assert "double" in " ".join(sheet.repairs)
    assert scores(graded(engine)[0]) == FULL, "the next one is unharmed"


@pytest.mark.parametrize("crash", CRASHES.values(), ids=CRASHES)
def test_a_call_that_cannot_be_survived_costs_only_its_own_test(engine, crash):
    body = "\n".join("    " + line for line in crash.splitlines())
    sheet, _ = graded(engine, {**RIGHT, "double": f"def double(x):\n{body}"})
    assert scores(sheet) == {**FULL, "double": 0.0}
    assert sheet.state == "graded with limits"
    assert sheet.findings[0].limits


def test_a_crash_leaves_those_who_are_graded_at_the_same_time_in_peace(engine):
    slow = {**RIGHT, "total": "import time\ntime.sleep(0.5)\n" + RIGHT["total"]}
    crashes = {**RIGHT, "double": "import ctypes\nctypes.string_at(0)"}
    with ThreadPoolExecutor(4) as pool:
        sheets = list(pool.map(lambda answers: graded(engine, answers)[0], [slow, crashes] * 6))
    assert [sheet.state for sheet in sheets] == ["graded", "graded with limits"] * 6
    assert [scores(sheet) for sheet in sheets[::2]] == [FULL] * 6


def test_a_thread_that_prints_for_ever_holds_nobody_up(engine):
    prints = "import os, threading\ndef flood():\n    while True: os.write(1, b'x' * 60_000)\n"
    starts = f"{prints}\nthreading.Thread(target=flood, daemon=True).start()\n{RIGHT['double']}"
    sheet, _ = graded(engine, {**RIGHT, "double": starts})
    assert sheet.state.startswith("graded")
    assert scores(sheet)["mean"] == 1.0


def test_a_call_that_crashes_for_some_inputs_keeps_the_points_for_others(engine):
    partly = "def total(values):\n    import os\n    if not values: os._exit(3)\n    return sum(values)"
    sheet, _ = graded(engine, {**RIGHT, "total": partly})
    assert scores(sheet)["double"] == 2.0
    assert scores(sheet)["mean"] == 1.0


def test_an_unreadable_answer_costs_only_its_own_test(engine):
    for value in ("object()", "[[]] * 10**6", "print", "(i for i in [])", "10**50000"):
        sheet, _ = graded(engine, {**RIGHT, "double": f"def double(x):\n    return {value}"})
        assert scores(sheet) == {**FULL, "double": 0.0}, value


def test_a_syntax_error_is_told_with_its_line(engine):
    sheet, _ = graded(engine, {**RIGHT, "total": "def total(values)\n    return 0"})
    assert scores(sheet) == {**FULL, "total": 0.0, "mean": 0.0}
    assert "line 1" in sheet.findings[1].note


def with_test(source):
    """The plan with another first test."""
    (notebook,) = PLAN.notebooks
    cells = [replace(c, source=source, given=source) if c.grade_id == "check_double" else c for c in notebook.cells]
    return replace(PLAN, notebooks=(replace(notebook, cells=tuple(cells)),))


def test_what_a_function_changes_in_its_argument_is_seen_where_the_test_asks_for_it():
    plan = with_test("x = np.ones(3)\nin_place(double)(x)\nassert (x == 2).all()")
    with Engine(plan, lambda *about: 1, Options(patience=QUICK)) as other:
        assert scores(graded(other, {**RIGHT, "double": "def double(x):\n    x *= 2"})[0])["double"] == 2.0
        assert scores(graded(other, {**RIGHT, "double": "def double(x):\n    return 2 * x"})[0])["double"] == 0.0


def test_a_function_cannot_change_what_a_test_expects_of_it():
    plan = with_test("x = np.arange(3.0)\nassert (double(x) == 2 * x).all()")
    cheats = "def double(x):\n    x[:] = 0\n    return 0 * x"
    space = {"np": np}
    exec(
        f"{cheats}\nx = np.arange(3.0)\nassert (double(x) == 2 * x).all()", space
    )  # the control: it wins in a notebook
    with Engine(plan, lambda *about: 1, Options(patience=QUICK)) as other:
        assert scores(graded(other, {**RIGHT, "double": cheats})[0])["double"] == 0.0


class TestWhatIsShown:
    NOISY = "print('before')\nimport numpy as np\nnp.arange(3)"

    def outputs(self, cells, name):
        return json.dumps(cell_of(cells, name)["outputs"])

    def test_what_a_cell_prints_is_kept_until_hidden_inputs_have_been_sent(self, engine):
        noisy = {name: f"{self.NOISY}\n{text}\nprint('{name} is here')" for name, text in RIGHT.items()}
        sheet, cells = graded(engine, noisy)
        assert scores(sheet) == FULL
        assert "double is here" in self.outputs(cells, "double")
        assert "total is here" not in self.outputs(cells, "total")

    def test_hidden_inputs_that_were_kept_are_never_shown(self, engine):
        keeps = "seen = []\ndef double(x):\n    seen.append(x)\n    return 2 * x"
        leaks = f"{RIGHT['total']}\nprint(seen)\nraise type('X' + str(seen[-1]), (ValueError,), {{}})(str(seen))"
        sheet, cells = graded(engine, {**RIGHT, "double": keeps, "total": leaks})
        assert "42" not in self.outputs(cells, "total").replace("id-", "")
        assert "21" not in self.outputs(cells, "total")
        assert "ValueError" in self.outputs(cells, "total")
        assert "21" not in sheet.findings[1].note

    def test_a_hidden_message_is_not_told_and_a_public_one_is(self, engine):
        hidden = "def double(x):\n    return 2 * x if np.size(x) > 1 or x < 9 else 0"
        sheet, _ = graded(engine, {**RIGHT, "double": hidden})
        assert sheet.findings[0].note == "A test failed."
        sheet, _ = graded(engine, {**RIGHT, "double": "def double(x):\n    return x"})
        assert sheet.findings[0].note == "twice two"

    def test_output_is_capped(self, engine):
        floods = f"{RIGHT['double']}\nfor _ in range(3000): print('x' * 10**5)"
        sheet, cells = graded(engine, {**RIGHT, "double": floods})
        assert scores(sheet)["double"] in (0.0, 2.0)  # it may meet the time limit on a slow machine
        assert len(self.outputs(cells, "double")) < 150_000

    def test_figures_become_pictures(self, engine):
        draws = f"{RIGHT['double']}\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])"
        with Engine(PLAN, lambda *about: 1) as patient:
            _, cells = graded(patient, {**RIGHT, "double": draws})
        assert "image/png" in self.outputs(cells, "double")


class TestRepairs:
    def test_a_duplicated_test_cell_counts_once(self, engine):
        sheet, _ = graded(engine, change=lambda cells: cells.append(cell_of(cells, "check_total")))
        assert scores(sheet) == FULL
        assert any("second cell check_total" in repair for repair in sheet.repairs)

    def test_a_deleted_test_cell_is_put_back(self, engine):
        sheet, _ = graded(engine, change=lambda cells: cells.remove(cell_of(cells, "check_total")))
        assert scores(sheet) == FULL
        assert any("missing" in repair and "check_total" in repair for repair in sheet.repairs)

    def test_edited_points_and_tests_do_not_count(self, engine):
        def edit(cells):
            cell_of(cells, "check_total")["source"] = "100"
            cell_of(cells, "check_double")["metadata"]["nbgrader"]["points"] = 500

        sheet, _ = graded(engine, {**RIGHT, "total": STUB}, change=edit)
        assert scores(sheet) == {"double": 2.0, "total": 0.0, "mean": 0.0}
        assert any("changed" in repair and "check_double, check_total" in repair for repair in sheet.repairs)

    def test_the_order_of_the_release_counts(self, engine):
        sheet, _ = graded(engine, change=list.reverse)
        assert scores(sheet) == FULL
        assert any("order" in repair for repair in sheet.repairs)

    def test_a_deleted_exercise_costs_its_own_points(self, engine):
        sheet, _ = graded(engine, change=lambda cells: cells.remove(cell_of(cells, "double")))
        assert scores(sheet) == {**FULL, "double": 0.0}

    def test_a_renamed_notebook_is_recognised(self, engine):
        sheet, _ = graded(engine, name="my homework (1).ipynb")
        assert scores(sheet) == FULL
        assert "my homework" in sheet.repairs[0]

    def test_a_cell_that_the_student_added_is_run_where_it_stands(self, engine):
        def add(cells):
            cells.insert(2, {"cell_type": "code", "metadata": {}, "source": "factor = 2", "outputs": []})

        sheet, _ = graded(engine, {**RIGHT, "double": "def double(x):\n    return factor * x"}, change=add)
        assert scores(sheet) == FULL

    def test_an_exercise_that_became_text_is_still_code(self, engine):
        sheet, _ = graded(engine, change=lambda cells: cell_of(cells, "double").update(cell_type="raw"))
        assert scores(sheet) == FULL

    def test_broken_files_are_refused_with_a_sentence(self, engine):
        whole = json.dumps(notebook(RIGHT))
        for content in (b"", b"{", whole[:-9].encode(), b"\xff\xfe", b"[1]", b'{"nbformat": 3}', b"[" * 10**6):
            (sheet,) = engine.grade(Job("x", "week0", {"small.ipynb": content})).verdict.sheets
            assert sheet.state == "refused"
            assert not sheet.findings
            assert sheet.why.endswith(".")

    def test_an_empty_submission_is_refused_and_a_missing_notebook_is_not_handed_in(self, engine):
        (sheet,) = engine.grade(Job("x", "week0", {})).verdict.sheets
        assert sheet.state == "refused"
        (sheet,) = engine.grade(Job("x", "week0", {"other.ipynb": b'{"nbformat": 4, "cells": []}'})).verdict.sheets
        assert sheet.state == "not handed in"


def test_a_thousand_mutated_notebooks_are_graded_or_refused(engine):
    states = fuzz(engine, 1000, seed=5)
    assert set(states) <= ALLOWED
    assert min(states["graded"], states["refused"]) > 50


def test_points_are_never_more_than_the_maximum_whatever_a_student_returns(engine):
    for value in ("float('nan')", "1e308", "-5", "True", "'4'", "[4]"):
        sheet, _ = graded(engine, {**RIGHT, "total": f"def total(values):\n    return {value}"})
        assert all(0 <= finding.score <= POINTS[finding.grade_id] for finding in sheet.findings)


def test_nothing_stays_behind(engine):
    before = threading.active_count()
    files = sum(1 for _ in Path("/proc/self/fd").iterdir())
    for _ in range(5):
        graded(engine)
    assert threading.active_count() <= before
    assert sum(1 for _ in Path("/proc/self/fd").iterdir()) <= files + 2
