"""The whole sample class on the real weeks: each student gets what the checks say of the answers handed in."""

import csv
import re

import pytest

from grader.report.marks import read_marks
from tests.course.lessons import NOTEBOOK_OF, NOTEBOOKS, SYLLABUS, cells_of_role, check_of, reference, run
from tests.course.sample_class.material import read_material
from tests.course.sample_class.students import CLASSIC_BUGS, STUDENTS
from tools import demo
from tools.syllabus import ROOT

pytestmark = pytest.mark.slow

WEEKS = [week.id for week in SYLLABUS.weeks]
RIGHT = ["ada_perfect", "ben_other_style", "finn_late", "gus_noisy", "hana_tensorflow"]
RIGHT += ["lea_renamed", "mia_moved_cells", "noa_floods"]
FULL = {function: notebook.points[function] for _, notebook in NOTEBOOKS.values() for function in notebook.points}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The demo's course folder after the demo has run once."""
    course = tmp_path_factory.mktemp("demo") / "course"
    assert demo.main(ROOT, course) == 0
    return course


@pytest.fixture(scope="module")
def marks(graded):
    """By week and student: the result, and its marks by function."""
    found = {}
    for week in WEEKS:
        for result in read_marks(graded, week):
            by_function = {mark.name.removeprefix("check_"): mark for sheet in result.sheets for mark in sheet.marks}
            found[week, result.student] = result, by_function
    return found


def of(week):
    """The answers that the class can choose from."""
    notebooks = [notebook.name for entry in SYLLABUS.weeks if entry.id == week for notebook in entry.notebooks]
    return read_material(ROOT / "source" / week, notebooks)


def points_of(function, text):
    """What the check cell gives for an answer, public and hidden run together; the seed is another than in grading."""
    notebook, seed = NOTEBOOK_OF[function], 1
    namespace = reference(notebook)
    run(text, namespace, f"<{function} of the sample class>")
    check = check_of(function)
    report = check(namespace[function]) + check(namespace[function], seed=seed)
    return report.points(FULL[function])


@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize("name", RIGHT)
def test_right_answers_of_every_style_get_all_points(marks, week, name):
    result, by_function = marks[week, name]
    assert {f: m.points for f, m in by_function.items()} == {f: FULL[f] for f in by_function}
    assert result.total == 100


@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize("name", ["dan_empty", "cleo_half_done"])
def test_what_is_not_written_gets_nothing_and_costs_nothing_else(marks, week, name):
    student = next(student for student in STUDENTS if student.name == name)
    material = of(week)
    for function, mark in marks[week, name][1].items():
        written = student.writes(material, week, function) is not None
        assert mark.points == (FULL[function] if written else 0), function
        assert written or mark.verdict.causes == ("not_written",)


@pytest.mark.parametrize("week", WEEKS)
def test_each_bug_costs_its_own_points_and_is_named(marks, week):
    material, bugs = of(week), CLASSIC_BUGS[week]
    assert len(bugs) == 3
    for function, mark in marks[week, "eva_three_classic_bugs"][1].items():
        if function in bugs:
            assert mark.points == points_of(function, material.wrong(function, bugs[function])) < FULL[function]
            assert bugs[function] in mark.verdict.causes
        else:
            assert mark.points == FULL[function], function


@pytest.mark.parametrize("week", WEEKS)
def test_everybody_ends_in_the_expected_state(marks, week):
    ends = {student.name: student.ends for student in STUDENTS}
    assert {name: result.state for (of_week, name), (result, _) in marks.items() if of_week == week} == ends


@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize("name", ["ines_crashes", "jon_never_ends"])
def test_a_crash_or_an_endless_loop_costs_only_the_question_it_is_in(marks, week, name):
    first = next(iter(of(week).references))
    lost = {function for function, mark in marks[week, name][1].items() if mark.points < FULL[function]}
    assert lost == {first}


@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize("name", ["kai_broken_file", "otto_pipe"])
def test_a_file_that_cannot_be_read_takes_nothing_from_the_others_and_is_no_zero(marks, week, name):
    result, _ = marks[week, name]
    assert result.total is None
    totals = [sheet.total for sheet in result.sheets if sheet.state != "refused"]
    assert len(totals) == len(result.sheets) - 1
    assert totals == [sum(mark.maximum for mark in s.marks) for s in result.sheets if s.state != "refused"]


@pytest.mark.parametrize("week", WEEKS)
def test_nothing_is_no_zero_and_an_attack_gains_nothing(marks, week):
    assert marks[week, "pia_nothing"][0].total is None
    assert marks[week, "quinn_attacks"][0].total == 0


@pytest.mark.parametrize("week", WEEKS)
def test_only_finn_is_late(marks, week):
    late = {result.student for (of_week, _), (result, _) in marks.items() if of_week == week and result.seconds_late}
    assert late == {"finn_late"}


@pytest.mark.parametrize("week", WEEKS)
def test_a_written_answer_waits_for_a_person_and_a_missing_one_does_not(marks, week):
    for student in STUDENTS:
        if student.ends == "refused":
            continue
        readings = {sheet.reading for sheet in marks[week, student.name][0].sheets} - {""}
        assert readings == {"to be graded by hand" if student.reflects else "no answer"}


def test_answers_in_another_style_are_really_other_answers():
    for week in WEEKS:
        material = of(week)
        styles = {s.name: [s.writes(material, week, f) for f in material.references] for s in STUDENTS}
        reference_texts = styles["ada_perfect"]
        differ = [mine != theirs for mine, theirs in zip(styles["ben_other_style"], reference_texts, strict=True)]
        assert sum(differ) > len(differ) / 2
        assert sum("tensorflow" in text for text in styles["hana_tensorflow"]) > len(reference_texts) / 2


def test_the_export_agrees_with_the_table(graded, marks):
    with (graded / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    assert rows.keys() == marks.keys()
    for key, row in rows.items():
        total = marks[key][0].total
        assert row["score"] == "" if total is None else float(row["score"]) == pytest.approx(total)
        assert row["max_score"] == "100.0"


def test_feedback_of_nobody_shows_a_hidden_seed(graded):
    pages = [path.read_text(encoding="utf-8") for path in (graded / "feedback").rglob("*.html")]
    assert len(pages) == len(STUDENTS) * len(NOTEBOOKS)
    seeds = {
        seed
        for notebook in NOTEBOOKS
        for cell in cells_of_role(notebook, "check")
        for seed in re.findall(r"seed=\d+", cell.source)
    }
    assert len(seeds) == len(FULL)
    for page in pages:
        assert not [seed for seed in seeds if seed in page]
        assert "HIDDEN TESTS" not in page
