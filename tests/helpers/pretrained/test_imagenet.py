"""Names of the classes, their order, and the classes that a network finds most probable."""

import numpy as np
import pytest

from helpers.pretrained import class_names, top_classes
from helpers.pretrained.weights import FILES

# Places that every user of torchvision or Keras knows, from all over the list.
KNOWN = {
    0: "tench",
    1: "goldfish",
    207: "golden retriever",
    281: "tabby",
    285: "Egyptian cat",
    409: "analog clock",
    504: "coffee mug",
    657: "missile",
    698: "palace",
    812: "space shuttle",
    954: "banana",
    967: "espresso",
    985: "daisy",
    999: "toilet tissue",
}


def test_the_order_is_that_of_torchvision_and_keras():
    assert {place: class_names()[place] for place in KNOWN} == KNOWN


def test_the_order_is_that_of_the_wordnet_keys():
    lines = (FILES / "imagenet_classes.txt").read_text(encoding="utf-8").splitlines()
    keys = [line.split(" ")[0] for line in lines]
    assert keys == sorted(set(keys)) and len(keys) == 1000 and keys[0] == "n01440764" and keys[-1] == "n15075141"


def test_every_class_has_a_name_of_its_own():
    assert len(set(class_names())) == 1000 and all(name.strip() == name != "" for name in class_names())
    assert (class_names()[134], class_names()[517]) == ("crane, the bird", "crane, the machine")


def probabilities(**of_places):
    table = np.zeros(1000)
    for place, probability in of_places.items():
        table[int(place[1:])] = probability
    return table


def test_the_most_probable_class_comes_first_with_its_probability():
    best = top_classes(probabilities(_285=0.25, _967=0.5, _0=0.125, _999=0.125), k=3)
    assert best == [("espresso", 0.5), ("Egyptian cat", 0.25), ("tench", 0.125)]
    assert best[0].name == "espresso" and best[0].probability == 0.5


@pytest.mark.parametrize(
    "table", [probabilities(_985=1), probabilities(_985=1)[np.newaxis], list(probabilities(_985=1))]
)
def test_one_picture_may_come_alone_or_as_a_batch_of_one(table):
    assert top_classes(table)[0] == ("daisy", 1) and len(top_classes(table)) == 5


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (np.full((2, 1000), 0.001), r"probabilities\[i\]"),
        (np.zeros((1, 7, 7, 1280)), "include_top"),
        (np.full(1001, 1 / 1001), "1,000"),
        (np.linspace(-3, 3, 1000), "add up to 1"),
        (np.full(1000, 0.5), "add up to 1"),
        (np.full(1000, np.nan), "add up to 1"),
    ],
)
def test_what_are_no_probabilities_of_one_picture_is_told(table, told):
    with pytest.raises(ValueError, match=told):
        top_classes(table)


@pytest.mark.parametrize("k", [0, 1001, 2.0, True, None])
def test_an_impossible_number_of_classes_is_refused(k):
    with pytest.raises(ValueError, match="from 1 to 1000"):
        top_classes(probabilities(_0=1), k=k)
