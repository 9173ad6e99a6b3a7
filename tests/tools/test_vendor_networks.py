"""Weights get the names and axes of Keras, and class names their order."""

import json
import pickle

import numpy as np
import pytest

from tools import vendor_networks

RANDOM = np.random.RandomState(0)


def test_squeezenet_keeps_its_axes_and_gets_names_of_layers(tmp_path):
    arrays = {"fire2/squeeze1x1": [RANDOM.rand(1, 1, 4, 2).astype(np.float32), np.zeros(2, np.float32)]}
    (tmp_path / "weights.pkl").write_bytes(pickle.dumps(arrays, 3))
    weights = vendor_networks.squeezenet_weights(tmp_path / "weights.pkl")
    assert list(weights) == ["fire2_squeeze1x1/kernel", "fire2_squeeze1x1/bias"]
    assert np.array_equal(weights["fire2_squeeze1x1/kernel"], arrays["fire2/squeeze1x1"][0])


def test_efficientnet_gets_names_and_axes_of_keras(monkeypatch):
    state = {
        "_conv_stem.weight": RANDOM.rand(5, 3, 2, 4),
        "_bn0.weight": RANDOM.rand(5),
        "_bn0.num_batches_tracked": np.array(9),
        "_blocks.0._depthwise_conv.weight": RANDOM.rand(5, 1, 2, 4),
        "_blocks.0._bn1.running_var": RANDOM.rand(5),
        "_blocks.9._project_conv.weight": RANDOM.rand(6, 5, 1, 1),
        "_blocks.9._bn2.bias": RANDOM.rand(6),
        "_bn1.running_mean": RANDOM.rand(6),
        "_fc.weight": RANDOM.rand(7, 6),
        "_fc.bias": RANDOM.rand(7),
    }
    monkeypatch.setattr(vendor_networks, "torch_state", lambda _: state)
    weights = vendor_networks.efficientnet_weights("unread")
    assert {name: array.shape for name, array in weights.items()} == {
        "stem_conv/kernel": (2, 4, 3, 5),
        "stem_bn/gamma": (5,),
        "block1_depthwise_conv/kernel": (2, 4, 5, 1),
        "block1_depthwise_bn/moving_variance": (5,),
        "block10_project_conv/kernel": (1, 1, 5, 6),
        "block10_project_bn/beta": (6,),
        "head_bn/moving_mean": (6,),
        "predictions/kernel": (6, 7),
        "predictions/bias": (7,),
    }
    assert weights["stem_conv/kernel"][1, 3, 2, 4] == state["_conv_stem.weight"][4, 2, 1, 3]
    assert weights["block1_depthwise_conv/kernel"][1, 3, 4, 0] == state["_blocks.0._depthwise_conv.weight"][4, 0, 1, 3]


def test_weights_are_stored_as_halves_and_the_same_each_time(tmp_path):
    weights = {"b/kernel": RANDOM.rand(3, 2).astype(np.float32), "a/kernel": np.ones(4, np.float32)}
    for name in ("one.npz", "two.npz"):
        vendor_networks.write_half(weights, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as stored:
        assert stored.files == ["a/kernel", "b/kernel"] and stored["b/kernel"].dtype == np.float16
        assert np.allclose(stored["b/kernel"], weights["b/kernel"], atol=1e-3)


@pytest.mark.filterwarnings("ignore:overflow")
def test_a_weight_that_halves_cannot_hold_is_told(tmp_path):
    with pytest.raises(ValueError, match="too large"):
        vendor_networks.write_half({"a": np.array([7e4], np.float32)}, tmp_path / "a.npz")


@pytest.fixture
def class_tables(tmp_path):
    def write(keys):
        (tmp_path / "keys.json").write_text(json.dumps({str(k): key for k, key in enumerate(keys)}), encoding="utf-8")
        names = {str(k): f"name {k}, other" for k in range(len(keys))}
        (tmp_path / "names.json").write_text(json.dumps(names), encoding="utf-8")
        return tmp_path / "names.json", tmp_path / "keys.json", tmp_path / "classes.txt"

    return write


def test_classes_are_written_in_the_order_of_their_wordnet_keys(class_tables):
    tables = class_tables([f"n{k:08}" for k in range(1000)])
    vendor_networks.write_class_names(*tables)
    lines = tables[2].read_bytes().split(b"\n")
    assert len(lines) == 1001 and lines[0] == b"n00000000 name 0, other" and lines[1000] == b""


def test_another_order_is_refused(class_tables):
    tables = class_tables([f"n{999 - k:08}" for k in range(1000)])
    with pytest.raises(ValueError, match="WordNet keys"):
        vendor_networks.write_class_names(*tables)
