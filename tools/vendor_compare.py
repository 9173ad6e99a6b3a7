"""What differs between two folders of vendored files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

EDGE_TOLERANCE = 2  # grey levels: sums of products may be rounded differently on another processor


def differences(made: Path, committed: Path) -> list[str]:
    """Compare two folders of vendored files.

    Args:
        made: the files as made just now.
        committed: the files as committed.

    Returns:
        One sentence for each difference, in the order of the names; empty when there is none.
    """
    names = sorted({path.name for path in (*made.glob("*"), *committed.glob("*"))})
    found = []
    for name in names:
        if not (committed / name).exists():
            found.append(f"{name}: made, but not committed")
        elif not (made / name).exists():
            found.append(f"{name}: committed, but no recipe makes it")
        elif not same_content(made / name, committed / name):
            found.append(f"{name}: the content differs")
    return found


def same_content(first: Path, second: Path) -> bool:
    """Whether two files hold the same bytes or, where compression may differ by platform, the same pixels or arrays."""
    if first.read_bytes() == second.read_bytes():
        return True
    if first.suffix == ".npz":
        with np.load(first, allow_pickle=False) as a, np.load(second, allow_pickle=False) as b:
            return a.files == b.files and all(
                a[key].dtype == b[key].dtype and np.array_equal(a[key], b[key]) for key in a.files
            )
    if first.suffix in {".csv", ".txt"}:  # the ends of lines are git's to choose
        return first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")
    with Image.open(first) as one, Image.open(second) as two:
        a_pixels, b_pixels = np.asarray(one, np.int64), np.asarray(two, np.int64)
    allowed = EDGE_TOLERANCE if first.suffix == ".png" else 0
    return a_pixels.shape == b_pixels.shape and bool(np.abs(a_pixels - b_pixels).max() <= allowed)
