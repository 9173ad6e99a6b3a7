"""The explorer's counts are those of Keras, and of windows that are really run; what does not fit is said in words."""

import numpy as np
import pytest

from helpers import widgets
from helpers.widgets import architecture
from helpers.widgets.architecture.counted import stacked
from helpers.widgets.modules import source, without_comments
from helpers.widgets.view import Refusal

RNG = np.random.default_rng(7)
TOTALS = {"LeNet-5": 61_706, "AlexNet": 62_378_344, "VGG-16": 138_357_544}


def number(text: str) -> int:
    return int(text.replace(",", ""))


def some_specs(rng: np.random.Generator) -> list[dict]:
    """A stack drawn at random, which fits into 40 x 33 x 2 or not."""
    pads = ["valid", "same"]
    specs = []
    for _ in range(rng.integers(1, 5)):
        f, stride, pad = int(rng.integers(1, 6)), int(rng.integers(1, 4)), pads[rng.integers(2)]
        if rng.random() < 0.6:
            n_C = int(rng.integers(1, 5))
            specs.append({"kind": "conv", "f": f, "n_C": n_C, "stride": stride, "pad": [pad, 1, 2][rng.integers(3)]})
        else:
            mode = ["max", "average"][rng.integers(2)]
            specs.append({"kind": "pool", "f": f, "stride": stride, "pad": pad, "mode": mode})
    end = [[{"kind": "flatten"}, {"kind": "dense", "n_out": 5}], [{"kind": "global_average_pool"}], []][rng.integers(3)]
    return specs + end


def as_keras(spec: dict) -> list:
    from tensorflow.keras import layers

    kind, pad = spec["kind"], spec.get("pad", "valid")
    around = [layers.ZeroPadding2D(pad)] if isinstance(pad, int) else []
    words = "valid" if around else pad
    if kind == "conv":
        return [*around, layers.Conv2D(spec["n_C"], spec["f"], spec["stride"], padding=words)]
    if kind == "pool":
        pool = layers.MaxPooling2D if spec["mode"] == "max" else layers.AveragePooling2D
        return [pool(spec["f"], spec["stride"], padding=words)]
    if kind == "dense":
        return [layers.Dense(spec["n_out"])]
    return [layers.Flatten() if kind == "flatten" else layers.GlobalAveragePooling2D()]


def test_shapes_and_parameters_are_those_of_keras() -> None:
    import tensorflow as tf

    fitted = 0
    for _ in range(40):
        specs = some_specs(RNG)
        lines = stacked(specs, (40, 33, 2)).lines
        shape: tuple = (None, 40, 33, 2)
        for spec, line in zip(specs, lines, strict=True):
            if not line.output:
                break
            model = tf.keras.Sequential([tf.keras.Input(shape[1:]), *as_keras(spec)])
            shape = model.output_shape
            assert line.output == " x ".join(f"{n:,}" for n in shape[1:]), specs
            assert number(line.parameters) == model.count_params(), specs
            fitted += 1
    assert fitted > 80


@pytest.mark.parametrize(("f", "n_C_prev", "n_C", "stride", "pad"), [(3, 2, 4, 1, 0), (5, 3, 2, 2, 2), (2, 1, 7, 3, 0)])
def test_multiplications_are_as_many_as_a_convolution_of_ones_adds_up_to(f, n_C_prev, n_C, stride, pad) -> None:
    import tensorflow as tf

    ones = np.ones((1, 12 + 2 * pad, 9 + 2 * pad, n_C_prev), np.float32)
    filters = np.ones((f, f, n_C_prev, n_C), np.float32)
    total = float(tf.reduce_sum(tf.nn.conv2d(ones, filters, stride, "VALID")))
    spec = {"kind": "conv", "f": f, "n_C": n_C, "stride": stride, "pad": pad}
    assert number(stacked([spec], (12, 9, n_C_prev)).lines[0].multiplications) == total


def test_the_field_is_what_a_gradient_reaches_and_the_jump_how_far_neighbours_lie_apart() -> None:
    import tensorflow as tf

    for _ in range(12):
        windows = [(int(RNG.integers(1, 6)), int(RNG.integers(1, 4))) for _ in range(3)]
        image = tf.Variable(tf.ones((1, 400, 1, 1), tf.float64))
        reached = []
        for at in (0, 1):
            with tf.GradientTape() as tape:
                a = image
                for f, stride in windows:
                    a = tf.nn.conv2d(a, tf.ones((f, 1, 1, 1), tf.float64), stride, "VALID")
                cell = a[0, at, 0, 0]
            reached.append(np.flatnonzero(tape.gradient(cell, image)))
        specs = [{"kind": "pool", "f": f, "stride": stride} for f, stride in windows]
        last = stacked(specs, (400, 400, 1)).lines[-1]
        assert number(last.sees) == reached[0].max() - reached[0].min() + 1
        assert number(last.jump) == reached[1].min() - reached[0].min()


def seen_by_gradients(specs: list[dict], shape: tuple[int, int, int], at: int) -> list[set[int]]:
    """The rows and the columns of pixels on which one number after all layers depends, by TensorFlow's gradient.

    Args:
        at: which number, in the order of flatten.
    """
    import tensorflow as tf

    image = tf.Variable(tf.ones((1, *shape), tf.float64))
    with tf.GradientTape() as tape:
        a = image
        for spec in specs:
            # Averages, since of a maximum only the largest entry has a gradient.
            for part in as_keras({"stride": 1, **spec, "mode": "average"}):
                part.dtype_policy = "float64"
                if spec["kind"] in ("conv", "dense"):
                    part.kernel_initializer = tf.keras.initializers.Ones()
                a = part(a)
        number_ = tf.reshape(a, [-1])[at]
    pixels = np.abs(tape.gradient(number_, image).numpy()[0]).sum(axis=2)
    return [set(np.flatnonzero(pixels.sum(axis=axis)).tolist()) for axis in (1, 0)]


FLAT = [{"kind": "flatten"}]
CONV, POOL = {"kind": "conv", "n_C": 2}, {"kind": "pool", "f": 2, "stride": 2}
LENET = [{**CONV, "f": 5}, POOL, {**CONV, "f": 5}, POOL]


@pytest.mark.parametrize(
    ("specs", "shape", "sees"),
    [
        ([*LENET, *FLAT], (32, 32, 1), "16"),
        ([*LENET, *FLAT, {"kind": "dense", "n_out": 3}], (32, 32, 1), "all"),
        ([*LENET, *FLAT, *FLAT, *[{"kind": "dense", "n_out": 3}] * 2, *FLAT], (32, 32, 1), "all"),
        ([{**CONV, "f": 1}, *FLAT], (8, 8, 1), "1"),
        ([*LENET, {"kind": "global_average_pool"}], (40, 36, 1), "40 x 36"),
        ([*LENET, {"kind": "global_average_pool"}, {"kind": "dense", "n_out": 2}], (43, 36, 1), "40 x 36"),
        ([{**CONV, "f": 3, "stride": 3}, *FLAT, {"kind": "dense", "n_out": 2}], (8, 8, 1), "6"),
        ([{**CONV, "f": 1, "stride": 2}, *FLAT, {"kind": "dense", "n_out": 2}], (9, 9, 1), "9"),
        ([*FLAT, {"kind": "dense", "n_out": 2}], (1, 1, 1), "all"),
        ([POOL, *FLAT, {"kind": "dense", "n_out": 2}, *FLAT], (5, 4, 1), "4"),
    ],
)
def test_what_lists_of_numbers_see_is_what_gradients_reach(specs, shape, sees) -> None:
    line = stacked(specs, shape).lines[-1]
    assert line.sees == sees
    middle = number(line.output) // 2 if specs[-1]["kind"] == "flatten" else 0
    reached = seen_by_gradients(specs, shape, middle)
    if sees == "all":
        assert [len(side) for side in reached] == list(shape[:2])
    else:
        spans = [max(side) - min(side) + 1 for side in reached]
        assert sees == " x ".join(map(str, dict.fromkeys(spans)))


def test_dense_layers_of_random_stacks_see_all_just_if_their_gradients_do() -> None:
    told, rng = set(), np.random.default_rng(3)
    for _ in range(30):
        specs = [spec for spec in some_specs(rng) if spec["kind"] in ("conv", "pool")]
        specs = [*specs, *FLAT, {"kind": "dense", "n_out": 1}]
        line = stacked(specs, (15, 12, 1)).lines[-1]
        if line.output:
            whole = [len(side) for side in seen_by_gradients(specs, (15, 12, 1), 0)] == [15, 12]
            assert (line.sees == "all") == whole, specs
            told.add(whole)
    assert told == {True, False}


def test_a_field_may_be_larger_than_the_picture_and_the_view_says_how_it_is_counted() -> None:
    lines = stacked([{"kind": "conv", "f": 3, "n_C": 2, "pad": "same"}] * 12, (8, 8, 1)).lines
    assert lines[-1].sees == "25"
    assert "counted beyond the border" in source("volumes.js")


def test_thousands_are_written_alike_everywhere_and_one_is_no_plural() -> None:
    seen = stacked([{"kind": "flatten"}, {"kind": "dense", "n_out": 1}], (208, 208, 1))
    assert [line.output for line in seen.lines] == ["43,264", "1"] and "43,265 parameters" in seen.result
    assert "208 x 208 x 1, flatten: 43,264" in widgets.architecture_explorer([*FLAT], input_shape=(208, 208, 1)).alt
    assert stacked([{"kind": "conv", "f": 1, "n_C": 1}], (1, 1, 1)).result.startswith(
        "2 parameters, and 1 multiplication for one picture."
    )


@pytest.mark.parametrize("name", TOTALS)
def test_the_well_known_networks_have_their_published_counts(name) -> None:
    view = widgets.architecture_explorer(name)
    assert f"{TOTALS[name]:,} parameters" in view.alt
    assert "flatten" in view.alt and len(view.alt) >= 30


def test_the_network_of_week_1_ends_with_1960_features() -> None:
    shape, layers = architecture.NETWORKS["39 x 39, week 1"]
    lines = stacked(layers, shape).lines
    assert [line.output for line in lines[:4]] == ["37 x 37 x 10", "17 x 17 x 20", "7 x 7 x 40", "1,960"]


def test_a_bottleneck_costs_what_the_lecture_says() -> None:
    direct = stacked([{"kind": "conv", "f": 5, "n_C": 32, "pad": "same"}], (28, 28, 192))
    narrow = [{"kind": "conv", "f": 1, "n_C": 16}, {"kind": "conv", "f": 5, "n_C": 32, "pad": "same"}]
    assert direct.lines[0].multiplications == "120,422,400"
    assert "12,443,648 multiplications" in stacked(narrow, (28, 28, 192)).result


def test_the_layers_of_week_1_are_understood_with_their_redundant_numbers() -> None:
    specs = [
        {"kind": "conv", "f": 5, "n_C_prev": 1, "n_C": 6},
        {"kind": "pool", "f": 2, "stride": 2},
        {"kind": "conv", "f": 5, "n_C_prev": 6, "n_C": 16},
        {"kind": "pool", "f": 2, "stride": 2},
        {"kind": "dense", "n_in": 400, "n_out": 120},
        {"kind": "dense", "n_in": 120, "n_out": 84},
        {"kind": "dense", "n_in": 84, "n_out": 10},
    ]
    seen = stacked(specs, (32, 32, 1))
    assert [line.name for line in seen.lines].count("flatten") == 1
    assert seen.result.startswith("61,706 parameters")
    refused = widgets.architecture_explorer(specs, input_shape=(28, 28, 1))
    assert isinstance(refused, Refusal) and "n_in of layer 5 is 400, but 256 arrive" in refused.problem


@pytest.mark.parametrize(
    ("specs", "words"),
    [
        ([{"kind": "conv", "f": 9, "n_C": 2}], "a window of 9 x 9 does not fit into 6 x 8"),
        ([{"kind": "conv", "f": 11, "n_C": 2, "pad": 2}], "does not fit into 6 x 8 with 2 zeros on each side"),
        ([{"kind": "conv", "f": 9, "n_C": 2, "pad": 1}], "does not fit into 6 x 8 with 1 zero on each side"),
        ([{"kind": "flatten"}, {"kind": "pool", "f": 2}], "move it up, above flatten"),
        ([{"kind": "flatten"}, {"kind": "global_average_pool"}], "rows and columns"),
    ],
)
def test_what_does_not_fit_is_said_at_its_layer_and_the_rest_waits(specs, words) -> None:
    seen = stacked([*specs, {"kind": "flatten"}], (6, 8, 3))
    wrong = seen.lines[len(specs) - 1]
    assert words in wrong.problem and wrong.output == ""
    assert seen.lines[-1].output == seen.lines[-1].problem == ""
    assert f"Layer {len(specs)} does not fit" in seen.result


@pytest.mark.parametrize(
    ("layers", "shape", "words"),
    [
        ("ResNet", None, "no network 'ResNet'"),
        (5, None, "expected a list"),
        ([{"kind": "conv", "f": 3}], None, "n_C of layer 1"),
        ([{"kind": "conv", "f": 0, "n_C": 3}], None, "f of layer 1"),
        ([{"kind": "conv", "f": 3, "n_C": 3, "pad": -1}], None, "pad of layer 1"),
        ([{"kind": "conv", "f": 3, "n_C": 3, "filters": 1}], None, "key 'filters'"),
        ([{"kind": ["conv"]}], None, '"kind" is one of'),
        ([{"kind": "<b>"}], None, '"kind" is one of'),
        ([{"kind": "pool", "f": 2, "mode": "min"}], None, "mode of layer 1"),
        ([{"kind": "pool", "f": 2, "pad": 1}], None, "pad of layer 1"),
        ([{"kind": "conv", "f": 3, "n_C": 3, "n_C_prev": 4}], None, "n_C_prev of layer 1 is 4, but 3 arrive"),
        ([{"kind": "flatten"}] * 61, None, "at most 60"),
        ([], (28, 28), "three whole numbers"),
        ([], (28, 0, 1), "input_shape"),
        ([], (28, float("nan"), 1), "input_shape"),
    ],
)
def test_what_is_no_stack_is_refused_in_words(layers, shape, words) -> None:
    refused = widgets.architecture_explorer(layers, input_shape=shape)
    assert isinstance(refused, Refusal) and words in refused.problem


@pytest.mark.parametrize(
    ("layers", "shape"), [(None, None), ([], None), ([{"kind": "flatten"}], (1, 1, 1)), ("VGG-16", None)]
)
def test_every_output_is_small_and_named(layers, shape) -> None:
    html = widgets.architecture_explorer(layers, input_shape=shape).html()
    assert len(html) <= 80_000 and "Architecture explorer" in html


def test_its_module_is_small() -> None:
    assert len(without_comments(source("architecture.js"))) <= 8192


def test_the_largest_stack_can_still_be_counted() -> None:
    most = {"kind": "conv", "f": 64, "n_C": 10_000, "stride": 1, "pad": 16}
    wide = {"kind": "conv", "f": 1, "n_C": 10_000, "pad": 16}
    seen = stacked([wide] * 58 + [most, {"kind": "flatten"}], (1024, 1024, 4096))
    assert all(line.output for line in seen.lines)
