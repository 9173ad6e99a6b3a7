"""A small street, drawn: a car, somebody on foot and a motorcycle, and the boxes of two of them."""

from __future__ import annotations

from typing import Any

import numpy as np

WIDTH, HEIGHT = 360, 240
_FINER = 3  # drawn so many times larger, for smooth edges
OBJECTS = (
    {"class": "car", "b_x": 0.5, "b_y": 0.7, "b_h": 0.3, "b_w": 0.4},
    {"class": "pedestrian", "b_x": 0.85, "b_y": 0.62, "b_h": 0.44, "b_w": 0.12},
    {"class": "motorcycle", "b_x": 0.145, "b_y": 0.76, "b_h": 0.22, "b_w": 0.23},
)
_DARK, _GLASS, _RED, _STEEL = "#23252b", "#bcd9e6", "#b5362c", "#8d9299"


def street() -> np.ndarray:
    """The picture of the street, (240, 360, 3) uint8; what it shows lies in the boxes of `OBJECTS`."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), "#cfe3f2")
    pen = _Pen(ImageDraw.Draw(picture))
    _houses(pen)
    _car(pen)
    _motorcycle(pen)
    _walker(pen)
    return np.asarray(picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS))


class _Pen:
    """Draws in the coordinates of the small picture."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw

    def rectangle(self, x1: float, y1: float, x2: float, y2: float, colour: str, radius: float = 0) -> None:
        corners = [_FINER * edge for edge in (x1, y1, x2 - 0.4, y2 - 0.4)]
        self._draw.rounded_rectangle(corners, radius * _FINER, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self._draw.ellipse([_FINER * part for part in (x - radius, y - radius, x + radius, y + radius)], fill=colour)

    def shape(self, colour: str, *points: tuple[float, float]) -> None:
        self._draw.polygon([(_FINER * x, _FINER * y) for x, y in points], fill=colour)

    def line(self, colour: str, width: float, *points: tuple[float, float]) -> None:
        self._draw.line([(_FINER * x, _FINER * y) for x, y in points], colour, int(width * _FINER), "curve")

    def wheel(self, x: float, y: float, radius: float) -> None:
        self.disc(x, y, radius, _DARK)
        self.disc(x, y, radius * 0.55, _STEEL)
        self.disc(x, y, radius * 0.2, _DARK)


def _houses(pen: _Pen) -> None:
    for left, right, top, wall in ((0, 95, 38, "#d8c3a5"), (95, 190, 14, "#c98f73"), (190, 292, 48, "#a9b8a2")):
        pen.rectangle(left, top, right, 165, wall)
        for x in range(left + 12, right - 16, 26):
            for y in range(top + 14, 128, 30):
                pen.rectangle(x, y, x + 13, y + 18, "#f4f1e8")
                pen.rectangle(x + 2, y + 2, x + 11, y + 16, "#6f8796")
    pen.rectangle(0, 148, WIDTH, 172, "#b9b6b0")
    pen.rectangle(0, 168, WIDTH, HEIGHT, "#6d6f74")
    for x in range(-10, WIDTH, 60):
        pen.rectangle(x, 221, x + 34, 225, "#e9e7df")
    pen.rectangle(338, 96, 343, 168, "#6b4a2f")
    for x, y, radius in ((340, 70, 26), (324, 84, 17), (355, 88, 17)):
        pen.disc(x, y, radius, "#557a46")


def _car(pen: _Pen) -> None:
    """Fills x from 108 to 252 and y from 132 to 204."""
    pen.shape(_RED, (136, 164), (152, 132), (208, 132), (232, 164))
    pen.shape(_GLASS, (144, 162), (156, 138), (176, 138), (176, 162))
    pen.shape(_GLASS, (182, 162), (182, 138), (205, 138), (222, 162))
    pen.rectangle(108, 160, 252, 192, _RED, radius=10)
    pen.rectangle(108, 182, 252, 192, "#8c2620", radius=4)
    pen.rectangle(242, 167, 252, 175, "#f5e08a", radius=3)
    pen.rectangle(108, 167, 115, 175, "#f08a6c", radius=3)
    pen.rectangle(184, 168, 194, 171, _DARK, radius=1)
    pen.wheel(138, 189, 15)
    pen.wheel(222, 189, 15)


def _motorcycle(pen: _Pen) -> None:
    """Fills x from 11 to 94 and y from 156 to 209."""
    pen.wheel(27, 193, 15.5)
    pen.wheel(78, 193, 15.5)
    pen.line(_STEEL, 3, (27, 193), (45, 176), (70, 172), (78, 193))
    pen.line(_DARK, 3, (78, 193), (67, 161), (58, 157))
    pen.shape("#1f5fa8", (44, 168), (66, 164), (70, 176), (50, 180))
    pen.shape(_DARK, (22, 166), (46, 168), (44, 174), (26, 173))
    pen.rectangle(42, 180, 62, 194, "#4b4e55", radius=4)
    pen.disc(70, 166, 4, "#f5e08a")


def _walker(pen: _Pen) -> None:
    """Fills x from 284 to 328 and y from 96 to 202."""
    pen.line("#2f3f66", 8, (305, 156), (296, 178), (290, 198))
    pen.line("#263352", 8, (307, 156), (316, 177), (322, 196))
    pen.rectangle(284, 196, 297, 202, _DARK, radius=2)
    pen.rectangle(316, 196, 328, 202, _DARK, radius=2)
    pen.line("#c98b1e", 7, (302, 124), (292, 140), (287, 152))
    pen.line("#c98b1e", 7, (311, 124), (320, 140), (325, 150))
    pen.rectangle(296, 117, 316, 160, "#e0a32e", radius=7)
    pen.disc(306, 106, 10, "#c99872")
    pen.disc(306, 104, 8, "#4a3020")
