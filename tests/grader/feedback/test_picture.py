"""Pictures come out small, drawn anew and with nothing else in the file, or not at all."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from grader.feedback.picture import MOST_BYTES, clean_png, is_clean_png


def png(size=(40, 20), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG", **options)
    return out.getvalue()


def chunk(name, data=b""):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_chunk(name, data):
    content = png()
    return content[:33] + chunk(name, data) + content[33:]


def bomb():
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND")


def noise():
    out = io.BytesIO()
    Image.effect_noise((1500, 1500), 200).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_picture_is_drawn_anew(mode):
    cleaned = clean_png(png(mode=mode))
    assert cleaned is not None and is_clean_png(cleaned)
    with Image.open(io.BytesIO(cleaned)) as picture:
        assert picture.size == (40, 20)


def test_texts_and_profiles_and_what_follows_the_picture_are_gone():
    secret = b"hidden words"
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", secret.decode())
    for data in (png(pnginfo=about), with_chunk(b"teSt", secret), png(icc_profile=secret), png() + secret):
        assert secret in data or b"iCCP" in data
        assert not is_clean_png(data)
        cleaned = clean_png(data)
        assert cleaned is not None and is_clean_png(cleaned)
        assert secret not in cleaned and b"iCCP" not in cleaned


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\x89PNG\r\n\x1a\n" + b"<script>alert(1)</script>" * 10,
        png()[:50],
        bomb(),
        png((2100, 2000), "1"),
        b"\x89PNG\r\n\x1a\n" + bytes(5_000_000),
    ],
    ids=["nothing", "gif", "svg", "script", "cut off", "bomb", "over 4 million pixels", "5 MB"],
)
def test_anything_else_is_no_picture(data):
    assert clean_png(data) is None
    assert not is_clean_png(data)


def test_a_large_picture_is_scaled_down():
    data = noise()
    assert len(data) > MOST_BYTES and not is_clean_png(data)
    cleaned = clean_png(data)
    assert cleaned is not None and len(cleaned) <= MOST_BYTES
