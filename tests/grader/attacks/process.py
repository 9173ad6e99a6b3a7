"""Class I: around the grading itself."""

from __future__ import annotations

from .case import Attack, learns, shows

_PACKAGES = """import os, sys
import numpy
places = [*sys.path, os.path.dirname(numpy.__file__), os.path.dirname(os.__file__), sys.prefix]
if any(place and os.path.isdir(place) and os.access(place, os.W_OK) for place in places):
    print("WRIT" + "ABLE")"""

_AGAIN = """from pathlib import Path
place = Path.home() / "known.txt"
print(place.read_text() if place.exists() else "")
def label(word):
    with place.open("a") as file:
        file.write(word + " ")
    return word"""


ATTACKS = [
    Attack("I1", "a second grading is told what the first one asked", learns, cells={"label": _AGAIN}, times=2),
    Attack("I6", "installed packages can be changed", shows("WRITABLE"), cells={"blend": _PACKAGES}),
]
