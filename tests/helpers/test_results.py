"""Right and wrong answers of a classifier are counted and shown."""

import numpy as np
import pytest

from helpers import plots, results

NAMES = ("cat", "dog", "owl")


@pytest.fixture
def alts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    from matplotlib import pyplot as plt

    texts: list[str] = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: (texts.append(alt), plt.close(figure)))
    return texts


def test_rows_of_a_confusion_matrix_are_true_classes_and_columns_predicted_ones() -> None:
    labels = np.random.default_rng(0).integers(0, 3, 50)
    predicted = np.random.default_rng(1).integers(0, 3, 50)
    counts = results.confusion_matrix(labels, predicted, 3)
    for i in range(3):
        for j in range(3):
            assert counts[i, j] == sum((labels == i) & (predicted == j))


def test_the_figure_says_in_words_what_is_mixed_up_most(alts: list[str]) -> None:
    results.show_confusion([0, 0, 1, 1, 1, 2], [0, 1, 2, 2, 1, 2], NAMES)
    assert "3 of 6 pictures" in alts[0]
    assert "dog taken for owl, 2 times" in alts[0]


def test_without_a_mistake_the_words_name_none(alts: list[str]) -> None:
    results.show_confusion([0, 1, 2], [0, 1, 2], NAMES)
    assert "mistake" not in alts[0]


def test_the_surest_mistakes_come_first(alts: list[str]) -> None:
    images = np.zeros((4, 5, 5, 1))
    probabilities = np.array([[0.9, 0.1, 0.0], [0.1, 0.6, 0.3], [0.0, 0.05, 0.95], [0.2, 0.8, 0.0]])
    results.show_mistakes(images, [0, 0, 1, 2], probabilities, NAMES)
    assert alts == [
        "The 3 of 3 wrong pictures that the network was surest of; "
        "true for predicted: dog for owl, owl for dog, cat for dog."
    ]


def test_a_classifier_without_mistakes_is_told_so(alts: list[str], capsys) -> None:
    results.show_mistakes(np.zeros((2, 4, 4, 3)), [1, 0], np.array([[0.0, 1.0], [1.0, 0.0]]), NAMES)
    assert "no mistakes" in capsys.readouterr().out
    assert not alts
