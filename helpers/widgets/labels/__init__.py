"""Label a photograph: draw boxes, name them, see each as the vector that a network learns, and take them with you."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers import plots
from helpers.checks.words import short

from ..pictures import colours
from ..view import View
from .street import OBJECTS, street

MOST_BOXES, MOST_CLASSES, LONGEST_NAME = 100, 12, 30
_LETTERS = 18_000  # of the picture's URL at most
_INCHES = 3.2  # width of the picture for places without scripts
_KEYS = ("class", "b_x", "b_y", "b_h", "b_w")
_SLACK = 0.001  # how far a box may stand over: numbers are rounded
_COLOURS = ("#0b62b0", "#b8004e", "#1a6e2e", "#8a4b00", "#5b2a86", "#333333")


@dataclass(eq=False, repr=False)
class LabelStudio(View):
    """The studio, and the boxes that were drawn in it.

    Args:
        labels: boxes as dictionaries with the keys class, b_x, b_y, b_h and b_w: the midpoint and the size relative to
            the picture, from its upper left corner. While a kernel runs they follow the page.
        classes: names that a box may have.
        picture: what the boxes are drawn on, uint8; the page may show another one that was opened there.
    """

    labels: list[dict[str, Any]] = field(default_factory=list)
    classes: tuple[str, ...] = ()
    picture: np.ndarray = field(default_factory=lambda: np.zeros((1, 1, 3), np.uint8))

    def to_json(self) -> str:
        """The boxes as JSON text, which `boxes=json.loads(text)` and the page read again."""
        return _as_json(self.labels)

    def html(self) -> str:
        """As `View.html`, with the boxes as they are now."""
        self.state = {**self.state, "boxes": self.labels}
        self.alt = describe(self.picture, self.labels)
        return super().html()

    def hear(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Take over the boxes of the page, which may have come from anywhere.

        Raises:
            ValueError: these are no boxes; those that were known before stay.
        """
        self.labels = checked(said.get("labels"), self.classes)
        return {"count": len(self.labels)}


def label_studio(
    image: ArrayLike | None = None,
    classes: Sequence[str] = ("pedestrian", "car", "motorcycle"),
    *,
    boxes: Sequence[Mapping[str, Any]] = (),
) -> LabelStudio:
    """Draw boxes on a photograph and name them; each becomes y = (p_c, b_x, b_y, b_h, b_w, c_1, c_2, ...).

    Args:
        image: (n_H, n_W) or (n_H, n_W, 3); made smaller if a side is longer than 256. Left out, there is
            a drawn street with two boxes.
        classes: 1 to 12 different names.
        boxes: what to begin with: dictionaries with the keys class, b_x, b_y, b_h and b_w, the numbers relative to the
            picture, from its upper left corner.

    Returns:
        The view, with the boxes in `labels` and `to_json()` while a kernel runs.

    Raises:
        ValueError: this is no picture, or the classes or boxes are none; says which and why.
    """
    names = _names(classes)
    if image is None:
        image = street()
        boxes = boxes or [one for one in OBJECTS[:2] if one["class"] in names]
    labels = checked(list(boxes) if isinstance(boxes, Sequence) else boxes, names)
    url, picture = colours(image, most=_LETTERS)
    state = {"picture": url, "classes": list(names), "boxes": labels, "most": MOST_BOXES}
    studio = LabelStudio(
        "labels",
        "Label studio",
        state,
        describe(picture, labels),
        lambda: _draw(picture, studio.labels, names),
        labels=labels,
        classes=names,
        picture=picture,
    )
    studio.replies = {"settled": studio.hear}
    return studio


def _names(classes: Sequence[str]) -> tuple[str, ...]:
    if isinstance(classes, str) or not isinstance(classes, Sequence):
        raise ValueError(f'classes is {short(classes)}: expected a list of names like ("pedestrian", "car")')
    names = tuple(classes)
    for name in names:
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
            raise ValueError(f"a class is {short(name)}: expected a name of 1 to {LONGEST_NAME} characters")
    if not 1 <= len(names) <= MOST_CLASSES or len(set(names)) < len(names):
        raise ValueError(f"there are {len(names)} classes: expected 1 to {MOST_CLASSES} different names")
    return names


def checked(labels: Any, classes: Sequence[str]) -> list[dict[str, Any]]:
    """Boxes whose keys, classes and numbers are what they should be, as plain dictionaries.

    Args:
        labels: a list of dictionaries with the keys class, b_x, b_y, b_h and b_w, from anywhere.
        classes: the names that there are.

    Raises:
        ValueError: one of them is none; says which, what is wrong and what was expected.
    """
    if not isinstance(labels, (list, tuple)):
        raise ValueError(f"the boxes are of type {type(labels).__name__}: expected a list")
    if len(labels) > MOST_BOXES:
        raise ValueError(f"there are {len(labels):,} boxes: expected at most {MOST_BOXES}")
    return [_box(label, f"box {number}", classes) for number, label in enumerate(labels, 1)]


def _box(label: Any, who: str, classes: Sequence[str]) -> dict[str, Any]:
    if not isinstance(label, Mapping) or set(label) != set(_KEYS):
        given = ", ".join(short(key, 20) for key in list(label)[:6]) if isinstance(label, Mapping) else short(label)
        raise ValueError(f"{who} has {given or 'nothing'}: expected the keys {', '.join(_KEYS)} and no others")
    if not isinstance(label["class"], str) or label["class"] not in classes:
        raise ValueError(f"{who} has the class {short(label['class'])}: expected one of {', '.join(classes)}")
    for key in _KEYS[1:]:
        value = label[key]
        number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
        if not number or not math.isfinite(value):
            raise ValueError(f"{who} has {key} = {short(value)}: expected a number from 0 to 1")
    middle, size = [float(label[key]) for key in ("b_x", "b_y")], [float(label[key]) for key in ("b_w", "b_h")]
    if min(size) <= 0:
        raise ValueError(f"{who} has the size {size[1]:g} x {size[0]:g}: expected b_h and b_w above 0")
    if any(at - side / 2 < -_SLACK or at + side / 2 > 1 + _SLACK for at, side in zip(middle, size, strict=True)):
        raise ValueError(f"{who} reaches over the border of the picture: expected it inside, all numbers from 0 to 1")
    return {"class": label["class"]} | {key: round(float(label[key]), 4) for key in _KEYS[1:]}


def _as_json(labels: Sequence[Mapping[str, Any]]) -> str:
    lines = ",\n".join(f"  {json.dumps(dict(label))}" for label in labels)
    return f"[\n{lines}\n]" if labels else "[]"


def describe(picture: np.ndarray, labels: Sequence[Mapping[str, Any]]) -> str:
    """The studio in words, for the alt text."""
    listed = "; ".join(
        f"{one['class']} around ({one['b_x']:g}, {one['b_y']:g}), {one['b_h']:g} high and {one['b_w']:g} wide"
        for one in labels[:8]
    )
    more = f"; and {len(labels) - 8} more" if len(labels) > 8 else ""
    height, width = picture.shape[:2]
    count = f"{len(labels)} labelled box{'' if len(labels) == 1 else 'es'}"
    return f"A picture of {height} by {width} pixels with {count}, relative to its size: {listed or 'none yet'}{more}."


def _draw(picture: np.ndarray, labels: Sequence[Mapping[str, Any]], classes: Sequence[str]) -> Any:
    from matplotlib.patches import Rectangle

    height, width = picture.shape[:2]
    fig, axes = plots.figure(width=_INCHES, height=_INCHES * min(1.0, max(0.3, height / width)))
    axis = np.asarray(axes).flat[0]
    plots.draw_image(axis, picture)
    for label in labels:
        left, top = width * (label["b_x"] - label["b_w"] / 2), height * (label["b_y"] - label["b_h"] / 2)
        colour = _COLOURS[classes.index(label["class"]) % len(_COLOURS)]
        size = width * label["b_w"], height * label["b_h"]
        axis.add_patch(Rectangle((left - 0.5, top - 0.5), *size, fill=False, linewidth=2, edgecolor=colour))
        axis.text(left, top - 2, label["class"], fontsize=9, va="bottom", backgroundcolor="white")
    return fig
