"""What a classifier gets right and wrong: its confusion matrix, and the pictures it was wrong about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from . import plots

MOST_MISTAKES = 12


def confusion_matrix(labels: Any, predicted: Any, num_classes: int) -> np.ndarray:
    """How often class i (row) was taken for class j (column).

    Args:
        labels: true classes, shape (m,).
        predicted: what the classifier said, shape (m,).
        num_classes: number of rows and columns.

    Returns:
        Counts, shape (num_classes, num_classes), int64.
    """
    counts = np.zeros((num_classes, num_classes), np.int64)
    np.add.at(counts, (np.asarray(labels), np.asarray(predicted)), 1)
    return counts


def show_confusion(labels: Any, predicted: Any, class_names: Sequence[str], title: str = "") -> None:
    """Draw a confusion matrix; right answers lie on the diagonal and are left white, so that mistakes stand out.

    Args:
        labels: true classes, shape (m,).
        predicted: what the classifier said, shape (m,).
        class_names: one a class.
        title: above the matrix.
    """
    counts = confusion_matrix(labels, predicted, len(class_names))
    wrong = counts * (1 - np.eye(len(counts), dtype=np.int64))
    side = 0.42 * len(counts) + 1.2
    fig, axes = plots.figure(1, width=side, height=side)
    axis = axes[0, 0]
    shade = np.ma.masked_equal(wrong, 0)
    axis.imshow(shade, cmap="Oranges", vmin=0, vmax=max(4, 2 * wrong.max()), interpolation="nearest")
    for (row, column), count in np.ndenumerate(counts):
        if count:
            weight = "bold" if row == column else "normal"
            axis.text(column, row, str(count), ha="center", va="center", fontsize=9, weight=weight)
    axis.set_xticks(range(len(counts)), class_names)
    axis.set_yticks(range(len(counts)), class_names)
    axis.set_xlabel("predicted")
    axis.set_ylabel("true")
    axis.set_title(title, fontsize=10)
    plots.show(fig, _confusion_alt(counts, wrong, class_names))


def _confusion_alt(counts: np.ndarray, wrong: np.ndarray, class_names: Sequence[str]) -> str:
    text = (
        f"Confusion matrix: {int(np.trace(counts))} of {int(counts.sum())} pictures are on the diagonal, that is right."
    )
    if not wrong.any():
        return text
    row, column = divmod(int(np.argmax(wrong)), len(wrong))
    times = int(wrong[row, column])
    return f"{text} The most frequent mistake: {class_names[row]} taken for {class_names[column]}, {times} times."


def show_mistakes(images: np.ndarray, labels: Any, probabilities: np.ndarray, class_names: Sequence[str]) -> None:
    """Show the pictures that a classifier was most wrong about, the surest mistakes first.

    Args:
        images: (m, n_H, n_W, n_C) with 1 or 3 channels, or (m, n_H, n_W).
        labels: true classes, shape (m,).
        probabilities: what the classifier gave, shape (m, classes).
        class_names: one a class.
    """
    labels, predicted = np.asarray(labels), np.argmax(probabilities, axis=1)
    wrong = np.flatnonzero(predicted != labels)
    if not len(wrong):
        print(f"There are no mistakes: all {len(labels)} pictures are right.")
        return
    sure = probabilities[wrong, predicted[wrong]]
    first = wrong[np.argsort(-sure)][:MOST_MISTAKES]
    columns = min(6, len(first))
    fig, axes = plots.figure(columns, -(-len(first) // columns), width=1.7, height=2.0)
    for axis in axes.flat:
        axis.axis("off")
    for axis, index in zip(axes.flat, first, strict=False):
        share = probabilities[index, predicted[index]]
        title = f"{class_names[labels[index]]}, taken for {class_names[predicted[index]]}\n(p = {share:.2f})"
        plots.draw_image(axis, np.squeeze(images[index]), title)
        axis.title.set_fontsize(8)
    pairs = ", ".join(f"{class_names[labels[i]]} for {class_names[predicted[i]]}" for i in first)
    alt = (
        f"The {len(first)} of {len(wrong)} wrong pictures that the network was surest of; true for predicted: {pairs}."
    )
    plots.show(fig, alt)
