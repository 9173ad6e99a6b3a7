"""Nothing in a learner's HTML runs or loads; what our own cells show stays as it is."""

from html.parser import HTMLParser

import numpy as np
import pytest

from grader.hooks.clean_html import clean_html, clean_markdown
from helpers import checks, widgets

PIXEL = "data:image/png;base64,iVBORw0KGgo="

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://example.org/tracker.png'>",
    "<img src='data:image/svg+xml;base64,PHN2Zz48L3N2Zz4='>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<form action='https://example.org'><input name=a><button>go</button></form>",
    "<div style='background:url(https://example.org/a.png)'>x</div>",
    "<div style='position:fixed;top:0'>x</div>",
    "<style>body{display:none}</style>",
    "<style>.rf-report{background:url(https://example.org/a.png)}</style>",
    "<style>.rf-report, body {color:red}</style>",
    "<style>@import 'https://example.org/a.css';</style>",
    "<style></style><script>alert(1)</script>",
    "<scr<style></style>ipt>alert(1)</script><script>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>",
    "<details ontoggle=alert(1) open><summary>x</summary></details>",
]


class Elements(HTMLParser):
    """All start tags of a page."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def dangers(html):
    """What could run, load or cover the page."""
    found = []
    for tag, attributes in Elements(html).found:
        if tag in {"script", "style", "iframe", "svg", "math", "form", "input", "button", "meta", "link", "object"}:
            found.append(tag)
        found += [name for name in attributes if name.startswith("on") or name == "srcdoc"]
        source = attributes.get("src") or attributes.get("href") or ""
        found += [source] if source and not source.startswith((PIXEL, "https://numpy.org")) else []
        style = attributes.get("style") or ""
        found += [style] if "url(" in style or "position" in style else []
    return found


def classes(html):
    """Every element with its class; a parser may add tbody where the standard does."""
    return [(tag, attributes.get("class")) for tag, attributes in Elements(html).found if tag != "tbody"]


def test_an_interactive_view_is_its_picture_and_its_words():
    view = widgets.filter_playground(np.eye(8))
    shown = clean_html(view.html() + "<p>after</p>")
    assert view.alt in Elements(shown).found[-2][1]["alt"]
    assert "mount" not in shown and "after" in shown


@pytest.mark.parametrize("unfinished", ["<script>", "<script", "<script></script", "</script>x", "<SCRIPT>1</Script >"])
def test_scripts_in_great_number_take_no_time(unfinished):
    assert not dangers(clean_html(unfinished * 20_000))


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_survives(html):
    assert dangers(html), "the sample itself should be found dangerous"
    assert not dangers(clean_html(html))
    assert not dangers(clean_markdown({}, f"text\n\n{html}\n"))


@pytest.mark.parametrize(
    "css",
    [
        "body{display:none}",
        ".rf-a, body {color:red}",
        ".rf-a{background:url(x)}",
        ".rf-a{} @import 'x';",
        "",
        "no rule",
    ],
)
def test_a_style_sheet_of_somebody_else_goes(css):
    cleaned = clean_html(f"<style>{css}</style><p>text</p>")
    assert cleaned == "<p>text</p>"


@pytest.fixture
def panel_of_a_wrong_answer():
    def flipped(A_prev, W, b, hparameters):
        shape = np.shape(checks.find("conv_forward").oracle(A_prev, W, b, hparameters)[0])
        return np.ones(shape), (A_prev, W, b, hparameters)

    return checks.conv_forward(flipped)._repr_html_()


def test_a_panel_stays_as_it_is(panel_of_a_wrong_answer):
    cleaned = clean_html(panel_of_a_wrong_answer)
    assert "<table>" in cleaned, "the sample should hold pictures too"
    assert Elements(cleaned).found[0][0] == "style"
    assert classes(cleaned) == classes(panel_of_a_wrong_answer)
    assert "background: rgb(" in cleaned.replace("background:rgb", "background: rgb")


def test_pictures_in_the_page_links_and_folded_hints_stay():
    html = (
        f'<img src="{PIXEL}" alt="a pixel"><a href="https://numpy.org">numpy</a>'
        "<details><summary>Hint 1</summary>Look.</details>"
    )
    assert clean_html(html) == html


def test_markdown_keeps_quotes_code_and_formulas():
    html = clean_markdown({}, "> quoted\n\n`a < b` and $n < m$\n\n- one\n- two")
    assert "<blockquote>" in html
    assert "<code>a &lt; b</code>" in html
    assert "$n &lt; m$" in html
    assert html.count("<li>") == 2
