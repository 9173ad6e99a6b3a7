"""Runs a program in a sandbox, in this process or as another user, and says how it ended and what it printed."""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT))

from grader.sandbox import (  # noqa: E402
    Limits,
    Mount,
    Tier,
    Zygote,
    doctor,
    landlock,
)
from grader.sandbox.tier import why_not  # noqa: E402

PLACE = "/opt" + "/course"
ENTRY = "inmate:run"
USER = 54321  # has no account, and needs none
PATIENCE = 60


@dataclass(frozen=True)
class Outcome:
    code: int | None
    signal: int | None
    output: str
    user: int = -1


def require(tier: Tier) -> None:
    """Skip a test where the machine lacks what it needs; in CI bubblewrap is never lacking."""
    import pytest

    if tier is Tier.NAMESPACES and (reason := why_not(tier)):
        if os.environ.get("CI"):
            pytest.fail(f"CI must have a sandbox: {reason}")
        pytest.skip(reason)
    if tier is Tier.LANDLOCK and landlock.version() < landlock.NEEDED:
        pytest.skip("this kernel has no Landlock that could hold untrusted code")


def require_reachable_python() -> None:
    import pytest

    if reachable_python() is None:
        pytest.skip("no Python is installed where an ordinary user could start it")


def nest(tier: Tier, limits: dict[str, int] | None = None, **options) -> Zygote:
    inmate = Mount(Path(__file__).with_name("inmate.py"), f"{PLACE}/inmate.py")
    return Zygote(tier, ENTRY, mounts=[inmate], python_path=[PLACE], limits=Limits(**(limits or {})), **options)


def run_in(zygote: Zygote, program: str, fds=()) -> Outcome:
    """Run a program to its end, which is brought about if need be."""
    with collecting() as (output, said):
        child = zygote.spawn(program.encode(), fds, output)
        ended = child.wait(PATIENCE)
        if ended is None:
            child.kill()
            ended = child.wait(PATIENCE)
    return Outcome(ended.code, ended.signal, said(), zygote.user())


@contextmanager
def collecting() -> Iterator:
    """A pipe, and a function that says what came through it once nobody writes any more."""
    reading, writing = os.pipe()
    pieces: list[bytes] = []
    reader = threading.Thread(target=lambda: pieces.extend(iter(lambda: os.read(reading, 1 << 16), b"")))
    reader.start()

    def said() -> str:
        os.close(writing)
        reader.join(PATIENCE)
        os.close(reading)
        return b"".join(pieces).decode(errors="replace")

    yield writing, said


def run_held(tier: Tier, program: str, limits: dict[str, int], fds=()) -> Outcome:
    """The program in a sandbox of the caller's own."""
    with nest(tier, limits) as zygote:
        return run_in(zygote, program, fds)


@functools.cache
def reachable_python() -> str | None:
    """An interpreter that any user can start."""
    for name in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        path = Path(name).resolve()
        if os.geteuid() != 0:
            return sys.executable
        if path.exists() and all(folder.stat().st_mode & 0o001 for folder in path.parents):
            return str(path)
    return None


@functools.cache
def library() -> str:
    """A folder with the one package that the sandbox needs, for an interpreter that has none."""
    import pyseccomp

    folder = Path(tempfile.mkdtemp(prefix="library-"))
    atexit.register(shutil.rmtree, folder)
    folder.chmod(0o755)
    shutil.copy(pyseccomp.__file__, folder)
    return str(folder)


def command(*arguments: str) -> list[str]:
    return [reachable_python(), "-B", str(Path(__file__).resolve()), library(), *arguments]


def as_user() -> dict[str, object]:
    """Options for `subprocess` to start a program as an ordinary user."""
    return {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}


def run_as_user(tier: Tier, program: str, limits: dict[str, int], fds=()) -> Outcome:
    """The program in a sandbox that an ordinary user starts."""
    order = {"tier": tier.value, "program": program, "limits": limits, "fds": list(fds)}
    return Outcome(**_as_user("run", json.dumps(order), fds=fds))


def run_bare(program: str, fds=()) -> Outcome:
    """The program as an ordinary user without any sandbox: what an attack can do where nothing stops it."""
    text = f"fds = {list(fds)}\n{program}"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        done = subprocess.run(
            [reachable_python(), "-c", text], capture_output=True, text=True, env=PLAIN, cwd=folder, pass_fds=fds,
            timeout=PATIENCE, **as_user(),
        )  # fmt: skip
    code = done.returncode
    return Outcome(max(code, 0), -code if code < 0 else None, done.stdout + done.stderr)


PLAIN = {"PATH": "/usr/bin:/bin", "COURSE_TOKEN": "let me in"}


def broken_as_user(tier: Tier) -> set[str]:
    """Which of the doctor's attempts succeed in a sandbox that an ordinary user starts."""
    return set(_as_user("doctor", tier.value))


def measured_as_user(tier: Tier, program: str) -> dict:
    """What an ordinary user sees of the memory of a child, and what it left on disk."""
    return _as_user("measure", tier.value, program)


def _as_user(*arguments: str, fds=()):
    done = subprocess.run(
        command(*arguments), capture_output=True, text=True, env=PLAIN, cwd="/", pass_fds=fds, timeout=PATIENCE,
        **as_user(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _break_out(tier: str) -> list[str]:
    with Zygote(Tier(tier), "grader.sandbox.probes:run_probes") as zygote:
        return [probe.name for probe in doctor(zygote) if not probe.held]


def _lacking() -> dict[str, str]:
    return {tier.value: why_not(tier) for tier in Tier}


def _measure(tier: str, program: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        reading, writing = os.pipe()
        with nest(Tier(tier)) as zygote:
            text = f"{program}\nimport os, time\nos.write(fds[0], b'full')\ntime.sleep(600)"
            child = zygote.spawn(text.encode(), [writing])
            os.read(reading, 9)
            memory = child.memory()
        return {"memory": memory, "left": [str(path) for path in Path(folder).rglob("*")]}


def _run(order: str) -> dict:
    wanted = json.loads(order)
    return asdict(run_held(Tier(wanted["tier"]), wanted["program"], wanted["limits"], wanted["fds"]))


def processes_that_hold(fd: int) -> set[int]:
    """Every other process that has the same pipe open."""
    pipe = os.readlink(f"/proc/self/fd/{fd}")  # noqa: PTH115 -- not a path
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            files = [os.readlink(file) for file in (process / "fd").iterdir()]  # noqa: PTH115
        except OSError:
            continue
        if pipe in files and int(process.name) != os.getpid():
            found.add(int(process.name))
    return found


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    print(
        json.dumps(
            {"lacking": _lacking, "doctor": _break_out, "measure": _measure, "run": _run}[sys.argv[2]](*sys.argv[3:])
        )
    )
