"""The page of one sheet: only our own elements, our own claims, under 2 MB, whatever a student wrote."""

import dataclasses
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.feedback import Exercise, Output, Part, page
from grader.feedback.page import MOST_BYTES
from tests.grader.feedback.hostile import HOSTILE, MARKUP, PICTURE, Tags, sheet_of

OUR_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "p",
    "h1",
    "h2",
    "h3",
    "div",
    "span",
    "main",
    "nav",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "section",
    "ul",
    "li",
    "details",
    "summary",
    "pre",
    "img",
    "footer",
    "wbr",
}
OUR_ATTRIBUTES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "href",
    "id",
    "tabindex",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "scope",
    "role",
    "open",
    "src",
    "alt",
}
TEXTS = st.one_of(
    st.text(max_size=300),
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from([*HOSTILE, "<", ">", '"', "'", "&", "-->", "]]>", "\x00"]), max_size=6).map("".join),
)


def foreign(html):
    """Elements and attributes that are not ours, and addresses that lead out of the page."""
    found = []
    for tag, attributes in Tags(html).found:
        found += [tag] if tag not in OUR_TAGS else []
        found += [name for name in attributes if name not in OUR_ATTRIBUTES]
        href, source = attributes.get("href", "#"), attributes.get("src", "data:image/png;base64,")
        found += [href] if not re.fullmatch(r"#[a-z0-9-]*", href) else []
        found += [source] if not re.fullmatch(r"data:image/png;base64,[A-Za-z0-9+/=]*", source) else []
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text):
    html = page(sheet_of(text))
    assert foreign(html) == []
    if text in MARKUP and "\x00" not in text:
        assert foreign(f"<p>{text}</p><p title='{text}'>") or "<" not in text, "the text should be harmful as it is"
        assert text.replace("\n", "") in Tags(html).text


@given(text=TEXTS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_adds_an_element_or_an_attribute(text):
    text = text.replace("_", "-")  # a name may be broken after its underscores, which adds our own <wbr>
    plain = "\n".join("x" * (line.strip() != "") for line in text.split("\n")) if text.strip() else text
    html = page(sheet_of(text))
    assert foreign(html) == []
    assert len(html.encode()) < MOST_BYTES
    if text and len(text) < 100 and "\n" not in text and "\r" not in text and plain:
        assert Tags(html).shape == Tags(page(sheet_of("x"))).shape or not text.strip()


@pytest.mark.parametrize(
    "letter", ["x", "<", '"', "&", "\x00", "\u202e", "\U000e0041", "漢", "\n", "_"], ids=lambda c: f"{ord(c):04x}"
)
@pytest.mark.parametrize("count", [1, 5, 500])
def test_a_page_is_always_under_two_megabytes(letter, count):
    flood = letter * 100_000
    exercise = sheet_of(flood).exercises[0]
    outputs = (Output(flood, PICTURE), Output(flood)) * 50
    exercise = dataclasses.replace(exercise, name="an_exercise_of_the_release", outputs=outputs)
    sheet = sheet_of(flood, exercises=(exercise,) * count, repairs=(flood,) * 100)
    assert len(flood) * len(outputs) * count > MOST_BYTES, "there should be more than fits"
    assert len(page(sheet).encode()) < MOST_BYTES


def test_a_flood_in_one_exercise_leaves_the_others_whole():
    flood = Exercise("first", 0, 5, source="<" * 500_000, outputs=(Output("<" * 500_000),) * 50)
    whole = Exercise("second", 5, 5, parts=(Part("part", "passed"),), source="def second(): ...")
    html = page(sheet_of("x", exercises=(flood, whole)))
    assert "def second(): ..." in html
    assert "There was more; the rest is left out here." in html


def test_a_picture_too_many_is_left_out():
    large = b"\x89PNG\r\n\x1a\n" + b"x" * 290_000
    html = page(sheet_of("x", exercises=(Exercise("f", 1, 1, outputs=(Output("", large),) * 20),)))
    assert 1 <= html.count("<img") < 20
    assert len(html.encode()) < MOST_BYTES


@pytest.mark.parametrize("state", ["refused", "failed by us"])
def test_what_was_not_graded_shows_no_points_but_a_reason(state):
    sheet = sheet_of("f", state=state, why="The file is broken: save it again.", penalty=0.0)
    text = Tags(page(sheet)).text
    assert "The file is broken: save it again." in text
    assert "This is not a mark of 0" in text
    assert not re.search(r"\d+ of \d+ points|\d points", text)
    assert re.search(r"[\d.]+ of \d+ points", Tags(page(sheet_of("f"))).text), "a graded page should show points"


def test_an_exercise_without_a_mark_is_not_zero():
    html = page(sheet_of("x", exercises=(Exercise("f", None, 8), Exercise("g", 4, 4)), penalty=0.0))
    text = Tags(html).text
    assert "no mark yet, of 8" in text and "0 of 8" not in text
    assert "Without f, which could not be graded" in text


def test_what_a_student_printed_stands_in_a_box_that_says_so():
    html = page(sheet_of("x", exercises=(Exercise("f", 0, 10, outputs=(Output("Score 10/10"),)),)))
    box = html[html.index('<div class="theirs">') :]
    assert html.count("Score 10/10") == 1
    assert "not part of the mark" in box[: box.index("Score 10/10")]


def test_extra_credit_and_penalty_count():
    exercises = (Exercise("f", 7, 8, extra=1), Exercise("essay", 0, 0, extra=3, written=True, by_hand=True))
    text = Tags(page(sheet_of("x", exercises=exercises, penalty=2.0))).text
    assert "9 of 8 points" in text
    assert "7 of 8 + 1 extra" in text and "3 extra" in text
    assert "2 taken off because it came late" in text


def test_the_page_forbids_itself_everything_but_its_own_style_and_pictures():
    html = page(sheet_of("x"))
    [policy] = [a["content"] for tag, a in Tags(html).found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert '<meta name="referrer" content="no-referrer">' in html
