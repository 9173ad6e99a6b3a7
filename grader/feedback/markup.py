"""HTML in which a plain string is always text: `element` escapes whatever is not markup of its own making."""

from __future__ import annotations

import html

from .text import visible

_VOID = frozenset({"meta", "img", "wbr"})
_MOST_BYTES_A_CHARACTER = 6  # "&quot;"


class Html(str):
    """Markup made here; everything else is text."""

    __slots__ = ()


def escape(text: str) -> Html:
    """Text as markup that shows it: the one place where text becomes HTML."""
    return Html(html.escape(visible(text), quote=True))


def element(tag: str, *children: str, **attributes: str | bool) -> Html:
    """One element.

    Args:
        tag: its name, a literal of ours.
        children: markup as it is, any other string as text.
        attributes: by name, with "_" for "-" and at the end of Python's own words; True for one without a value,
            False for none.
    """
    opening = "".join(_attribute(name, value) for name, value in attributes.items() if value is not False)
    if tag in _VOID:
        return Html(f"<{tag}{opening}>")
    return Html(f"<{tag}{opening}>{join(*children)}</{tag}>")


def join(*children: str) -> Html:
    """Several pieces one after the other; those that are not markup are text."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))


def _attribute(name: str, value: str | bool) -> str:
    plain = name.rstrip("_").replace("_", "-")
    return f" {plain}" if value is True else f' {plain}="{escape(str(value))}"'


class Room:
    """Bytes of markup that one part of a page may still use."""

    def __init__(self, size: int) -> None:
        self.left = max(0, size)

    def take(self, text: str, most: int) -> tuple[Html, bool]:
        """Text as markup, as much of it as there is room for.

        Args:
            text: to be shown.
            most: characters at the most.

        Returns:
            The markup, and whether something was left out.
        """
        shown = text[: min(most, self.left)]  # a character takes a byte at least
        markup = escape(shown)
        if len(markup.encode()) > self.left:
            shown = visible(shown)[: self.left // _MOST_BYTES_A_CHARACTER]
            markup = escape(shown)
            self.left = 0
            return markup, True
        self.left -= len(markup.encode())
        return markup, len(text) > len(shown)

    def has(self, size: int) -> bool:
        """Take `size` bytes if they are there."""
        if size > self.left:
            return False
        self.left -= size
        return True
