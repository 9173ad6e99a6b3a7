"""What the tests run in a sandbox: any program, given as text."""

from __future__ import annotations


def run(argument, fds):
    scope = {"fds": fds}
    exec(argument.decode(), scope)
    return scope.get("code", 0)
