"""The page can be read by a screen reader, with the keyboard, and in every colour scheme."""

import itertools
import re

import pytest

from grader.feedback import Exercise, page
from grader.feedback.style import STYLE
from tests.grader.feedback.hostile import Tags, sheet_of

PAPERS = {"ink": ("paper",), "soft": ("paper", "box"), "link": ("paper",)} | dict.fromkeys(
    ("good", "bad", "open"), ("paper",)
)


def schemes():
    """The colours of each scheme, by name: light, dark, print."""
    blocks = re.findall(r":root\{([^}]*)\}", STYLE)
    light, *others = (dict(re.findall(r"--(\w+):(#\w+)", block)) for block in blocks)
    return [light, *(light | other for other in others)]


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_for_contrast_is_the_one_of_the_standard():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", schemes(), ids=["light", "dark", "print"])
def test_every_text_has_a_contrast_of_4_5(colours):
    poor = [
        (ink, paper, round(contrast(colours[ink], colours[paper]), 2))
        for ink, papers in PAPERS.items()
        for paper in papers
        if contrast(colours[ink], colours[paper]) < 4.5
    ]
    assert poor == []


@pytest.fixture(params=["graded", "refused", "not handed in"])
def tags(request):
    return Tags(page(sheet_of("f", state=request.param)))


def test_headings_go_down_one_step_at_a_time(tags):
    levels = [int(tag[1]) for tag, _ in tags.found if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_landmarks_language_and_a_way_past_the_top_are_there(tags):
    names = [tag for tag, _ in tags.found]
    assert tags.found[0] == ("html", {"lang": "en"})
    assert [names.count(landmark) for landmark in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    first = names.index("a")
    assert tags.found[first][1]["href"] == "#exercises"
    assert names.index("body") == first - 1, "the skip link must be the first thing on the page"


def test_every_link_leads_somewhere_and_no_id_is_there_twice(tags):
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = {a["href"][1:] for _, a in tags.found if "href" in a} | {
        a["aria-labelledby"] for _, a in tags.found if "aria-labelledby" in a
    }
    assert wanted <= set(ids)


def test_table_headers_have_a_scope_pictures_a_text_and_scrolling_boxes_a_name(tags):
    for tag, attributes in tags.found:
        if tag == "th":
            assert attributes["scope"] in ("col", "row")
        if tag == "img":
            assert attributes["alt"].strip()
        if tag == "pre":
            assert attributes["tabindex"] == "0" and attributes["role"] == "region" and attributes["aria-label"]
    assert [tag for tag, _ in tags.found].count("caption") == 1


def test_every_sign_has_its_word():
    html = page(sheet_of("f"))
    for sign, word in (("✓", "passed"), ("✗", "failed"), ("?", "could not be checked")):
        assert f'aria-hidden="true">{sign}</span><span class="word">{word}</span>' in html


def test_long_code_that_is_right_is_folded_and_code_that_is_wrong_is_not():
    code = "x = 1\n" * 40
    right, wrong = Exercise("f", 1, 1, source=code), Exercise("f", 0, 1, source=code, note="It stopped.")
    assert "<details>" in page(sheet_of("x", exercises=(right,)))
    assert "<details open>" in page(sheet_of("x", exercises=(wrong,)))
