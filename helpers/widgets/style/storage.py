"""What stays of a style studio: small pictures and costs in the notebook's output, and the best picture as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from helpers import plots

from ..picture_files import fitted, jpegs_within
from ..pictures import rounded
from .optimisation import Progress, as_bytes

_THUMBNAILS, _RESULT, _STRIP = 12_500, 12_000, 9_500  # characters
_FRAMES = 8  # pictures of the way that are stored
_POINTS = 280  # of all cost curves together that are stored, at most 70 of each


def thumbnails(pictures: Sequence[np.ndarray]) -> list[str]:
    """Pictures to choose from, (n_H, n_W, 3) uint8, as small data: URLs."""
    return jpegs_within(pictures, _THUMBNAILS, longest=150)


def stored(progress: Progress | None, words: str, taken: int) -> dict[str, Any] | None:
    """What is stored of a run: the best picture, some on the way, and the costs; None before the first step.

    Args:
        progress: the run.
        words: how it ended.
        taken: characters that the choice needs; many pictures and long names leave less room here.
    """
    if progress is None or not progress.steps:
        return None
    share = max(0.2, 1 - max(0, taken - _THUMBNAILS - 1000) / (_RESULT + _STRIP))
    points = min(70, _POINTS // len(progress.costs))
    every = sorted({round(at) for at in np.linspace(0, progress.steps - 1, points)})
    frames = [progress.film[round(at)] for at in np.linspace(0, len(progress.film) - 1, round(share * _FRAMES))]
    frames = list(dict(frames).items())
    urls = jpegs_within([picture for _, picture in frames], round(share * _STRIP), longest=128)
    return {
        "picture": jpegs_within([as_bytes(progress.best)], round(share * _RESULT), longest=256)[0],
        "best": progress.best_step,
        "film": [[at, url] for (at, _), url in zip(frames, urls, strict=True)],
        "steps": [at + 1 for at in every],
        "costs": {name: [rounded(values[at]) for at in every] for name, values in progress.costs.items()},
        "words": words,
    }


def figure(progress: Progress | None, pictures: Mapping[str, np.ndarray]) -> Any:
    """The best picture and the costs as a matplotlib Figure; before the first step, the pictures that are chosen."""
    fig, axes = plots.figure(2, width=1.7, height=1.6)
    if progress is None or not progress.steps:
        for axis, (kind, picture) in zip(axes.flat, pictures.items(), strict=True):
            plots.draw_image(axis, fitted(picture, (48, 64)), kind)
        return fig
    plots.draw_image(axes[0, 0], progress.best, f"step {progress.best_step}")
    lines = ("-", "--", ":", "-.", (0, (5, 1)), (0, (1, 3)))
    for (name, values), line in zip(progress.costs.items(), lines, strict=False):
        axes[0, 1].plot(range(1, len(values) + 1), values, linestyle=line, label=name)
    if any(value > 0 for values in progress.costs.values() for value in values):
        axes[0, 1].set_yscale("log")
    axes[0, 1].legend(fontsize=7)
    axes[0, 1].tick_params(labelsize=7)
    return fig


def saved(progress: Progress | None, path: str | Path) -> str:
    """Store the best picture as a PNG or JPEG file; what came of it, in a sentence."""
    from PIL import Image

    if progress is None:
        return "There is no picture yet: run the studio first."
    if Path(path).suffix.lower() not in (".png", ".jpg", ".jpeg"):
        return f"{str(path)!r} names no PNG or JPEG file: end it in .png or .jpg."
    try:
        Image.fromarray(as_bytes(progress.best)).save(path, quality=95)
    except OSError as error:
        return f"The picture could not be stored: {error}"
    return f"Stored the picture of step {progress.best_step} as {path}."
