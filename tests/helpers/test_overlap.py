"""What boxes share agrees with counting dots, and the boxes left agree with TensorFlow's."""

import numpy as np
import pytest

from helpers.overlap import shared_part, shared_parts, survivors
from tests.helpers.widgets.js_numbers import ties

RNG = np.random.default_rng(11)


def some_boxes(count):
    corner, size = RNG.integers(0, 8, (count, 2)), RNG.integers(1, 7, (count, 2))
    return np.hstack([corner, corner + size]).astype(float)


def counted(one, other):
    """Part of the unit squares inside any of the boxes that is inside both."""
    squares = np.zeros((2, 20, 20), dtype=bool)
    for layer, (x1, y1, x2, y2) in zip(squares, np.array([one, other], dtype=int), strict=True):
        layer[y1:y2, x1:x2] = True
    return squares.all(axis=0).sum() / squares.any(axis=0).sum()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((2, 1, 4, 3), (1, 2, 3, 4), 1 / 7),
        ((0, 0, 2, 2), (3, 3, 5, 5), 0),
        ((0, 0, 2, 2), (2, 0, 4, 2), 0),
        ((0, 0, 4, 4), (1, 1, 3, 3), 1 / 4),
        ((0, 0, 4, 4), (0, 0, 4, 4), 1),
        ((1, 1, 1, 1), (1, 1, 1, 1), 0),
    ],
    ids=["lecture", "apart", "touching", "nested", "same", "points"],
)
def test_known_pairs(one, other, expected):
    assert shared_part(one, other) == expected == shared_part(other, one)


def test_the_shared_part_is_what_counting_squares_gives():
    for _ in range(200):
        one, other = some_boxes(2)
        assert shared_part(one, other) == counted(one, other)


def test_scale_does_not_matter():
    one, other = some_boxes(2)
    assert np.isclose(shared_part(one / 7, other / 7), shared_part(one, other))


def test_the_boxes_left_are_those_of_tensorflow():
    import tensorflow as tf

    for _ in range(60):
        boxes, scores = some_boxes(RNG.integers(1, 9)), RNG.permutation(np.linspace(0.3, 0.99, 9))
        scores, threshold = scores[: len(boxes)], RNG.uniform(0.1, 0.9)
        # TensorFlow lets a box stand whose share is equal to the threshold, this course does not
        theirs = tf.image.non_max_suppression(
            tf.constant(boxes, tf.float32), scores.astype(np.float32), 20, threshold - 1e-6, score_threshold=0.6
        )
        assert survivors(boxes, scores, threshold, 0.6) == theirs.numpy().tolist()


def test_thresholds_count_from_the_side_the_course_says():
    half = [(0, 0, 4, 4), (0, 0, 4, 2)]
    assert survivors(half, [0.9, 0.8], 0.5, 0.6) == [0], "equal to the IoU threshold gives way"
    assert survivors(half, [0.9, 0.8], 0.51, 0.6) == [0, 1]
    assert survivors(half, [0.6, 0.7], 0.51, 0.6) == [1], "equal to the score threshold is too low"


def test_the_dust_of_floating_point_decides_no_tie():
    for boxes, share in ties():
        assert survivors(boxes, [0.9, 0.8], share) == [0], (boxes, share)
        assert survivors(boxes, [0.9, 0.8], share + 1e-9) == [0, 1], (boxes, share)
    assert survivors([(0, 0, 3, 1), (0, 0, 1, 1)], [0.9, 0.8], 1 / 3) == [0]


def test_of_equal_scores_the_earlier_stays():
    assert survivors([(0, 0, 2, 2)] * 3, [0.7, 0.9, 0.9]) == [1]


def test_a_box_struck_out_strikes_out_nobody():
    chain = [(0, 0, 10, 10), (0, 3, 10, 13), (0, 6, 10, 16)]
    assert survivors(chain, [0.9, 0.8, 0.7], 0.5) == [0, 2]


def test_no_boxes_leave_none():
    assert survivors([], []) == []
    assert shared_parts([]).shape == (0, 0)
