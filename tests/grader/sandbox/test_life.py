"""Children start alone, are watched, and leave nothing behind, however they or their starter end."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from grader.sandbox import Exit, SandboxError, Tier, Zygote
from tests.grader.sandbox import held

MIB = 1 << 20
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 3)
        os.write(fds[0], b"alive")
        time.sleep(600)
    os._exit(0)
"""


@pytest.fixture
def spawn(zygote):
    """A child of the warm process, ended with the test."""
    children = []

    def start(program, fds=(), output=None):
        children.append(zygote.spawn(program.encode(), fds, output))
        return children[-1]

    yield start
    for child in children:
        child.kill()
        assert child.wait(held.PATIENCE)


@pytest.fixture
def pipe():
    """A pipe as (reading end, writing end)."""
    ends = os.pipe()
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


def reads(fd: int, seconds: float = held.PATIENCE) -> bytes | None:
    """What comes next; b"" when nobody can write any more, None when nothing comes in time."""
    return os.read(fd, 4096) if select.select([fd], [], [], seconds)[0] else None


def close_and_read(pipe, seconds: float = held.PATIENCE) -> bytes | None:
    os.close(pipe[1])
    return reads(pipe[0], seconds)


@pytest.mark.parametrize(
    ("program", "ended"),
    [
        ("pass", Exit(0, None)),
        ("code = 7", Exit(7, None)),
        ("raise SystemExit(3)", Exit(3, None)),
        ("raise SystemExit('no')", Exit(1, None)),
        ("1 / 0", Exit(1, None)),
        ("import os; os._exit(9)", Exit(9, None)),
        ("import os; os.abort()", Exit(None, signal.SIGABRT)),
        ("import os; os.kill(os.getpid(), 9)", Exit(None, signal.SIGKILL)),
        ("import ctypes; ctypes.string_at(0)", Exit(None, signal.SIGSEGV)),
    ],
)
def test_how_it_ended_is_told(spawn, program, ended):
    assert spawn(program).wait(held.PATIENCE) == ended


def test_an_exception_is_printed_to_the_output(zygote):
    assert "ZeroDivisionError" in held.run_in(zygote, "1 / 0").output


def test_waiting_ends_with_its_time(spawn):
    child = spawn("import time; time.sleep(600)")
    assert child.wait(0.01) is None
    child.kill()
    child.kill()
    assert child.wait(held.PATIENCE) == Exit(None, signal.SIGKILL)
    assert child.wait() == Exit(None, signal.SIGKILL)
    child.kill()
    assert child.memory() == 0


def test_a_killed_child_leaves_no_daemon(spawn, bare, pipe):
    child = spawn(DAEMON + "time.sleep(600)", [pipe[1]])
    assert close_and_read(pipe) == b"alive"
    assert reads(pipe[0], 0.2) is None
    child.kill()
    assert reads(pipe[0]) == b""


def test_a_child_that_ends_leaves_no_daemon(hold, bare, pipe):
    free = os.pipe()
    bare(DAEMON + "print(os.getpid())", [free[1]])
    assert close_and_read(free) == b"alive"
    assert reads(free[0], 0.2) is None, "the control: without a sandbox the daemon lives on"
    for process in held.processes_that_hold(free[0]):
        os.kill(process, signal.SIGKILL)
    os.close(free[0])

    assert hold(DAEMON, [pipe[1]]).code == 0
    said = close_and_read(pipe)
    assert (reads(pipe[0]) if said else said) == b""


@pytest.mark.parametrize("tier", list(Tier))
def test_nothing_survives_a_starter_that_is_killed(tier, pipe, readable_folder):
    held.require(tier)
    held.require_reachable_python()
    order = {"tier": tier.value, "program": DAEMON + "time.sleep(600)", "limits": {}, "fds": [pipe[1]]}
    starter = subprocess.Popen(
        held.command("run", json.dumps(order)), pass_fds=[pipe[1]], env=held.PLAIN, **held.as_user()
    )
    with starter:
        assert close_and_read(pipe) == b"alive"
        starter.kill()
    assert reads(pipe[0]) == b""


def test_nothing_survives_a_zygote_that_is_closed(pipe):
    held.require(Tier.NAMESPACES)
    with held.nest(Tier.NAMESPACES) as zygote:
        zygote.spawn((DAEMON + "time.sleep(600)").encode(), [pipe[1]])
        assert close_and_read(pipe) == b"alive"
        assert zygote.alive
    assert reads(pipe[0]) == b""
    assert not zygote.alive
    with pytest.raises(SandboxError, match="has ended"):
        zygote.spawn(b"pass")


def test_a_crash_makes_the_zygote_stale_and_a_kill_does_not():
    held.require(Tier.NAMESPACES)
    with held.nest(Tier.NAMESPACES) as zygote:
        child = zygote.spawn(b"import time; time.sleep(600)")
        child.kill()
        child.wait(held.PATIENCE)
        assert not zygote.stale
        zygote.spawn(b"import os; os.abort()").wait(held.PATIENCE)
        assert zygote.stale


FIRST = """
import os, socket, time
open("answer.txt", "w").write("42")
open("/dev/shm/answer", "w").write("42")
server = socket.socket(socket.AF_UNIX)
server.bind("\\0answer")
server.listen()
os.openpty()
os.write(fds[0], b"there")
time.sleep(600)
"""
SECOND = """
import os, socket
print(sorted(os.listdir(".")), os.listdir("/dev/shm"), sorted(os.listdir("/dev/pts")))
print(sorted(name for name in os.listdir("/proc") if name.isdigit()))
try:
    socket.socket(socket.AF_UNIX).connect("\\0answer")
except OSError as error:
    print(error.strerror)
"""
ALONE = "[] [] ['ptmx']\n['1', '2']\nConnection refused\n"


def test_children_do_not_see_each_other(zygote, spawn, pipe):
    spawn(FIRST, [pipe[1]])
    assert close_and_read(pipe) == b"there"
    assert held.run_in(zygote, SECOND).output == ALONE
    within = FIRST.replace("time.sleep(600)", SECOND).replace("os.write(fds[0], b'there')", "")
    reading, writing = os.pipe()
    seen = held.run_in(zygote, within, [writing]).output
    os.close(reading)
    os.close(writing)
    assert "answer" in seen, "the control: there is something to be seen"
    assert "refused" not in seen


def test_a_child_finds_nothing_of_the_one_before(zygote):
    spoil = "import sys, json; json.dumps = None; sys.modules['spoiled'] = 1; open('x', 'w').close()"
    assert held.run_in(zygote, spoil).code == 0
    look = "import sys, json, os; print(json.dumps, 'spoiled' in sys.modules, os.listdir('.'))"
    assert held.run_in(zygote, look).output.startswith("<function dumps")
    assert held.run_in(zygote, look).output.endswith("False []\n")


def test_random_numbers_differ_from_child_to_child():
    held.require(Tier.NAMESPACES)
    pytest.importorskip("numpy")
    program = "import random, numpy; print(random.random(), numpy.random.rand())"
    with held.nest(Tier.NAMESPACES, preload=("random", "numpy.random")) as zygote:
        first, second = (held.run_in(zygote, program).output.split() for _ in range(2))
    assert len({*first, *second}) == 4


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_nothing_runs_as_root(tier):
    held.require(tier)
    held.require_reachable_python()
    order = {"tier": tier.value, "program": "import os; print(os.getgroups())", "limits": {}, "fds": []}
    command = held.command("run", json.dumps(order))
    done = subprocess.run(command, capture_output=True, text=True, check=True, extra_groups=[4])
    said = json.loads(done.stdout)
    assert said["user"] >= 600_000
    assert said["output"] == "[]\n"


def test_the_zygote_leaks_no_files(zygote):
    def open_files() -> int:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    reading, writing = os.pipe()
    zygote.spawn(b"pass", [reading], writing).wait(held.PATIENCE)
    before = open_files()
    for _ in range(200):
        child = zygote.spawn(b"pass", [reading], writing)
        assert child.wait(held.PATIENCE) == Exit(0, None)
    del child
    assert open_files() <= before
    os.close(writing)
    assert reads(reading) == b"", "neither does the zygote keep what it handed on"
    os.close(reading)


MEMORY = {
    "private": "b = bytearray(150 << 20)",
    "shared": "import mmap; b = mmap.mmap(-1, 150 << 20); b[:] = bytes(150 << 20)",
    "work folder": "open('big', 'wb').write(bytes(150 << 20))",
    "shared folder": "open('/dev/shm/big', 'wb').write(bytes(150 << 20))",
    "of a daemon": "import os, time\nif os.fork():\n    time.sleep(600)\nos.setsid(); b = bytearray(150 << 20)",
    "hidden": "import ctypes\nb = bytearray(150 << 20); ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)",
}


@pytest.mark.parametrize("name", MEMORY)
def test_memory_of_every_kind_is_seen(name, pipe):
    held.require(Tier.NAMESPACES)
    with held.nest(Tier.NAMESPACES, {"shm_bytes": 200 * MIB}) as zygote:
        small = zygote.spawn(b"import time; time.sleep(600)")
        program = MEMORY[name] + "\nimport os, time\nos.write(fds[0], b'full')\ntime.sleep(600)"
        large = zygote.spawn(program.encode(), [pipe[1]])
        assert close_and_read(pipe) == b"full"
        assert 0 < small.memory() < 100 * MIB
        assert 150 * MIB < large.memory() < 300 * MIB
        assert large.memory() <= large.memory(exact_above=1000 * MIB) < 400 * MIB
        assert large.memory(exact_above=100 * MIB) < 300 * MIB


@pytest.mark.parametrize("tier", list(Tier))
def test_memory_is_seen_by_an_ordinary_user_and_files_go(tier):
    held.require(tier)
    held.require_reachable_python()
    answer = held.measured_as_user(tier, MEMORY["hidden"] + "; " + MEMORY["work folder"])
    assert 300 * MIB < answer["memory"] < 500 * MIB
    assert answer["left"] == []


def test_a_module_that_starts_a_thread_is_refused(tmp_path):
    held.require(Tier.NAMESPACES)
    tmp_path.chmod(0o755)
    (tmp_path / "busy.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()\n"
    )
    mounts = [held.Mount(tmp_path / "busy.py", held.PLACE + "/busy.py")]
    with pytest.raises(SandboxError, match="busy leaves a thread running"):
        Zygote(Tier.NAMESPACES, "busy:run", mounts=mounts, python_path=[held.PLACE])


@pytest.mark.parametrize(("entry", "text"), [("nowhere:run", "No module named"), ("json:nothing", "no attribute")])
def test_an_entry_that_is_not_there_is_named(entry, text):
    held.require(Tier.NAMESPACES)
    with pytest.raises(SandboxError, match=text):
        Zygote(Tier.NAMESPACES, entry)


def test_an_argument_that_is_too_long_is_refused(zygote):
    with pytest.raises(SandboxError, match="65536 bytes"):
        zygote.spawn(bytes(1 << 16))
    assert zygote.spawn(b"pass").wait(held.PATIENCE) == Exit(0, None)


def test_a_zygote_made_by_a_thread_that_has_ended_goes_on():
    import threading

    held.require(Tier.NAMESPACES)
    made = []
    thread = threading.Thread(target=lambda: made.append(held.nest(Tier.NAMESPACES)))
    thread.start()
    thread.join()
    with made[0] as zygote:
        time.sleep(0.1)
        assert zygote.spawn(b"pass").wait(held.PATIENCE) == Exit(0, None)
