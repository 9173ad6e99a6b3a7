"""No character that hides, reverses or steers survives; every other one does."""

import sys
import unicodedata

import pytest

from grader.feedback.text import visible
from tests.grader.feedback.hostile import UNSEEN


def unseen(text):
    return [c for c in text if c not in "\n\t" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


@pytest.mark.parametrize("text", UNSEEN)
def test_what_is_invisible_is_shown_by_its_number(text):
    assert unseen(text), "the sample itself should hold an invisible character"
    assert not unseen(visible(text))
    assert f"\u2039U+{ord(unseen(text)[0]):04X}\u203a" in visible(text)


def test_every_character_of_unicode_is_either_kept_or_shown_by_its_number():
    characters = "".join(map(chr, range(sys.maxunicode + 1)))
    shown = visible(characters.replace("\r\n", ""))
    assert not unseen(shown)
    shown.encode("utf-8")


def test_ordinary_text_stays_as_it_is():
    text = "def f(x):\n\treturn 'Äußerung, 漢字, 👩, नमस्ते, ∇²u ≤ 1'\n"
    assert visible(text) == text
    assert visible("a\r\nb") == "a\nb"


def test_letters_without_ink_are_shown_by_their_number():
    assert visible("\u3164\u115f") == "\u2039U+3164\u203a\u2039U+115F\u203a"
