"""Keep a notebook's setup cell free of what native libraries write to stderr while they are imported."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """While inside, throw away what native code writes to stderr.

    Made for `with quietly(): import tensorflow as tf`. TensorFlow tells there which processor and drivers it found,
    before any setting of its own can stop it. An exception passes as always, and in a notebook so do Python's warnings.
    """
    try:
        kept = os.dup(2)
    except OSError:  # no stderr at all, as under pythonw
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
