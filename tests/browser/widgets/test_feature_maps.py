"""The explorer shows the numbers that Python packed, by pointer and by keyboard."""

import numpy as np
import pytest
from matplotlib import colormaps

from helpers import data, widgets
from helpers.widgets.feature_maps.map_sheets import sheets_of
from tests.helpers.widgets import gallery

pytestmark = pytest.mark.browser

RNG = np.random.default_rng(6)
PHOTO = data.photograph("coffee", size=(60, 90))
SIGNED = RNG.normal(size=(20, 30, 9)) * np.arange(1, 10)
POSITIVE = np.maximum(RNG.normal(size=(101, 50, 12)), 0)


def sheets():
    """What Python hands over of both layers."""
    return sheets_of({"": {"signed": SIGNED, "positive": POSITIVE}}, 20_000)[""]


@pytest.fixture
def shown(show):
    """The explorer with both layers, at layer "signed"."""
    return show(widgets.feature_map_explorer({"signed": SIGNED, "positive": POSITIVE}, PHOTO))


def large(shown):
    """The canvas of the chosen map."""
    return shown.page.locator(".rf-picture canvas").first


def chosen(shown):
    """The number of the chosen channel."""
    return int(shown.page.locator("[role=option][aria-selected=true]").inner_text())


def test_a_map_has_the_colours_of_its_values(shown) -> None:
    [sheet, _] = sheets()
    number = chosen(shown)
    values = sheet.values[:, :, sheet.numbers.index(number)]
    expected = 255 * colormaps["PuOr_r"](0.5 + 0.5 * values / np.abs(values).max())[..., :3]
    assert np.abs(shown.dots(9) - expected).max() <= 5
    assert np.abs(shown.dots(sheet.numbers.index(number)) - expected).max() <= 5


def test_the_value_under_the_pointer_is_the_activation_within_half_a_step(shown) -> None:
    shown.page.get_by_label("layer", exact=True).select_option("positive")
    shown.settle()
    sheet = sheets()[1]
    number = chosen(shown)
    at = sheet.numbers.index(number)
    rows, columns = sheet.values.shape[:2]
    box = large(shown).bounding_box()
    large(shown).hover(position={"x": box["width"] * 4.5 / columns, "y": box["height"] * 7.5 / rows})
    shown.settle()
    said = float(shown.said.split(":")[1].split(". Most")[0])
    block = POSITIVE[7 * sheet.side : 8 * sheet.side, 4 * sheet.side : 5 * sheet.side, number]
    assert abs(said - block.mean()) <= sheet.steps[at] * 0.51
    assert f"dot (7,4), the mean of rows {7 * sheet.side} to" in shown.said
    photo = shown.page.locator(".rf-picture canvas").last
    box = photo.bounding_box()
    photo.hover(position={"x": 1, "y": box["height"] - 1})
    shown.settle()
    assert f"dot ({rows - 1},0)" in shown.said


def test_arrow_keys_walk_through_channels_and_places(shown) -> None:
    sheet = sheets()[0]
    channels = shown.page.get_by_role("listbox")
    channels.focus()
    channels.press("Home")
    channels.press("ArrowRight")
    shown.settle()
    assert chosen(shown) == sheet.numbers[1]
    row, column, value = sheet.peaks[1]
    assert shown.said.endswith(f"Most active at row {row}, column {column}: {float(f'{value:.3g}'):g}.")
    large(shown).focus()
    column_next = min(column + 1, sheet.values.shape[1] - 1)
    large(shown).press("ArrowRight")
    shown.settle()
    assert f"row {row}, column {column_next}: {float(f'{sheet.values[row, column_next, 1]:.3g}'):g}." in shown.said
    channels.press("End")
    shown.settle()
    assert chosen(shown) == sheet.numbers[-1]
    assert shown.keys == []


def test_the_list_scrolls_to_the_channel_that_is_chosen(show) -> None:
    shown = show(widgets.feature_map_explorer({"deep": RNG.normal(size=(16, 8, 64))}))
    channels = shown.page.get_by_role("listbox")
    channels.focus()
    inside = """list => { const [box, tile] = [list, list.querySelector("[aria-selected=true]")].map(one =>
        one.getBoundingClientRect()); return tile.top >= box.top - 1 && tile.bottom <= box.bottom + 1 }"""
    for key in ("End", "Home", "ArrowDown", "End"):
        channels.press(key)
        shown.settle()
        assert channels.evaluate(inside), key
    assert channels.evaluate("list => list.scrollHeight > list.clientHeight")


def test_channels_stand_by_activity_or_by_number(shown) -> None:
    def order():
        return [int(text) for text in shown.page.locator("[role=option]").all_inner_texts()]

    assert order() == sheets()[0].numbers
    shown.page.get_by_label("order", exact=True).select_option("by number")
    shown.settle()
    assert order() == list(range(9))
    shown.page.locator("[role=option]").nth(4).click()
    shown.settle()
    assert "channel 4," in shown.said


def test_the_map_lies_on_the_photo_as_strongly_as_asked(shown) -> None:
    strength = shown.page.get_by_label("strength of the map")
    strength.focus()
    strength.press("Home")
    shown.settle()
    bare = shown.dots(10)
    assert np.abs(bare.astype(int) - PHOTO).mean() < 12
    strength.press("End")
    shown.settle()
    assert np.abs(bare.astype(int) - shown.dots(10)).mean() > 20
    assert shown.keys == []


def test_names_are_text_and_several_pictures_can_be_chosen(show) -> None:
    name = "<img src=x onerror=alert(1)>"
    stacks = {word: (PHOTO, {name: SIGNED * sign}) for word, sign in (("cat", 1), ("dog", -1))}
    shown = show(widgets.feature_map_explorer(stacks, unit_names={name: [name] * 9}))
    before = shown.dots(0)
    shown.page.get_by_label("picture", exact=True).select_option("dog")
    shown.settle()
    assert not np.array_equal(shown.dots(0), before)
    assert shown.said.startswith(f"{name}, channel")
    assert shown.page.locator(".rf-body img").count() == 0


def test_thumbnails_bear_the_names_of_their_channels(show) -> None:
    names = ["edge 0°", "a name that is longer than its picture"]
    shown = show(widgets.feature_map_explorer({"one": RNG.normal(size=(8, 8, 2))}, unit_names={"one": names}))
    shown.page.get_by_label("order", exact=True).select_option("by number")
    shown.settle()
    tiles = shown.page.locator("[role=option]")
    assert tiles.all_inner_texts() == names
    for at, name in enumerate(names):
        assert tiles.nth(at).get_attribute("title") == f"channel {at}, {name}"
    wide, inner = tiles.nth(1).bounding_box(), tiles.nth(1).locator("span").bounding_box()
    assert wide["width"] < 100 and inner["x"] + inner["width"] <= wide["x"] + wide["width"]


def test_opposite_edges_of_the_example_are_never_active_at_the_same_place(show) -> None:
    shown = show(gallery.example("feature_maps"))
    assert shown.said.startswith("1: filters, channel") and "stripe" in shown.said
    tiles = shown.page.locator("[role=option]")
    active = {}
    for name in ("edge 0°", "edge 180°"):
        tiles.filter(has_text=name).click()
        shown.settle()
        assert name in shown.said and "the mean of rows" not in shown.said
        active[name] = shown.dots(tiles.count()).max(axis=2) > 0
    one, other = active.values()
    assert one.sum() > 100 and other.sum() > 100
    assert not (one & other).any()


def test_maps_without_a_photo_and_dead_channels_are_shown_too(show) -> None:
    shown = show(widgets.feature_map_explorer({"dead": np.zeros((1, 1, 2))}))
    assert "0 everywhere here" in shown.page.locator(".rf-view").inner_text()
    assert shown.problem == ""


@pytest.mark.parametrize("dark", [False, True])
def test_everyone_can_use_it(show, dark) -> None:
    shown = show(widgets.feature_map_explorer({"signed": SIGNED, "positive": POSITIVE}, PHOTO), dark=dark, width=380)
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380
