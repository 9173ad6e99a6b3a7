"""The course's data: photographs, some of them in classes, learned edges, digits and hand signs.

All of it lies beside this file.
`CREDITS.md` says who made each picture and under which licence.
"""

from helpers.data.digits import Digits, digits
from helpers.data.hand_signs import hand_signs
from helpers.data.photo_classes import PhotoClasses, PhotoCredit, PhotoSplit, photo_classes
from helpers.data.photographs import learned_edges, photograph, photograph_names

__all__ = [
    "Digits",
    "PhotoClasses",
    "PhotoCredit",
    "PhotoSplit",
    "digits",
    "hand_signs",
    "learned_edges",
    "photo_classes",
    "photograph",
    "photograph_names",
]
