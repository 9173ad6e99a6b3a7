"""Python values as JSON and raw buffers, and back: exact known types only, sizes checked before anything is made.

What is not data (functions, models, objects of a student's class) does not travel: its owner keeps it and sends a
number that stands for it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

MOST_DEPTH = 32
MOST_ITEMS = 500_000
MOST_KEYS = 10_000  # of all sets and dictionaries of a message: keys can be chosen to have the same hash
MOST_BLOB = 256 << 20
MOST_AXES = 16
_MOST_BITS = 20_000
_TEXT_UNIT = 4  # bytes of a character in an array
_DTYPES = frozenset(["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"])
_CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {"tuple": tuple, "set": set, "frozenset": frozenset}

Keep = Callable[[Any], dict[str, Any]]


class BorderError(Exception):
    """Data that may not cross; the text says why."""


class Packer:
    """Turns values into JSON data and buffers.

    Args:
        keep: for a value that is no data, gives the JSON object that stands for it, or raises BorderError.
    """

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._items = 0
        self._keys = 0
        self.buffers: list[bytes] = []
        self.size = 0

    def pack(self, value: Any, depth: int = 0) -> Any:
        """JSON data for a value; its bytes are added to `buffers`.

        Raises:
            BorderError: nested more than 32 deep, more than 500,000 items, or more than 256 MB.
        """
        self._items += 1
        if depth > MOST_DEPTH or self._items > MOST_ITEMS:
            raise BorderError("the value is nested too deeply or has too many items")
        if value is None or type(value) in (bool, str):
            return value
        if isinstance(value, (bool, np.bool_)):
            return self._scalar(value) if isinstance(value, np.generic) else bool(value)
        if isinstance(value, (int, float, complex, str, bytes)) and not isinstance(value, np.generic):
            return self._simple(value)
        if isinstance(value, (list, tuple, set, frozenset, dict)):
            return self._container(value, depth)
        if isinstance(value, np.generic):
            return self._scalar(value)
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, slice):
            return {"k": "slice", "v": [self.pack(part, depth + 1) for part in (value.start, value.stop, value.step)]}
        if value is Ellipsis:
            return {"k": "..."}
        tensor = self._tensor(value)
        return self._keep(value) if tensor is None else tensor

    def _simple(self, value: Any) -> Any:
        if isinstance(value, int):
            whole = int(value)
            if -(2**63) <= whole < 2**63:
                return whole
            return {"k": "int", "v": hex(whole)} if whole.bit_length() < _MOST_BITS else self._keep(value)
        if isinstance(value, float):
            number = float(value)
            return number if math.isfinite(number) else {"k": "float", "v": repr(number)}
        if isinstance(value, complex):
            return {"k": "complex", "v": [self._simple(value.real), self._simple(value.imag)]}
        return str(value) if isinstance(value, str) else {"k": "bytes", "v": self._buffer(bytes(value))}

    def _container(self, value: Any, depth: int) -> Any:
        if isinstance(value, (dict, set, frozenset)):
            self._keys = _more_keys(self._keys, len(value))
        if isinstance(value, dict):
            pairs = list(dict.items(value))
            return {"k": "dict", "v": [[self.pack(a, depth + 1), self.pack(b, depth + 1)] for a, b in pairs]}
        items = [self.pack(item, depth + 1) for item in value]
        if isinstance(value, list):
            return items
        kinds = (("tuple", tuple), ("set", set), ("frozenset", frozenset))
        return {"k": next(name for name, kind in kinds if isinstance(value, kind)), "v": items}

    def _scalar(self, value: Any) -> Any:
        kind = value.dtype.str[1:]
        if kind not in _DTYPES:
            return self._keep(value)
        return {"k": "scalar", "d": kind, "v": self._buffer(np.asarray(value, dtype=f"<{kind}").tobytes())}

    def _array(self, value: Any) -> Any:
        array = np.array(value, copy=True, subok=False, order="C")
        kind = array.dtype.str[1:]
        if kind in _DTYPES:
            little = array.astype(array.dtype.newbyteorder("<"), copy=False)
            return {"k": "array", "d": kind, "s": list(array.shape), "v": self._buffer(little.tobytes())}
        if array.dtype.kind == "U":
            return {"k": "texts", "s": list(array.shape), "v": [str(text) for text in array.ravel().tolist()]}
        return self._keep(value)

    def _tensor(self, value: Any) -> Any:
        """A TensorFlow value by its numbers; None for anything else. TensorFlow is never imported for this."""
        tf = sys.modules.get("tensorflow")
        if tf is None or not hasattr(tf, "Tensor"):
            return None
        if isinstance(value, tf.TensorShape):
            return self.pack(tuple(value.as_list()) if value.rank is not None else None)
        if isinstance(value, tf.DType):
            return {"k": "dtype", "v": value.name}
        if not (isinstance(value, (tf.Tensor, tf.Variable)) or type(value).__name__ == "Variable"):
            return None
        try:
            numbers = np.asarray(value)
        except Exception:  # symbolic tensors have no numbers
            return None
        kind = "tensor" if isinstance(value, tf.Tensor) else "variable"
        packed = self._array(numbers) if numbers.dtype.str[1:] in _DTYPES else None
        return None if packed is None else {"k": kind, "v": packed}

    def _buffer(self, content: bytes) -> list[int]:
        if self.size + len(content) > MOST_BLOB:
            raise BorderError(f"the value is larger than {MOST_BLOB >> 20} MB")
        place = [self.size, len(content)]
        self.buffers.append(content)
        self.size += len(content)
        return place


class Unpacker:
    """Makes values of JSON data and one buffer; whatever else the data is gives a BorderError.

    Args:
        blob: the buffers, one after the other.
        find: gives what stands for a kept object, from its JSON object, or raises BorderError.
    """

    def __init__(self, blob: memoryview, find: Callable[[dict[str, Any]], Any]) -> None:
        self._blob = blob
        self._find = find
        self._items = 0
        self._keys = 0

    def unpack(self, data: Any) -> Any:
        """The value.

        Raises:
            BorderError: the data is not what a Packer writes, or too large.
        """
        try:
            return self._value(data, 0)
        except BorderError:
            raise
        except Exception as error:  # a hostile frame may break anything, but only here
            raise BorderError(f"the data cannot be read ({type(error).__name__})") from None

    def _value(self, data: Any, depth: int) -> Any:
        self._items += 1
        if depth > MOST_DEPTH or self._items > MOST_ITEMS:
            raise BorderError("the data is nested too deeply or has too many items")
        if data is None or type(data) in (bool, int, float, str):
            return data
        if type(data) is list:
            return [self._value(item, depth + 1) for item in data]
        if type(data) is not dict:
            raise BorderError("the data has an unknown type")
        kind = data.get("k")
        if kind in _CONTAINERS:
            if kind != "tuple":
                self._keys = _more_keys(self._keys, len(_list(data["v"])))
            return _CONTAINERS[kind]([self._value(item, depth + 1) for item in _list(data["v"])])
        if kind == "dict":
            self._keys = _more_keys(self._keys, len(_list(data["v"])))
            pairs = [_list(pair, 2) for pair in _list(data["v"])]
            return {self._value(a, depth + 1): self._value(b, depth + 1) for a, b in pairs}
        if kind == "slice":
            return slice(*(self._value(part, depth + 1) for part in _list(data["v"], 3)))
        return self._leaf(kind, data, depth)

    def _leaf(self, kind: Any, data: dict[str, Any], depth: int) -> Any:
        if kind == "array":
            return self._array(data)
        if kind == "scalar":
            return self._array({**data, "s": []})[()]
        if kind == "texts":
            texts, shape = _list(data["v"]), _shape(data["s"], 1)
            longest = max((len(_text(text)) for text in texts), default=0)
            if longest * len(texts) * _TEXT_UNIT > MOST_BLOB:  # NumPy makes all as long as the longest
                raise BorderError("an array of texts is too large")
            return np.array(texts, dtype=str).reshape(shape)
        if kind == "float" and data["v"] in ("nan", "inf", "-inf"):
            return float(data["v"])
        if kind == "int" and len(_text(data["v"])) < _MOST_BITS // 4 + 4:
            return int(data["v"], 16)
        if kind == "complex":
            real, imaginary = (self._value(part, depth + 1) for part in _list(data["v"], 2))
            return complex(real, imaginary)
        if kind == "bytes":
            return bytes(self._bytes(data["v"]))
        if kind == "...":
            return Ellipsis
        if kind in ("tensor", "variable", "dtype"):
            return _of_tensorflow(kind, data["v"] if kind == "dtype" else self._array(data["v"]))
        if kind == "far":
            return self._find(data)
        raise BorderError(f"the data has the unknown kind {str(kind)[:40]!r}")

    def _array(self, data: dict[str, Any]) -> np.ndarray:
        if data["d"] not in _DTYPES:
            raise BorderError("an array has an unknown dtype")
        dtype = np.dtype(f"<{data['d']}")
        shape = _shape(data["s"], dtype.itemsize)
        content = self._bytes(data["v"])
        if len(content) != math.prod(shape) * dtype.itemsize:
            raise BorderError("an array's buffer has another size than its shape")
        return np.frombuffer(content, dtype=dtype).reshape(shape).astype(dtype.newbyteorder("="), copy=True)

    def _bytes(self, place: Any) -> memoryview:
        start, length = _list(place, 2)
        if type(start) is not int or type(length) is not int or start < 0 or length < 0:
            raise BorderError("a buffer has no place")
        if start + length > len(self._blob):
            raise BorderError("a buffer lies outside the frame")
        return self._blob[start : start + length]


def _more_keys(count: int, more: int) -> int:
    if count + more > MOST_KEYS:
        raise BorderError(f"its sets and dictionaries have more than {MOST_KEYS:,} entries")
    return count + more


def _of_tensorflow(kind: str, value: Any) -> Any:
    """A tensor where TensorFlow is in use already; else its numbers, which say the same."""
    tf = sys.modules.get("tensorflow")
    if tf is None:
        return _text(value) if kind == "dtype" else value
    if kind == "dtype":
        return tf.as_dtype(_text(value))
    return tf.Variable(value) if kind == "variable" else tf.constant(value)


def _shape(value: Any, itemsize: int) -> tuple[int, ...]:
    shape = _list(value)
    if len(shape) > MOST_AXES or not all(type(n) is int and 0 <= n < 2**40 for n in shape):
        raise BorderError("an array has an impossible shape")
    if math.prod(max(n, 1) for n in shape) * itemsize > MOST_BLOB:
        raise BorderError("an array is too large")
    return tuple(shape)


def _list(value: Any, length: int | None = None) -> Sequence[Any]:
    if type(value) is not list or (length is not None and len(value) != length):
        raise BorderError("a list is missing or has another length")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise BorderError("a text is missing")
    return value
