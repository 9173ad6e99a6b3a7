"""Arrays come out of pickles; whatever else a pickle asks for is refused before it happens."""

import collections
import os
import pickle
import struct

import numpy as np
import pytest

from tools.vendor_pickles import UnsafePickleError, numpy_pickle, torch_state

MAGIC = 0x1950A86A20F9469CFC6C
ARRAYS = {"conv1": [np.arange(12, dtype=np.float32).reshape(2, 2, 3), np.array([5.0], np.float32)]}


class Call:
    """Pickles as a call of a function, which is how a harmful file does its harm."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def dumped(content, path, protocol):
    path.write_bytes(pickle.dumps(content, protocol))
    return path


@pytest.mark.parametrize("protocol", [3, 4])
def test_arrays_are_read_as_they_were_written(tmp_path, protocol):
    read = numpy_pickle(dumped(ARRAYS, tmp_path / "weights.pkl", protocol))
    assert list(read) == ["conv1"]
    assert all(np.array_equal(a, b) and a.dtype == b.dtype for a, b in zip(read["conv1"], ARRAYS["conv1"], strict=True))


@pytest.mark.parametrize("harm", ["system", "getattr", "nested", "numpy"])
def test_a_pickle_that_would_run_something_is_refused_and_does_not_run(tmp_path, harm):
    proof = tmp_path / "proof"
    content = {
        "system": Call(os.mkdir, str(proof)),
        "getattr": Call(getattr, dict, "fromkeys"),
        "nested": {"conv1": [np.zeros(2), Call(os.mkdir, str(proof))]},
        "numpy": Call(np.save, str(proof), np.zeros(2)),
    }[harm]
    for read in (numpy_pickle, torch_state):
        with pytest.raises(UnsafePickleError, match="only arrays"):
            read(dumped(content, tmp_path / "harm.pkl", 4))
    assert not proof.exists() and not proof.with_suffix(".npy").exists()


class FromTorch:
    """Pickles as a name that torch would know, without torch."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Tensor(Call):
    def __init__(self, key, count, offset, shape, strides, storage="FloatStorage"):
        storage = ("storage", FromTorch("torch", storage), key, "cpu", count, None)
        rebuild = FromTorch("torch._utils", "_rebuild_tensor_v2")
        super().__init__(rebuild, Stored(storage), offset, shape, strides, False, collections.OrderedDict())


class Stored:
    def __init__(self, identity):
        self.identity = identity


class TorchPickler(pickle._Pickler):
    """Python's own pickler, in Python, that writes the names of torch's functions though torch is not there."""

    def persistent_id(self, content):
        return content.identity if isinstance(content, Stored) else None

    def save(self, content, save_persistent_id=True):
        if isinstance(content, FromTorch):
            return self.write(f"c{content.module}\n{content.name}\n".encode())
        if isinstance(content, Tensor):
            function, arguments = content.call
            self.save(function)
            self.save(arguments)
            return self.write(pickle.REDUCE)
        return super().save(content, save_persistent_id)


def torch_file(path, tensors, storages, magic=MAGIC):
    with path.open("wb") as file:
        for content in (magic, 1001, {"little_endian": True}, collections.OrderedDict(tensors), sorted(storages)):
            TorchPickler(file, 2).dump(content)
        for key in sorted(storages):
            file.write(struct.pack("<q", len(storages[key])) + storages[key].tobytes())
    return path


SIX = np.arange(6, dtype="<f4")


def test_tensors_are_cut_out_of_their_numbers_row_by_row_or_turned(tmp_path):
    tensors = {
        "whole": Tensor("a", 6, 0, (2, 3), (3, 1)),
        "turned": Tensor("a", 6, 0, (3, 2), (1, 3)),
        "second": Tensor("a", 6, 4, (2,), (1,)),
        "count": Tensor("b", 1, 0, (), (), "LongStorage"),
    }
    read = torch_state(torch_file(tmp_path / "a.pth", tensors, {"a": SIX, "b": np.array([7], "<i8")}))
    assert np.array_equal(read["whole"], SIX.reshape(2, 3)) and read["whole"].dtype == np.float32
    assert np.array_equal(read["turned"], SIX.reshape(2, 3).T)
    assert np.array_equal(read["second"], [4, 5])
    assert read["count"] == 7 and read["count"].dtype == np.int64


@pytest.mark.parametrize(
    ("offset", "shape", "strides"),
    [(0, (7,), (1,)), (5, (2,), (1,)), (-1, (2,), (1,)), (5, (2,), (-1,)), (0, (2, 3), (6, 1))],
)
def test_a_tensor_that_reaches_beyond_its_numbers_is_refused(tmp_path, offset, shape, strides):
    path = torch_file(tmp_path / "a.pth", {"w": Tensor("a", 6, offset, shape, strides)}, {"a": SIX})
    with pytest.raises(ValueError, match="beyond its numbers"):
        torch_state(path)


def test_a_file_that_ends_too_early_is_refused(tmp_path):
    path = torch_file(tmp_path / "a.pth", {"w": Tensor("a", 6, 0, (6,), (1,))}, {"a": SIX})
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(ValueError, match="too early"):
        torch_state(path)


def test_another_format_is_refused(tmp_path):
    path = torch_file(tmp_path / "a.pth", {"w": Tensor("a", 6, 0, (6,), (1,))}, {"a": SIX}, magic=5)
    with pytest.raises(ValueError, match=r"torch\.save"):
        torch_state(path)


def test_a_reference_to_something_other_than_numbers_is_refused(tmp_path):
    path = tmp_path / "a.pth"
    with path.open("wb") as file:
        TorchPickler(file, 2).dump(Stored(("module", "os", "system")))
    with pytest.raises(UnsafePickleError, match="other than the numbers"):
        torch_state(path)
