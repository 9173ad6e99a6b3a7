"""Class G: what people get to see: feedback, formgrader's pages, terminals and tables.

The control's page is nbgrader's own, made of what the control's run put out.
"""

from __future__ import annotations

import base64
import csv
import dataclasses
import io
import json
import logging
import re
import tempfile
import warnings
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from nbgrader.plugins import CsvExportPlugin
from traitlets.config import Application

from grader.course import course_directory, open_gradebook
from grader.report.export import GradesCsv
from grader.report.grade_table import grade_table
from grader.report.marks import read_marks
from tests.grader.feedback.formgrader import shown_by_formgrader
from tests.grader.feedback.test_page import foreign

from .assignment import FULL, NAME, POINTS, RIGHT, WEEK, Assignment
from .case import Attack, Outcome, learns, loses
from .ground import Ground
from .probe import is_ours, told

_MOST_PAGE = 2_000_000
_OWNED = "taken_over()"
_TRACKER = "https://tracker.example/x"
_SCRIPT = f"<script>{_OWNED}</script>"
_SVG = f"<svg xmlns='http://www.w3.org/2000/svg' onload='{_OWNED}'>{_SCRIPT}</svg>"
_HOSTILE = [
    _SCRIPT,
    f"<img src=x onerror='{_OWNED}'>",
    f'<iframe srcdoc="{_SCRIPT}"></iframe>',
    _SVG,
    f"<a href='javascript:{_OWNED}'>x</a>",
    f"<details ontoggle='{_OWNED}' open><summary>x</summary></details>",
    f"</pre></div></section></main></style></title>{_SCRIPT}",
    f'" onmouseover="{_OWNED}" x="',
    f"<math><mtext></mtext><style><img src=x onerror='{_OWNED}'></style></math>",
]
_REMOTE = [
    f"<img src='{_TRACKER}'>",
    f"<link rel=stylesheet href='{_TRACKER}'>",
    f"<form action='{_TRACKER}'><button>go</button></form>",
    f"<meta http-equiv=refresh content='0;url={_TRACKER}'>",
    f"<base href='{_TRACKER}'>",
]
_STEERS = "\x1b]0;owned\x07\x1b[2J\x1b[31mred \x9b31m \x9d0;t\x9c \x08\x7f"
_REVERSES = "\u202e}/* evil */\u202c \u2066x\u2069 pass\u200bed \u061c \u2028 \ufeff"
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclasses.dataclass(frozen=True)
class Shown:
    """What people see: the page for the student, the page for the instructor, and the lines of a terminal."""

    feedback: str
    formgrader: str
    terminal: str
    ours: bool


def _shown(attack: Attack, outcome: Outcome) -> Shown:
    with tempfile.TemporaryDirectory() as folder:
        if is_ours(outcome):
            return _shown_by_us(outcome, Path(folder))
        notebook = json.loads(Assignment().answered(attack))
        for cell, outputs in zip(notebook["cells"], json.loads(outcome.visible), strict=True):
            if cell["cell_type"] == "code":
                cell["outputs"] = outputs
        page = shown_by_formgrader(notebook, Path(folder), ours=False)
        texts = [output.get("text", "") for cell in json.loads(outcome.visible) for output in cell]
        return Shown(page, page, "".join(texts), ours=False)


def _shown_by_us(outcome: Outcome, folder: Path) -> Shown:
    submitted = outcome.extra["folder"]
    root, student = submitted.parents[2], submitted.parent.name
    page = root / "feedback" / student / WEEK / f"{NAME}.html"
    autograded = root / "autograded" / student / WEEK / f"{NAME}.ipynb"
    notebook = json.loads(autograded.read_text(encoding="utf-8"))
    table = grade_table(WEEK, [marks for marks in read_marks(root, WEEK) if marks.student == student])
    verdict = outcome.extra["verdict"]["sheets"]
    return Shown(
        page.read_text(encoding="utf-8"),
        shown_by_formgrader(notebook, folder, ours=True),
        "\n".join([table, outcome.notes, *_texts(verdict)]),
        ours=True,
    )


def _texts(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return [data] if isinstance(data, str) else []


# ---- questions about what is shown -----------------------------------------------------------------------------


class _Active(HTMLParser):
    """What of a page would run something of the student's, or load it from elsewhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            text = value or ""
            runs = name.startswith("on") or name in ("srcdoc", "href", "src", "action", "content", "data")
            if runs and ("taken_over" in text or "tracker.example" in text):
                self.found.append(f"{tag} {name}={text[:80]}")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is not None and ("taken_over" in data or "tracker.example" in data):
            self.found.append(f"{self.cdata_elem}: {data[:80]}")


class _Outside(HTMLParser):
    """The text of a feedback page outside the boxes that say that they hold the student's own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self._depth = "", 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self._depth or ("class", "theirs") in attrs):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "div" and self._depth > 0

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self.text += data


def _runs(shown: Shown) -> bool:
    strange = foreign(shown.feedback) if shown.ours else []
    return bool(strange or _Active(shown.feedback).found or _Active(shown.formgrader).found)


def _has_no_policy(shown: Shown) -> bool:
    found = re.search(r'<meta[^>]*http-equiv="Content-Security-Policy"[^>]*content="([^"]*)"', shown.feedback)
    return found is None or "default-src &#x27;none&#x27;" not in found[1].replace("'", "&#x27;").replace(
        "&#39;", "&#x27;"
    )


def _steers(shown: Shown) -> bool:
    return any(_CONTROLS.search(text) for text in (shown.feedback, shown.terminal))


def _hides(shown: Shown) -> bool:
    return any(_UNSEEN.search(text) for text in (shown.feedback, shown.formgrader, shown.terminal))


def _is_long(shown: Shown) -> bool:
    return max(len(shown.feedback), len(shown.formgrader), len(shown.terminal)) > _MOST_PAGE


def _claims(shown: Shown) -> bool:
    return "12 of 12 points, says" in _Outside(shown.feedback).text


def _page(name: str, title: str, question: Callable[[Shown], bool], **how: Any) -> Attack:
    attack = Attack(name, title, loses, **how)
    return dataclasses.replace(attack, wins=lambda outcome: question(_shown(attack, outcome)))


# ---- attacks ---------------------------------------------------------------------------------------------------


def _displays(kind: str, *texts: str) -> dict[str, str]:
    lines = [f"display({{{kind!r}: {text!r}, 'text/plain': {text!r}}}, raw=True)" for text in texts]
    return {"setup": "import numpy as np\n" + "\n".join(lines)}


def _markdown(notebook: dict[str, Any]) -> None:
    for number, text in enumerate(_HOSTILE):
        cell = {"cell_type": "markdown", "id": f"words{number}", "metadata": {}, "source": text}
        notebook["cells"].insert(1, cell)


def _names(notebook: dict[str, Any]) -> None:
    about = {"grade": True, "solution": True, "task": False, "locked": False, "points": 1, "schema_version": 3}
    about["grade_id"] = f'"><img src=x onerror="{_OWNED}">'
    cell = {"cell_type": "markdown", "id": "name", "metadata": {"nbgrader": about}, "source": "x"}
    notebook["cells"].append(cell)
    notebook["metadata"] |= {
        "title": f"</title>{_SCRIPT}",
        "language_info": {"name": "python", "pygments_lexer": _SCRIPT},
    }
    notebook["cells"][1]["metadata"]["tags"] = [f'"><img src=x onerror="{_OWNED}">']


def _printing(text: str) -> dict[str, str]:
    """Printed, displayed, written in a comment and a name, and raised, before and after hidden tests."""
    plain = f"print({text!r})\n{text!r}\n"
    raises = f"raise type({text!r}, (ValueError,), {{}})({text!r})"
    comment = "".join(char for char in text if char not in "\x00\r\n\u2028")
    return {
        "setup": f"import numpy as np\n{plain}",
        "blend": f"# {comment}\n{plain}\n{RIGHT['blend']}\n{raises}",
        "label": f"{plain}\ndef label(word):\n    {raises}",
        "is_rising": f"{raises}",
    }


def _quoted(ground: Ground) -> Outcome:
    """Control: nbconvert puts pictures into the page, wherever they lie."""
    folder = ground.hand_in("student-G10", dataclasses.replace(_EMBEDS, control=None))
    cells = json.loads((folder / f"{NAME}.ipynb").read_text(encoding="utf-8"))["cells"]
    paths = re.findall(r"!\[x\]\(([^)]*)\)", "".join(cell["source"] for cell in cells))
    read = [Path(path).read_text(encoding="utf-8") for path in paths]  # what nbconvert before 7.17.1 did
    return Outcome({}, "".join(read), ground.assignment.secrets)


def _pictures(notebook: dict[str, Any]) -> None:
    path = f"@ROOT@/source/{WEEK}/{NAME}.ipynb"
    cell = {"cell_type": "markdown", "id": "words", "metadata": {}, "source": f"![x]({path})"}
    notebook["cells"].insert(1, cell)


def _learns_by_picture(outcome: Outcome) -> bool:
    """Ours besides shows formgrader's page, in which a file might be quoted in Base64."""
    if not is_ours(outcome):
        return learns(outcome)
    page = _shown(_EMBEDS, outcome).formgrader
    quoted = [base64.b64decode(text + "==") for text in re.findall(r"base64,([A-Za-z0-9+/]{8,})", page)]
    return learns(outcome) or any(secret.encode() in text for secret in outcome.secrets for text in quoted)


_EMBEDS = Attack("G10", "", learns, rework=_pictures, place=told)


# ---- tables ----------------------------------------------------------------------------------------------------

_FORMULAS = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1")


def _formulas(folder: Path, root: Path) -> None:
    """A learner management system lets people choose their names."""
    with open_gradebook(course_directory(root)) as book:
        book.update_or_create_student(
            folder.parent.name, first_name=_FORMULAS[0], last_name=_FORMULAS[4], email=_FORMULAS[3]
        )


def _exported(root: Path, plugin: type) -> str:
    app = Application(log_level=logging.ERROR)
    app.coursedir = course_directory(root)
    with tempfile.TemporaryDirectory() as folder, open_gradebook(app.coursedir) as book:
        made = plugin(parent=app)
        made.to = f"{folder}/grades.csv"
        made.export(book)
        return Path(made.to).read_text(encoding="utf-8")


def _exports(ground: Ground) -> Outcome:
    """Control: nbgrader's own table."""
    folder = ground.hand_in("student-G7", Attack("G7", "", _calculates, place=_formulas))
    with open_gradebook(course_directory(ground.root)) as book, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own way of making one
        book.update_or_create_submission(WEEK, folder.parent.name)
    return Outcome({}, _exported(ground.root, CsvExportPlugin))


def _calculates(outcome: Outcome) -> bool:
    text = outcome.visible
    if is_ours(outcome):
        text = _exported(outcome.extra["folder"].parents[2], GradesCsv)
        if "HYPERLINK" not in text:
            return True  # it has to be shown, as text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    return any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in cells)


_HTML = "text/html"
ATTACKS = [
    _page("G1", "markup in an answer", _runs, rework=_markdown),
    _page("G2a", "markup as output", _runs, cells=_displays(_HTML, *_HOSTILE)),
    _page("G2b", "JavaScript as output", _runs, cells=_displays("application/javascript", _OWNED)),
    _page("G2c", "markup as Markdown output", _runs, cells=_displays("text/markdown", *_HOSTILE)),
    _page("G3", "names of cells, tags and languages", _runs, rework=_names),
    _page("G4", "a page that would allow scripts if one came through", _has_no_policy, cells=RIGHT, deserved=FULL),
    _page("G5", "characters that steer a terminal", _steers, cells=_printing(_STEERS), deserved=POINTS["check_blend"]),
    _page(
        "G6",
        "characters that hide or reverse what is read",
        _hides,
        cells=_printing(_REVERSES),
        deserved=POINTS["check_blend"],
    ),
    Attack("G7", "formulas in a table", _calculates, place=_formulas, control=_exports, cells=RIGHT, deserved=FULL),
    _page("G8a", "pictures and forms of another host", _runs, cells=_displays(_HTML, *_REMOTE)),
    _page(
        "G8b",
        "a text that says that it is a mark",
        _claims,
        cells=_printing("12 of 12 points, says the grader"),
        deserved=POINTS["check_blend"],
    ),
    _page("G9a", "a line of 5 MB", _is_long, cells={"setup": "print('x' * (5 << 20))\nimport numpy as np"}),
    _page(
        "G9b",
        "many outputs",
        _is_long,
        cells={"setup": "import numpy as np\nfor n in range(1000): display('x' * 2500)"},
    ),
    dataclasses.replace(
        _EMBEDS, title="a picture that is a file of the course", wins=_learns_by_picture, control=_quoted
    ),
]
