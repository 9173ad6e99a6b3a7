"""What the triplet explorer tells is what the definition says, and what a small step in any point confirms."""

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets import triplets
from helpers.widgets.view import Refusal

RNG = np.random.default_rng(4)


def by_definition(corners, margin) -> float:
    """The summed cost of all negatives, coordinate by coordinate."""
    (a, b), (c, d), *negatives = corners
    near = (a - c) * (a - c) + (b - d) * (b - d)
    return sum(max(near - (a - x) * (a - x) - (b - y) * (b - y) + margin, 0.0) for x, y in negatives)


@pytest.mark.parametrize("negatives", [1, 2, 4])
@pytest.mark.parametrize("trial", range(5))
def test_the_gradient_says_how_the_loss_follows_each_point(negatives, trial) -> None:
    corners = RNG.normal(size=(2 + negatives, 2))
    seen = triplets.spread(corners[0], corners[1], corners[2:], margin=0.7)
    assert np.isclose(seen.costs.sum(), by_definition(corners, 0.7), rtol=1e-12)
    for index in np.ndindex(*corners.shape):
        up, down = corners.copy(), corners.copy()
        up[index] += 1e-6
        down[index] -= 1e-6
        slope = (by_definition(up, 0.7) - by_definition(down, 0.7)) / 2e-6
        assert np.isclose(seen.gradient[index], slope, atol=1e-7)


def test_the_triplet_that_it_begins_with_is_semi_hard_and_costs_something() -> None:
    view = widgets.triplet_explorer()
    assert "a semi-hard negative at squared distance 0.5825 costs 0.1." in view.alt.replace("; ", ". ")
    assert "minus the gradient" in view.alt.lower() and "anchor (-0.1, 1.5)" in view.alt
    view.draw().canvas.draw()
    assert len(view.html()) < 80_000


@pytest.mark.parametrize(
    ("negative", "kind", "cost"),
    [((0.5, 0), "hard", 1.25), ((0, 1), "hard", 0.5), ((0, 1.1), "semi-hard", 0.29), ((0, -1.3), "easy", 0.0)],
)
def test_a_negative_is_named_after_where_it_lies(negative, kind, cost) -> None:
    seen = triplets.spread((0, 0), (1, 0), negative, margin=0.5)
    assert seen.kinds == (kind,) and np.isclose(seen.costs[0], cost)
    assert np.any(seen.gradient) == (kind != "easy")


def test_where_all_points_lie_on_one_place_the_loss_is_the_margin_and_nothing_pulls() -> None:
    seen = triplets.spread((2, 3), (2, 3), (2, 3), margin=0.2)
    assert seen.costs[0] == 0.2 and not np.any(seen.gradient)


def test_a_crowd_comes_with_its_labels_as_text() -> None:
    crowd = RNG.normal(size=(20, 2))
    view = widgets.triplet_explorer(points=crowd, labels=["<b>Ada</b>", 7] * 10)
    assert view.state["labels"][:2] == ["<b>Ada</b>", "7"] and np.allclose(view.state["points"], crowd)
    assert "<b>" not in view.html()
    view.draw().canvas.draw()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"anchor": (1, 2, 3)}, "expected two numbers"),
        ({"positive": (np.nan, 0)}, "NaN"),
        ({"positive": "here"}, "no array of numbers"),
        ({"negative": []}, "something in them"),
        ({"negative": np.zeros((5, 2))}, "up to four"),
        ({"negative": (1e9, 0)}, "scale them"),
        ({"margin": -0.1}, "from 0"),
        ({"margin": None}, "margin"),
        ({"points": np.zeros((3, 128))}, r"expected \(m, 2\)"),
        ({"points": np.zeros((401, 2))}, "400"),
        ({"points": np.zeros((3, 2)), "labels": ["one"]}, "1 labels for 3 points"),
        ({"points": np.zeros((3, 2)), "labels": 3}, "list of names"),
        ({"labels": ["one"]}, "no points"),
    ],
)
def test_what_is_no_triplet_becomes_a_sentence(arguments, words) -> None:
    with pytest.raises(ValueError, match=words):
        triplets.triplet_explorer(**arguments)
    refusal = widgets.triplet_explorer(**arguments)
    assert isinstance(refusal, Refusal)
