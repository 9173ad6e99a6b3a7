"""In the label studio, boxes are drawn, named, undone, taken along and read back, by mouse and by keyboard."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from helpers import widgets

pytestmark = pytest.mark.browser

CLASSES = ["pedestrian", "car", "motorcycle"]
CAR = {"class": "car", "b_x": 0.5, "b_y": 0.7, "b_h": 0.3, "b_w": 0.4}


def point(shown, x, y):
    """Where a part of the picture's width and height lies on the page."""
    return tuple(
        shown.page.evaluate(
            """([x, y]) => { const stage = document.querySelector('.rf-stage');
            const { width, height } = stage.viewBox.baseVal;
            const at = new DOMPoint(x * width, y * height).matrixTransform(stage.getScreenCTM());
            return [at.x, at.y]; }""",
            [x, y],
        )
    )


def written(shown):
    """The boxes of the JSON text."""
    return json.loads(shown.page.get_by_label("JSON of these boxes").input_value())


def vector(shown):
    """y as the table shows it."""
    return shown.page.locator(".rf-list tbody td:nth-child(2)").all_inner_texts()


def numbers_of(label):
    """y of a label, as in the lecture."""
    ones = [float(name == label["class"]) for name in CLASSES]
    return np.array([1, label["b_x"], label["b_y"], label["b_h"], label["b_w"], *ones])


def read_in(shown, text):
    """Paste JSON and have it read."""
    shown.page.get_by_label("JSON to read").fill(text)
    shown.page.get_by_role("button", name="read these boxes").click()
    shown.settle()


def test_the_default_is_the_vector_of_the_lecture(show):
    shown = show(widgets.label_studio())
    assert vector(shown) == ["1", "0.5", "0.7", "0.3", "0.4", "0", "1", "0"]
    assert shown.said == "Box 1 of 2, car: y = (1, 0.5, 0.7, 0.3, 0.4, 0, 1, 0)."


def test_a_box_is_drawn_named_moved_and_pulled_by_mouse(show):
    shown = show(widgets.label_studio())
    shown.drag(point(shown, 0.03, 0.64), point(shown, 0.26, 0.88))
    shown.page.get_by_label("class").select_option("motorcycle")
    shown.settle()
    drawn = written(shown)[2]
    assert drawn["class"] == "motorcycle"
    assert np.allclose(numbers_of(drawn), [1, 0.145, 0.76, 0.24, 0.23, 0, 0, 1], atol=0.006)
    assert np.allclose(np.array(vector(shown), float), numbers_of(drawn), atol=1e-4)
    shown.drag(point(shown, 0.145, 0.7), point(shown, 0.245, 0.6))
    shown.drag(point(shown, 0.13, 0.78), point(shown, 0.1, 0.8))
    moved = written(shown)[2]
    assert np.allclose(numbers_of(moved)[1:5], [0.23, 0.67, 0.26, 0.26], atol=0.012)
    for _ in range(4):
        shown.page.get_by_role("button", name="undo").click()
    shown.settle()
    assert len(written(shown)) == 2
    assert shown.page.get_by_role("button", name="undo").is_disabled()


def test_a_box_is_added_moved_pulled_named_and_deleted_by_keyboard(show):
    shown = show(widgets.label_studio(np.zeros((100, 200), np.uint8)))
    assert vector(shown) == ["0"] + ["?"] * 7
    shown.page.get_by_role("button", name="add a box").press("Enter")
    shown.settle()
    for key in ("ArrowRight", "Shift+ArrowDown", "Alt+ArrowRight", "Alt+ArrowRight", "Alt+ArrowUp"):
        shown.page.keyboard.press(key)
    shown.settle()
    assert written(shown) == [{"class": "pedestrian", "b_x": 0.52, "b_y": 0.69, "b_h": 0.28, "b_w": 0.32}]
    shown.page.get_by_label("class").select_option("car")
    shown.settle()
    assert vector(shown)[5:] == ["0", "1", "0"]
    shown.page.locator(".rf-stage [role=button]").press("Delete")
    shown.settle()
    assert written(shown) == [] and shown.said == "No box: y = (0, ?, ?, ?, ?, ?, ?, ?)."
    shown.page.get_by_role("button", name="undo").press("Enter")
    shown.settle()
    assert len(written(shown)) == 1 and shown.keys == []


def test_boxes_added_by_the_button_do_not_hide_each_other(show):
    shown = show(widgets.label_studio(np.zeros((100, 200), np.uint8)))
    for _ in range(4):
        shown.page.get_by_role("button", name="add a box").click()
    shown.settle()
    assert len({(box["b_x"], box["b_y"]) for box in written(shown)}) == 4


def test_keys_that_come_faster_than_frames_all_count(show):
    shown = show(widgets.label_studio(np.zeros((100, 100), np.uint8), boxes=[CAR]))
    shown.page.evaluate(
        """() => { const box = document.querySelector('.rf-stage [role=button]');
        for (const key of ['ArrowUp', 'ArrowUp', 'ArrowLeft']) box.dispatchEvent(new KeyboardEvent('keydown', { key }));
        }"""
    )
    shown.settle()
    assert written(shown) == [CAR | {"b_x": 0.49, "b_y": 0.68}]


def test_boxes_stay_on_the_picture(show):
    shown = show(widgets.label_studio(boxes=[CAR]))
    shown.drag(point(shown, 0.5, 0.7), (1, 1))
    assert written(shown) == [CAR | {"b_x": 0.2, "b_y": 0.15}]


def test_what_was_written_is_read_back(show):
    studio = widgets.label_studio(boxes=[CAR])
    shown = show(studio)
    read_in(shown, widgets.label_studio().to_json())
    assert len(written(shown)) == 2 and shown.problem == ""
    assert written(shown)[0] == CAR
    shown.page.get_by_role("button", name="undo").click()
    shown.settle()
    assert written(shown) == [CAR]


BAD_JSON = [
    ("", "This is no JSON"),
    ('[{"class": "car", b_x: 1}]', "This is no JSON"),
    ('[{"class": "car", "b_x": NaN}]', "This is no JSON"),
    ("3", "This is no list"),
    ("[null]", "Box 1 is null: expected the keys"),
    ('[{"class": "car"}]', "expected the keys class, b_x, b_y, b_h, b_w and no others"),
    (json.dumps([CAR | {"<b>": 1}]), "no others"),
    (json.dumps([CAR, CAR | {"class": "<img src=x onerror=alert(1)>"}]), "Box 2 has the class"),
    (json.dumps([CAR | {"class": "toString"}]), "Box 1 has the class"),
    (json.dumps([CAR | {"b_x": None}]), "b_x = null"),
    (json.dumps([CAR | {"b_x": "0.5"}]), 'b_x = "0.5"'),
    (json.dumps([CAR | {"b_x": 1e999}]).replace("Infinity", "1e999"), "b_x = null"),
    (json.dumps([CAR | {"b_h": 0}]), "no size"),
    (json.dumps([CAR | {"b_x": 0.95}]), "over the border"),
    (json.dumps([CAR] * 101), "There are 101 boxes: expected at most 100"),
    (json.dumps([CAR] * 5000), "The text has"),
]


def test_bad_json_is_named_and_nothing_is_lost(show):
    shown = show(widgets.label_studio(boxes=[CAR]))
    for text, said in BAD_JSON:
        read_in(shown, text)
        assert said in shown.problem
        assert written(shown) == [CAR]
    read_in(shown, "[]")
    assert written(shown) == [] and shown.problem == ""


def wait_until_told(shown, heard):
    """Wait until the boxes that are shown have come; what was said before them has come by then."""
    for _ in range(150):
        if heard and heard[-1]["labels"] == written(shown):
            return
        shown.page.wait_for_timeout(100)
    pytest.fail(f"not told: {written(shown)}")


def test_python_hears_settled_boxes_and_not_every_dot_of_a_drag(show):
    studio = widgets.label_studio(boxes=[CAR])
    shown = show(studio)
    shown.drag(point(shown, 0.5, 0.7), point(shown, 0.4, 0.7))
    heard = []
    hear = studio.hear
    studio.replies = {"settled": lambda said: heard.append(said) or hear(said)}
    shown.answer_as_python(studio)
    wait_until_told(shown, heard)
    assert len(heard) == 1, "what was drawn before anybody listened is told then"
    shown.drag(point(shown, 0.4, 0.7), point(shown, 0.3, 0.6), steps=20)
    wait_until_told(shown, heard)
    assert len(heard) == 2
    assert studio.labels == written(shown) and abs(studio.labels[0]["b_x"] - 0.3) < 0.01


def test_the_file_to_take_along_is_the_text(show):
    shown = show(widgets.label_studio())
    with shown.page.expect_download() as waiting:
        shown.page.get_by_role("button", name="download").press("Enter")
    assert json.loads(waiting.value.path().read_text(encoding="utf-8")) == widgets.label_studio().labels
    assert waiting.value.suggested_filename == "boxes.json"


def file_of(size, kind="png"):
    """The bytes of a picture file."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "orange").save(buffer, format=kind)
    return buffer.getvalue()


def wait_until_opened(shown):
    """Wait until the chosen file is opened or refused: then another one can be chosen."""
    shown.page.wait_for_function("document.querySelector('input[type=file]').value === ''")
    shown.settle()


def open_file(shown, name, mime, content):
    """Choose a file and wait until it is opened or refused."""
    shown.page.get_by_label("a photograph of your own").set_input_files(
        {"name": name, "mimeType": mime, "buffer": content}
    )
    wait_until_opened(shown)


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_photograph_of_ones_own_is_labelled_and_goes_nowhere(show, kind):
    shown = show(widgets.label_studio(boxes=[CAR]))
    open_file(shown, f"mine.{kind}", f"image/{kind}", file_of((1600, 800), kind))
    assert shown.problem == "" and written(shown) == []
    assert shown.page.evaluate("document.querySelector('.rf-stage').getAttribute('viewBox')") == "0 0 800 400"
    shown.drag(point(shown, 0.25, 0.25), point(shown, 0.75, 0.5))
    assert np.allclose(numbers_of(written(shown)[0])[1:5], [0.5, 0.375, 0.25, 0.5], atol=0.01)
    shown.page.get_by_role("button", name="undo").click()
    shown.page.get_by_role("button", name="undo").click()
    shown.settle()
    assert written(shown) == [CAR], "the first photograph comes back with its boxes"
    assert shown.page.evaluate("document.querySelector('.rf-stage').getAttribute('viewBox')") == "0 0 256 171"
    assert [url for url in shown.requests if not url.startswith(("data:", "blob:"))] == []


def bomb():
    """A small PNG file that announces 60,000 dots a side."""
    head = bytearray(file_of((4, 4)))
    head[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(head)


NO_PHOTOGRAPHS = [
    ("note.txt", "text/plain", b"hello", "no PNG or JPEG picture"),
    ("page.png", "image/png", b"<html><script>alert(1)</script>", "no PNG or JPEG picture"),
    ("bomb.png", "image/png", bomb(), "60000 x 60000 pixels: expected 1 to 4096 a side"),
    ("wide.jpg", "image/jpeg", file_of((4200, 10), "jpeg"), "4200 x 10 pixels: expected 1 to 4096 a side"),
    ("cut.png", "image/png", file_of((9, 9))[:20], "no PNG or JPEG picture"),
    ("cut.jpg", "image/jpeg", file_of((9, 9), "jpeg")[:30], "no PNG or JPEG picture"),
    ("half.png", "image/png", file_of((90, 90))[:60], "half.png was not opened. This picture is broken"),
    ("drawing.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG or JPEG picture"),
    ("<b>.png", "image/png", b"", "<b>.png was not opened"),
]


def test_what_is_no_photograph_is_not_opened_and_nothing_is_lost(show):
    shown = show(widgets.label_studio(boxes=[CAR]))
    for name, mime, content, said in NO_PHOTOGRAPHS:
        open_file(shown, name, mime, content)
        assert said in shown.problem
        assert written(shown) == [CAR]
    shown.page.evaluate(
        """() => { const input = document.querySelector('input[type=file]'), given = new DataTransfer();
        given.items.add(new File([new Uint8Array(8_000_001)], 'large.png', { type: 'image/png' }));
        input.files = given.files; input.dispatchEvent(new Event('change')); }"""
    )
    wait_until_opened(shown)
    assert shown.problem.startswith("large.png was not opened. This file is larger than 8 MB")


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(show, dark):
    shown = show(widgets.label_studio(), dark=dark, width=380)
    assert shown.violations() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 380
