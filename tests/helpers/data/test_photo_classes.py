"""The photographs for transfer learning: what they show, who is credited, and that no split can cheat."""

import csv
import hashlib
import re
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from helpers.data.photo_classes import PICTURES, TABLE, photo_classes

COUNTS = {"bird": 12, "building": 47, "fish": 28, "mammal": 34, "tool": 36, "windmill": 13}
ALLOWED = {"Public domain", "CC0 1.0", "CC BY 2.0", "CC BY 3.0", "CC BY-SA 4.0"}
SHA256 = {
    "photo_classes.csv": "d137c9783de429eb1a5329575ffbcf73d10a8709954e2e4fda479c979337ba18",
    "photo_classes.npz": "f10c7e51495ce8c47d0d7d03f84d86cb30f5f75ec13d69ef34f66511ddb18b51",
}
# sha256 of the places that split(0) and split(1) give, so that no result of the course ever changes by itself.
SPLITS = {
    0: "afe05583050e2179fe670d608cb39496c9e47aa1c6fb0fdc533e1e7980a00849",
    1: "1107a682678675774265776193921a76a522aba33054524e375d0a4445ba86f5",
}
FEWEST_BITS_APART = 10  # of 64; the nearest two pictures are 13 apart, and a copy made smaller or brighter is 0 to 6


@pytest.fixture(scope="module")
def photos():
    return photo_classes()


def test_there_are_at_least_150_photographs_in_six_classes(photos):
    assert photos.class_names == tuple(COUNTS)
    assert np.array_equal(np.bincount(photos.labels), list(COUNTS.values()))
    assert len(photos.labels) == len(photos.credits) == 170
    assert "170, 160, 160, 3" in repr(photos) and "12 bird" in repr(photos) and len(repr(photos)) < 150


def test_they_are_square_colour_pictures_with_something_on_them(photos):
    assert photos.images.shape == (170, 160, 160, 3) and photos.images.dtype == np.uint8
    assert photos.labels.dtype == np.int64
    assert photos.images.reshape(170, -1).std(axis=1).min() > 15
    colourful = np.ptp(photos.images.astype(int), axis=3).reshape(170, -1).max(axis=1)
    assert colourful.min() > 25, "none is grey"


def test_the_files_are_small_and_the_ones_that_were_looked_at():
    assert sum(path.stat().st_size for path in (PICTURES, TABLE)) < 2_500_000
    for path in (PICTURES, TABLE):
        content = path.read_bytes().replace(b"\r\n", b"\n") if path.suffix == ".csv" else path.read_bytes()
        assert hashlib.sha256(content).hexdigest() == SHA256[path.name]


def test_every_picture_has_a_title_an_author_a_source_and_a_licence_that_permits_this(photos):
    for credit in photos.credits:
        assert credit.licence in ALLOWED
        assert re.fullmatch(r"https://creativecommons\.org/(licenses|publicdomain)/[\w.-]+/\d\.0/", credit.licence_url)
        assert credit.title and credit.author and credit.changes and credit.source.startswith("https://")
        assert credit.author.lower() not in {"anonymous", "contributor", "unknown"}
        assert credit.author in str(credit) and credit.licence in str(credit) and "changed" in str(credit)
    kinds = {(credit.licence, credit.licence_url) for credit in photos.credits}
    assert len(kinds) == len(ALLOWED), "each licence has one address"


def test_the_table_belongs_to_the_pictures_and_no_source_is_used_twice(photos):
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["class"] for row in rows] == [photos.class_names[label] for label in photos.labels]
    assert len({credit.source for credit in photos.credits}) == len({credit.file for credit in photos.credits}) == 170


def test_the_credits_page_counts_the_licences_and_authors_as_the_table_does(photos):
    page = (TABLE.parents[1] / "CREDITS.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| `photo_classes.npz`"))
    licences = Counter(credit.licence for credit in photos.credits)
    assert {name: int(count) for count, name in re.findall(rf"(\d+) ({'|'.join(ALLOWED)})", row)} == licences
    assert f"{len({credit.author for credit in photos.credits})} authors" in row
    assert f"{len(photos.credits)} photographs" in row


def fingerprint(picture):
    """Where brightness grows to the right, on a grid of 8 x 8: hardly changed by size, brightness or compression."""
    grey = Image.fromarray(picture).convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    return (np.diff(np.asarray(grey, int), axis=1) > 0).ravel()


def nearest(pictures, others):
    prints, other_prints = (np.stack([fingerprint(picture) for picture in part]) for part in (pictures, others))
    return (prints[:, np.newaxis] != other_prints).sum(axis=2)


def test_no_two_are_near_duplicates_not_even_mirrored_so_no_split_has_one_on_both_sides(photos):
    itself = 64 * np.eye(170, dtype=int)
    for others in (photos.images, photos.images[:, :, ::-1]):
        assert (nearest(photos.images, others) + itself).min() >= FEWEST_BITS_APART


def test_that_measure_would_see_a_near_duplicate(photos):
    smaller = [np.asarray(Image.fromarray(picture).resize((120, 120))) for picture in photos.images]
    brighter = np.clip(photos.images * 0.8 + 30, 0, 255).astype(np.uint8)
    for changed in (smaller, brighter):
        assert np.diag(nearest(photos.images, changed)).max() < FEWEST_BITS_APART


@pytest.mark.parametrize("seed", [0, 1, 2024])
def test_a_split_is_stratified_disjoint_and_complete(photos, seed):
    parts = photos.split(seed)
    assert np.array_equal(np.sort(np.concatenate([parts.train_places, parts.test_places])), np.arange(170))
    assert np.array_equal(np.bincount(parts.y_test), [count // 2 for count in COUNTS.values()])
    assert np.array_equal(np.bincount(parts.y_train), [count - count // 2 for count in COUNTS.values()])
    assert np.array_equal(parts.x_train, photos.images[parts.train_places])
    assert np.array_equal(parts.x_test, photos.images[parts.test_places])
    assert np.array_equal(parts.y_train, photos.labels[parts.train_places])
    assert np.array_equal(parts.y_test, photos.labels[parts.test_places])
    assert parts.class_names == photos.class_names and "(86, 160, 160, 3)" in repr(parts)


@pytest.mark.parametrize("seed", range(5))
def test_the_first_training_pictures_are_rounds_of_one_of_each_class_in_mixed_order(photos, seed):
    first = photos.split(seed).y_train[:36].reshape(6, 6)
    assert np.array_equal(np.sort(first, axis=1), np.tile(np.arange(6), (6, 1)))
    assert len({tuple(turn) for turn in first}) > 1
    assert len(set(photos.split(seed).y_test[:20])) >= 4, "the test pictures are mixed, too"


@pytest.mark.parametrize(("seed", "expected"), SPLITS.items())
def test_a_split_is_the_same_on_every_machine_and_for_ever(photos, seed, expected):
    parts = photos.split(seed)
    places = ",".join(map(str, [*parts.train_places, *parts.test_places]))
    assert hashlib.sha256(places.encode()).hexdigest() == expected


def test_another_seed_gives_another_split_and_none_is_the_first(photos):
    assert not np.array_equal(photos.split(1).test_places, photos.split(2).test_places)
    assert np.array_equal(photos.split().test_places, photos.split(0).test_places)


def test_each_call_gives_arrays_of_its_own(photos):
    parts, again = photos.split(0), photo_classes()
    before = photos.images.copy()
    parts.x_train[:] = 0
    again.images[:] = 0
    assert np.array_equal(photos.images, before)
