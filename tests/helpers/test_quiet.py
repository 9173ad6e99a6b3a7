"""Native code is silenced while a library is imported, and only then."""

import os

from helpers.quiet import quietly


def test_what_native_code_writes_is_thrown_away_inside_and_kept_outside(capfd) -> None:
    os.write(2, b"before ")
    with quietly():
        os.write(2, b"inside ")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before after"


def test_an_error_inside_passes_and_stderr_comes_back(capfd) -> None:
    try:
        with quietly():
            raise LookupError
    except LookupError:
        os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"
