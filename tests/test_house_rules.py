"""The house rules hold in every committed file, and each rule finds an offence that is planted for it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests import rules

ROOT = Path(__file__).resolve().parents[1]

SOLUTION = "def f(x):\n    ### BEGIN SOLUTION\n    y = x + 1\n    # twice\n\n    return 2 * y\n    ### END SOLUTION"
GRADED = {"nbgrader": {"grade_id": "f"}}
STUDENTS_ANSWER = "def g(x):\n    y = x + 1  # one more\n    return 2 * y\n"

# For each rule: the files that break it.
OFFENCES = {
    rules.machine_paths: [("tools/a.py", 'HERE = "/ho' + 'me/ada/course"\n'), ("docs/a.md", "see /t" + "mp/x\n")],
    rules.left_overs: [("helpers/a.py", "x = 1  # TO" + "DO: say why\n"), ("course/a.py", "# FIX" + "ME\n")],
    rules.stored_outputs: [("release/w/a.ipynb", new_notebook(cells=[new_code_cell("1", execution_count=1)]))],
    rules.border_crossings: [
        ("helpers/a.py", "from grader.report.marks import Mark\n"),
        ("grader/b.py", "def f():\n    import helpers.checks\n"),
        ("grader/c.py", "from .. import helpers\n"),
    ],
    rules.undocumented: [("tools/a.py", "x = 1\n"), ("tests/b.py", "# a comment is none\n")],
    rules.leaked_solutions: [
        ("helpers/a.py", STUDENTS_ANSWER),
        ("release/w/a.ipynb", new_notebook(cells=[new_code_cell(STUDENTS_ANSWER)])),
    ],
    rules.hidden_tests: [
        ("release/w/a.ipynb", new_notebook(cells=[new_code_cell("### BEGIN HIDDEN TESTS\n1")])),
        ("release/w/b.ipynb", new_notebook(cells=[new_code_cell("report += checks.f(f, seed=7)")])),
    ],
    rules.loose_requirements: [("requirements.txt", "numpy>=2\n"), ("tests/requirements.txt", "pytest\n")],
}


@pytest.mark.parametrize("rule", OFFENCES, ids=lambda rule: rule.__name__)
def test_the_project_keeps_its_rule(rule):
    offences = rule(ROOT, rules.committed(ROOT))
    assert offences == [], "\n".join(offences)


@pytest.mark.parametrize(
    ("rule", "name", "content"),
    [(rule, *offence) for rule, offences in OFFENCES.items() for offence in offences],
    ids=lambda value: getattr(value, "__name__", value if isinstance(value, str) and "\n" not in value else ""),
)
def test_an_offence_is_found(tmp_path, rule, name, content):
    source = tmp_path / "source" / "w" / "a.ipynb"
    for path in (source, tmp_path / name):
        path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[new_code_cell(SOLUTION, metadata=GRADED)]), source)
    if isinstance(content, str):
        (tmp_path / name).write_text(content, encoding="utf-8")
    else:
        nbformat.write(content, tmp_path / name)
    assert len(rule(tmp_path, [Path("source/w/a.ipynb"), Path(name)])) == 1


def test_a_reworded_answer_is_no_leak(tmp_path):
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "a.py").write_text("y = x + 1\nprint(y)\nreturn 2 * y\n", encoding="utf-8")
    assert rules.leaked_solutions(tmp_path, [Path("helpers/a.py")]) == []


def test_every_dependency_is_pinned():
    tomllib = pytest.importorskip("tomllib", reason="tomllib is in Python 3.11 and newer")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for needed in project["dependencies"]:
        assert f"\n{needed.split('>')[0]}==" in pinned, f"{needed} is not in requirements.txt: run make lock"
