"""Tests of views draw figures to look at them; none stays open for the tests that follow."""

import pytest


@pytest.fixture(autouse=True)
def no_figure_is_left_open():
    yield
    from matplotlib import pyplot as plt

    plt.close("all")
