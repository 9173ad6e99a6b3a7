"""The networks predict what they should, take any size, let gradients through, and say what they cannot take."""

import functools
import hashlib
import subprocess
import sys

import numpy as np
import pytest

from helpers import pretrained
from helpers.data import photograph
from helpers.pretrained.weights import FILES, load_weights

NETWORKS = {"squeezenet": pretrained.squeezenet, "efficientnet_lite0": pretrained.efficientnet_lite0}
HASHES = {
    "efficientnet_lite0.npz": "bf30c05cedfd7e85abdba682508d60c1355b1270c63fa4b463a3046196bff5d4",
    "imagenet_classes.txt": "acf75ef0abe89694b19056e0796401068b459c457baa30335f240c7692857355",
    "squeezenet.npz": "471e222b8c0ba9a1c83fda5c9390306d6033359c313bebd960318398089d67d0",
}
# Photograph, class, and the largest place among the guesses that it may have.
PREDICTIONS = {
    "squeezenet": [
        ("chelsea", "Egyptian cat", 1),
        ("coffee", "espresso", 1),
        ("china", "stupa", 1),
        ("china", "bell cote", 4),
    ],
    "efficientnet_lite0": [
        ("chelsea", "Egyptian cat", 1),
        ("coffee", "espresso", 1),
        ("china", "palace", 1),
        ("china", "bell cote", 2),
        ("flower", "daisy", 1),
        ("rocket", "missile", 2),
    ],
}


@pytest.fixture(scope="module", params=NETWORKS)
def network(request):
    return NETWORKS[request.param]


@pytest.fixture(scope="module")
def classifier(network):
    return network()


@pytest.fixture(scope="module")
def base(network):
    return network(include_top=False)


@pytest.mark.parametrize(
    ("key", "name", "wanted", "place"), [(key, *case) for key, cases in PREDICTIONS.items() for case in cases]
)
def test_real_photographs_are_recognised(models, key, name, wanted, place):
    probabilities = models(key).predict(NETWORKS[key].preprocess(photograph(name)), verbose=0)
    assert wanted in [guess.name for guess in pretrained.top_classes(probabilities, k=place)]


@pytest.fixture(scope="module")
def models():
    """Each classifier by its name, made once."""
    return functools.cache(lambda key: NETWORKS[key]())


def test_an_espresso_is_as_sure_as_it_was(models):
    """Measured when the weights were vendored; only other rounding may change it, and by little."""
    measured = {"squeezenet": 0.98, "efficientnet_lite0": 0.95}
    for key, probability in measured.items():
        probabilities = models(key).predict(NETWORKS[key].preprocess(photograph("coffee")), verbose=0)
        assert pretrained.top_classes(probabilities)[0].probability == pytest.approx(probability, abs=0.02)


@pytest.mark.parametrize("name", HASHES)
def test_the_files_are_those_that_were_vendored(name):
    content = (
        (FILES / name).read_bytes().replace(b"\r\n", b"\n") if name.endswith(".txt") else (FILES / name).read_bytes()
    )
    assert hashlib.sha256(content).hexdigest() == HASHES[name]


def test_parameters_are_as_many_as_published(models):
    assert models("squeezenet").count_params() == 1_235_496
    lite = models("efficientnet_lite0")
    assert lite.count_params() == 4_694_024
    assert sum(int(np.prod(weight.shape)) for weight in lite.trainable_weights) == 4_652_008


def test_every_stored_weight_has_its_place(models):
    for key in NETWORKS:
        with np.load(FILES / f"{key}.npz", allow_pickle=False) as stored:
            layers = models(key).layers
            assert {f"{layer.name}/{weight.name}" for layer in layers for weight in layer.weights} == set(stored.files)
            assert all(stored[name].dtype == np.float16 for name in stored.files)


def test_maps_are_as_large_as_those_of_the_papers(models):
    squeeze, lite = models("squeezenet"), models("efficientnet_lite0")
    sides = [squeeze.get_layer(name).output.shape[1] for name in ("conv1", "pool1", "pool3", "pool5", "fire9")]
    assert sides == [113, 56, 28, 14, 14]
    assert squeeze.get_layer("fire9").output.shape[1:] == (14, 14, 512)
    ends = (
        "block1_project_bn",
        "block3_add",
        "block5_add",
        "block8_add",
        "block11_add",
        "block15_add",
        "block16_project_bn",
    )
    shapes = [lite.get_layer(name).output.shape[1:] for name in ends]
    assert shapes == [
        *((112, 112, 16), (56, 56, 24), (28, 28, 40), (14, 14, 80), (14, 14, 112), (7, 7, 192), (7, 7, 320)),
    ]


def test_layers_have_the_names_that_lessons_use(models):
    squeeze = {layer.name for layer in models("squeezenet").layers}
    assert {"conv1", "conv10", "predictions", *(f"fire{number}" for number in range(2, 10))} <= squeeze
    assert {f"fire{number}_squeeze1x1" for number in range(2, 10)} <= squeeze
    lite = {layer.name for layer in models("efficientnet_lite0").layers}
    assert {name for name in lite if name.endswith("_add")} == {
        f"block{n}_add" for n in (3, 5, 7, 8, 10, 11, 13, 14, 15)
    }
    assert {"stem_relu", "head_relu", "predictions"} <= lite


@pytest.mark.parametrize(("n_H", "n_W"), [(32, 32), (33, 47), (208, 320)])
def test_without_its_top_a_network_takes_any_size(base, network, n_H, n_W):
    pictures = network.preprocess(np.random.RandomState(0).rand(2, n_H, n_W, 3), size="keep")
    maps = np.asarray(base(pictures, training=False))
    assert maps.shape[0] == 2 and maps.shape[3] in (512, 1280) and np.isfinite(maps).all() and maps.max() > 0


def test_with_its_top_it_takes_other_sizes_too_when_asked(network):
    pictures = network.preprocess(photograph("coffee"), size="keep")
    probabilities = network(input_shape=(None, None, 3)).predict(pictures, verbose=0)
    assert pretrained.top_classes(probabilities)[0].name == "espresso"


def test_base_and_classifier_see_the_same(base, classifier, network):
    import keras

    pictures = network.preprocess(photograph("chelsea"))
    last = keras.Model(
        classifier.inputs, classifier.get_layer({512: "fire9", 1280: "head_relu"}[base.output_shape[-1]]).output
    )
    assert np.allclose(base.predict(pictures, verbose=0), last.predict(pictures, verbose=0), atol=1e-4)


def test_gradients_reach_the_picture(base, network):
    """Style transfer and activation maximisation change the picture, not the weights."""
    import keras
    import tensorflow as tf

    inner = next(layer.name for layer in base.layers if layer.name in ("fire5", "block8_add"))
    features = keras.Model(base.inputs, base.get_layer(inner).output)
    picture = tf.Variable(network.preprocess(photograph("china"), size=(64, 96)))
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean(features(picture, training=False) ** 2)
    slope = tape.gradient(cost, picture).numpy()
    assert np.isfinite(slope).all() and (np.abs(slope) > 0).mean() > 0.9


def test_a_frozen_base_does_not_change_while_a_new_top_learns(network):
    import keras

    base = network(include_top=False, input_shape=(64, 64, 3))
    base.trainable = False
    before = [weight.copy() for weight in base.get_weights()]
    inputs = keras.Input((64, 64, 3))
    maps = keras.layers.GlobalAveragePooling2D()(base(inputs, training=False))
    model = keras.Model(inputs, keras.layers.Dense(2, activation="softmax")(maps))
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(
        network.preprocess(np.random.RandomState(0).rand(4, 64, 64, 3), "keep"), np.array([0, 1, 0, 1]), verbose=0
    )
    assert all(np.array_equal(old, new) for old, new in zip(before, base.get_weights(), strict=True))
    assert len(model.trainable_weights) == 2


def test_each_network_gets_the_numbers_it_was_trained_with():
    orange = np.full((40, 40, 3), (255, 127, 0), np.uint8)
    squeeze = pretrained.squeezenet.preprocess(orange)
    assert squeeze.shape == (1, 227, 227, 3) and squeeze.dtype == np.float32
    assert np.allclose(squeeze[0, 0, 0], (0 - 104.006, 127 - 116.669, 255 - 122.679)), "blue comes first"
    lite = pretrained.efficientnet_lite0.preprocess(orange)
    assert lite.shape == (1, 224, 224, 3) and np.allclose(lite[0, 0, 0], (1, 0, -127 / 128))


def test_preprocessing_can_be_undone(network):
    photo = photograph("chelsea")
    inputs = network.preprocess(photo, size="keep")
    assert np.array_equal(network.to_pictures(inputs)[0], photo)
    assert network.to_pictures(inputs[0]).shape == photo.shape
    nearly = network.preprocess(np.full((32, 32, 3), 99.7 / 255, np.float32), size="keep")
    assert (network.to_pictures(nearly) == 100).all(), "rounded, not cut off"
    assert network.to_pictures(inputs * 10).dtype == np.uint8
    assert {*np.unique(network.to_pictures(np.array([[[-999.0] * 3, [999.0] * 3]])))} == {0, 255}
    with pytest.raises(ValueError, match="shape"):
        network.to_pictures(np.zeros((5, 5)))


@pytest.mark.parametrize(
    "shape",
    [(227, 227), (227, 227, 1), (31, 64, 3), (64, 31, 3), (64.0, 64, 3), 227, (2, 64, 64, 3), (0, 0, 3), "large"],
)
def test_an_impossible_input_shape_is_told_in_a_sentence(network, shape):
    with pytest.raises(ValueError, match="input_shape"):
        network(include_top=False, input_shape=shape)


def test_a_shape_in_the_place_of_include_top_is_told(network):
    with pytest.raises(ValueError, match="include_top is True or False"):
        network((64, 64, 3))


def test_too_small_a_picture_is_told_before_the_network_fails(network):
    with pytest.raises(ValueError, match="at least 32"):
        network.preprocess(np.zeros((31, 64, 3), np.uint8), size="keep")


def test_weights_of_another_network_do_not_pass(models):
    with pytest.raises(KeyError, match="conv1/kernel"):
        load_weights(models("squeezenet"), FILES / "efficientnet_lite0.npz")


def test_a_file_with_a_pickle_inside_is_not_read(tmp_path, models):
    np.savez(tmp_path / "weights.npz", **{"conv1/kernel": np.array([{}], object)})
    with pytest.raises(ValueError, match="allow_pickle=False"):
        load_weights(models("squeezenet"), tmp_path / "weights.npz")


def test_importing_the_package_or_preparing_pictures_imports_no_tensorflow():
    code = (
        "import sys, numpy as np\n"
        "from helpers import pretrained\n"
        "pretrained.squeezenet.preprocess(np.zeros((64, 64, 3), np.uint8))\n"
        "pretrained.top_classes(np.full(1000, 0.001)); pretrained.online('MobileNetV2')\n"
        "assert not {'tensorflow', 'keras', 'torch', 'jax'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=FILES.parents[2], timeout=120)
