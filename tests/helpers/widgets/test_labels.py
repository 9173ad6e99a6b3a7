"""The label studio takes and gives boxes as plain data, and believes nobody."""

import json

import numpy as np
import pytest

from helpers import data, widgets
from helpers.widgets import labels
from helpers.widgets.ear import answered
from helpers.widgets.labels import MOST_BOXES, LabelStudio, checked
from helpers.widgets.labels.street import HEIGHT, OBJECTS, WIDTH, street
from helpers.widgets.view import Refusal

CLASSES = ("pedestrian", "car", "motorcycle")
CAR = {"class": "car", "b_x": 0.5, "b_y": 0.7, "b_h": 0.3, "b_w": 0.4}


def told(studio, content):
    """What the page hears when it sends this."""
    return answered({"ask": "1", "question": "settled", "content": content}, studio.replies)


def test_the_default_is_the_example_of_the_lecture_in_a_street():
    studio = widgets.label_studio()
    assert isinstance(studio, LabelStudio)
    assert studio.labels[0] == CAR
    assert "car around (0.5, 0.7), 0.3 high and 0.4 wide; pedestrian" in studio.alt
    assert len(studio.html()) < 80_000


def test_what_the_street_shows_lies_in_its_boxes():
    """Each object's own colour is found in its box and, but for a dot or two, nowhere else near it."""
    picture = street().astype(int)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    for label, colour in zip(OBJECTS, [(181, 54, 44), (224, 163, 46), (31, 95, 168)], strict=True):
        rows, columns = np.nonzero(np.abs(picture - colour).max(axis=2) < 12)
        x, y = (columns + 0.5) / WIDTH, (rows + 0.5) / HEIGHT
        inside = (abs(x - label["b_x"]) <= label["b_w"] / 2) & (abs(y - label["b_y"]) <= label["b_h"] / 2)
        assert inside.mean() > 0.98 and inside.sum() > 100


def test_boxes_come_out_as_they_went_in():
    studio = widgets.label_studio(data.photograph("coffee"), CLASSES, boxes=[CAR])
    assert studio.labels == [CAR] == json.loads(studio.to_json())
    again = widgets.label_studio(data.photograph("coffee"), CLASSES, boxes=json.loads(studio.to_json()))
    assert again.to_json() == studio.to_json()
    assert json.loads(widgets.label_studio(np.zeros((9, 9))).to_json()) == []


def test_python_hears_the_boxes_and_shows_them_when_the_cell_is_shown_again():
    studio = widgets.label_studio()
    assert told(studio, {"labels": [CAR | {"b_x": 0.4}]})["content"] == {"count": 1}
    assert studio.labels == [CAR | {"b_x": 0.4}]
    assert '"b_x":0.4' in studio.html() and "car around (0.4, 0.7)" in studio.alt


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (None, "of type NoneType: expected a list"),
        ({"0": CAR}, "of type dict"),
        ([CAR] * (MOST_BOXES + 1), "there are 101 boxes: expected at most 100"),
        ([CAR, "car"], "box 2 has 'car': expected the keys"),
        ([{}], "box 1 has nothing"),
        ([{key: CAR[key] for key in ("class", "b_x")}], "expected the keys class, b_x, b_y, b_h, b_w and no others"),
        ([CAR | {"score": 1}], "no others"),
        ([CAR | {"class": "<b>bus</b>"}], "box 1 has the class '<b>bus</b>': expected one of pedestrian"),
        ([CAR | {"class": ["car"]}], "has the class ['car']"),
        ([CAR | {"b_x": float("nan")}], "b_x = nan"),
        ([CAR | {"b_h": float("inf")}], "b_h = inf"),
        ([CAR | {"b_h": "0.3"}], "b_h = '0.3'"),
        ([CAR | {"b_h": True}], "b_h = True"),
        ([CAR | {"b_w": 0}], "above 0"),
        ([CAR | {"b_w": -0.2}], "above 0"),
        ([CAR | {"b_x": 0.9}], "over the border"),
        ([CAR | {"b_y": 70}], "over the border"),
    ],
)
def test_what_are_no_boxes_is_refused_and_nothing_is_lost(wrong, said):
    studio = widgets.label_studio(boxes=[CAR])
    assert said in told(studio, {"labels": wrong})["problem"]
    assert studio.labels == [CAR]
    with pytest.raises(ValueError, match="box"):
        checked(wrong, CLASSES)


def test_a_box_at_the_very_border_may_be_rounded():
    whole = {"class": "car", "b_x": 0.50004, "b_y": 0.5, "b_h": 1.0, "b_w": 1.0}
    assert checked([whole], CLASSES)[0]["b_x"] == 0.5


def test_what_is_stored_is_plain_and_nobody_elses():
    given = [{key: np.float32(value) if key != "class" else value for key, value in CAR.items()}]
    stored = checked(given, CLASSES)
    assert stored == [CAR] and all(type(value) in (str, float) for value in stored[0].values())
    stored[0]["b_x"] = 0.1
    assert given[0]["b_x"] == np.float32(0.5)


@pytest.mark.parametrize(
    ("image", "classes", "said"),
    [
        (None, "car", "expected a list of names"),
        (None, [], "expected 1 to 12"),
        (None, ["car", "car"], "different names"),
        (None, [str(i) for i in range(13)], "there are 13 classes"),
        (None, ["car", " "], "a name of 1 to 30"),
        (None, ["c" * 31], "a name of 1 to 30"),
        (None, ["car", 3], "a class is 3"),
        (np.zeros((4, 4, 2)), CLASSES, "(4, 4, 2)"),
        (np.full((4, 4), np.nan), CLASSES, "NaN"),
        ([], CLASSES, "something in"),
    ],
)
def test_what_cannot_be_labelled_is_refused_in_words(image, classes, said):
    refusal = widgets.label_studio(image, classes)
    assert isinstance(refusal, Refusal) and said in refusal.problem


@pytest.mark.parametrize("shape", [(1, 1), (7, 300), (300, 7, 3), (256, 256, 3)])
def test_any_picture_can_be_labelled(shape):
    studio = widgets.label_studio(np.random.default_rng(2).integers(0, 256, shape).astype(np.uint8))
    assert "no" in studio.alt and "rf-view" in studio.html()


def test_names_of_classes_are_only_text():
    html = widgets.label_studio(classes=["</script><b>"]).html()
    assert html.count("</script>") == 1


def test_figure_and_page_give_a_class_the_same_colour():
    from helpers.widgets.modules import source

    assert str(list(labels._COLOURS)).replace("'", '"') in source("labels.js")
