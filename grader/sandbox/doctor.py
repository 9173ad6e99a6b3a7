"""Tries to break out of a sandbox before it is trusted, and reports what this machine offers."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .limits import NoSandbox, SandboxError, Tier
from .tier import choose_tier, why_not
from .zygote import Zygote

_HIDDEN = ("/etc/passwd", "/etc/shadow", "/root", "/home", "/var/log")
_SHOWN = ("/", "/dev", "/etc", "/opt", "/proc", "/tmp", "/usr")  # folders of these names are in every sandbox
_NO_ENTRY = "grader.sandbox.probes:run_probes"
_PROBE_SECONDS = 20.0
_MOST_SAID = 2000
_NAMES = {
    Tier.NAMESPACES: "1, namespaces: bubblewrap, system call filter, limits",
    Tier.LANDLOCK: "2, no namespaces: Landlock, system call filter, limits",
    Tier.UNSAFE: "none",
}


@dataclass(frozen=True)
class Probe:
    """One attempt to break out: what was tried, whether the sandbox held, and what came of it."""

    name: str
    held: bool
    detail: str


def doctor(zygote: Zygote, hidden: Sequence[Path] = ()) -> list[Probe]:
    """Try to break out of a child of this zygote; a sandbox that does not hold must not be used.

    Args:
        zygote: of any entry, which is not called.
        hidden: files and folders that must be out of reach, besides the system's and the caller's home.

    Raises:
        SandboxError: the attempts could not be made.
    """
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 -- a user without a home is no error here
    paths = {str(path) for path in (*map(Path, _HIDDEN), *hidden, home) if str(path) not in _SHOWN}
    user = zygote.user()
    return [
        Probe("another user than root", user != 0, f"user {user}"),
        *(Probe(name, held, detail) for name, held, detail in _attempts(zygote, sorted(paths))),
    ]


def _attempts(zygote: Zygote, hidden: Sequence[str]) -> list[tuple[str, bool, str]]:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as report:
        try:
            child = zygote.probe(json.dumps({"hidden": hidden}).encode(), writing)
        finally:
            os.close(writing)
        ended = child.wait(_PROBE_SECONDS)
        if ended is None:
            child.kill()
            child.wait()
        said = report.read()
    if ended is None or ended.code != 0:
        text = said.decode(errors="replace").strip()[-_MOST_SAID:]
        raise SandboxError(f"the attempts to break out of the sandbox were not finished: {ended} {text}")
    found: list[tuple[str, bool, str]] = json.loads(said)
    return found


def doctor_report() -> tuple[bool, str]:
    """Whether this machine holds students' code; and for reading: how, how it held, and what to install."""
    try:
        tier = choose_tier()
    except NoSandbox as missing:
        return False, f"sandbox: none\n{missing}"
    lines = [f"sandbox: tier {_NAMES[tier]}"]
    if tier is not Tier.NAMESPACES:
        lines.append(f"better: {why_not(Tier.NAMESPACES)}")
    begin = time.perf_counter()
    try:
        with Zygote(tier, _NO_ENTRY) as zygote:
            probes = doctor(zygote)
    except SandboxError as error:
        return False, "\n".join([*lines, f"it does not start: {error}"])
    held = sum(probe.held for probe in probes)
    lines.append(f"attempts to break out: {held} of {len(probes)} failed, as they should")
    lines += [f"  NOT HELD: {probe.name}: {probe.detail}" for probe in probes if not probe.held]
    lines.append(f"start and attempts: {time.perf_counter() - begin:.2f} s, to which imports are added")
    lines.append("memory: watched five times a second, and limited by process; no control group is used")
    return held == len(probes), "\n".join(lines)
