"""The recipe of the photographs on pictures made here: who is credited, and who is turned away."""

import csv
import io

import numpy as np
import pytest
from PIL import Image

from tools import vendor_photos

README = """Copyright: Ann Example
Source: https://commons.wikimedia.org/wiki/File:A_red-faced_t%C3%BCrkis_bird.jpg
License: CC-BY-SA 4.0
Comments: cropping, sharpening
Files: bird.webp

Files:
fish.webp
old.webp
License: Public domain
Copyright: Bo (Example)
Source: https://publicdomainpictures.net/en/view-image.php?image=1&picture=old-fish

Files: more/fish.webp
License: Public domain
Copyright: Cy Example
Source: https://publicdomainpictures.net/en/view-image.php?image=2&picture=old-fish

Copyright: Program Writer, 2020
License: GPLv2+
Files:
mill.webp
"""


def webp(width, height):
    """Red at the left or top, blue at the right or bottom."""
    ramp = np.linspace(255, 0, max(width, height))
    red = np.broadcast_to(ramp if width >= height else ramp[:, np.newaxis], (height, width))
    stored = io.BytesIO()
    Image.fromarray(np.stack([red, red * 0, 255 - red], axis=2).astype(np.uint8)).save(stored, "WEBP", lossless=True)
    return stored.getvalue()


@pytest.fixture
def files():
    names = ("bird", "fish", "old", "more/fish", "mill", "unnamed")
    return {f"zoo/{name}.webp": webp(320, 200) for name in names} | {
        "zoo/README": README.replace("\n\n", "\n \n").encode()
    }  # as some blank lines there are


def chosen(*names):
    return [{"class": name.split("/")[-1], "picture": f"zoo/{name}.webp", "cut": "0.5"} for name in names]


def test_a_credit_is_what_the_readme_says(files):
    assert vendor_photos.credit("zoo/bird.webp", files) == {
        "title": "A red-faced türkis bird",
        "author": "Ann Example",
        "licence": "CC BY-SA 4.0",
        "licence_url": "https://creativecommons.org/licenses/by-sa/4.0/",
        "source": "https://commons.wikimedia.org/wiki/File:A_red-faced_t%C3%BCrkis_bird.jpg",
        "changes": "GCompris: reduced, cropping, sharpening; this course: cut to a square, 160 x 160",
    }
    for name, author in (("fish", "Bo (Example)"), ("old", "Bo (Example)"), ("more/fish", "Cy Example")):
        said = vendor_photos.credit(f"zoo/{name}.webp", files)
        assert (said["title"], said["author"], said["licence"]) == ("old fish", author, "Public domain")


def test_a_picture_that_is_not_named_exactly_is_turned_away(files):
    with pytest.raises(ValueError, match=r"unnamed\.webp: no README credits"):
        vendor_photos.credit("zoo/unnamed.webp", files)
    with pytest.raises(ValueError, match="no README credits"):
        vendor_photos.credit("elsewhere/bird.webp", files)


@pytest.mark.parametrize("licence", ["GPLv2+", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-SA", "", "free"])
def test_a_licence_that_does_not_permit_it_or_is_not_clear_is_turned_away(files, licence, tmp_path):
    files["zoo/README"] = README.replace("GPLv2+", licence).encode()
    with pytest.raises(ValueError, match=r"mill\.webp: the licence"):
        vendor_photos.write_photos(chosen("bird", "mill"), files, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_two_credits_for_one_file_are_no_credit():
    with pytest.raises(ValueError, match=r"bird\.webp is credited twice"):
        vendor_photos.read_credits(README + "\nCopyright: Someone else\nFiles: bird.webp\n")


@pytest.mark.parametrize(("size", "cut"), [((320, 160), 0), ((320, 160), 1), ((160, 320), 0), ((160, 320), 1)])
def test_a_picture_is_cut_where_it_was_told(size, cut):
    with Image.open(io.BytesIO(vendor_photos.square_jpeg(webp(*size), cut))) as opened:
        assert opened.size == (160, 160) and opened.mode == "RGB" and opened.format == "JPEG"
        assert not opened.getexif()
        red, _, blue = np.asarray(opened, float).mean(axis=(0, 1))
    assert (red > 180 and blue < 75) if cut == 0 else (blue > 180 and red < 75)


def test_pictures_and_table_are_in_the_same_order_and_the_same_each_time(files, tmp_path):
    for name, order in (("one", ("fish", "bird", "more/fish")), ("two", ("more/fish", "fish", "bird"))):
        (tmp_path / name).mkdir()
        vendor_photos.write_photos(chosen(*order), files, tmp_path / name)
    for name in ("photo_classes.npz", "photo_classes.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    with (tmp_path / "one" / "photo_classes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["file"] for row in rows] == ["zoo/bird.webp", "zoo/fish.webp", "zoo/more/fish.webp"]
    with np.load(tmp_path / "one" / "photo_classes.npz", allow_pickle=False) as stored:
        assert stored["jpeg"].dtype == np.uint8 and stored["ends"].dtype == np.int64
        content, ends = stored["jpeg"].tobytes(), stored["ends"].tolist()
    assert len(ends) == 3 and ends[-1] == len(content)
    for start, end in zip([0, *ends], ends, strict=False):
        assert content[start:end] == vendor_photos.square_jpeg(webp(320, 200), 0.5)


def test_the_choice_names_each_picture_once_with_a_possible_cut():
    with vendor_photos.CHOICE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["picture"] for row in rows}) == len(rows) >= 150
    assert len({row["class"] for row in rows}) >= 5
    assert all(0 <= float(row["cut"]) <= 1 for row in rows)
