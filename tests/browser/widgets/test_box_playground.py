"""The box playground counts and strikes out what Python does, and shows where a learner's function departs."""

import numpy as np
import pytest

from helpers import widgets
from helpers.overlap import areas, shared_part, survivors

pytestmark = pytest.mark.browser

PAIR = [(2, 1, 4, 3), (1, 2, 3, 4)]
BOXES = [(8, 20, 46, 48), (12, 16, 51, 44), (58, 20, 94, 48), (55, 25, 91, 54), (62, 18, 96, 44)]
SCORES = [0.9, 0.75, 0.8, 0.5, 0.65]


def boxes_on(shown):
    """Corners of the boxes on the stage, (n, 4)."""
    return np.array(
        shown.page.evaluate(
            """[...document.querySelectorAll('.rf-stage')].find(stage => stage.checkVisibility())
            .querySelectorAll('.rf-box').values().map(box => ['x', 'y', 'width', 'height']
            .map(key => Number(box.getAttribute(key)))).map(([x, y, w, h]) => [x, y, x + w, y + h]).toArray()"""
        )
    )


def point(shown, x, y):
    """Where (x, y) of the sheet lies on the page."""
    return tuple(
        shown.page.evaluate(
            """([x, y]) => { const stage = [...document.querySelectorAll('.rf-stage')].find(s => s.checkVisibility());
            const at = new DOMPoint(x, y).matrixTransform(stage.getScreenCTM()); return [at.x, at.y]; }""",
            [x, y],
        )
    )


def column(shown, number):
    """A column of the table of boxes."""
    cells = shown.page.locator(f".rf-list tbody td:nth-child({number})").all_inner_texts()
    return [cell.strip() for cell in cells]


def test_two_boxes_are_counted_as_they_are_dragged_and_pulled(show):
    shown = show(widgets.box_playground(PAIR))
    assert shown.said.startswith("IoU = 1 / 7 = 0.1429: below 0.5")
    shown.drag(point(shown, 3.5, 1.5), point(shown, 2.5, 2.5))
    assert boxes_on(shown).tolist() == [[1, 2, 3, 4], [1, 2, 3, 4]]
    assert shown.said.startswith("IoU = 4 / 4 = 1: at least 0.5")
    shown.drag(point(shown, 3, 4), point(shown, 2, 3.5))
    pulled = boxes_on(shown)
    assert sorted(pulled.tolist()) == [[1, 2, 2, 3.5], [1, 2, 3, 4]]
    shared, covered = (float(area[0, 1]) for area in areas(pulled, pulled))
    assert f"IoU = {shared:g} / {covered:g} = {shared / covered:.3g}" in shown.said


def test_two_boxes_are_moved_and_pulled_by_keyboard(show):
    shown = show(widgets.box_playground(PAIR))
    second = shown.page.get_by_role("button", name="box B")
    second.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Alt+ArrowRight", "Alt+ArrowUp"):
        second.press(key)
    shown.settle()
    assert boxes_on(shown)[1].tolist() == [2, 1.5, 4.5, 3]
    assert shown.said.startswith("IoU = 3 / 4.75 = 0.6316")
    assert shown.keys == []


def test_nobody_can_drag_a_box_off_the_sheet_or_turn_it_inside_out(show):
    shown = show(widgets.box_playground(PAIR))
    shown.drag(point(shown, 3.5, 1.5), (2, 2))
    assert boxes_on(shown)[0].tolist() == [0, 0, 2, 2]
    shown.drag(point(shown, 1, 4), point(shown, 4.9, 0))
    x1, y1, x2, y2 = boxes_on(shown)[1]
    assert x1 < x2 == 3 and y1 == 2 < y2


def test_a_small_box_is_taken_hold_of_though_a_larger_one_lies_over_it(show):
    shown = show(widgets.box_playground([(3, 3, 5, 5), (1, 1, 8, 8)]))
    shown.drag(point(shown, 4, 4), point(shown, 5, 4))
    assert boxes_on(shown).tolist() == [[4, 3, 6, 5], [1, 1, 8, 8]]


def test_the_boxes_left_are_pythons_wherever_thresholds_and_boxes_go(show):
    shown = show(widgets.box_playground(BOXES, SCORES))
    assert column(shown, 4) == ["✓ stays", "✕ struck out", "✓ stays", "✕ score too low", "✕ struck out"]
    share = shown.page.get_by_label("IoU from")
    share.fill("0.65")
    shown.page.get_by_label("scores above").fill("0.3")
    shown.drag(point(shown, 14, 30), point(shown, 14, 39))
    boxes = boxes_on(shown)
    assert boxes[0].tolist() == [8, 29, 46, 57]
    left = [i for i, text in enumerate(column(shown, 4)) if "stays" in text]
    assert left == sorted(survivors(boxes, SCORES, 0.65, 0.3)) == [0, 1, 2, 3]
    assert shown.said == "Step 6 of 6: Left: A (0.9), B (0.75), C (0.8), D (0.5)."


def test_classes_strike_out_their_own_unless_told_otherwise(show):
    shown = show(widgets.box_playground())
    shown.page.get_by_text("several boxes").click()
    shown.settle()
    assert shown.said.endswith("Left: A (0.9), E (0.8), G (0.65).")
    shown.page.get_by_label("each class by itself").press("Space")
    shown.settle()
    assert shown.said.endswith("Left: A (0.9), E (0.8).")
    assert shown.keys == []


def test_the_algorithm_is_told_step_by_step(show):
    shown = show(widgets.box_playground(BOXES, SCORES))
    told = [shown.said]
    back = shown.page.get_by_role("button", name="back")
    while not told[-1].startswith("Step 0"):
        back.press("Enter")
        shown.settle()
        told.append(shown.said)
    assert [line.partition(": ")[2] for line in reversed(told)] == [
        "5 boxes, each with a score. Nothing is decided yet.",
        "D goes: its score 0.5 is not above 0.6.",
        "A (0.9) has the largest score of those that wait: it stays.",
        f"B (0.75) goes: it shares {shared_part(BOXES[1], BOXES[0]):.3g} with A, which is 0.5 or more.",
        "C (0.8) has the largest score of those that wait: it stays.",
        f"E (0.65) goes: it shares {shared_part(BOXES[4], BOXES[2]):.3g} with C, which is 0.5 or more.",
        "Left: A (0.9), C (0.8).",
    ]
    assert set(column(shown, 4)) == {"waits"}


def test_boxes_are_drawn_scored_and_deleted_by_mouse_and_keyboard(show):
    shown = show(widgets.box_playground(BOXES, SCORES))
    shown.drag(point(shown, 20, 55), point(shown, 40, 59))
    assert boxes_on(shown)[5].tolist() == [20, 55, 40, 59]
    shown.page.get_by_label("score", exact=True).fill("0.95")
    shown.settle()
    assert column(shown, 3)[5] == "0.95" and "F (0.95)" in shown.said
    shown.page.get_by_role("button", name="add a box").press("Enter")
    shown.settle()
    assert len(boxes_on(shown)) == 7
    for _ in range(7):
        shown.page.locator(".rf-stage [role=button]").first.press("Delete")
        shown.settle()
    assert len(boxes_on(shown)) == 0 and shown.said.endswith("No box is left.")
    assert shown.problem == "" and shown.keys == []


def test_a_counter_example_comes_onto_the_stage(show):
    view = widgets.box_playground(iou=lambda a, b: 1.0 if a == (0, 0, 4, 4) else shared_part(a, b))
    shown = show(view)
    search = shown.page.get_by_role("button", name="search")
    assert search.is_disabled(), "nobody listens yet"
    shown.answer_as_python(view)
    search.click()
    shown.page.wait_for_selector("text=expected 1/4")
    shown.settle()
    assert boxes_on(shown).tolist() == [[0, 0, 4, 4], [1, 1, 3, 3]]
    assert shown.page.get_by_label("two boxes on squared paper").bounding_box()["height"] > 100
    shown.page.get_by_role("button", name="run my iou").click()
    shown.page.wait_for_selector("text=expected 1/4")


def test_a_right_function_agrees_and_a_broken_one_leaves_the_view_alive(show):
    def non_max_suppression(boxes, scores, iou_threshold, score_threshold):
        if score_threshold < 0.5:
            raise RuntimeError("<b>no</b>")
        return survivors(boxes, scores, iou_threshold, score_threshold)

    view = widgets.box_playground(BOXES, SCORES, ["a", "a", "b", "b", "a"], non_max_suppression=non_max_suppression)
    shown = show(view)
    shown.answer_as_python(view)
    run = shown.page.get_by_role("button", name="run my non_max_suppression")
    run.click()
    shown.page.wait_for_selector("text=agrees: [0, 2, 4] (A, C, E) left")
    shown.page.get_by_label("scores above").fill("0.4")
    run.click()
    shown.page.wait_for_selector("text=RuntimeError: <b>no</b>")
    shown.page.get_by_role("button", name="search").click()
    shown.page.wait_for_selector("text=on the stage now")
    shown.settle()
    assert len(boxes_on(shown)) == 2 and shown.page.get_by_label("scores above").input_value() == "0.25"


def hold_answers(shown):
    """Python's answers wait until `window.release()` is called."""
    shown.page.evaluate(
        """() => { const real = window.askPython; const held = new Promise((go) => (window.release = go));
        window.askPython = async (asked) => { const answer = await real(asked); await held; return answer; }; }"""
    )


@pytest.mark.parametrize("question", ["run my iou", "search"])
def test_an_answer_about_boxes_that_were_moved_meanwhile_is_dropped(show, question):
    view = widgets.box_playground(PAIR, iou=lambda a, b: 0.75)
    shown = show(view)
    shown.answer_as_python(view)
    hold_answers(shown)
    buttons = [shown.page.get_by_role("button", name=name) for name in ("run my iou", "search")]
    shown.page.get_by_role("button", name=question).click()
    shown.page.get_by_role("button", name="box B").press("ArrowRight")
    shown.settle()
    assert all(button.is_disabled() for button in buttons), "Python is still at it"
    moved = boxes_on(shown).tolist()
    shown.page.evaluate("window.release()")
    shown.page.wait_for_function("!document.querySelector('.rf-view button[disabled]')")
    shown.settle()
    assert shown.page.locator(".rf-verdict").inner_text() == "" and shown.problem == ""
    assert boxes_on(shown).tolist() == moved
    buttons[0].click()
    shown.page.wait_for_selector("text=is 0.75, expected")


def test_without_boxes_the_function_is_asked_too(show):
    view = widgets.box_playground([(0, 0, 4, 4)], [0.9], non_max_suppression=lambda boxes, *_: [boxes[0][0]])
    shown = show(view)
    shown.answer_as_python(view)
    shown.page.locator(".rf-stage [role=button]").first.press("Delete")
    shown.settle()
    shown.page.get_by_role("button", name="run my").click()
    shown.page.wait_for_selector("text=IndexError")


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(show, dark):
    shown = show(widgets.box_playground(iou=shared_part, non_max_suppression=survivors), dark=dark, width=380)
    assert shown.violations() == []
    shown.page.get_by_text("several boxes").click()
    shown.settle()
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380
    assert shown.requests == []
