"""Make the photographs for transfer learning: pictures and credits from GCompris, cut square and reduced.

The README beside each picture in the package says who took it, under which licence, and where it came from. Only what
such a README names, under a licence of `LICENCES`, can get in: everything else stops the recipe.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import numpy as np
from PIL import Image, ImageOps

from tools.vendor_debian import read_package, read_resources

CHOICE = Path(__file__).resolve().parent / "vendor_photo_choice.csv"
RESOURCES = "usr/share/gcompris-qt/rcc/{}.rcc"
ACTIVITIES = "gcompris/src/activities/"
SIDE = 160  # pixels
JPEG_QUALITY = 90
COLUMNS = ("class", "file", "title", "author", "licence", "licence_url", "source", "changes")

_CC = "https://creativecommons.org/"
LICENCES = {
    "public domain": ("Public domain", f"{_CC}publicdomain/mark/1.0/"),
    "cc0-1.0": ("CC0 1.0", f"{_CC}publicdomain/zero/1.0/"),
    "cc-by-2.0": ("CC BY 2.0", f"{_CC}licenses/by/2.0/"),
    "cc-by-3.0": ("CC BY 3.0", f"{_CC}licenses/by/3.0/"),
    "cc-by-sa-4.0": ("CC BY-SA 4.0", f"{_CC}licenses/by-sa/4.0/"),
}


def main() -> None:
    """Write `photo_classes.npz` and `photo_classes.csv`; the command line names the package and the folder."""
    package, target = Path(sys.argv[1]), Path(sys.argv[2])
    print("  photo classes", flush=True)
    with CHOICE.open(encoding="utf-8", newline="") as lines:
        chosen = list(csv.DictReader(lines))
    activities = sorted({row["picture"].split("/")[0] for row in chosen})
    packed = read_package(package, [RESOURCES.format(name) for name in activities])
    files = {path: data for resource in packed.values() for path, data in read_resources(resource).items()}
    write_photos(chosen, {path.removeprefix(ACTIVITIES): data for path, data in files.items()}, target)


def write_photos(chosen: list[dict[str, str]], files: Mapping[str, bytes], target: Path) -> None:
    """Write the chosen pictures, one after the other as JPEG, and the table that credits them, in the same order.

    Args:
        chosen: `class`, `picture` (its path) and `cut` (see `square_jpeg`) of each.
        files: content of every picture and README by its path.
        target: the folder to write to.

    Raises:
        ValueError: a picture is not credited, or not under a licence of `LICENCES`.
    """
    jpegs, rows = [], []
    for row in sorted(chosen, key=lambda row: (row["class"], row["picture"])):
        rows.append({"class": row["class"], "file": row["picture"], **credit(row["picture"], files)})
        jpegs.append(square_jpeg(files[row["picture"]], float(row["cut"])))
    # Bytes and where each picture ends: two plain arrays, so that reading them never needs pickle.
    content = np.frombuffer(b"".join(jpegs), np.uint8)
    ends = np.cumsum([len(jpeg) for jpeg in jpegs], dtype=np.int64)
    np.savez(target / "photo_classes.npz", allow_pickle=False, jpeg=content, ends=ends)
    with (target / "photo_classes.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def square_jpeg(content: bytes, cut: float) -> bytes:
    """A picture cut to a square and reduced to `SIDE`, as JPEG without colour subsampling or metadata.

    Args:
        content: the picture as a file.
        cut: how much of what is cut off comes off at the left or top, 0 to 1; 0.5 keeps the middle.
    """
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    square = ImageOps.fit(picture, (SIDE, SIDE), Image.Resampling.LANCZOS, centering=(cut, cut))
    jpeg = io.BytesIO()
    Image.fromarray(np.asarray(square)).save(jpeg, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    return jpeg.getvalue()


def credit(picture: str, files: Mapping[str, bytes]) -> dict[str, str]:
    """What the nearest README says about a picture, as the columns of the table from `title` on."""
    path = PurePosixPath(picture)
    for folder in path.parents:
        readme = files.get(f"{folder}/README")
        if readme is not None:
            said = read_credits(readme.decode("utf-8")).get(str(path.relative_to(folder)))
            break
    else:
        said = None
    if said is None:
        raise ValueError(f"{picture}: no README credits a picture of that name.")
    known = LICENCES.get(re.sub(r"(?<=cc-by-sa) ", "-", said.get("License", "").lower()))
    if known is None:
        raise ValueError(f"{picture}: the licence {said.get('License')!r} is none that we accept.")
    comments = f", {said['Comments']}" if "Comments" in said else ""
    return {
        "title": title(said["Source"], path.stem),
        "author": said["Copyright"],
        "licence": known[0],
        "licence_url": known[1],
        "source": said["Source"],
        "changes": f"GCompris: reduced{comments}; this course: cut to a square, {SIDE} x {SIDE}",
    }


def read_credits(readme: str) -> dict[str, dict[str, str]]:
    """The credits of a README of GCompris, by the name of the file that they are for.

    A README is a list of blocks with a blank line between them; each has `Copyright`, `License`, mostly `Source`, and
    `Files`, in any order.

    Raises:
        ValueError: a file is credited twice.
    """
    found: dict[str, dict[str, str]] = {}
    for block in re.split(r"\n\s*\n", readme):
        parts = re.findall(r"^(\w+):(.*(?:\n(?!\w+:).*)*)", block, re.MULTILINE)
        fields = {key: " ".join(value.split()) for key, value in parts}
        for name in fields.pop("Files", "").split():
            if name in found:
                raise ValueError(f"{name} is credited twice.")
            found[name] = fields
    return found


def title(source: str, otherwise: str) -> str:
    """A picture's title, as far as the address of its page tells it."""
    address = unquote(source)
    if on_commons := re.search(r"/File:(.+)\.\w+$", address):
        return on_commons[1].replace("_", " ").strip()
    if elsewhere := re.search(r"[?&]picture=(.+)$", address):
        return elsewhere[1].replace("-", " ")
    return otherwise


if __name__ == "__main__":
    main()
