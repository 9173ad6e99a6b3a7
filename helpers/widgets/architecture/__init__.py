"""Layers in a stack: what each one makes of the picture, owns, costs, and sees of the input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..view import View
from .counted import arriving, stacked
from .specs import LARGEST, MOST_LAYERS, Layer
from .stack_words import Stacked


def _conv(f: int, n_C: int, stride: int = 1, pad: str = "valid") -> Layer:
    return {"kind": "conv", "f": f, "n_C": n_C, "stride": stride, "pad": pad}


def _pool(f: int, stride: int) -> Layer:
    return {"kind": "pool", "f": f, "stride": stride}


def _dense(*units: int) -> list[Layer]:
    return [{"kind": "flatten"}, *({"kind": "dense", "n_out": n} for n in units)]


def _vgg_block(count: int, n_C: int) -> list[Layer]:
    return [_conv(3, n_C, pad="same") for _ in range(count)] + [_pool(2, 2)]


_VGG = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]

# Networks that one can begin with; sizes as in the syllabus of week 2.
NETWORKS: dict[str, tuple[tuple[int, int, int], list[Layer]]] = {
    "LeNet-5": ((28, 28, 1), [_conv(5, 6, pad="same"), _pool(2, 2), _conv(5, 16), _pool(2, 2), *_dense(120, 84, 10)]),
    "39 x 39, week 1": ((39, 39, 3), [_conv(3, 10), _conv(5, 20, 2), _conv(5, 40, 2), *_dense(1)]),
    "AlexNet": (
        (227, 227, 3),
        [
            *(_conv(11, 96, 4), _pool(3, 2), _conv(5, 256, pad="same"), _pool(3, 2)),
            *(_conv(3, 384, pad="same"), _conv(3, 384, pad="same"), _conv(3, 256, pad="same"), _pool(3, 2)),
            *_dense(4096, 4096, 1000),
        ],
    ),
    "VGG-16": ((224, 224, 3), [*(one for block in _VGG for one in _vgg_block(*block)), *_dense(4096, 4096, 1000)]),
}


def architecture_explorer(
    layers: str | Sequence[Mapping[str, Any]] | None = None, *, input_shape: tuple[int, int, int] | None = None
) -> View:
    """Stack layers, and see live what they make of a picture: shapes, parameters, multiplications, receptive field.

    Args:
        layers: dicts, one a layer: `{"kind": "conv", "f": 5, "n_C": 6, "stride": 1, "pad": "same"}` (pad also "valid"
            or a number), `{"kind": "pool", "f": 2, "stride": 2, "mode": "max"}` (or "average"), `{"kind": "flatten"}`,
            `{"kind": "dense", "n_out": 120}`, `{"kind": "global_average_pool"}`. `n_C_prev` and `n_in` may be there,
            and must then be what arrives. Or the name of a network: "LeNet-5", "AlexNet", "VGG-16". LeNet-5 if left
            out.
        input_shape: (n_H, n_W, n_C), sides 1 to 1024; (32, 32, 3) if left out, and a named network's own.

    Raises:
        ValueError: a spec cannot be understood, or expects other numbers than those that arrive.
    """
    name = "LeNet-5" if layers is None else layers
    if isinstance(name, str):
        if name not in NETWORKS:
            raise ValueError(
                f"there is no network {name[:40]!r} here: expected a list of layers or {', '.join(NETWORKS)}"
            )
        own, specs = NETWORKS[name]
    else:
        own, specs = (32, 32, 3), name  # type: ignore[assignment]
    shape = own if input_shape is None else input_shape
    stack, volume = arriving(specs, shape)
    seen = stacked(specs, shape)
    networks = {title: list(arriving(made, size)) for title, (size, made) in NETWORKS.items()}
    state = {"layers": stack, "input": volume, "networks": networks, "most": {**LARGEST, "layers": MOST_LAYERS}}
    alt = f"A stack of {len(stack)} layers. {' x '.join(f'{n:,}' for n in volume)}{_shapes(seen)}. {seen.result}"
    return View("architecture", "Architecture explorer", state, alt, lambda: _draw(seen))


def _shapes(seen: Stacked) -> str:
    return "".join(f", {line.name}: {line.output or line.problem or 'not reached'}" for line in seen.lines)


def _draw(seen: Stacked) -> Any:
    """One line a layer: what comes out, and two bars."""
    from matplotlib import pyplot as plt

    places = range(len(seen.lines))
    fig, axes = plt.subplots(
        1, 2, figsize=(9.2, 0.9 + 0.3 * max(len(seen.lines), 2)), layout="constrained", sharey=True
    )
    titles, colours, hatches = ("parameters", "multiplications"), ("#0b62b0", "#c2410c"), ("", "//")
    for which, axis in enumerate(axes):
        shares = [100 * line.shares[which] for line in seen.lines]
        axis.barh(places, shares, color=colours[which], hatch=hatches[which], edgecolor="white")
        for place, line in enumerate(seen.lines):
            text = (line.parameters, line.multiplications)[which] or ("does not fit" if line.problem else "not reached")
            axis.text(shares[place] + 1, place, text, va="center", fontsize=9)
        axis.set_xlim(0, 128)
        axis.set_xticks([])
        axis.set_title(f"{titles[which]} of each layer", fontsize=10)
        axis.spines[["top", "right", "bottom"]].set_visible(False)
    axes[0].set_yticks(list(places), [f"{line.name}   {line.output}" for line in seen.lines], fontsize=9)
    axes[0].set_ylim(len(seen.lines) - 0.4, -0.6)
    return fig
