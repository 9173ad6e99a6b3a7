"""The check of one_hot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..check import Check
from ..compare import Output, as_array
from ..parts import Call, Case, Law, Misconception, Values, Violation

Rng = np.random.Generator


def _one_hot_oracle(y: Any, num_classes: int) -> np.ndarray:
    labels = np.asarray(y)
    return np.asarray([[float(label == k) for k in range(num_classes)] for label in labels.tolist()]).reshape(
        len(labels), num_classes
    )


def _labels(*, every_class: bool) -> Any:
    def cases(rng: Rng) -> Iterator[Case]:
        for num_classes in (3, 6, 5):
            used = num_classes if every_class else num_classes - 2
            y = np.concatenate([np.arange(used), rng.integers(0, used, size=int(rng.integers(1, 4)))])
            yield Case((rng.permutation(y), num_classes))

    return cases


def _other_types(rng: Rng) -> Iterator[Case]:
    yield Case((rng.integers(0, 4, size=5).astype(np.uint8), 4))
    yield Case((rng.integers(0, 3, size=4).tolist(), 3))
    yield Case((np.array([1]), 2))


def _ones_in_rows(call: Call, rng: Rng) -> Violation | None:
    rows = as_array(call(rng.integers(0, 7, size=20), 7))
    if (
        rows is not None
        and rows.shape == (20, 7)
        and np.all((rows == 0) | (rows == 1))
        and np.all(rows.sum(axis=1) == 1)
    ):
        return None
    return Violation("Some row does not hold a single 1 and zeros.", "not_one_hot")


one_hot = Check(
    signature="one_hot(y, num_classes)",
    output=Output("Y", "(m, num_classes)"),
    oracle=_one_hot_oracle,
    parts=(
        Values("every class occurs", _labels(every_class=True), weight=1.5),
        Values("some classes do not occur", _labels(every_class=False)),
        Values("one label, a list, small integers", _other_types, weight=0.5),
        Law("each row holds a single 1", _ones_in_rows, weight=0.5),
    ),
    misconceptions=(
        Misconception(
            "transposed",
            "Each label should become a row; here it became a column.",
            lambda y, num_classes: _one_hot_oracle(y, num_classes).T,
        ),
        Misconception(
            "classes_from_labels",
            "The number of columns was taken from the labels at hand. What if the last class does not occur in them?",
            lambda y, num_classes: _one_hot_oracle(y, int(np.max(y)) + 1),
        ),
        Misconception(
            "classes_counted",
            "The columns are the classes that occur. What if one of them does not?",
            lambda y, num_classes: (np.asarray(y)[:, None] == np.unique(np.asarray(y))).astype(float),
        ),
        Misconception(
            "counts_from_one",
            "The 1 stands one column too far to the left: the first class has the label 0.",
            lambda y, num_classes: np.roll(_one_hot_oracle(y, num_classes), -1, axis=1),
        ),
        Misconception(
            "counts_from_one",
            "The 1 stands one column too far to the left: the first class has the label 0.",
            lambda y, num_classes: _one_hot_oracle(np.asarray(y) - 1, num_classes),
        ),
        Misconception(
            "one_column_too_many",
            "There is a column too many: labels 0, 1, 2 are three classes.",
            lambda y, num_classes: _one_hot_oracle(y, num_classes + 1),
        ),
        Misconception(
            "inverted",
            "Zeros and ones have changed places.",
            lambda y, num_classes: 1 - _one_hot_oracle(y, num_classes),
        ),
        Misconception(
            "label_for_one",
            "The label itself stands in its column; there should be a 1.",
            lambda y, num_classes: _one_hot_oracle(y, num_classes) * np.asarray(y)[:, None],
        ),
        Misconception(
            "columns_filled",
            "Whole columns are filled: each row should get its own label's column only.",
            lambda y, num_classes: np.tile(np.isin(np.arange(num_classes), y).astype(float), (len(y), 1)),
        ),
        Misconception(
            "all_zero", "Every entry is 0.", lambda y, num_classes: np.zeros((len(np.asarray(y)), num_classes))
        ),
        Misconception("returns_labels", "The labels came back as they were.", lambda y, num_classes: np.asarray(y)),
        Misconception(
            "needs_an_array",
            "The labels may come as a plain list, which has no shape and cannot be compared entry by entry.",
            raises=r"^(AttributeError: 'list' object|TypeError: list indices)",
        ),
        Misconception("not_one_hot", "Look at one row: it should hold a single 1 and zeros."),
    ),
)
