"""What the mathematics of single views should give, by NumPy and by their twins in Python; see js_numbers.py."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.widgets.architecture.counted import arriving, stacked
from helpers.widgets.depth import nets as python_nets

Made = dict[str, Any]


def stops() -> Made:
    """Stops of a window on padded volumes: products and their sum."""
    rng = np.random.default_rng(41)
    stops = []
    for channels, f, stride, pad in itertools.product((1, 3), (1, 2, 3), (1, 2), (0, 2)):
        values, kernel = rng.normal(size=(channels, 5, 7)), rng.normal(size=(channels, f, f))
        padded = np.pad(values, ((0, 0), (pad, pad), (pad, pad)))
        windows = sliding_window_view(padded, (f, f), axis=(1, 2))[:, ::stride, ::stride]
        at = [int(rng.integers(n)) for n in windows.shape[1:3]]
        products = windows[:, at[0], at[1]] * kernel
        arrays = {"values": values, "padded": padded, "kernel": kernel, "products": products, "sum": products.sum()}
        stops.append({"stride": stride, "pad": pad, "at": at} | {k: np.asarray(v).tolist() for k, v in arrays.items()})
    edges = [
        np.pad(np.ones((f, 1)), ((0, 0), (0, f - 1))) - np.pad(np.ones((f, 1)), ((0, 0), (f - 1, 0))) for f in (2, 5)
    ]
    return {"stops": stops, "edges": [edge.tolist() for edge in edges]}


def randomness() -> Made:
    """Random numbers of a few seeds, by the twin, which draws all of them at once."""
    seeds = [0, 1, 7, 123_456, 2**31 - 1]
    drawn = [[seed, python_nets.uniform(seed, 50).tolist(), python_nets.bells(seed, 12).tolist()] for seed in seeds]
    return {"drawn": drawn}


def nets() -> Made:
    """Gradients of deep nets of every kind, by the twin, which multiplies whole matrices."""
    kinds = itertools.product((2, 8, 30), python_nets.BENDS, (0.6, 1.3), (0, 5), (True, False))
    made = []
    for depth, bend, scale, seed, shortcuts in kinds:
        net = python_nets.deep_net(depth, bend, scale, seed, shortcuts)
        options = {"depth": depth, "bend": bend, "scale": scale, "seed": seed, "shortcuts": shortcuts}
        arrays = {"norms": net.norms, "input": net.input.ravel(), "output": net.output.ravel()}
        made.append({"options": options} | {name: array.tolist() for name, array in arrays.items()})
    return {"nets": made}


def volumes() -> Made:
    """Stacks drawn at random, some of which do not fit, as the twin counts and tells them."""
    rng = np.random.default_rng(42)
    half = [{"kind": "conv", "f": 1, "n_C": 5}, {"kind": "flatten"}, {"kind": "dense", "n_out": 5}]  # as much in each
    drawn = [([1, 1, 5], half)]
    for _ in range(60):
        shape = [int(n) for n in rng.integers(1, 40, 3)]
        drawn.append((shape, [_layer(rng) for _ in range(rng.integers(1, 7))]))
    for _ in range(60):
        shape, windows = [int(n) for n in rng.integers(8, 30, 3)], [_layer(rng) for _ in range(3)]
        drawn.append((shape, [one for one in windows if "f" in one] + half[1:]))
    made = []
    for shape, specs in drawn:
        told = stacked(specs, shape)
        layers, _ = arriving(specs, shape)
        keys = ("output", "parameters", "multiplications", "problem", "sees", "jump", "shares")
        lines = [{key: getattr(line, key) for key in keys} for line in told.lines]
        made.append({"shape": shape, "layers": layers, "lines": lines, "result": told.result})
    return {"stacks": made}


def _layer(rng: np.random.Generator) -> dict[str, Any]:
    f, stride, n = (int(rng.integers(1, most)) for most in (6, 4, 50))
    pad = ["valid", "same", int(rng.integers(0, 4))][int(rng.integers(3))]
    conv = {"kind": "conv", "f": f, "n_C": n, "stride": stride, "pad": pad}
    mode = ["max", "average"][int(rng.integers(2))]
    pool = {"kind": "pool", "f": f, "stride": stride, "pad": "valid" if isinstance(pad, int) else pad, "mode": mode}
    ends = [{"kind": "flatten"}, {"kind": "dense", "n_out": n}, {"kind": "global_average_pool"}]
    return [conv, conv, pool, ends[int(rng.integers(3))]][int(rng.integers(4))]


def grasped() -> Made:
    """Points on boxes, and the smallest box around each; -1 for none. Boxes that are fixed are let alone."""
    rng = np.random.default_rng(43)
    made = []
    for _ in range(40):
        boxes = np.sort(rng.uniform(0, 10, (5, 2, 2)), axis=1).reshape(5, 4)
        fixed, point = rng.random(5) < 0.2, rng.uniform(0, 10, 2)
        around = (boxes[:, :2] <= point).all(axis=1) & (point <= boxes[:, 2:]).all(axis=1) & ~fixed
        areas = np.where(around, (boxes[:, 2:] - boxes[:, :2]).prod(axis=1), np.inf)
        index = int(areas.argmin()) if around.any() else -1
        made.append({"boxes": boxes.tolist(), "fixed": fixed.tolist(), "point": point.tolist(), "index": index})
    return {"points": made}


def label_file() -> Made:
    """Boxes on a grid of ten thousandths, by corners and by midpoint and size."""
    rng = np.random.default_rng(44)
    corners = np.sort(rng.integers(0, 5001, (30, 2, 2)) * 2, axis=1) / 10_000
    corners = corners[(corners[:, 1] > corners[:, 0]).all(axis=1)]
    middle, size = corners.mean(axis=1), corners[:, 1] - corners[:, 0]
    labels = np.round(np.column_stack([middle, size[:, ::-1]]), 4)  # b_x, b_y, b_h, b_w
    return {"boxes": corners.reshape(-1, 4).tolist(), "labels": labels.tolist()}


def picture_file() -> Made:
    """The first bytes of picture files of several kinds, and of what is none."""
    from PIL import Image

    files = []
    kinds = {"image/png": {"format": "PNG"}, "image/jpeg": {"format": "JPEG"}}
    more = [
        ("image/jpeg", {"format": "JPEG", "progressive": True}),
        ("image/jpeg", {"format": "JPEG", "exif": b"Exif\0\0"}),
    ]
    for (kind, options), (wide, tall) in itertools.product([*kinds.items(), *more], [(1, 1), (300, 7), (40, 4097)]):
        buffer = io.BytesIO()
        Image.fromarray(np.zeros((tall, wide, 3), np.uint8)).save(buffer, **options)
        files.append([list(buffer.getvalue()[:1500]), {"type": kind, "width": wide, "height": tall}])
    png, jpeg = files[0][0], files[3][0]
    none = [
        [],
        [0],
        list(b"GIF89a" + bytes(40)),
        list(b"<svg></svg>" + bytes(40)),
        png[:12],
        jpeg[:4],
        png[1:],
        [0, *jpeg[1:]],
    ]
    return {"files": files, "none": none}


def directions() -> Made:
    """Triples of points, the way from the first to the second, and how the third lies to it."""
    rng = np.random.default_rng(45)
    points = rng.normal(size=(40, 3, 2))
    way = points[:, 1] - points[:, 0]
    across = np.stack([-way[:, 1], way[:, 0]], axis=1)
    side = np.sign(np.einsum("nd,nd->n", across, points[:, 2] - points[:, 0]))
    length = np.linalg.norm(way, axis=1)
    arrays = {"points": points, "way": way, "middle": points[:, :2].mean(axis=1), "unit": way / length[:, None]}
    arrays["aside"] = -side[:, None] * across / length[:, None]
    return {name: array.tolist() for name, array in arrays.items()}


def log_chart() -> Made:
    """Ends of logarithmic axes, values with room around them, and numbers under an axis by looking at every one."""
    rng = np.random.default_rng(46)
    low = 10 ** rng.uniform(-12, 6, 600)
    powers = np.concatenate([rng.uniform(0.36, 0.6, 200), rng.uniform(0.6, 2, 200), rng.uniform(2, 60, 200)])
    ranges = np.column_stack([low, low * 10**powers, rng.integers(6, 11, 600)])
    axes = []
    for count, power in [*itertools.product((1, 2, 30), (0, 0.01, 0.2, 3, 100)), (2, 269)]:
        logs = rng.uniform(-power, power, count)
        middle, half = (logs.max() + logs.min()) / 2, max(0.2, 0.54 * np.ptp(logs))
        axes.append({"values": (10**logs).tolist(), "low": middle - half, "high": middle + half})
    numbered = []
    for span, most in itertools.product((0, 1, 7, 19, 59, 200, 4321, 80_000), (2.5, 6, 11.4, 25)):
        first = int(rng.integers(0, 40))
        steps = sorted(part * 10**power for part, power in itertools.product((1, 2, 5), range(5)))
        step = next(step for step in steps if span / step <= most)
        every = np.arange(first, first + span + 1)
        round_ones = every[(every % step == 0) & (every - first >= 0.75 * step)].tolist()
        numbered.append({"first": first, "last": first + span, "most": most, "ticks": [first, *round_ones]})
    return {"ranges": ranges.tolist(), "axes": axes, "numbered": numbered}


MODULES: tuple[Callable[[], Made], ...] = (
    stops,
    randomness,
    nets,
    volumes,
    grasped,
    label_file,
    picture_file,
    directions,
    log_chart,
)
