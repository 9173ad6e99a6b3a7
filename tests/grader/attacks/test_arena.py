"""The arena notices when an attack proves nothing, and when one wins."""

import dataclasses

from tests.grader.attacks.assignment import FULL, RIGHT
from tests.grader.attacks.case import Attack, damages, gains, learns, lingers, loses, shows
from tests.grader.attacks.forgery import ATTACKS
from tests.grader.attacks.ground import VICTIM, honest


def faults(arena, attack):
    return " ".join(arena.faults(attack))


def test_an_attack_that_the_control_withstands_proves_nothing(arena):
    assert "proves nothing" in faults(arena, Attack("T1", "nothing at all", gains))


def test_right_answers_are_no_attack(arena):
    both = [arena.control(honest("T2")), arena.engine(honest("T2"))]
    for outcome in both:
        assert sum(outcome.marks.values()) == FULL
        assert not any(question(outcome) for question in (gains, loses, learns, damages, lingers))


def test_marks_that_are_not_deserved_are_noticed(arena):
    attack = Attack("T3", "right answers that count as none", gains, cells=RIGHT)
    found = faults(arena, attack)
    assert "it won" in found and "it gained marks" in found and "proves nothing" not in found


def test_a_secret_that_can_be_read_is_noticed(arena):
    secret = arena.secrets[0]
    for form in (secret, secret[::-1].upper(), secret.encode().hex()):
        outcome = arena.engine(Attack("T4", "tells", learns, cells={"blend": f"print({form!r})"}))
        assert learns(outcome)


def test_damage_to_the_course_is_noticed(arena):
    def place(folder, root):
        (root / "submitted" / VICTIM / "new.txt").write_text("here", encoding="utf-8")

    before = arena.ground.state("T5")
    try:
        place(None, arena.ground.root)
        assert arena.ground.state("T5") != before
        assert arena.ground.state(VICTIM) == {k: v for k, v in before.items() if VICTIM not in k}
    finally:
        (arena.ground.root / "submitted" / VICTIM / "new.txt").unlink()


def test_what_a_student_reads_is_what_the_question_is_asked_of(arena):
    attack = Attack("T6", "prints", shows("seen-by-all"), cells={"blend": "print('seen-by' + '-all')"})
    assert faults(arena, attack).startswith("it won")


def test_an_attack_that_is_made_twice_leaves_nothing_in_the_course(arena):
    attack = dataclasses.replace(ATTACKS[0], id="T7")
    before = arena.ground.state("")
    assert arena.faults(attack) == arena.faults(attack) == []
    arena.ground.forget("student-T7")
    marks = {key for key in arena.ground.state("") if "student-T7" in key}
    assert {k: v for k, v in arena.ground.state("").items() if k not in marks} == before
