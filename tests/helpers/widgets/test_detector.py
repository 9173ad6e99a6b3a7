"""What thresholds leave of a detector's candidates is what comparing them one by one leaves."""

import numpy as np
import pytest

from helpers import data, plots, widgets
from helpers.widgets import detector
from helpers.widgets.detector import raw_candidates
from tests.helpers.widgets.js_numbers import ties

PHOTO = np.zeros((40, 60, 3), np.uint8)


def random_candidates(count, seed=1, kinds=3):
    rng = np.random.default_rng(seed)
    corners = rng.uniform(0, 60, (count, 2))
    boxes = np.concatenate([corners, corners + rng.uniform(8, 40, (count, 2))], axis=1)
    return detector.candidates(boxes, rng.random(count), rng.integers(0, kinds, count))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("score", "share"), [(0.0, 0.3), (0.5, 0.5), (0.6, 0.75)])
def test_it_leaves_what_tensorflow_leaves_class_by_class(seed, score, share) -> None:
    import tensorflow as tf

    found = random_candidates(120, seed)
    rest = detector.remaining(found, score, share)
    expected = []
    for kind in range(3):
        mine = np.flatnonzero((found.classes == kind) & (found.scores > score))
        kept = tf.image.non_max_suppression(found.boxes[mine].astype(np.float32), found.scores[mine], 200, share)
        expected += mine[kept.numpy()].tolist()
    assert sorted(expected) == sorted(rest.left.tolist())
    assert sorted(rest.above.tolist()) == np.flatnonzero(found.scores > score).tolist()
    assert (np.diff(found.scores[rest.above]) <= 0).all() and (np.diff(found.scores[rest.left]) <= 0).all()


def test_who_struck_a_box_out_is_the_strongest_one_left_that_overlaps_it() -> None:
    boxes = [[0, 0, 10, 10], [0, 0, 10, 9], [0, 1, 10, 11], [0, 2, 10, 12], [20, 20, 30, 30], [0, 0, 10, 10]]
    found = detector.candidates(boxes, [0.9, 0.95, 0.8, 0.7, 0.65, 0.99], [0, 0, 0, 0, 0, 1])
    rest = detector.remaining(found, 0.6, 0.7)
    assert rest.left.tolist() == [5, 1, 3, 4]
    assert rest.struck[0] == (1, pytest.approx(0.9)) and rest.struck[2] == (1, pytest.approx(80 / 110))
    assert rest.struck.keys() == {0, 2}


def test_the_limits_themselves_fall_to_the_side_of_the_course() -> None:
    found = detector.candidates([[0, 0, 4, 4], [0, 0, 4, 2], [9, 9, 10, 10]], [0.9, 0.8, 0.6], None)
    assert detector.remaining(found, 0.6, 0.5).left.tolist() == [0]
    assert detector.remaining(found, 0.59, 0.51).left.tolist() == [0, 1, 2]


def test_the_dust_of_floating_point_decides_no_tie() -> None:
    for boxes, share in ties():
        assert detector.remaining(detector.candidates(2 * boxes, [0.9, 0.8], None), 0.6, share).left.tolist() == [0]


def test_thresholds_are_taken_as_they_are_given() -> None:
    view = widgets.detector_at_work(PHOTO, [[1, 1, 9, 9]], [0.603], score_threshold=0.605, iou_threshold=1 / 3)
    assert (view.state["score"], view.state["share"]) == (0.605, 1 / 3)
    assert "0 have a score above 0.605" in view.alt


def test_equal_scores_go_by_their_order() -> None:
    found = detector.candidates([[0, 0, 4, 4]] * 3, [0.7, 0.7, 0.7], None)
    assert detector.remaining(found, 0.6, 0.5).struck == {1: (0, 1.0), 2: (0, 1.0)}


def test_the_words_name_the_counts_and_what_is_left() -> None:
    view = widgets.detector_at_work()
    found = detector.candidates(*raw_candidates.made_up())
    rest = detector.remaining(found, 0.6, 0.5)
    assert f"{len(found.scores)} candidates: {len(rest.above)} have a score above 0.6" in view.alt
    assert f"{len(rest.left)} of them are left" in view.alt and "made up" in view.alt
    assert f"head {found.scores[rest.left[0]]:.2f}" in view.alt


def test_the_example_leaves_every_object_once_and_one_mistake() -> None:
    boxes, scores, classes = raw_candidates.made_up()
    rest = detector.remaining(detector.candidates(boxes, scores, classes), 0.6, 0.5)
    assert sorted(classes[rest.left].tolist()) == sorted([*raw_candidates._KINDS.tolist(), 3])
    assert boxes.min() >= 0 and boxes.max() <= raw_candidates.SIDE
    assert data.photograph(raw_candidates.PHOTOGRAPH, size=raw_candidates.SIDE).shape[:2] == (raw_candidates.SIDE,) * 2


def test_boxes_keep_their_pixels_when_the_picture_is_made_smaller(monkeypatch) -> None:
    drawn = []
    monkeypatch.setattr(plots, "small_html", lambda figure, alt, most: drawn.append(figure) or "<img>")
    photo = np.random.default_rng(0).integers(0, 256, (300, 600, 3)).astype(np.uint8)
    view = widgets.detector_at_work(photo, [[500, 200, 590, 290]], [0.9])
    assert view.state["size"] == [600, 300] and view.state["boxes"] == [[500, 200, 590, 290]]
    view.html()
    assert drawn[0].axes[0].get_xlim() == (0, 600)
    assert drawn[0].axes[0].images[0].get_extent() == [0, 600, 300, 0]
    drawn[0].canvas.draw()


def test_nothing_left_is_no_mistake() -> None:
    view = widgets.detector_at_work(PHOTO, [[1, 1, 9, 9]], [0.2])
    assert "0 have a score above 0.6, and 0 of them are left" in view.alt
    assert "class 0" in view.state["names"] and len(view.html()) > 0


def test_its_output_is_small() -> None:
    assert len(widgets.detector_at_work().html()) <= 80_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"boxes": None}, "give all three"),
        ({"image": None}, "give all three"),
        ({"image": np.zeros((4, 4, 4))}, r"\(n_H, n_W, 3\)"),
        ({"boxes": []}, "something in them"),
        ({"boxes": [[1, 1, 9]]}, r"expected \(n, 4\)"),
        ({"boxes": [[1, 1, 9, 9], [1, 1, 9, 9]]}, r"expected \(n, 4\), \(n,\)"),
        ({"boxes": [[9, 1, 1, 9]]}, "x1 < x2"),
        ({"boxes": [[1, 1, 9, np.nan]]}, "NaN"),
        ({"scores": [1.5]}, "expected 0 to 1"),
        ({"scores": ["high"]}, "no array of numbers"),
        ({"classes": [0.5]}, "whole numbers"),
        ({"classes": [-1]}, "whole numbers"),
        ({"classes": [10**6]}, "under 1000"),
        ({"class_names": "person"}, "list of names"),
        ({"class_names": 5}, "class_names is 5: expected a list of names"),
        ({"grid": 0}, "whole number from 1 to 40"),
        ({"anchors": [[3, 0]]}, "1 to 9 rows"),
        ({"score_threshold": 1.2}, "from 0 to 1"),
        ({"score_threshold": True}, "from 0 to 1"),
        ({"score_threshold": np.nan}, "from 0 to 1"),
        ({"iou_threshold": 0}, "from 0.05 to 1"),
        ({"boxes": np.tile([1, 1, 9, 9], (2001, 1)), "scores": np.ones(2001)}, "keep the strongest"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(changes, words) -> None:
    arguments = {"image": PHOTO, "boxes": [[1, 1, 9, 9]], "scores": [0.9], **changes}
    with pytest.raises(ValueError, match=words):
        detector.detector_at_work(**arguments)
    assert "<strong>detector at work</strong>" in widgets.detector_at_work(**arguments)._repr_html_()
