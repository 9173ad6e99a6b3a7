"""What is read from an autograded notebook: the release's questions, and of the file only what belongs on a page."""

import base64
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.feedback.notebook import read_graded
from grader.feedback.released import Question, read_released
from grader.feedback.sheet import Output, Part
from grader.report.verdicts import REPORT_MIME
from tests.grader.feedback.hostile import PICTURE

QUESTIONS = (Question("check_f", "f", 5, written=False), Question("essay", "essay", 0, written=True))
MARKER = "q7Zhidden"


def cell(kind, source, grade_id=None, outputs=None, **metadata):
    about = {} if grade_id is None else {"nbgrader": {"grade_id": grade_id}}
    code = {} if outputs is None else {"outputs": outputs, "execution_count": None}
    return {"cell_type": kind, "id": "a", "metadata": about | metadata, "source": source} | code


def notebook(*cells):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}).encode()


def outcome(name, status, message="", hint=""):
    return {"name": name, "status": status, "message": message, "weight": 1, "hint": hint}


def report(*outcomes, note=""):
    data = {REPORT_MIME: {"outcomes": list(outcomes), "hints": [], "note": note}, "text/plain": MARKER}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def test_the_release_says_which_questions_there_are():
    released = json.dumps(
        {
            "nbformat": 4,
            "cells": [
                {"cell_type": "code", "source": "# no heading", "metadata": {}},
                {"cell_type": "markdown", "source": "# 1.2 Step by step\n\ntext", "metadata": {}},
                {"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": "f", "solution": True}}},
                {
                    "cell_type": "code",
                    "source": "",
                    "metadata": {"nbgrader": {"grade_id": "check_f", "grade": True, "solution": False, "points": 5}},
                },
                {
                    "cell_type": "markdown",
                    "source": "",
                    "metadata": {"nbgrader": {"grade_id": "essay", "grade": True, "solution": True, "points": 0}},
                },
            ],
        }
    ).encode()
    read = read_released("step", released)
    assert (read.title, read.questions) == ("1.2 Step by step", QUESTIONS)


def test_the_last_report_limits_and_note_are_shown_and_nothing_else_of_a_test_cell():
    found = [outcome("part", "failed", "Look at s."), outcome("other", "passed")]
    printed = {"output_type": "stream", "name": "stdout", "text": MARKER}
    stopped = {"output_type": "error", "ename": MARKER, "evalue": MARKER, "traceback": [MARKER]}
    finding = {"score": 1, "maximum": 5, "limits": ["a call took longer than 10 s"], "note": "It stopped."}
    check = cell("code", MARKER, "check_f", [printed, report(outcome("old", "passed")), report(*found), stopped])
    check["metadata"]["grader"] = finding
    [exercise, _] = read_graded(notebook(check), QUESTIONS)
    assert exercise.parts == (Part("part", "failed", "Look at s."), Part("other", "passed"))
    assert exercise.limits == ("a call took longer than 10 s",)
    assert exercise.note == "It stopped."
    assert MARKER not in repr(exercise)


def test_an_exercise_shows_its_code_and_what_it_printed_and_drew():
    drawn = {"image/png": base64.b64encode(PICTURE).decode(), "text/plain": "<Figure>", "text/html": MARKER}
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["a", "b"]},
        {"output_type": "display_data", "data": drawn, "metadata": {}},
        {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": [MARKER]},
        {"output_type": "display_data", "data": {"image/png": "AAAA", "image/svg+xml": MARKER}, "metadata": {}},
    ]
    [exercise, _] = read_graded(notebook(cell("code", ["def f():\n", "    1"], "f", outputs)), QUESTIONS)
    assert exercise.source == "def f():\n    1"
    assert exercise.outputs[:3] == (Output("ab"), Output("<Figure>", PICTURE), Output("ValueError: no"))
    assert exercise.outputs[3] == Output("")
    assert MARKER not in repr(exercise)


def test_the_first_cell_of_a_name_counts_and_cells_of_other_names_are_not_looked_at():
    cells = [cell("code", MARKER, "check_g", []), cell("code", "first", "f", []), cell("code", MARKER, "f", [])]
    [exercise, _] = read_graded(notebook(*cells, cell("code", MARKER)), QUESTIONS)
    assert exercise.source == "first"
    assert MARKER not in repr(exercise)


def test_an_exercise_not_begun_is_told_from_a_wrong_one():
    for hint, begun in (("not_written", False), ("", True)):
        check = cell("code", "", "check_f", [report(outcome("part", "failed", "Write it.", hint))])
        assert read_graded(notebook(check), QUESTIONS)[0].begun is begun


def test_a_broken_file_is_named_and_a_missing_one_is_no_trouble():
    with pytest.raises(ValueError, match="the autograded notebook is broken"):
        read_graded(b"{", QUESTIONS)
    with pytest.raises(ValueError, match="the autograded notebook is broken"):
        read_graded(b"[" * 200_000, QUESTIONS)
    assert [exercise.name for exercise in read_graded(b"", QUESTIONS)] == ["f", "essay"]


KEYS = [
    "cells",
    "metadata",
    "nbgrader",
    "grade_id",
    "outputs",
    "data",
    "source",
    "output_type",
    "outcomes",
    "status",
    "limits",
    "grader",
]
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
)


@given(fields=st.dictionaries(st.sampled_from(["outputs", "source", "cell_type", "grader"]), JSON), rest=JSON)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_fields_of_any_type_do_no_harm(fields, rest):
    checks = [{"metadata": {"nbgrader": {"grade_id": name}, "grader": rest}} | fields for name in ("f", "check_f")]
    assert len(read_graded(json.dumps({"cells": [*checks, rest]}).encode(), QUESTIONS)) == 2
    assert len(read_graded(json.dumps(rest).encode(), QUESTIONS)) == 2
