"""Read arrays out of pickles without running anything: the only things a file may name are listed in this module.

A pickle is a small program, and `pickle.load` would run whatever a stranger put into it. Here each name that a file
asks for is looked up in a table; nothing is imported on its behalf, and a name that is missing there ends the reading.
"""

from __future__ import annotations

import collections
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_RECONSTRUCT = cast(tuple[Any, ...], np.zeros(0).__reduce__())[
    0
]  # NumPy's own function, wherever this version keeps it
_OF_NUMPY = {
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
}
_TORCH_MAGIC = 0x1950A86A20F9469CFC6C  # begins every file that torch.save wrote before version 1.6
_TORCH_STORAGES = {("torch", "FloatStorage"): np.dtype("<f4"), ("torch", "LongStorage"): np.dtype("<i8")}


class UnsafePickleError(pickle.UnpicklingError):
    """The file asks for something other than arrays."""


class _ArraysOnly(pickle.Unpickler):
    """An unpickler that knows the names of one table and no others."""

    def __init__(self, file: BinaryIO, allowed: Mapping[tuple[str, str], Any]) -> None:
        super().__init__(file)
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> Any:
        """Look a name up; nothing is imported."""
        if (module, name) not in self._allowed:
            raise UnsafePickleError(f"The file asks for {module}.{name}; only arrays may be read from it.")
        return self._allowed[module, name]

    def persistent_load(self, pid: Any) -> _Storage:
        """The run of numbers that a tensor refers to; its numbers follow at the end of the file."""
        if not (isinstance(pid, tuple) and len(pid) >= 5 and pid[0] == "storage" and isinstance(pid[1], np.dtype)):
            raise UnsafePickleError("The file refers to something other than the numbers of a tensor.")
        return _Storage(dtype=pid[1], key=str(pid[2]), count=int(pid[4]))


@dataclass(frozen=True)
class _Storage:
    dtype: np.dtype[Any]
    key: str
    count: int


@dataclass(frozen=True)
class _Tensor:
    """What torch would build a tensor from. It takes the place of the function that would build it."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    requires_grad: bool = False
    hooks: object = None

    def cut_from(self, numbers: Array) -> Array:
        """The tensor as an array, given all numbers of its storage."""
        last = self.offset + sum((length - 1) * step for length, step in zip(self.shape, self.strides, strict=True))
        if min((self.offset, *self.strides)) < 0 or last >= numbers.size or not all(self.shape):
            raise ValueError("The file holds a tensor that reaches beyond its numbers.")
        steps = [step * numbers.itemsize for step in self.strides]
        return np.array(np.lib.stride_tricks.as_strided(numbers[self.offset :], self.shape, steps))


def numpy_pickle(path: Path) -> dict[str, list[Array]]:
    """Read a pickle that holds a dictionary of lists of NumPy arrays.

    Args:
        path: the file.

    Returns:
        The arrays under their names, as stored.

    Raises:
        UnsafePickleError: the file names anything else than NumPy arrays.
    """
    with path.open("rb") as file:
        return cast(dict[str, list[Array]], _ArraysOnly(file, _OF_NUMPY).load())


def torch_state(path: Path) -> dict[str, Array]:
    """Read a state dictionary that `torch.save` wrote before torch 1.6, without torch.

    The file holds five pickles, one after the other: a magic number, the format's version, facts on the machine, the
    tensors' shapes and places, and the order of the storages. Then come the storages: a length and the numbers.

    Args:
        path: the file.

    Returns:
        Each tensor under its name, float32 or int64, in torch's layout.

    Raises:
        UnsafePickleError: the file names anything else than tensors of numbers.
        ValueError: the file is of another format, ends too early, or holds a tensor that reaches beyond its numbers.
    """
    allowed = {
        ("collections", "OrderedDict"): collections.OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2"): _Tensor,
        **_TORCH_STORAGES,
    }
    with path.open("rb") as file:
        magic, _version, _machine, tensors, keys = (_ArraysOnly(file, allowed).load() for _ in range(5))
        if magic != _TORCH_MAGIC:
            raise ValueError("This is not a file of torch.save from before version 1.6.")
        storages = {tensor.storage.key: tensor.storage for tensor in tensors.values()}
        numbers = {key: _read_storage(file, storages[key]) for key in keys}
    return {name: tensor.cut_from(numbers[tensor.storage.key]) for name, tensor in tensors.items()}


def _read_storage(file: BinaryIO, storage: _Storage) -> Array:
    count = int.from_bytes(file.read(8), "little")
    content = file.read(count * storage.dtype.itemsize)
    if count != storage.count or len(content) != count * storage.dtype.itemsize:
        raise ValueError("The file ends too early, or does not hold as many numbers as it says.")
    return np.frombuffer(content, storage.dtype)
