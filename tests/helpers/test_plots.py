"""Figures are pictures with alt text."""

import numpy as np
import pytest
from IPython.display import HTML
from matplotlib import pyplot as plt

from helpers import plots


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[HTML]:
    outputs: list[HTML] = []
    monkeypatch.setattr("IPython.display.display", outputs.append)
    return outputs


def test_a_figure_is_shown_with_escaped_alt_text_and_closed(shown: list[HTML]) -> None:
    fig, _ = plots.figure()
    plots.show(fig, 'a "quoted" <picture>')
    assert 'alt="a &quot;quoted&quot; &lt;picture&gt;"' in shown[0].data
    assert shown[0].data.startswith('<img src="data:image/png;base64,')
    assert not plt.get_fignums()


def test_a_figure_without_alt_text_is_refused() -> None:
    with pytest.raises(ValueError, match="alt text"):
        plots.show(plots.figure()[0], " ")
    plt.close("all")


def test_pictures_and_matrices_of_every_kind_are_drawn(shown: list[HTML]) -> None:
    grey, colour = np.eye(4), np.zeros((4, 5, 3), np.uint8)
    plots.images(
        [grey, colour, -grey, grey, grey], list("abcde"), "five pictures", signed=[False, False, True] + [False] * 2
    )
    plots.matrices([np.arange(6).reshape(2, 3) - 3.0, np.zeros((2, 2))], ["a", "b"], "two matrices")
    assert len(shown) == 2


def test_a_signed_picture_is_white_at_zero() -> None:
    _, axes = plots.figure()
    plots.draw_image(axes[0, 0], np.array([[-1.0, 0.0, 4.0]]), signed=True)
    picture = axes[0, 0].images[0]
    assert picture.norm(0.0) == pytest.approx(0.5)
    plt.close("all")
