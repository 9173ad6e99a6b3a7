"""The thousand classes of ImageNet, in the order in which torchvision, Keras and the networks here number them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .weights import FILES

NUM_CLASSES = 1000
SUM_TOLERANCE = 1e-2  # numbers rounded to float16 may add up to this much more or less than 1
# WordNet calls two classes just "crane"; and two are called "maillot", which is French for both.
TOLD_APART = {134: "crane, the bird", 517: "crane, the machine", 639: "maillot, tank suit"}


class Guess(NamedTuple):
    """A class and how probable a network finds it.

    Attributes:
        name: the class, in words.
        probability: 0 to 1.
    """

    name: str
    probability: float


@cache
def class_names() -> tuple[str, ...]:
    """What the 1,000 classes are called: the first of WordNet's names for each.

    Returns:
        1,000 different names; the network's output k belongs to `class_names()[k]`.

    Source: O. Russakovsky et al., "ImageNet Large Scale Visual Recognition Challenge", 2015; names of WordNet 3.0.
    """
    lines = (FILES / "imagenet_classes.txt").read_text(encoding="utf-8").splitlines()
    names = [line.partition(" ")[2].partition(", ")[0] for line in lines]
    return tuple(TOLD_APART.get(place, name) for place, name in enumerate(names))


def top_classes(probabilities: ArrayLike, k: int = 5) -> list[Guess]:
    """The k classes that a network finds most probable in one picture, the first first.

    Args:
        probabilities: what a network with `include_top=True` gives for one picture, shape (1000,) or (1, 1000).
        k: how many classes, 1 to 1,000.

    Returns:
        k pairs (name, probability).

    Raises:
        ValueError: another shape, numbers that are no probabilities, or an impossible k.
    """
    table = np.asarray(probabilities, np.float64)
    if table.shape not in ((NUM_CLASSES,), (1, NUM_CLASSES)):
        raise ValueError(
            f"top_classes needs the 1,000 probabilities of one picture and got shape {table.shape}. Of several "
            "pictures take one, probabilities[i]; a network without its classifier (include_top=False) gives none."
        )
    if not isinstance(k, (int, np.integer)) or isinstance(k, bool) or not 1 <= k <= NUM_CLASSES:
        raise ValueError(f"k says how many classes to name, a whole number from 1 to 1000; it is {k!r}.")
    row = table.reshape(-1)
    # Written so that NaN fails as well.
    if not (np.all(row >= 0) and abs(row.sum() - 1) <= SUM_TOLERANCE):
        raise ValueError("These are no probabilities: they must lie from 0 to 1 and add up to 1.")
    return [Guess(class_names()[place], float(row[place])) for place in np.argsort(-row, kind="stable")[:k]]
