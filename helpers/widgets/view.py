"""What every interactive view is: a module for the browser, the state it starts from, and a picture with words."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from .. import plots
from .ear import Reply, open_ear
from .modules import script, style

_OUTPUT = 80_000  # characters that a notebook stores of a view at most
_PICTURE = 5_000  # of them at least for the picture


@dataclass(eq=False, repr=False)
class View:
    """An interactive view; the last line of a cell shows it.

    In a notebook that is run, re-opened or exported, the module draws itself in the browser. Where scripts are not
    trusted, the picture stays, with its words.

    Args:
        module: name of the ES module's file, without the ending.
        title: what the view is called, for screen readers.
        state: what the module starts from; plain JSON data.
        alt: what the picture shows, in a sentence or two.
        draw: makes the picture, a matplotlib Figure.
        replies: what Python answers while a kernel runs, by question.

    Raises:
        ValueError: all this is too large to be stored in a notebook.
    """

    module: str
    title: str
    state: Mapping[str, Any]
    alt: str
    draw: Callable[[], Any]
    replies: Mapping[str, Reply] = field(default_factory=dict)
    address: str = field(default_factory=lambda: uuid.uuid4().hex)
    _ear: Any = None

    def __post_init__(self) -> None:
        over = sum(map(len, self._around())) + len(escape(self.alt)) + _PICTURE - _OUTPUT
        if over > 0:
            raise ValueError(
                f"all that was given takes {over:,} characters more than a view may store in a notebook: "
                "give less of it, or shorter names"
            )

    def html(self) -> str:
        """The view as HTML that needs nothing else, no file, no kernel, no network: 80,000 characters at most."""
        before, after = self._around()
        return before + plots.small_html(self.draw(), self.alt, most=_OUTPUT - len(before) - len(after)) + after

    def _around(self) -> tuple[str, str]:
        """What stands before the picture, and what after it."""
        state = for_script({**self.state, "title": self.title})
        address = for_script(self.address if self.replies else "")
        mount = f'mount("{self.address}", view, {state}, {address});'
        return (
            f'<div class="rf-view" data-rf-view="{self.address}"><style>{style(self.module)}</style>',
            f'</div>\n<script>(() => {{\n"use strict";\n{script(self.module)}{mount}\n}})();</script>',
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        if self.replies and self._ear is None:
            self._ear = open_ear(self.address, self.replies)
        return {"text/html": self.html(), "text/plain": self.alt}

    def __repr__(self) -> str:
        return self.alt


@dataclass(frozen=True)
class Refusal:
    """What stands in the place of a view that could not be made: why, and what to do."""

    title: str
    problem: str

    def _repr_html_(self) -> str:
        text = f"<strong>{escape(self.title)}</strong>: {escape(self.problem)}"
        return f'<div class="rf-view"><style>{style("host")}</style><p class="rf-problem" role="alert">{text}</p></div>'

    def __repr__(self) -> str:
        return f"{self.title}: {self.problem}"


def for_script(value: Any) -> str:
    """JSON that cannot end the script it stands in, with letters of all alphabets as they are: they are shorter so."""
    text = json.dumps(value, allow_nan=False, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # half a pair of surrogates is no text
