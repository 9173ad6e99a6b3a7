"""A training is watched in one display, seldom enough, in words too; and one knob sets its length."""

import subprocess
import sys

import pytest

from helpers import training, training_curve
from helpers.training_curve import Curve, Show


class Handle:
    """A display that remembers what it was told to show."""

    def __init__(self) -> None:
        self.pages: list[str] = []

    def update(self, html) -> None:
        self.pages.append(html.data)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def a_show_of_four_epochs(monkeypatch: pytest.MonkeyPatch) -> Show:
    monkeypatch.setattr(training_curve, "in_notebook", lambda: False)
    show = Show(Curve("a net", num_epochs=4), clock=Clock())
    show.begin()
    show.handle = Handle()
    return show


@pytest.fixture
def knob(monkeypatch: pytest.MonkeyPatch):
    def turn(text: str | None) -> None:
        monkeypatch.delenv(training.SCALE_VARIABLE, raising=False)
        if text is not None:
            monkeypatch.setenv(training.SCALE_VARIABLE, text)

    return turn


def test_without_the_variable_a_training_has_its_full_length(knob) -> None:
    for text in (None, "", " ", "1", "1.0"):
        knob(text)
        assert training.epochs(17) == 17


def test_a_smaller_scale_gives_fewer_epochs_but_at_least_one(knob) -> None:
    for text in ("0.5", "0.1", "0.001"):
        knob(text)
        for full in (1, 2, 10, 37):
            short = training.epochs(full)
            assert 1 <= short <= full
            assert short == 1 or abs(short - float(text) * full) <= 0.5


@pytest.mark.parametrize("text", ["0", "-0.5", "1.5", "fast", "nan", "inf"])
def test_a_scale_that_makes_no_sense_is_refused_with_its_name(knob, text: str) -> None:
    knob(text)
    with pytest.raises(ValueError, match=f"{training.SCALE_VARIABLE} is '{text}', expected"):
        training.epochs(3)


def test_no_epochs_at_all_are_refused(knob) -> None:
    knob(None)
    with pytest.raises(ValueError, match="expected 1 or more"):
        training.epochs(0)


def test_the_module_does_not_import_tensorflow() -> None:
    code = "import sys, helpers.training as t; t.epochs(3); print('tensorflow' in sys.modules, 'keras' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_bar_says_in_words_how_far_it_is_and_how_long_it_takes() -> None:
    curve = Curve("<net>", num_epochs=4, history={"loss": [0.7]})
    bar = curve.bar(0.25, 10.0)
    assert 'value="0.250"' in bar
    assert "&lt;net&gt;: epoch 2 of 4, 10 s, about 30 s left" in bar
    assert "<net>" not in bar
    assert "left" not in curve.bar(1.0, 10.0)


def test_the_curve_is_a_picture_whose_alt_text_gives_the_last_values() -> None:
    curve = Curve("a net", num_epochs=3)
    assert curve.picture() == ""
    curve.add({"loss": 0.5, "val_loss": 0.75, "accuracy": 0.8, "val_accuracy": 0.625, "learning_rate": 0.1})
    curve.add({"loss": 0.25, "val_loss": 0.5, "accuracy": 0.9, "val_accuracy": 0.875, "learning_rate": 0.1})
    picture = curve.picture()
    assert picture.startswith("<img ")
    for words in ("epoch 2 of 3", "training loss 0.250", "validation loss 0.500", "validation accuracy 0.875"):
        assert words in picture
    assert "learning_rate" not in picture


def test_batches_are_shown_at_most_four_times_a_second(a_show_of_four_epochs: Show) -> None:
    show = a_show_of_four_epochs
    for batch in range(1, 1001):
        show.clock.seconds += 0.01
        show.batch(batch, 1000)
    assert 30 <= len(show.handle.pages) <= 40
    shares = [float(page.split('value="')[1].split('"')[0]) for page in show.handle.pages]
    assert shares == sorted(shares)
    assert 0.24 < shares[-1] <= 0.25


def test_the_curve_is_drawn_seldom_and_always_at_the_end(
    a_show_of_four_epochs: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    monkeypatch.setattr(Curve, "picture", lambda self: drawn.append(self.epochs_done) or f"after {self.epochs_done}")
    show = a_show_of_four_epochs
    for _ in range(4):
        show.clock.seconds += 0.4
        show.curve.add({"loss": 1.0})
        show.epoch()
    show.end()
    assert drawn == [1, 4, 4]
    assert "4 epochs done" in show.handle.pages[-1]
    assert show.handle.pages[-1].endswith("after 4")


def test_a_training_that_stops_early_says_how_many_epochs_it_had(a_show_of_four_epochs: Show) -> None:
    show = a_show_of_four_epochs
    show.curve.add({"loss": 1.0})
    show.end()
    assert "1 epoch done" in show.handle.pages[-1]


def test_outside_a_notebook_nothing_is_shown(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr("IPython.display.display", lambda *a, **k: pytest.fail("something was displayed"))
    show = Show(Curve("a net"))
    show.begin()
    show.batch(1, 2)
    show.curve.add({"loss": 1.0})
    show.epoch()
    show.end()
    assert show.handle is None
    assert capsys.readouterr().out == ""


def test_in_a_notebook_all_goes_to_one_display(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def display(html, *, display_id):
        opened.append(html.data)
        return Handle()

    monkeypatch.setattr(training_curve, "in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", display)
    show = Show(Curve("a net"))
    show.begin()
    show.curve.add({"loss": 1.0})
    show.epoch()
    show.end()
    assert len(opened) == 1
    assert len(show.handle.pages) == 2


@pytest.mark.filterwarnings("ignore")
def test_keras_feeds_the_curve_epoch_by_epoch() -> None:
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    watch = training.live("a line")
    x = np.arange(16.0).reshape(8, 2) / 16
    history = model.fit(x, x[:, :1], validation_data=(x, x[:, :1]), epochs=3, verbose=0, callbacks=[watch])
    assert watch.curve.num_epochs == 3
    assert watch.curve.history == history.history
