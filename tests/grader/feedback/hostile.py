"""Texts written to break out of the page they are shown on, and a page that shows one of them in every place."""

from __future__ import annotations

import io
from html.parser import HTMLParser

from PIL import Image

from grader.feedback import Exercise, Output, Part, Sheet
from grader.feedback.picture import clean_png

MARKUP = [
    "<script>alert(1)</script>",
    "</pre></div><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://tracker.example/x.png'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>",
    "<a href='javascript:alert(1)'>x</a>",
    "<form action='https://tracker.example'><button>go</button></form>",
    "<meta http-equiv=refresh content='0;url=https://tracker.example'>",
    "<base href='https://tracker.example/'>",
    "<link rel=stylesheet href='https://tracker.example/a.css'>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</summary></details><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;script&#x3e;",
    "\\href{javascript:alert(1)}{x} $\\def\\x{\\x\\x}\\x$ \\require{action}",
    "{{7*7}} {% import os %} ${7*7}",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
]
UNSEEN = [
    "\x1b]0;title\x07 \x1b[2J \x1b[31mred",
    "\x9b31m \x90 \x9d0;t\x9c",
    "\u202e10/01 :erocs\u202c \u2066x\u2069 \u061c",
    "pass\u200bed \u200d \ufeff \u2060 \u00ad",
    "\U000e0041\U000e0042 tags",
    "\ud800 half a pair",
    "\u2028 line \u2029 paragraph",
    "\r overwritten \x08\x7f",
]
MISLEADING = ["Score 10/10", "✓ passed: 12 of 12 points", "Graded by your instructor: 100 points", "\n" * 5000]
HOSTILE = MARKUP + UNSEEN + MISLEADING


class Tags(HTMLParser):
    """The start tags of a page, with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data if self.cdata_elem is None else ""

    @property
    def shape(self):
        """Tags with the names of their attributes, in order."""
        return [(tag, tuple(attributes)) for tag, attributes in self.found]


def small_picture() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((40, 20)).save(out, "PNG")
    cleaned = clean_png(out.getvalue())
    assert cleaned is not None
    return cleaned


PICTURE = small_picture()


def sheet_of(text: str, **changes) -> Sheet:
    """A sheet with the same text in every field that a student or a release can fill."""
    parts = (Part(text, "passed"), Part(text, "failed", text), Part(text, "unchecked", text))
    shown = (Output(text), Output(text, PICTURE))
    exercises = (
        Exercise(text, 2.5, 5, parts=parts, limits=(text,), note=text, source=text, outputs=shown, comment=text),
        Exercise(text, 3, 0, written=True, by_hand=True, source=text, comment=text),
    )
    about = {"state": "graded with limits", "why": text, "repairs": (text,), "exercises": exercises, "penalty": 1.0}
    names = {"student": text, "week": text, "title": text}
    return Sheet(**(names | about | changes))
