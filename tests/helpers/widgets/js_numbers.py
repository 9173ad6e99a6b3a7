"""What the browser's mathematics should give, by NumPy: one function for each module of the views.

`everything` is written to a file of JSON, which js/from_numpy.js reads; a new module adds a function and its name to
`MODULES`, and a file js/<module>.test.js.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.plots import SIGNED
from helpers.shifts import fitting
from helpers.widgets.pictures import encoded

Made = dict[str, Any]


def _rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def numbers() -> Made:
    """Numbers as people read and write them."""
    sizes = 10.0 ** np.arange(-7, 10)
    values = np.concatenate([sign * _rng(1).uniform(1, 10, len(sizes)) * sizes for sign in (1, -1)])
    written = [
        [value, digits, value if value == int(value) and abs(value) < 1e6 else float(f"{value:.{digits}g}")]
        for value in [0.0, 1.0, 255.0, -12345.0, 69546.0, 1234567.0, *values]
        for digits in (2, 3, 4)
    ]
    texts = ["1", "-1", "+2.5", "0,5", ".25", "3.", "1/9", "-2/3", " 7 / 4 ", "1e3", "-2.5E-2", "0", "1,5/2,5", "007"]
    nonsense = ["", " ", "one", "1/0", "0/0", "1/2/3", "--1", "1..2", "0x10", "Infinity", "NaN", "1e999", "1 2", "/3"]
    lists = [_rng(2).normal(size=30).tolist(), [-3.0, 2.0], [0.0, 0.0], []]
    triples = _rng(3).normal(size=(40, 3))
    return {
        "written": written,
        "read": [[text, _fraction(text)] for text in texts],
        "nonsense": nonsense,
        "limits": [[values, float(np.abs(values).max(initial=0.0)) or 1.0] for values in lists],
        "clamped": [
            [value, min(ends), max(ends), float(np.clip(value, min(ends), max(ends)))]
            for value, *ends in triples.tolist()
        ],
        "grouped": [[number, f"{number:,}"] for number in (0, 7, 999, 1000, 61_706, 138_357_544)],
    }


def _fraction(text: str) -> float:
    above, _, below = text.replace(",", ".").partition("/")
    return float(above) / float(below or 1)


def colour() -> Made:
    """Colours by sign, as the figures have them, and how well ink is read on each (WCAG 2.1)."""
    import matplotlib

    table = matplotlib.colormaps[SIGNED](np.arange(256))[:, :3]
    place = np.linspace(-1, 1, 256)
    return {"places": place.tolist(), "colours": (255 * table).tolist(), "dark": _contrast_with_black()}


def _contrast_with_black() -> list[float]:
    """Of every grey 0 to 255."""
    share = np.arange(256) / 255
    light = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return ((light + 0.05) / 0.05).tolist()


def convolution() -> Made:
    """Convolutions without a flip, the sizes of their outputs, and which kernels are a column times a row."""
    rng = _rng(5)
    pictures = []
    for (rows, columns), f in itertools.product([(5, 9), (8, 6), (5, 5), (11, 7)], [1, 2, 3, 5]):
        values, kernel = rng.normal(size=(rows, columns)), rng.normal(size=(f, f))
        kernel[rng.random((f, f)) < 0.2] = 0
        output = np.einsum("rcij,ij->rc", sliding_window_view(values, (f, f)), kernel)
        pictures.append({"values": values.tolist(), "kernel": kernel.tolist(), "output": output.tolist()})
    values = rng.normal(size=(6, 9))
    corners = [(0, 0, 3), (3, 6, 3), (1, 2, 4), (5, 8, 1)]
    cuts = [[row, column, f, values[row : row + f, column : column + f].tolist()] for row, column, f in corners]
    return {
        "pictures": pictures,
        "values": values.tolist(),
        "cuts": cuts,
        "sizes": sizes(),
        "kernels": [[kernel.tolist(), bool(np.linalg.matrix_rank(kernel) <= 1)] for kernel in _kernels(rng)],
    }


def sizes() -> list[tuple[int, int, int, int, int]]:
    """(n, f, pad, stride, windows that fit), counted, for everything small."""
    ranges = range(1, 13), range(1, 6), range(5), range(1, 5)
    return [(n, f, p, s, fitting(n + 2 * p, f, s)) for n, f, p, s in itertools.product(*ranges)]


def _kernels(rng: np.random.Generator) -> list[np.ndarray]:
    smooth = np.array([1.0, 2.0, 1.0])
    known = [np.outer(smooth, [1, 0, -1]), np.ones((3, 3)) / 9, np.eye(3), np.zeros((3, 3)), np.diag([0.0, 5.0, 0.0])]
    known += [np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]]), -np.outer([0, 1, 1], [0, 0, 2.0])]
    products = [np.outer(rng.normal(size=f), rng.normal(size=f)) for f in (2, 3, 5) for _ in range(5)]
    nearly = [kernel + 1e-5 * rng.normal(size=kernel.shape) for kernel in products]
    return known + products + nearly + [1e-3 * kernel for kernel in products]


def boxes() -> Made:
    """Boxes laid on a grid of fields four to the unit, where what they share is counted field by field."""
    rng = _rng(7)
    corners = np.sort(rng.integers(-12, 60, (200, 2, 2)), axis=1) / 4  # (pair of boxes twice, two ends, two axes)
    drawn = corners.reshape(100, 2, 4)
    special = [[[0, 0, 4, 4], [0, 0, 4, 4]], [[0, 0, 4, 4], [1, 1, 2, 3]], [[0, 0, 2, 2], [2, 0, 4, 2]]]
    special += [[[0, 0, 2, 2], [5, 5, 7, 7]], [[1, 1, 1, 1], [1, 1, 1, 1]], [[0, 0, 3, 3], [1, 1, 1, 2]]]
    pairs = [(np.array(one, float), np.array(other, float)) for one, other in [*special, *drawn.tolist()]]
    return {"pairs": [[one.tolist(), other.tolist(), *counted(one, other)] for one, other in pairs], "moves": _moves()}


def counted(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Areas that two boxes share and that they cover, from the fields of side 1/4 that lie in them."""
    middles = (np.arange(-12, 60) + 0.5) / 4
    inside = []
    for x1, y1, x2, y2 in (one, other):
        inside.append(np.outer((middles > y1) & (middles < y2), (middles > x1) & (middles < x2)))
    return float((inside[0] & inside[1]).sum() / 16), float((inside[0] | inside[1]).sum() / 16)


def _moves() -> list[Made]:
    """Boxes on a sheet of 30 by 20 pulled by (dx, dy), as a whole and by some of their edges."""
    rng, (width, height), least = _rng(8), (30, 20), 4
    made = []
    for edges in [(0, 1), (2, 1), (0, 3), (2, 3), (0,), (3,)] * 12:
        low = rng.uniform(0, [width - least, height - least])
        box = np.concatenate([low, rng.uniform(low + least, [width, height])])
        pull = rng.normal(size=2) * 12
        size = box[2:] - box[:2]
        corner = np.clip(box[:2] + pull, 0, [width, height] - size)
        made.append(
            {
                "box": box.tolist(),
                "edges": edges,
                "pull": pull.tolist(),
                "moved": [*corner.tolist(), *(corner + size).tolist()],
                "resized": _pulled(box, edges, pull, (width, height), least),
            }
        )
    return made


def _pulled(
    box: np.ndarray, edges: tuple[int, ...], pull: np.ndarray, sheet: tuple[int, int], least: float
) -> list[float]:
    after = box.copy()
    for edge in edges:
        axis, far = edge % 2, edge >= 2
        ends = (box[axis] + least, sheet[axis]) if far else (0.0, box[axis + 2] - least)
        after[edge] = np.clip(box[edge] + pull[axis], *ends)
    return after.tolist()


def picture() -> Made:
    """Files of pictures as Python hands them over."""
    small, large = (_rng(9).integers(0, 256, shape, dtype=np.uint8) for shape in [(8, 5), (90, 70, 3)])
    return {"urls": [encoded(small)[0], encoded(large)[0]], "kinds": ["image/png", "image/jpeg"]}


def sheet() -> Made:
    """One channel that is small enough to be handed over as it is."""
    values = _rng(10).normal(size=(4, 7))
    return {"rows": values.tolist(), "flat": values.ravel().tolist()}


def playground() -> Made:
    """A Sobel filter turned by an angle, to three digits."""
    across = np.outer([1, 2, 1], [1, 0, -1])
    turned = []
    for degrees in range(0, 360, 5):
        angle = math.radians(degrees)
        turned.append([degrees, np.round(math.cos(angle) * across + math.sin(angle) * across.T, 3).tolist()])
    return {"turned": turned}


def backward() -> Made:
    """Gradients of small layers, by raising each input a quarter: whole numbers with many ties, so that it is exact."""
    rng = _rng(11)
    layers = []
    shapes, kinds = [(4, 4), (5, 7), (6, 3)], ["convolution", "max", "average"]
    for kind, shape, f, stride in itertools.product(kinds, shapes, [1, 2, 3], [1, 2, 4]):
        inputs = rng.integers(0, 4, shape).astype(float)
        kernel = rng.integers(-3, 4, (f, f)).astype(float)
        before = _forward(kind, inputs, kernel, stride)
        arriving = rng.integers(-2, 3, before.shape).astype(float)
        gradient = np.zeros(shape)
        for place in np.ndindex(*shape):
            raised = inputs.copy()
            raised[place] += 0.25
            gradient[place] = np.sum(arriving * (_forward(kind, raised, kernel, stride) - before)) / 0.25
        layer = {"kind": kind, "inputs": inputs.tolist(), "f": f, "stride": stride, "kernel": kernel.tolist()}
        layers.append([layer, arriving.tolist(), gradient.tolist()])
    values = rng.normal(size=(3, 5))
    return {"layers": layers, "padded": [[values.tolist(), pad, np.pad(values, pad).tolist()] for pad in range(4)]}


def _forward(kind: str, inputs: np.ndarray, kernel: np.ndarray, stride: int) -> np.ndarray:
    windows = sliding_window_view(inputs, kernel.shape)[::stride, ::stride]
    if kind == "convolution":
        return np.einsum("rcij,ij->rc", windows, kernel)
    return windows.max(axis=(2, 3)) if kind == "max" else windows.mean(axis=(2, 3))


def pulling() -> Made:
    """Triplets in the plane: what each negative costs, and minus the gradient, by moving each a little."""
    rng, margin = _rng(12), 0.6
    made = []
    for negatives in (1, 1, 2, 4) * 10:
        corners = rng.normal(size=(2 + negatives, 2))
        moves = np.zeros_like(corners)
        for place in np.ndindex(*corners.shape):
            step = np.zeros_like(corners)
            step[place] = 1e-6
            moves[place] = -np.sum(_costs(corners + step, margin) - _costs(corners - step, margin)) / 2e-6
        near, *far = np.sum((corners[1:] - corners[0]) ** 2, axis=1).tolist()
        kinds = ["hard" if one <= near else "semi-hard" if one < near + margin else "easy" for one in far]
        costs = _costs(corners, margin).tolist()
        made.append({"corners": corners.tolist(), "near": near, "far": far, "costs": costs, "kinds": kinds})
        made[-1]["moves"] = moves.tolist()
    return {"margin": margin, "triplets": made}


def _costs(corners: np.ndarray, margin: float) -> np.ndarray:
    """Of each negative."""
    near, *far = np.sum((corners[1:] - corners[0]) ** 2, axis=1)
    return np.clip(near - np.array(far) + margin, 0, None)


def ties() -> list[tuple[np.ndarray, float]]:
    """Two boxes on a grid of 0.05 whose share is exactly a number of hundredths, by whole numbers; and that share."""
    rng, made = _rng(33), []
    while len(made) < 300:
        corners = rng.integers(0, 12, (2, 2))
        boxes = np.concatenate([corners, corners + rng.integers(1, 12, (2, 2))], axis=1)
        fields = np.zeros((2, 24, 24), bool)
        for field, (x1, y1, x2, y2) in zip(fields, boxes, strict=True):
            field[y1:y2, x1:x2] = True
        shared, covered = int(fields.all(axis=0).sum()), int(fields.any(axis=0).sum())
        if shared * 20 >= covered and shared * 100 % covered == 0:
            made.append((boxes / 20, shared * 100 // covered / 100))
    return made


def survival() -> Made:
    """Boxes with scores of which some are left, by helpers.overlap; equal scores and shares among them."""
    from helpers.overlap import shared_parts, survivors
    from helpers.widgets.boxes.box_cases import contests

    made = []
    for case in contests():
        share, score = case["share"], case["score"]
        left = survivors(case["boxes"], case["scores"], share, score)
        plain = {key: np.asarray(value).tolist() for key, value in case.items()}
        made.append(plain | {"left": left, "parts": shared_parts(case["boxes"]).tolist()})
    for boxes, share in ties():
        plain = {"boxes": boxes.tolist(), "scores": [0.9, 0.8], "share": share, "score": 0.6}
        made.append(plain | {"left": [0], "parts": shared_parts(boxes).tolist()})
    return {"contests": made}


def slots() -> Made:
    """Objects on grids: cells by the whole part of the midpoint, anchors by the areas of centred shapes."""
    rng = _rng(31)
    made = []
    for grid, count in ((1, 1), (2, 3), (3, 2), (5, 4), (7, 5)):
        ends = np.sort(rng.uniform(0, 1, (30, 2, 2)), axis=1)
        boxes, anchors = ends.reshape(30, 4), rng.uniform(0.1, 0.9, (count, 2))
        shapes = ends[:, 1] - ends[:, 0]
        shared = np.minimum(shapes[:, None], anchors[None]).prod(axis=2)
        shares = shared / (shapes.prod(axis=1)[:, None] + anchors.prod(axis=1) - shared)
        best = shares.argmax(axis=1)
        cells = np.floor(ends.mean(axis=1)[:, ::-1] * grid)
        chose = [shapes[best == anchor] for anchor in range(count)]
        moved = [mine.mean(axis=0) if len(mine) else anchors[i] for i, mine in enumerate(chose)]
        one = {"grid": grid, "boxes": boxes, "anchors": anchors, "shares": shares, "moved": np.array(moved)}
        one["places"] = np.column_stack([cells, best])
        made.append(
            {key: np.asarray(value).tolist() for key, value in one.items()} | {"mean": shares.max(axis=1).mean()}
        )
    return {"pictures": made}


def rivals() -> Made:
    """Candidates of several classes, of which helpers.overlap leaves some; equal scores among them."""
    from helpers.overlap import shared_parts, survivors

    rng = _rng(32)
    made = []
    for count, kinds, share, score in ((1, 1, 0.5, 0.6), (40, 1, 0.4, 0.3), (40, 3, 0.5, 0.0), (60, 2, 0.7, 0.6)):
        corners = rng.integers(0, 20, (count, 2))
        boxes = np.concatenate([corners, corners + rng.integers(4, 16, (count, 2))], axis=1).astype(float)
        scores, classes = rng.integers(1, 21, count) / 20, rng.integers(0, kinds, count)
        boxes[-2:], scores[-2:], classes[-2:] = [21, 21, 25, 25], 0.9, 0  # of two that are the same the first is left
        groups = [np.flatnonzero(classes == kind) for kind in range(kinds)]
        left = [int(group[i]) for group in groups for i in survivors(boxes[group], scores[group], share, score)]
        arrays = {"boxes": boxes, "scores": scores, "classes": classes, "parts": shared_parts(boxes)}
        plain = {key: value.tolist() for key, value in arrays.items()}
        made.append(plain | {"share": share, "score": score, "left": sorted(left)})
    for boxes, share in ties():
        plain = {"boxes": boxes.tolist(), "scores": [0.9, 0.8], "classes": [0, 0], "share": share, "score": 0.6}
        made.append(plain | {"left": [0], "parts": shared_parts(boxes).tolist()})
    return {"contests": made}


MODULES: tuple[Callable[[], Made], ...] = (
    numbers,
    colour,
    convolution,
    boxes,
    picture,
    sheet,
    playground,
    backward,
    pulling,
    survival,
    slots,
    rivals,
)
