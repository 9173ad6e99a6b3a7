"""A run with a secret seed lets nothing out: no text, no display, no figure."""

import sys
import types

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import checks
from helpers.checks.calls import attempt


class Shell:
    """As much of IPython's shell as publishes."""

    def __init__(self) -> None:
        self.published: list[object] = []
        self.display_pub = types.SimpleNamespace(publish=lambda data, **rest: self.published.append(data))


def test_what_is_displayed_in_a_hidden_run_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.display import display

    shell = Shell()
    monkeypatch.setattr(InteractiveShell, "initialized", lambda: True)
    monkeypatch.setattr(InteractiveShell, "instance", lambda *a, **k: shell)

    def shows(x):
        display({"text/plain": str(x)}, raw=True)
        return x

    attempt(shows, (np.ones(2),), quiet=True)
    assert shell.published == []
    attempt(shows, (np.ones(2),), quiet=False)
    assert len(shell.published) == 1


def test_figures_of_a_hidden_run_are_closed_and_older_ones_are_untouched() -> None:
    plt.close("all")
    older, axes = plt.subplots()

    def draws(x):
        plt.imshow(x)
        plt.figure()
        plt.plot(x)
        return x

    attempt(draws, (np.ones((2, 2)),), quiet=True)
    assert plt.get_fignums() == [older.number]
    assert not axes.images
    assert not axes.lines
    attempt(draws, (np.ones((2, 2)),), quiet=False)
    assert len(plt.get_fignums()) == 2
    plt.close("all")


def test_log_records_of_a_hidden_run_go_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    import logging

    handler = logging.StreamHandler(sys.stdout)
    logger = logging.getLogger("of a learner")
    logger.addHandler(handler)

    def logs(x):
        logger.error("input %s", x)
        return x

    attempt(logs, (7,), quiet=True)
    assert capsys.readouterr().out == ""
    attempt(logs, (7,), quiet=False)
    assert capsys.readouterr().out == "input 7\n"
    logger.removeHandler(handler)


def test_ready_prints_one_line_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    def flip_kernel(kernel):
        print("called")
        return kernel[::-1, ::-1]

    assert checks.ready(flip_kernel)
    assert capsys.readouterr().out == ""


def test_ready_knows_a_function_by_the_name_it_is_bound_to(capsys: pytest.CaptureFixture[str]) -> None:
    flip_kernel = lambda kernel: kernel[::-1, ::-1]  # noqa: E731
    assert checks.ready(flip_kernel)
    cross_correlate = lambda image, kernel: image  # noqa: E731
    assert not checks.ready(flip_kernel, cross_correlate)
    assert (
        capsys.readouterr().out
        == "This demo waits for cross_correlate: finish the exercise, then run this cell again.\n"
    )
