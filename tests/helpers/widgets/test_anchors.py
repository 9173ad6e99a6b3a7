"""The anchor explorer gives each object the slot that counting pixels and comparing one by one would give it."""

import numpy as np
import pytest

from helpers import plots, widgets
from helpers.overlap import shared_parts
from helpers.widgets import anchors

RNG = np.random.default_rng(7)


def on_a_raster(one, other, dots=200):
    """Overlap of two centred shapes by counting the dots of a fine raster."""
    middles = (np.arange(dots) + 0.5) / dots - 0.5
    inside = [
        (np.abs(middles)[:, None] < height / 2) & (np.abs(middles)[None, :] < width / 2)
        for width, height in (one, other)
    ]
    return (inside[0] & inside[1]).sum() / (inside[0] | inside[1]).sum()


def random_boxes(count, rng=RNG):
    corners = np.sort(rng.integers(0, 101, (count, 2, 2)) / 100, axis=1)
    corners[:, 1] = np.maximum(corners[:, 1], corners[:, 0] + 0.05)
    return corners.reshape(count, 4).clip(0, 1)[corners[:, 0].max(axis=1) < 0.95]


def test_the_shape_overlap_is_what_a_raster_counts() -> None:
    boxes, shapes = random_boxes(12), RNG.integers(1, 50, (4, 2)) / 50
    seen = anchors.slots(boxes, shapes, 3)
    for box, row in zip(boxes, seen.overlaps, strict=True):
        expected = [on_a_raster(box[2:] - box[:2], shape) for shape in shapes]
        assert np.allclose(row, expected, atol=0.02)


def test_boxes_share_what_a_raster_of_their_coordinates_counts() -> None:
    boxes = np.sort(RNG.integers(0, 30, (15, 2, 2)), axis=1).reshape(15, 4)
    boxes[:, 2:] += 1
    sheets = np.zeros((15, 31, 31), bool)
    for sheet, (x1, y1, x2, y2) in zip(sheets, boxes, strict=True):
        sheet[y1:y2, x1:x2] = True
    both = (sheets[:, None] & sheets[None]).sum((2, 3))
    any_of_them = (sheets[:, None] | sheets[None]).sum((2, 3))
    assert np.allclose(shared_parts(boxes.astype(float), boxes.astype(float)), both / any_of_them)


@pytest.mark.parametrize("grid", [1, 2, 3, 7])
def test_the_midpoint_chooses_the_cell(grid) -> None:
    boxes = random_boxes(60)
    places = anchors.slots(boxes, np.array([[0.3, 0.3]]), grid).places
    for (x1, y1, x2, y2), (row, column, _) in zip(boxes, places, strict=True):
        assert (row, column) == (int((y1 + y2) / 2 * grid), int((x1 + x2) / 2 * grid))


def test_the_example_collides_with_one_anchor_and_not_with_two() -> None:
    boxes = np.array(list(anchors.EXAMPLE.values()))
    pair = np.array(anchors.TALL_AND_WIDE)
    assert anchors.slots(boxes, pair, 3).clashes == ()
    assert anchors.slots(boxes, pair, 3).places.tolist() == [[1, 1, 1], [1, 1, 0]]
    assert anchors.slots(boxes, pair[:1], 3).clashes == ((0, 1),)
    assert np.allclose(boxes[0, :2] + boxes[0, 2:], boxes[1, :2] + boxes[1, 2:])


def test_a_car_pulled_narrow_on_either_side_collides_with_the_pedestrian() -> None:
    car, pedestrian = np.array(list(anchors.EXAMPLE.values()))
    pair = np.array(anchors.TALL_AND_WIDE)
    for width in np.arange(45, 17, -1) / 100:
        for narrow in ([car[0], car[1], car[0] + width, car[3]], [car[2] - width, car[1], car[2], car[3]]):
            clashes = anchors.slots(np.array([narrow, pedestrian]), pair, 3).clashes
            assert clashes == (((0, 1),) if width < 0.25 else ())


def test_a_step_moves_each_anchor_to_the_mean_of_its_shapes() -> None:
    shapes, first = RNG.uniform(0.05, 0.9, (80, 2)), RNG.uniform(0.1, 0.8, (4, 2))
    step = anchors.pull(shapes, first)
    one_by_one = [[min(s[0], a[0]) * min(s[1], a[1]) for a in first] for s in shapes]
    shares = np.array(one_by_one) / (shapes.prod(axis=1)[:, None] + first.prod(axis=1) - np.array(one_by_one))
    assert np.array_equal(step.nearest, shares.argmax(axis=1))
    assert np.isclose(step.mean, shares.max(axis=1).mean())
    for index, to in enumerate(step.moved):
        assert np.allclose(to, shapes[step.nearest == index].mean(axis=0))


def test_an_anchor_without_shapes_stays() -> None:
    step = anchors.pull(np.array([[0.1, 0.1], [0.12, 0.1]]), np.array([[0.1, 0.1], [0.9, 0.9]]))
    assert step.moved[1].tolist() == [0.9, 0.9]


def test_the_words_name_slots_collisions_and_the_mean_overlap() -> None:
    view = widgets.anchor_explorer()
    assert "car goes to row 1, column 1, anchor 1 (shape overlap 0.76)" in view.alt
    assert "No two objects want the same slot" in view.alt
    mean = anchors.pull(anchors._made_up_shapes(), np.array(anchors.TALL_AND_WIDE)).mean
    assert f"nearest anchor by {mean:.2f} on average" in view.alt
    alone = widgets.anchor_explorer(anchors=anchors.TALL_AND_WIDE[:1])
    assert "car and pedestrian want the same slot" in alone.alt


def test_boxes_of_ones_own_fill_picture_and_cloud(monkeypatch) -> None:
    drawn = []
    monkeypatch.setattr(plots, "small_html", lambda figure, alt, most: drawn.append(figure) or "<img>")
    boxes = random_boxes(60)
    view = widgets.anchor_explorer(boxes, [[0.5, 0.5], [0.2, 0.7], [0.1, 0.1]], grid=5)
    assert len(view.state["boxes"]) == anchors.MOST_OBJECTS and len(view.state["shapes"]) == len(boxes)
    view.html()
    drawn[0].canvas.draw()


def test_its_output_is_small() -> None:
    assert len(widgets.anchor_explorer().html()) <= 80_000


@pytest.mark.parametrize(
    ("boxes", "shapes", "grid", "words"),
    [
        ([[0, 0, 1]], None, 3, r"expected \(m, 4\)"),
        ([[0, 0, 200, 100]], None, 3, "divide pixels by"),
        ([[0.5, 0, 0.5, 1]], None, 3, "x1 < x2"),
        ([[0, 0, np.nan, 1]], None, 3, "NaN"),
        ([], None, 3, "something in them"),
        (np.tile([0, 0, 1, 1], (601, 1)), None, 3, "at most 600"),
        (None, [[0.1, 0.2, 0.3]], 3, r"expected \(k, 2\)"),
        (None, np.full((6, 2), 0.5), 3, "1 to 5 rows"),
        (None, [[0.0, 0.2]], 3, "above 0"),
        (None, None, 0, "whole number from 1 to 7"),
        (None, None, 2.5, "whole number from 1 to 7"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(boxes, shapes, grid, words) -> None:
    with pytest.raises(ValueError, match=words):
        anchors.anchor_explorer(boxes, shapes, grid=grid)
    assert "<strong>anchor explorer</strong>" in widgets.anchor_explorer(boxes, shapes, grid=grid)._repr_html_()


def test_one_box_and_one_anchor_are_enough() -> None:
    assert (
        "object 0 goes to row 0, column 0, anchor 0"
        in widgets.anchor_explorer([[0, 0, 0.1, 0.1]], [[1, 1]], grid=1).alt
    )
