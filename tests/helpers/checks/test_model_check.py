"""A model is judged by what it computes: however it is written, and whatever it says about itself."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import pytest

from helpers.checks import find
from helpers.checks.model_blueprint import activation, conv, dense, flatten, norm, pool, zero_border
from helpers.checks.model_changes import setting, without
from helpers.checks.model_fit import fits
from helpers.checks.model_forward import forward
from helpers.checks.model_mistakes import of_activations, of_pooling
from helpers.checks.model_shapes import all_weight_shapes
from helpers.checks.model_subject import NotAModel, Subject
from helpers.checks.model_weights import random_weights

pytestmark = pytest.mark.filterwarnings("ignore")
SHAPE = (10, 8, 2)
STEPS = (
    zero_border("zeros", 1),
    conv("CONV1", 3, 4, padding="same"),
    norm("NORM"),
    activation("ReLU1", "relu"),
    pool("POOL1", 2),
    conv("CONV2", 2, 3),
    flatten(),
    dense("FC", 5),
    activation("output", "softmax"),
)


@pytest.fixture(scope="module")
def keras():
    return pytest.importorskip("keras")


@pytest.fixture
def the_same_in_keras(keras):
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input(SHAPE),
            layers.ZeroPadding2D(1),
            layers.Conv2D(4, 3, padding="same"),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.MaxPool2D(),
            layers.Conv2D(3, 2),
            layers.Flatten(),
            layers.Dense(5, activation="softmax"),
        ]
    )


def test_a_blueprint_has_the_weights_of_the_keras_model(the_same_in_keras) -> None:
    assert all_weight_shapes(STEPS, SHAPE) == [weight.shape for weight in the_same_in_keras.get_weights()]


@pytest.mark.parametrize("training", [False, True])
def test_a_blueprint_computes_what_keras_computes(the_same_in_keras, training: bool) -> None:
    rng = np.random.default_rng(3)
    weights = random_weights(all_weight_shapes(STEPS, SHAPE), rng)
    x = (5 * rng.normal(size=(3, *SHAPE))).astype(np.float32)
    (got,) = Subject(the_same_in_keras, SHAPE).outputs(weights, x, training)
    assert np.allclose(got, forward(STEPS, x, weights, training=training), rtol=1e-4, atol=1e-5)
    assert got.std() > 0.01, "the weights saturate the output: mistakes would not show"


@pytest.mark.parametrize(
    "change",
    [
        *(change for mistake in of_pooling("", ["POOL1"], [2]) for change in mistake.changes),
        *(change for mistake in of_activations("", ["ReLU1"]) for change in mistake.changes),
        setting("CONV1", padding="valid"),
        without("zeros"),
        without("NORM"),
    ],
)
def test_every_change_shows_in_the_shapes_or_in_the_output(change) -> None:
    other = change(STEPS)
    assert other != STEPS
    try:
        shapes = all_weight_shapes(other, SHAPE)
    except ValueError:  # no room for a window: such a model cannot even be built
        return
    right = all_weight_shapes(STEPS, SHAPE)
    if shapes == right:
        rng = np.random.default_rng(3)
        weights, x = random_weights(right, rng), (5 * rng.normal(size=(3, *SHAPE))).astype(np.float32)
        outputs = [forward(steps, x, weights) for steps in (STEPS, other)]
        assert np.abs(outputs[0] - outputs[1]).max() > 1e-2


def test_sizes_and_missing_biases_are_read_off_the_weights() -> None:
    wider = tuple(step.but(n_C=7, f=(5, 5), bias=False) if step.name == "CONV1" else step for step in STEPS)
    assert list(fits(STEPS, all_weight_shapes(wider, SHAPE), SHAPE)) == [wider]
    assert not list(fits(STEPS, all_weight_shapes(without("FC")(STEPS), SHAPE), SHAPE))


def test_too_few_weights_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="CONV1 needs 2 weights"):
        forward(STEPS, np.zeros((1, *SHAPE), np.float32), [])


def test_a_check_leaves_the_models_own_weights_as_they_were(the_same_in_keras) -> None:
    before = the_same_in_keras.get_weights()
    subject = Subject(the_same_in_keras, SHAPE)
    subject.outputs([2 * weight for weight in before], np.zeros((1, *SHAPE), np.float32), False)
    with pytest.raises(ValueError, match="incompatible"):  # whatever happens in between
        subject.outputs([2 * weight for weight in before], np.zeros((1, 2), np.float32), False)
    assert all(np.array_equal(a, b) for a, b in zip(before, the_same_in_keras.get_weights(), strict=True))


def test_what_is_no_model_is_named(keras) -> None:
    inputs = keras.Input((4, 4, 1))
    for value, hint in (
        (None, "returns_none"),
        ([inputs], "returns_layers"),
        (keras.layers.Dense(3), "returns_layers"),
        (keras.layers.Flatten()(inputs), "returns_tensor"),
    ):
        with pytest.raises(NotAModel) as caught:
            Subject(value, (4, 4, 1))
        assert caught.value.hint == hint


class Stranger:
    """Raises whatever is asked of it."""

    def __getattr__(self, name: str):
        raise RuntimeError(name)

    def __repr__(self) -> str:
        raise RuntimeError("no text")


class Pretender:
    """Has what a model has by name, and nothing of it works."""

    layers = get_weights = set_weights = get_config = input_shape = output_shape = "a string"


ODD = {
    "stranger": Stranger(),
    "pretender": Pretender(),
    "text": "text",
    "a dict of strangers": {1: Stranger()},
    "huge": np.broadcast_to(1.0, (10**6, 10**6)),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("seed", [None, 3])
def test_an_odd_answer_gets_a_short_report_and_no_points(name: str, seed: int | None) -> None:
    report = find("happyModel")(lambda: ODD[name], seed=seed)
    assert report.points(10) == 0
    assert len(str(report)) < 2000


def test_a_model_in_place_of_its_function_is_refused(the_same_in_keras) -> None:
    with pytest.raises(TypeError, match=r"checks\.lenet5 got a model.*without parentheses"):
        find("lenet5")(the_same_in_keras)


def test_a_model_that_fails_when_called_is_reported_and_not_raised(keras) -> None:
    class Broken(keras.layers.Layer):
        def call(self, x):
            if hasattr(x, "numpy"):  # only a real batch has numbers, not the symbol that a model is built with
                raise RuntimeError("a fuse has blown")
            return x

    def happyModel():
        return keras.Sequential([keras.Input((64, 64, 3)), Broken(), keras.layers.Flatten(), keras.layers.Dense(1)])

    report = find("happyModel")(happyModel)
    assert not report.passed
    assert "Called on a batch of pictures" in str(report)
    assert "a fuse has blown" in str(report)
    assert "unchecked" in {outcome.status for outcome in report.outcomes}


def test_a_report_has_the_same_parts_for_every_outcome(the_same_in_keras) -> None:
    check = find("convolutional_model")
    names = [name for name, _ in check.parts]

    def stub(input_shape):
        raise NotImplementedError

    for fn in (stub, lambda input_shape: None, lambda input_shape: the_same_in_keras):
        for seed in (None, 5):
            assert [outcome.name for outcome in check(fn, seed=seed).outcomes] == names


def test_a_mistake_that_nobody_named_fails_one_part_and_leaves_open_what_it_hides(keras) -> None:
    layers = keras.layers

    def convolutional_model(input_shape):
        return keras.Sequential(
            [
                keras.Input(input_shape),
                layers.Conv2D(8, 4, padding="same", activation="softplus"),
                layers.MaxPool2D(8, padding="same"),
                layers.Conv2D(16, 2, padding="same", activation="relu"),
                layers.MaxPool2D(4, padding="same"),
                layers.Flatten(),
                layers.Dense(6),
            ]
        )

    check = find("convolutional_model")
    statuses = {outcome.name: outcome.status for outcome in check(convolutional_model).outcomes}
    assert statuses["convolutions, padding and flatten"] == "failed"
    assert statuses["pooling"] == statuses["ReLU"] == "unchecked"
    assert statuses["softmax at the end"] == "failed"
    assert statuses["parameters of each layer"] == statuses["other arguments"] == "passed"
    assert check(convolutional_model).hints == ("softmax_missing",)
