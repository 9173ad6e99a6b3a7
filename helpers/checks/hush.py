"""Keep what a learner's function shows out of the notebook while it is called on hidden inputs."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
import warnings
from collections import OrderedDict
from collections.abc import Iterator


@contextlib.contextmanager
def hushed(*, everything: bool) -> Iterator[None]:
    """Warnings and stderr are no reason to lose points, so they go nowhere.

    Args:
        everything: also print, display, log records and figures.
    """
    sink = io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(contextlib.redirect_stderr(sink))
        if everything:
            stack.enter_context(contextlib.redirect_stdout(sink))
            stack.enter_context(_no_display())
            stack.enter_context(_no_figures())
            stack.enter_context(_no_log())
        yield


@contextlib.contextmanager
def _no_display() -> Iterator[None]:
    """IPython's `display` does not go through stdout, but through the shell's publisher."""
    module = sys.modules.get("IPython.core.interactiveshell")
    if module is None or not module.InteractiveShell.initialized():
        yield
        return
    from IPython.core.displaypub import CapturingDisplayPublisher

    shell = module.InteractiveShell.instance()
    before = shell.display_pub
    shell.display_pub = CapturingDisplayPublisher()
    try:
        yield
    finally:
        shell.display_pub = before


@contextlib.contextmanager
def _no_figures() -> Iterator[None]:
    """Notebooks show at the end of a cell every figure that is open, so Matplotlib works on a list of its own here."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is None:
        yield
        return
    before = helpers.Gcf.figs
    helpers.Gcf.figs = OrderedDict()
    try:
        yield
    finally:
        with contextlib.suppress(Exception):
            helpers.Gcf.destroy_all()
        helpers.Gcf.figs = before


@contextlib.contextmanager
def _no_log() -> Iterator[None]:
    """Handlers keep the stream they were made with."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
