"""The anchor explorer gives slots and moves anchors as its Python twin does, by mouse and by keyboard."""

import re

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets import anchors

pytestmark = pytest.mark.browser

CAR_AND_PEDESTRIAN = np.array(list(anchors.EXAMPLE.values()))
PAIR = np.array(anchors.TALL_AND_WIDE)


def table(shown):
    """The table's rows, words cut to numbers: cell, overlaps, slot."""
    rows = shown.page.locator(".rf-table tr").all_inner_texts()
    return [[float(number) for number in re.findall(r"\d+(?:\.\d+)?", row.split("\t", 1)[1])] for row in rows[2:]]


def expected_table(boxes, shapes, grid):
    seen = anchors.slots(np.array(boxes), np.array(shapes), grid)
    rows = zip(seen.places.tolist(), seen.overlaps, strict=True)
    return [[*place[:2], *(round(share, 2) for share in shares), *place] for place, shares in rows]


def assert_same(rows, expected):
    assert len(rows) == len(expected)
    for row, wanted in zip(rows, expected, strict=True):
        assert np.allclose(row, wanted, atol=0.0051)


def point(shown, name, x, y):
    """A point of the page, from one of a sheet in parts of its sides."""
    box = shown.page.get_by_label(re.compile(name)).bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def test_taking_an_anchor_away_makes_car_and_pedestrian_collide(show) -> None:
    shown = show(widgets.anchor_explorer())
    assert_same(table(shown), expected_table(CAR_AND_PEDESTRIAN, PAIR, 3))
    assert "Every object has a slot of its own" in shown.said
    slider = shown.page.get_by_label("anchors", exact=True)
    slider.focus()
    slider.press("ArrowLeft")
    shown.settle()
    assert shown.said.startswith("Collision: car and pedestrian want the slot at row 1, column 1, anchor 0")
    assert "✕ 2 objects" in shown.page.locator(".rf-slots").inner_html()
    assert_same(table(shown), expected_table(CAR_AND_PEDESTRIAN, PAIR[:1], 3))
    slider.press("ArrowRight")
    shown.settle()
    assert_same(table(shown), expected_table(CAR_AND_PEDESTRIAN, PAIR, 3))
    assert shown.keys == []


def test_pressing_alt_and_left_again_and_again_makes_a_narrow_car_collide(show) -> None:
    shown = show(widgets.anchor_explorer())
    shown.page.get_by_role("button", name=re.compile("^car: ")).focus()
    boxes, collided = CAR_AND_PEDESTRIAN.copy(), []
    for _ in range(30):
        shown.page.keyboard.press("Alt+ArrowLeft")
        shown.settle()
        boxes[0, 2] -= 0.01
        assert_same(table(shown), expected_table(boxes.round(4), PAIR, 3))
        collided.append(shown.said.startswith("Collision: car and pedestrian want the slot at row 1, column 1"))
    assert collided == [width < 0.25 for width in np.arange(45, 15, -1) / 100]
    assert shown.keys == []


@pytest.mark.parametrize("side", [0, 2])
@pytest.mark.parametrize("down", [1, 3])
def test_pulling_a_corner_of_the_car_inwards_makes_it_collide(show, side, down) -> None:
    shown = show(widgets.anchor_explorer())
    sheet, box = "the picture with its objects", CAR_AND_PEDESTRIAN[0]
    shown.page.mouse.move(*point(shown, sheet, box[side], box[down]))
    shown.page.mouse.down()
    collided = []
    for width in np.arange(44, 19, -2) / 100:
        across = box[2] - width if side == 0 else box[0] + width
        shown.page.mouse.move(*point(shown, sheet, across, box[down]))
        shown.settle()
        collided.append(shown.said.startswith("Collision: car and pedestrian"))
    assert collided == [width < 0.25 for width in np.arange(44, 19, -2) / 100]
    shown.page.mouse.up()


def test_an_object_is_dragged_to_another_cell_and_moved_by_keys(show) -> None:
    shown = show(widgets.anchor_explorer())
    sheet = "the picture with its objects"
    shown.drag(point(shown, sheet, 0.3, 0.6), point(shown, sheet, 0.4, 0.9), steps=4)
    label = shown.page.get_by_role("button", name=re.compile("^car: row 2, column 1"))
    assert label.count() == 1
    label.focus()
    for key in ("Shift+ArrowUp", "Shift+ArrowUp", "ArrowUp", "Alt+Shift+ArrowLeft", "Alt+ArrowDown"):
        label.press(key) if label.count() else shown.page.locator(":focus").press(key)
    shown.settle()
    moved = CAR_AND_PEDESTRIAN.copy()
    moved[0] += [0.1, 0.3, 0.1, 0.3]
    moved[0] -= [0, 0.21, 0.1, 0.21 - 0.01]
    assert_same(table(shown), expected_table(moved, PAIR, 3))
    assert shown.keys == []


def test_an_object_is_drawn_added_and_deleted(show) -> None:
    shown = show(widgets.anchor_explorer(grid=4))
    sheet = "the picture with its objects"
    shown.drag(point(shown, sheet, 0.02, 0.02), point(shown, sheet, 0.22, 0.12))
    assert_same(table(shown), expected_table([*CAR_AND_PEDESTRIAN, [0.02, 0.02, 0.22, 0.12]], PAIR, 4))
    shown.page.get_by_role("button", name="add an object").press("Enter")
    shown.page.locator(":focus").press("Delete")
    shown.page.locator(":focus").press("Delete")
    shown.settle()
    assert_same(table(shown), expected_table(CAR_AND_PEDESTRIAN, PAIR, 4))
    shown.page.locator(":focus").press("Delete")
    shown.page.locator(":focus").press("Delete")
    shown.settle()
    assert shown.problem == "One object has to stay." and len(table(shown)) == 1
    assert shown.keys == []


def test_objects_that_are_added_do_not_hide_each_other(show) -> None:
    shown = show(widgets.anchor_explorer())
    for _ in range(4):
        shown.page.get_by_role("button", name="add an object").click()
        shown.settle()
    corners = shown.page.locator("[aria-roledescription=box] .rf-box").evaluate_all(
        "all => all.map(one => [one.getAttribute('x'), one.getAttribute('y')].join())"
    )
    assert len(set(corners[:6])) == 6
    assert shown.problem == ""


def test_that_a_mean_is_not_the_best_shape_is_said_when_the_mean_overlap_falls(show) -> None:
    shown = show(widgets.anchor_explorer())
    beside = shown.page.locator(".rf-beside")
    step = shown.page.get_by_role("button", name="step ▶")
    shown.page.get_by_label("anchors", exact=True).fill("3")
    shown.settle()
    path = [float(re.search(r"nearest anchor: ([\d.]+)\.", beside.inner_text())[1])]
    while "no anchor moves any more" not in beside.inner_text():
        step.click()
        shown.settle()
        path.append(float(re.search(r"nearest anchor: ([\d.]+)\.", beside.inner_text())[1]))
        fell = min(np.diff(path)) < 0
        assert ("is not the shape that overlaps the group best" in beside.inner_text()) == fell
        assert len(path) < 40
    assert min(np.diff(path)) < 0 < path[-1] - path[0]


def test_anchors_step_to_the_means_of_their_groups_until_they_rest(show) -> None:
    first = np.array([[0.3, 0.3], [0.4, 0.4], [0.2, 0.2]])
    shown = show(widgets.anchor_explorer(anchors=first))
    shapes = anchors._made_up_shapes()
    step = shown.page.get_by_role("button", name="step ▶")
    current, means = first, []
    for _ in range(3):
        seen = anchors.pull(shapes, current)
        means.append(seen.mean)
        said = shown.page.locator(".rf-beside").inner_text()
        assert f"Mean overlap with the nearest anchor: {seen.mean:.3g}." in said
        for index, count in enumerate(np.bincount(seen.nearest, minlength=3)):
            assert re.search(f"anchor {index}: .*, nearest to {count} of 150", said)
        current = seen.moved
        step.press("Enter")
        shown.settle()
    assert_same(table(shown), expected_table(CAR_AND_PEDESTRIAN, current, 3))
    for _ in range(12):
        step.click()
    shown.settle()
    assert "no anchor moves any more" in shown.page.locator(".rf-beside").inner_text()
    for _ in range(15):
        shown.page.get_by_role("button", name="◀ back").click()
    shown.settle()
    assert f"nearest anchor: {means[0]:.3g}." in shown.page.locator(".rf-beside").inner_text()


def test_an_anchor_is_dragged_by_its_corner_and_changed_by_keys(show) -> None:
    shown = show(widgets.anchor_explorer())
    shown.drag(point(shown, "^shapes by width", 0.16, 0.46), point(shown, "^shapes by width", 0.36, 0.36))
    shown.page.get_by_role("button", name=re.compile("^anchor 1, width")).focus()
    shown.page.locator(":focus").press("Shift+ArrowUp")
    shown.page.locator(":focus").press("ArrowRight")
    shown.settle()
    assert_same(table(shown), expected_table(CAR_AND_PEDESTRIAN, [[0.36, 0.36], [0.49, 0.12]], 3))
    assert shown.keys == []


def test_the_grid_can_be_finer(show) -> None:
    shown = show(widgets.anchor_explorer())
    slider = shown.page.get_by_label("cells a side")
    slider.focus()
    for _ in range(9):
        slider.press("ArrowRight")
    shown.settle()
    assert "7 \u00d7 7 \u00d7 2 \u00d7 8" in shown.page.locator(".rf-body").inner_text()
    assert_same(table(shown), expected_table(CAR_AND_PEDESTRIAN, PAIR, 7))


@pytest.mark.parametrize("count", [1, 4, 5])
def test_a_narrow_page_has_room_for_every_anchor(show, count) -> None:
    shown = show(widgets.anchor_explorer(), width=380)
    shown.page.get_by_label("anchors", exact=True).fill(str(count))
    for _ in range(4):
        shown.page.get_by_role("button", name="add an object").click()
    shown.settle()
    assert shown.page.locator(".rf-best").count() == 6
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380
    view = shown.page.locator(".rf-view").bounding_box()
    inner = shown.page.locator(".rf-table").bounding_box()
    assert inner["x"] + inner["width"] <= view["x"] + view["width"]
    assert shown.violations() == []


@pytest.mark.parametrize("dark", [False, True])
def test_anyone_can_use_it(show, dark) -> None:
    shown = show(widgets.anchor_explorer(anchors=[[0.3, 0.3]]), dark=dark, width=380)
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380
    assert shown.requests == []
