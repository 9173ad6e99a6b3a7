"""Anybody's text made fit to be shown: what is invisible or steers a screen is replaced by a visible mark."""

from __future__ import annotations

import re
import unicodedata

_UNUSUAL = re.compile(r"[^\n\t\x20-\x7e]")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def visible(text: str, *, keep: str = "") -> str:
    """The text with every control, format (bidirectional, zero-width) and blank character replaced by its number.

    The bell becomes U+0007 between angle quotes. Line feeds and tabs stay.

    Args:
        text: of anybody.
        keep: Unicode category that stays as well: "Cc" where colours and progress bars are understood.
    """
    if text.replace("\n", "").replace("\t", "").isprintable() and _BLANK_LETTERS.isdisjoint(text):
        return text  # most texts, and much faster

    def mark(found: re.Match[str]) -> str:
        character = found[0]
        category = unicodedata.category(character)
        if category != keep and (category in _INVISIBLE or character in _BLANK_LETTERS):
            return f"\u2039U+{ord(character):04X}\u203a"
        return character

    return _UNUSUAL.sub(mark, text.replace("\r\n", "\n"))
