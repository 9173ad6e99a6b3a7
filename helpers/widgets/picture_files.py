"""Pictures on their way in and out as files: checked before they are decoded, and made to fit a room of characters."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

LARGEST_FILE = 8_000_000  # bytes
LARGEST_PICTURE = 4096 * 4096  # pixels
_URL = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/]+=*)")
_MAGIC = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}


def picture_from(url: Any) -> np.ndarray:
    """The dots of a PNG or JPEG file that somebody chose; nothing in it is trusted.

    Args:
        url: a data: URL that holds the file.

    Returns:
        (n_H, n_W, 3) uint8, upright.

    Raises:
        ValueError: it is no such file, is too large or broken; says so in words.
    """
    from PIL import Image, ImageOps

    match = _URL.fullmatch(url) if isinstance(url, str) and len(url) < 1.4 * LARGEST_FILE else None
    if match is None:
        raise ValueError("This is no PNG or JPEG picture of at most 8 MB.")
    kind = match[1]
    try:
        data = base64.b64decode(match[2], validate=True)
        if not data.startswith(_MAGIC[kind]):
            raise ValueError("This file only says that it is a picture: choose a PNG or JPEG file.")
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind.upper()]) as picture:  # reads its head only
                if picture.width * picture.height > LARGEST_PICTURE:
                    raise ValueError(f"The picture has {picture.width} x {picture.height} pixels: make it smaller.")
                return np.array(ImageOps.exif_transpose(picture).convert("RGB"), np.uint8)
    except (
        OSError,
        SyntaxError,
        EOFError,
        binascii.Error,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        raise ValueError("This picture is broken or too large: open it, save it as JPEG and choose it again.") from None


def jpeg(picture: np.ndarray, *, longest: int = 10_000, quality: int = 85, tight: bool = False) -> bytes:
    """A JPEG file of (n_H, n_W, 3) uint8, at most `longest` pixels a side; `tight` takes longer and needs less room."""
    from PIL import Image

    image, buffer = Image.fromarray(picture), io.BytesIO()
    if max(image.size) > longest:
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    image.save(buffer, format="jpeg", quality=quality, optimize=tight)
    return buffer.getvalue()


def jpegs_within(pictures: Sequence[np.ndarray], room: int, *, longest: int) -> list[str]:
    """Pictures as data: URLs that need at most `room` characters together, as large and as good as that allows.

    Args:
        pictures: each (n_H, n_W, 3) uint8.
        room: characters; the smallest that can be recognised are made where even they do not fit.
        longest: pixels a side at most.
    """
    urls: list[str] = []
    for share in (1.0, 0.85, 0.7, 0.55, 0.45, 0.35, 0.25, 0.15):
        side = max(16, round(share * longest))
        files = [jpeg(picture, longest=side, quality=85 if share == 1 else 75, tight=True) for picture in pictures]
        urls = ["data:image/jpeg;base64," + base64.b64encode(file).decode("ascii") for file in files]
        if sum(map(len, urls)) <= room:
            break
    return urls


def fitted(picture: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """The middle of a picture, resized so that it fills a shape.

    Args:
        picture: (height, width, 3) uint8.
        shape: (n_H, n_W).

    Returns:
        (n_H, n_W, 3) float32, 0 to 1.
    """
    from PIL import Image, ImageOps

    size = (shape[1], shape[0])
    dots = np.asarray(ImageOps.fit(Image.fromarray(picture), size, Image.Resampling.LANCZOS), np.float32) / 255
    dots.flags.writeable = False  # handed to functions that learners write
    return dots
