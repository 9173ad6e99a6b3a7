"""Names that came from somewhere else: which are safe as a file or student name, and how to print any of them."""

from __future__ import annotations

import unicodedata

LONGEST = 100
_FORBIDDEN = frozenset('/\\:*?"<>|')


def odd_name(name: str) -> str:
    """Why a file or folder name is not accepted, as the end of a sentence; "" where it is.

    A name goes into paths, into the gradebook, onto terminals and into pages, so it must be harmless in all of them,
    and also after Unicode normalisation, which some file systems do.
    """
    plain = unicodedata.normalize("NFKC", name)
    if not name or len(name) > LONGEST:
        return f"is empty or longer than {LONGEST} characters"
    if not name.isprintable():
        return "has characters that cannot be printed"
    if _FORBIDDEN & (set(name) | set(plain)):
        return 'has one of the characters / \\ : * ? " < > |'
    if plain[0] in ".-" or name != name.strip() or ".." in plain:
        return "starts with a dot, a dash or a space, ends with a space, or has two dots in a row"
    return ""


def printable(text: str) -> str:
    """Text of any origin on one line of a terminal: nothing in it moves the cursor, hides or reverses."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
