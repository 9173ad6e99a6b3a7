"""What checks do with Keras beside a function: models counted without memory, wrapped, made of a recipe."""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import pytest

from helpers import workbench
from helpers.checks.model_blueprint import activation, add, concat, conv, dense, flatten, mean, norm, pool, recipe_of
from helpers.checks.model_fit import fits
from helpers.checks.model_forward import forward
from helpers.checks.model_shapes import all_weight_shapes
from helpers.checks.model_weights import random_weights
from helpers.workbench.hollow import hollow
from helpers.workbench.recipe import base_of

pytestmark = pytest.mark.filterwarnings("ignore")
SHAPE = (7, 6, 3)
GRAPH = (
    conv("A", 3, 4, padding="same"),
    norm("B"),
    activation("C", "relu"),
    pool("D", 2).of("X"),
    conv("E", 1, 2).of("D"),
    conv("F", 2, 2, stride=2).of("C"),
    add("G", "E", "F"),
    concat("H", "G", "E"),
    flatten(),
    dense("I", 3),
)
BASE = (conv("A", 3, 4, padding="same"), norm("B"), activation("C", "relu"))


@pytest.fixture(scope="module")
def keras():
    return pytest.importorskip("keras")


def test_a_network_of_half_a_gigabyte_is_counted_without_its_memory(keras):
    resource = pytest.importorskip("resource", reason="this system does not tell how much memory was used at most")

    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)

    def large(n):
        layers = keras.layers
        model = keras.Sequential([keras.Input((n,)), layers.Dense(20_000), layers.Dropout(0.5), layers.Dense(1000)])
        model.compile("adam", "mse")
        return model

    workbench.counted(large, {}, (6,))
    before = peak()
    outline = workbench.counted(large, {}, (6000,))["outline"]
    with keras.StatelessScope():
        pass  # at its end Keras fills what waits to be filled
    assert outline["weights"] == [(6000, 20_000), (20_000,), (20_000, 1000), (1000,)]
    assert outline["trainable"] == 6000 * 20_000 + 20_000 + 20_000 * 1000 + 1000
    assert peak() - before < 100, "MB"


def test_after_counting_new_layers_have_numbers_again(keras):
    def fails():
        raise LookupError

    with pytest.raises(LookupError):
        workbench.counted(fails, {}, ())
    layer = keras.layers.Dense(2)
    layer.build((None, 3))
    assert np.ptp(layer.get_weights()[0]) > 0
    with hollow():
        inside = keras.layers.Dense(2)
        inside.build((None, 3))
    assert inside.kernel._value is None, "the control: it has no numbers"


def test_an_outline_names_the_layers_of_nested_models_and_their_settings(keras):
    inner = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Conv2D(5, 3, strides=2, name="deep")])
    model = keras.Sequential([keras.Input((4, 4, 3)), inner, keras.layers.Dropout(0.25)])
    inner.trainable = False
    outline = workbench.counted(lambda: model, {}, ())["outline"]
    assert [row["kind"] for row in outline["layers"] if row["kind"] != "InputLayer"] == ["Conv2D", "Dropout"]
    deep = next(row for row in outline["layers"] if row["name"] == "deep")
    assert (deep["settings"]["strides"], deep["trainable"], deep["output_shape"]) == ((2, 2), False, (1, 1, 5))
    assert outline["trainable"] == 0
    assert (outline["input_shape"], outline["output_shape"]) == ((4, 4, 3), (1, 1, 5))


def test_what_is_no_model_is_handed_on(keras):
    assert workbench.counted(lambda: "text", {}, ()) == {"value": "text"}
    assert workbench.from_tensor(lambda X: None, {}, (3,), ()) == {"value": None}


@pytest.mark.parametrize("training", [False, True])
def test_a_recipe_gives_the_network_of_its_blueprint(keras, training):
    model = base_of(recipe_of(GRAPH), SHAPE)
    rng = np.random.default_rng(5)
    x = (5 * rng.normal(size=(3, *SHAPE))).astype(np.float32)
    assert sorted(workbench.weight_shapes(model)) == sorted(all_weight_shapes(GRAPH, SHAPE))
    weights = random_weights(workbench.weight_shapes(model), rng)
    (got,) = workbench.outputs(model, weights, x, (training,))
    orders = fits(GRAPH, [weight.shape for weight in weights], SHAPE)
    assert any(np.allclose(got, forward(o, x, weights, training=training), rtol=1e-3, atol=1e-3) for o in orders)


def test_a_function_of_a_model_gets_a_base_and_what_it_does_to_it_shows(keras):
    def frozen(base, classes, augmenter):
        base.trainable = False
        X = inputs = keras.Input(SHAPE)
        X = base(augmenter(X), training=False)
        return keras.Model(inputs, keras.layers.Dense(classes)(keras.layers.GlobalAveragePooling2D()(X)))

    augmenter = ["recipe", SHAPE, recipe_of((activation("nothing", "linear"),))]
    made = workbench.on_base(frozen, recipe_of(BASE), SHAPE, (5, augmenter))
    assert made["before"]["trainable"] == 3 * 3 * 3 * 4 + 4 + 2 * 4
    assert made["after"]["trainable"] == 0
    rng = np.random.default_rng(2)
    weights = random_weights(workbench.weight_shapes(made["model"]), rng)
    x = rng.normal(size=(2, *SHAPE)).astype(np.float32)
    (got,) = workbench.outputs(made["model"], weights, x, (False,))
    assert np.allclose(got, forward((*BASE, mean(), dense("FC", 5)), x, weights), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("training", [False, None])
def test_what_the_call_of_a_base_said_is_read_from_the_outline_since_keras_overrides_it(keras, training):
    def on(base):
        base.trainable = False
        inputs = keras.Input(SHAPE)
        X = base(inputs, training=False) if training is False else base(inputs)
        return keras.Model(inputs, keras.layers.GlobalAveragePooling2D()(X))

    model = workbench.on_base(on, recipe_of(BASE), SHAPE, ())["model"]
    said = workbench.counted(lambda: model, {}, ())["outline"]["calls"]["base"]
    assert [call.get("training") for call in said] == [training]
    before = model.get_weights()
    x = 3 + np.random.default_rng(1).normal(size=(4, *SHAPE)).astype(np.float32)
    assert not any(workbench.trained_once(model, x)), "frozen, nothing moves"
    assert any(workbench.trained_once(model, x, thaw=True)), "thawed, the statistics move, whatever the call said"
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))
    assert not model.trainable_weights, "frozen as before"
