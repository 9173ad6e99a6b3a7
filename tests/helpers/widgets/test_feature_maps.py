"""The feature-map explorer hands over the strongest channels of a layer, small, and right to half a step."""

import numpy as np
import pytest
from keras import ops

from helpers import widgets
from helpers.widgets import feature_maps
from helpers.widgets.feature_maps import map_sheets
from helpers.widgets.view import Refusal
from tests.helpers.widgets import gallery

RNG = np.random.default_rng(3)
PHOTO = RNG.integers(0, 256, (40, 60, 3)).astype(np.uint8)


def explorer(layers, image=PHOTO, **more):
    """The view, without the door that turns errors into sentences."""
    return feature_maps.feature_map_explorer(layers, image, **more)


@pytest.mark.parametrize("side", [3, 5])
def test_a_dot_is_the_mean_that_keras_finds_of_its_block(side) -> None:
    stack = RNG.normal(size=(15, 30, 2))
    got = map_sheets.means(stack, side)
    mean = ops.average_pool(stack[None].astype("float32"), side, side, padding="valid")
    assert np.allclose(got, np.asarray(mean)[0], atol=1e-6)


def test_a_block_at_the_border_is_the_mean_of_what_is_there() -> None:
    stack = RNG.normal(size=(5, 7, 2))
    got = map_sheets.means(stack, 3)
    assert got.shape == (2, 3, 2)
    assert np.allclose(got[1, 2], stack[3:, 6:].mean(axis=(0, 1)))


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("room", [3_000, 8_000, 60_000])
def test_what_is_shown_is_the_activation_within_half_a_step(room, signed) -> None:
    stack = RNG.normal(size=(30, 40, 20)) * RNG.uniform(0.01, 100, 20)
    stack = stack if signed else np.maximum(stack, 0)
    sheet = map_sheets.sheets_of({"": {"layer": stack}}, room)[""][0]
    assert len(str(sheet.state)) <= room
    exact = map_sheets.means(stack[:, :, sheet.numbers], sheet.side)
    assert sheet.values.shape == exact.shape
    assert np.all(np.abs(sheet.values - exact) <= sheet.steps * 0.5001)
    assert np.all(sheet.steps <= np.abs(exact).max(axis=(0, 1)) / 7 * 1.001)


def test_zero_stays_zero() -> None:
    stack = np.maximum(RNG.normal(size=(9, 9, 4)), 0)
    stack[:, :, 2] = 0
    sheet = map_sheets.sheets_of({"": {"layer": stack}}, 30_000)[""][0]
    assert np.all(sheet.values[stack[:, :, sheet.numbers] == 0] == 0)


def test_of_many_channels_the_strongest_by_mean_absolute_value_are_shown() -> None:
    stack = RNG.normal(size=(4, 4, 100)) * np.arange(100)
    view = explorer({"deep": stack})
    shown = [channel[0] for channel in view.state["pictures"][0]["layers"][0]["channels"]]
    strength = np.abs(stack).mean(axis=(0, 1))
    assert len(shown) == 64
    assert shown == sorted(range(100), key=lambda number: -strength[number])[:64]
    assert "100 channels of 4 by 4, of which 64 can be looked at" in view.alt


def test_the_most_active_place_is_of_the_layer_itself_and_named_in_words() -> None:
    stack = np.zeros((70, 90, 1))
    stack[61, 17] = -8.5
    view = explorer({"conv": stack})
    assert "strongest at row 61, column 17, with -8.5." in view.alt


def test_it_begins_with_a_layer_that_shows_something() -> None:
    empty = np.zeros((4, 4, 3))
    view = explorer({"a": empty, "b": empty, "c": np.eye(4)[..., None] * [0, 1, 0]})
    assert view.state["layer"] == 2
    assert view.state["pictures"][0]["layers"][2]["channels"][view.state["channel"]][0] == 1


def test_several_pictures_share_their_channels() -> None:
    stacks = {name: (PHOTO, {"one": RNG.normal(size=(1, 8, 8, 70))}) for name in ("cat", "dog")}
    view = feature_maps.feature_map_explorer(stacks)
    first, second = ([channel[0] for channel in one["layers"][0]["channels"]] for one in view.state["pictures"])
    assert first == second


def test_a_large_network_stays_within_the_size_of_an_output() -> None:
    sizes = [(111, 111, 64), (55, 55, 128), (27, 27, 256), (13, 13, 512)]
    layers = {f"fire {n}": np.maximum(RNG.normal(size=size), 0) for n, size in enumerate(sizes)}
    photo = RNG.integers(0, 256, (224, 224, 3)).astype(np.uint8)
    assert len(explorer(layers, photo).html()) <= 80_000
    many = {f"{n}": (photo, layers) for n in range(4)}
    assert len(explorer(many, None).html()) <= 80_000


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ({}, "expected {layer's name"),
        (np.ones((4, 4, 3)), "expected {layer's name"),
        ({"a": np.ones((4, 4))}, r"expected maps, \(n_H, n_W, n_C\)"),
        ({"a": np.ones((2, 4, 4, 3))}, "choose one"),
        ({"a": np.full((4, 4, 3), np.nan)}, "NaN or infinite"),
        ({"a": [["x"]]}, "no array of numbers"),
        ({"a": np.ones((0, 4, 3))}, "something in them"),
        ({"p": (PHOTO, {"a": np.ones((2, 2, 1))}), "q": (PHOTO, {"a": np.ones((2, 2, 2))})}, "same layers"),
    ],
)
def test_what_is_no_activation_is_refused_in_words(layers, words) -> None:
    with pytest.raises(ValueError, match=words):
        explorer(layers)
    assert isinstance(widgets.feature_map_explorer(layers), Refusal)


def test_names_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="one name for each channel of 'a' with 3"):
        explorer({"a": np.ones((2, 2, 3))}, unit_names={"a": ["edge"]})


@pytest.mark.parametrize("names", [["edge"], 5, {"a": 5}, {"a": None}, {"a": "abc"}, {"a": {0: "x"}}, {5: ["x"] * 3}])
def test_names_that_are_no_lists_of_names_are_refused_in_words(names) -> None:
    with pytest.raises(ValueError, match="unit_names"):
        explorer({"a": np.ones((2, 2, 3))}, unit_names=names)
    assert isinstance(widgets.feature_map_explorer({"a": np.ones((2, 2, 3))}, unit_names=names), Refusal)


def test_names_may_be_an_array() -> None:
    view = explorer({"a": np.ones((2, 2, 2))}, unit_names={"a": np.array(["edge", "blur"])})
    assert view.state["names"] == {"a": {"0": "edge", "1": "blur"}}


def test_it_begins_where_it_is_told_to() -> None:
    view = explorer({"a": RNG.normal(size=(4, 4, 3)), "b": RNG.normal(size=(4, 4, 5))}, start=("b", 3))
    assert view.state["layer"] == 1
    assert view.state["pictures"][0]["layers"][1]["channels"][view.state["channel"]][0] == 3
    assert "layer b" in view.alt and "Channel 3 is strongest" in view.alt


@pytest.mark.parametrize("start", [("c", 0), ("b", 5), ("b", "x"), "b", 5, ("b",), (["b"], 0), ("b", -1)])
def test_a_beginning_that_is_not_there_is_refused_in_words(start) -> None:
    layers = {"a": RNG.normal(size=(4, 4, 3)), "b": RNG.normal(size=(4, 4, 5))}
    with pytest.raises(ValueError, match="start"):
        explorer(layers, start=start)


def test_the_example_begins_with_a_stripe_and_shows_every_activation_of_layer_1() -> None:
    state = gallery.example("feature_maps").state
    first = state["pictures"][0]["layers"][0]
    assert state["layer"] == 0 and first["side"] == 1
    number = first["channels"][state["channel"]][0]
    assert state["names"][first["name"]][str(number)].startswith("stripe")


@pytest.mark.parametrize("image", [None, np.ones((1, 1)), PHOTO[None]])
def test_one_dot_and_no_picture_are_enough(image) -> None:
    view = explorer({"a": np.ones((1, 1, 1))}, image)
    assert "<img " in view.html() and len(view.alt) > 30
