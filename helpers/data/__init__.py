"""The course's data: photographs, learned edges, digits and hand signs. All of it lies beside this file.

`CREDITS.md` in this folder says who made each picture and under which licence.
"""

from helpers.data.digits import Digits, digits
from helpers.data.hand_signs import hand_signs
from helpers.data.photographs import learned_edges, photograph, photograph_names

__all__ = ["Digits", "digits", "hand_signs", "learned_edges", "photograph", "photograph_names"]
