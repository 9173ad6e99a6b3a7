"""Pictures of students: PNG only, small, drawn anew from their pixels, with nothing else in the file."""

from __future__ import annotations

import io
import warnings

MOST_BYTES = 300_000
MOST_PIXELS = 4_000_000
_MOST_INPUT = 4_000_000
_SIDE = 1000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def clean_png(data: bytes) -> bytes | None:
    """A picture drawn anew; it decodes what a student's process made, so it belongs in a sandbox.

    Args:
        data: the file as it came.

    Returns:
        A PNG of at most 300 kB and 1,000 x 1,000 pixels (larger ones are scaled down), without metadata; None if the
        data is no PNG, has over 4 million pixels or bytes, or cannot be decoded.
    """
    if len(data) > _MOST_INPUT or not _is_of_bearable_size(data):
        return None
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Pillow warns before it unpacks a bomb
        try:
            with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
                pixels = picture.convert("RGBA" if _is_transparent(picture) else "RGB")
        except Exception:
            return None
    for side in (_SIDE, _SIDE // 2, _SIDE // 4):
        pixels.thumbnail((side, side))
        pixels.info.clear()
        out = io.BytesIO()
        pixels.save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= MOST_BYTES:
            return out.getvalue()
    return None


def is_clean_png(data: bytes) -> bool:
    """Whether a file is a PNG as `clean_png` makes it: its chunks and size are looked at, nothing is decoded."""
    if len(data) > MOST_BYTES or not _is_of_bearable_size(data):
        return False
    at, names = len(_SIGNATURE), []
    while at + 12 <= len(data):
        names.append(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return at == len(data) and names[-1] == b"IEND" and _CHUNKS.issuperset(names)


def _is_of_bearable_size(data: bytes) -> bool:
    if len(data) < 33 or not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR":
        return False
    width, height = (int.from_bytes(data[start : start + 4], "big") for start in (16, 20))
    return width > 0 and height > 0 and width * height <= MOST_PIXELS


def _is_transparent(picture: object) -> bool:
    mode, info = getattr(picture, "mode", ""), getattr(picture, "info", {})
    return mode in ("RGBA", "LA", "PA") or "transparency" in info
