"""Learners' HTML without anything that runs or loads: filters for nbgrader's feedback and formgrader pages.

A stopgap around bleach. It keeps what our own cells show: check panels with their style, tables, folded hints and
pictures that are carried in the page itself.
"""

from __future__ import annotations

import re
from typing import Any

import bleach
from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

_TAGS = frozenset(bleach.ALLOWED_TAGS) | frozenset(
    re.findall(
        r"\w+",
        "p br hr h1 h2 h3 h4 h5 h6 div span pre code del s sub sup dl dt dd details summary figure figcaption img "
        "table caption colgroup col thead tbody tfoot tr th td",
    )
)
_ATTRIBUTES = frozenset(
    ("class", "id", "title", "role", "alt", "width", "height", "colspan", "rowspan", "start", "open")
)
_CSS = CSSSanitizer(
    allowed_css_properties=ALLOWED_CSS_PROPERTIES | {"background", "max-width", "margin", "padding", "border", "gap"}
)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"<(/?)script\b", re.IGNORECASE)
_RULE = re.compile(r"\s*([^{}]*)\{([^{}]*)\}")
_OUR_SELECTOR = re.compile(r"(\[data-jp-theme-light=\"(true|false)\"\] )?\.rf-[\w\-. >:()]*")
_LOADS_OR_HIDES = re.compile(r"url|image|@|\\|<|expression|position", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


def clean_html(html: Any) -> str:
    """HTML with only harmless tags and attributes; the rest is shown as text.

    Args:
        html: the text, or its bytes.
    """
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else str(html)
    styles = "".join(f"<style>{css}</style>" for css in _STYLE.findall(text) if _is_our_style(css))
    body = bleach.clean(
        _without_scripts(_STYLE.sub("", text)),
        tags=_TAGS,
        attributes=_is_allowed,
        protocols=["http", "https", "mailto", "data"],
        css_sanitizer=_CSS,
    )
    return styles + str(body)


def _without_scripts(text: str) -> str:
    """Without whole script elements: an interactive view's code would fill the page as text. Linear in the length."""
    kept, done, inside = [], 0, False
    for tag in _SCRIPT.finditer(text):
        closes = tag[1] == "/"
        if not inside and not closes:
            kept.append(text[done : tag.start()])
            done, inside = tag.start(), True
        elif inside and closes:
            done, inside = text.find(">", tag.end()) + 1 or len(text), False
            if done == len(text):
                break
    return "".join([*kept, text[done:]])


@pass_context
def clean_markdown(context: Any, source: str) -> str:
    """Markdown as harmless HTML; formulas stay for MathJax, pasted pictures stay in place."""
    attachments = _Attachments(context.get("cell", {}).get("attachments", {}))
    return clean_html(MarkdownWithMath(renderer=IPythonRenderer(escape=False, attachments=attachments)).render(source))


class _Attachments(dict[str, Any]):
    """Pasted pictures by name; one that is not there is an empty picture and no reason to show nothing at all."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> dict[str, str]:
        return {"image/png": ""}


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name == "src":
        return tag == "img" and _PICTURE.fullmatch(value) is not None
    if name == "href":
        return tag == "a" and _LINK.match(value) is not None
    if name == "style":
        return _LOADS_OR_HIDES.search(value) is None
    return name in _ATTRIBUTES or name.startswith("aria-")


def _is_our_style(css: str) -> bool:
    """Whether a style sheet concerns nothing but our own panels and figures, and loads nothing."""
    if _RULE.sub("", css).strip() or _LOADS_OR_HIDES.search(css):
        return False
    selectors = [part.strip() for match in _RULE.finditer(css) for part in match[1].split(",")]
    return bool(selectors) and all(_OUR_SELECTOR.fullmatch(selector) for selector in selectors)
