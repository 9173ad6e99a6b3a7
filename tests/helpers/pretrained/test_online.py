"""Networks that Keras fetches: same interface, a clear sentence without a network. Nothing is fetched here."""

import inspect
import socket
import sys

import numpy as np
import pytest

from helpers import pretrained
from helpers.pretrained.online import ONLINE, OnlineNetwork


@pytest.fixture
def no_network(monkeypatch, tmp_path):
    from keras.src.utils import file_utils

    def nowhere(*_, **__):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    monkeypatch.setattr(file_utils.config, "keras_home", lambda: str(tmp_path))


@pytest.fixture
def untrained(monkeypatch):
    """Keras builds its networks with random weights, so that nothing need be fetched."""
    from keras import applications

    for name in ONLINE:
        build = getattr(applications, name)
        monkeypatch.setattr(applications, name, lambda build=build, **options: build(**{**options, "weights": None}))


@pytest.mark.parametrize("name", ONLINE)
def test_without_a_network_one_sentence_says_what_to_take_instead(no_network, name):
    with pytest.raises(ConnectionError, match=rf"{name} could not be fetched.*squeezenet\(\)"):
        pretrained.online(name)(include_top=False)


def test_the_interface_is_that_of_the_offline_networks(untrained):
    network = pretrained.online("MobileNetV2")
    assert isinstance(network, pretrained.PretrainedNetwork) and network.picture_size == (224, 224)
    inputs = network.preprocess(np.full((40, 50, 3), 255, np.uint8))
    assert inputs.shape == (1, 224, 224, 3) and inputs.dtype == np.float32 and np.allclose(inputs, 1)
    base = network(include_top=False)
    assert base.input_shape == (None, None, None, 3) and base(inputs).shape == (1, 7, 7, 1280)
    probabilities = network().predict(inputs, verbose=0)
    assert len(pretrained.top_classes(probabilities)) == 5


@pytest.mark.parametrize(("name", "white"), [("VGG19", 255 - 103.939), ("InceptionV3", 1), ("EfficientNetB0", 255)])
def test_each_gets_its_own_preprocessing(name, white):
    network = pretrained.online(name)
    given = np.full((1, *network.picture_size, 3), 255, np.uint8)
    assert network.preprocess(given)[0, 0, 0, 0] == pytest.approx(white)
    assert (given == 255).all()


def test_a_checksum_is_promised_only_where_keras_has_one():
    from keras import applications

    for name, known in ONLINE.items():
        source = inspect.getsource(sys.modules[getattr(applications, name).__module__])
        assert ("file_hash" in source) == known.checked


@pytest.mark.parametrize("failure", [ValueError("Incomplete or corrupted file detected."), KeyError("x")])
def test_another_failure_is_not_blamed_on_the_network(monkeypatch, failure):
    from keras import applications

    def fail(**_):
        raise failure

    monkeypatch.setattr(applications, "MobileNetV2", fail)
    with pytest.raises(type(failure)):
        pretrained.online("MobileNetV2")()


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(ValueError, match=r"MobileNet'.*MobileNetV2, VGG19"):
        pretrained.online("MobileNet")


def test_too_small_a_picture_is_told(untrained):
    network = pretrained.online("InceptionV3")
    assert isinstance(network, OnlineNetwork)
    with pytest.raises(ValueError, match="InceptionV3 takes pictures of at least 75"):
        network(include_top=False, input_shape=(74, 80, 3))
