"""The table of a model's layers adds up."""

import pytest


@pytest.fixture
def keras():
    return pytest.importorskip("keras")


@pytest.mark.filterwarnings("ignore")
def test_the_parameters_of_the_layers_add_up_to_the_last_line(keras) -> None:
    from helpers import shapes

    layers = [keras.Input((9, 7, 2)), keras.layers.Conv2D(5, 3, name="c"), keras.layers.Flatten(name="row")]
    model = keras.Sequential([*layers, keras.layers.Dense(4, name="d")])
    lines = [line.split() for line in shapes.layer_table(model).splitlines()]
    counts = [int(line[-1].replace(",", "")) for line in lines[1:]]
    assert sum(counts[:-1]) == counts[-1] == model.count_params()
    assert [line[0] for line in lines[1:]] == ["input", "c", "row", "d", "all"]
    assert "(7, 5, 5)" in shapes.layer_table(model)


@pytest.mark.filterwarnings("ignore")
def test_a_layer_without_a_name_of_its_own_is_called_by_its_kind(keras) -> None:
    from helpers import shapes

    layers = keras.layers
    named = [layers.MaxPool2D(name="POOL1"), layers.BatchNormalization(), layers.ReLU(), layers.MaxPool2D()]
    model = keras.Sequential([keras.Input((8, 8, 2)), *named])
    lines = [line.split() for line in shapes.layer_table(model).splitlines()]
    assert [line[0] for line in lines[2:-1]] == ["POOL1", "BatchNormalization", "ReLU", "MaxPooling2D"]


@pytest.mark.filterwarnings("ignore")
def test_a_model_without_input_shape_is_refused_with_the_remedy(keras) -> None:
    from helpers import shapes

    with pytest.raises(ValueError, match=r"keras\.Input"):
        shapes.layer_table(keras.Sequential([keras.layers.Dense(3)]))
