"""Values that may cross the trust border come out as they went in; nothing else comes out at all."""

import json
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from grader.border.channel import refuse
from grader.border.values import MOST_DEPTH, BorderError, Packer, Unpacker

DTYPES = st.sampled_from(["?", "i1", "u2", "i4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", ">f4", ">i2"])
ARRAYS = DTYPES.flatmap(lambda kind: stn.arrays(kind, stn.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)))
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary() | ARRAYS
)
KEYS = st.text() | st.integers() | st.booleans()
VALUES = st.recursive(
    LEAVES,
    lambda inside: st.lists(inside, max_size=4) | st.tuples(inside, inside) | st.dictionaries(KEYS, inside, max_size=4),
    max_leaves=20,
)


def crossed(value):
    packer = Packer(refuse)
    data = json.loads(json.dumps(packer.pack(value), allow_nan=False))
    return Unpacker(memoryview(b"".join(packer.buffers)), refuse).unpack(data)


def same(a, b) -> bool:
    if isinstance(a, np.ndarray):
        return (
            type(b) is np.ndarray
            and a.shape == b.shape
            and a.dtype == b.dtype.newbyteorder(a.dtype.byteorder)
            and (np.array_equal(a, b, equal_nan=a.dtype.kind in "fc"))
        )
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    return a == b


@given(VALUES)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_data_comes_out_as_it_went_in(value):
    assert same(value, crossed(value))


@pytest.mark.parametrize(
    "value", [np.float32(2.5), np.int8(-3), np.bool_(True), {1, 2}, frozenset("ab"), slice(1, 9, 2), ...]
)
def test_numpy_scalars_sets_and_slices_keep_their_type(value):
    came = crossed(value)
    assert type(came) is type(value)
    assert came == value


def test_an_array_that_lies_about_itself_arrives_as_a_plain_one():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, bool)

        def __array_ufunc__(self, *args, **kwargs):
            return 0.0

    liar = np.array([1.0, 2.0]).view(Liar)
    assert np.sum(liar) == 0.0, "the control: it does lie at home"
    came = crossed(liar)
    assert type(came) is np.ndarray
    assert came.tolist() == [1.0, 2.0]


def test_a_number_that_lies_about_itself_arrives_as_a_plain_one():
    class Always(int):
        def __eq__(self, other):
            return True

        __hash__ = int.__hash__

    assert Always(3) == 7, "the control: it does lie at home"
    assert type(crossed(Always(3))) is int
    assert crossed(Always(3)) != 7


@pytest.mark.parametrize("value", [object(), lambda: 0, np.array([object()]), [print]])
def test_what_is_no_data_does_not_cross(value):
    with pytest.raises(BorderError):
        crossed(value)


def test_what_is_nested_too_deeply_does_not_cross():
    value = []
    for _ in range(MOST_DEPTH + 1):
        value = [value]
    with pytest.raises(BorderError, match="deeply"):
        crossed(value)


@pytest.mark.parametrize(
    "data",
    [
        {"k": "array", "d": "O8", "s": [1], "v": [0, 8]},
        {"k": "array", "d": "f8", "s": [2**39, 2**39], "v": [0, 8]},
        {"k": "array", "d": "f8", "s": [0, 2**39], "v": [0, 0]},
        {"k": "array", "d": "f8", "s": [-1], "v": [0, 8]},
        {"k": "array", "d": "f8", "s": [2], "v": [0, 8]},
        {"k": "array", "d": "f8", "s": [1], "v": [4, 8]},
        {"k": "array", "d": "f8", "s": [1], "v": [-8, 8]},
        {"k": "array", "d": "f8", "s": [True], "v": [0, 8]},
        {"k": "dict", "v": [[[1], 2]]},
        {"k": "set", "v": [[1]]},
        {"k": "int", "v": "0x" + "f" * 10_000},
        {"k": "int", "v": "12z"},
        {"k": "far", "at": "worker", "id": 1},
        {"k": "nothing"},
        {"k": ["array"]},
        {},
    ],
)
def test_hostile_data_is_refused_and_nothing_else_happens(data):
    with pytest.raises(BorderError):
        Unpacker(memoryview(b"12345678"), refuse).unpack(data)
