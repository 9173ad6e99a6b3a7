"""Real photographs in six classes, few of each: what transfer learning is for."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILES = Path(__file__).resolve().parent / "files"
PICTURES = FILES / "photo_classes.npz"
TABLE = FILES / "photo_classes.csv"


@dataclass(frozen=True)
class PhotoCredit:
    """Who took a photograph, and what you may do with it. The licence is that of the reduced picture, too.

    Attributes:
        file: where the picture lies among the activities of GCompris.
        title: its title.
        author: who took it.
        licence: its short name, such as "CC BY-SA 4.0".
        licence_url: the page that states the licence.
        source: the page the picture comes from.
        changes: what was changed, by GCompris and by this course.
    """

    file: str
    title: str
    author: str
    licence: str
    licence_url: str
    source: str
    changes: str

    def __str__(self) -> str:
        return f"“{self.title}” by {self.author}, {self.licence}, changed ({self.source})"


@dataclass(frozen=True, eq=False)
class PhotoSplit:
    """The photographs in two parts, one to learn from and one kept aside.

    Attributes:
        x_train: pictures to learn from, RGB, 0 to 255, uint8, shape (m_train, 160, 160, 3).
        y_train: their classes, int64, shape (m_train,).
        x_test: pictures kept aside for measuring, shape (m_test, 160, 160, 3).
        y_test: their classes, shape (m_test,).
        train_places: where the pictures of x_train are among all photographs, int64, shape (m_train,).
        test_places: the same for x_test, shape (m_test,).
        class_names: what to call class k.
    """

    x_train: NDArray[np.uint8]
    y_train: NDArray[np.int64]
    x_test: NDArray[np.uint8]
    y_test: NDArray[np.int64]
    train_places: NDArray[np.int64]
    test_places: NDArray[np.int64]
    class_names: tuple[str, ...]

    def __repr__(self) -> str:
        return f"PhotoSplit(x_train {self.x_train.shape}, x_test {self.x_test.shape})"


@dataclass(frozen=True, eq=False)
class PhotoClasses:
    """All photographs, class after class.

    Attributes:
        images: RGB, 0 to 255, uint8, shape (m, 160, 160, 3).
        labels: their classes, int64, shape (m,).
        class_names: what to call class k, in alphabetical order.
        credits: who took each picture, m of them.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    credits: tuple[PhotoCredit, ...]

    def __repr__(self) -> str:
        counts = zip(self.class_names, np.bincount(self.labels), strict=True)
        return f"PhotoClasses(images {self.images.shape}: {', '.join(f'{count} {name}' for name, count in counts)})"

    def split(self, seed: int = 0) -> PhotoSplit:
        """Half of each class to learn from, the other half to test with.

        Training pictures come in rounds of one of each class, as long as a class has some left: the first n of them
        are a fair training set for any n, and a larger one contains every smaller one. An odd picture goes to training.

        Args:
            seed: which of the many possible splits; the same seed always gives the same one. 0 to 2**32 - 1.

        Returns:
            Both parts, in arrays of their own.
        """
        # RandomState, because NumPy promises never to change what a seed gives there.
        random = np.random.RandomState(seed)
        train: list[tuple[int, float, int]] = []
        test: list[int] = []
        for label in range(len(self.class_names)):
            places = random.permutation(np.flatnonzero(self.labels == label))
            num_test = len(places) // 2
            test.extend(places[:num_test])
            train.extend((turn, random.rand(), place) for turn, place in enumerate(places[num_test:]))
        train_places = np.array([place for _, _, place in sorted(train)], np.int64)
        test_places = np.array(random.permutation(test), np.int64)
        return PhotoSplit(
            x_train=self.images[train_places],
            y_train=self.labels[train_places],
            x_test=self.images[test_places],
            y_test=self.labels[test_places],
            train_places=train_places,
            test_places=test_places,
            class_names=self.class_names,
        )


def photo_classes() -> PhotoClasses:
    """Read the photographs: birds, buildings, fish, mammals, tools and windmills.

    They come from GCompris, where volunteers gathered pictures that everyone may use. Each was cut to a square and
    reduced. No two show the same thing from the same side. Each call gives fresh arrays, so that you may change them.

    Returns:
        170 photographs of 160 x 160 pixels with their classes and credits; see `PhotoClasses`.
    """
    from PIL import Image

    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with np.load(PICTURES, allow_pickle=False) as stored:
        content, ends = stored["jpeg"].tobytes(), stored["ends"].tolist()
    pictures = []
    for start, end in zip([0, *ends], ends, strict=False):
        with Image.open(io.BytesIO(content[start:end])) as opened:
            pictures.append(np.asarray(opened, np.uint8))
    names = tuple(sorted({row["class"] for row in rows}))
    return PhotoClasses(
        images=np.stack(pictures),
        labels=np.array([names.index(row.pop("class")) for row in rows], np.int64),
        class_names=names,
        credits=tuple(PhotoCredit(**row) for row in rows),
    )
