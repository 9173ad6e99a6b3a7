"""A held child gets no more than its limits, and a free process does: memory, time, processes, files."""

from __future__ import annotations

import signal

import pytest

from grader.sandbox import Tier
from tests.grader.sandbox.held import run_held

MIB = 1 << 20
PROGRAMS = {
    "private memory": ("b = bytearray(300 << 20); print(len(b) >> 20)", {"memory": 200 * MIB}),
    "shared memory": ("import mmap; m = mmap.mmap(-1, 900 << 20); print(len(m) >> 20)", {"memory": 200 * MIB}),
    "file size": ("open('big', 'wb').write(b'x' * (3 << 20)); print('written')", {"file_bytes": 2 * MIB}),
    "open files": ("import os\nfor _ in range(100): os.open('/dev/null', 0)\nprint('open')", {"open_files": 50}),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_limit_holds_in_the_sandbox_and_not_outside(hold, bare, name):
    program, limits = PROGRAMS[name]
    free = bare(program)
    assert (free.code, free.signal) == (0, None), free.output
    ended = hold(program, **limits)
    assert (ended.code, ended.signal) != (0, None)
    assert "Error" in ended.output or ended.signal


def test_a_busy_loop_ends_at_its_processor_time(hold):
    ended = hold("while True: pass", cpu_seconds=1)
    assert ended.signal == signal.SIGXCPU


def test_processor_time_is_not_limited_outside(bare):
    program = "import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[1] == resource.RLIM_INFINITY)"
    assert bare(program).output == "True\n"


FORK = """
import os, time
made = []
try:
    for _ in range(60):
        made.append(os.fork())
        if made[-1] == 0:
            time.sleep(60)
except OSError as error:
    print(error.strerror)
print(len(made))
for pid in made:
    os.kill(pid, 9)
"""


def test_forks_come_to_an_end(hold, bare):
    assert bare(FORK).output == "60\n"
    reason, made = hold(FORK, processes=20).output.splitlines()
    assert "unavailable" in reason
    assert int(made) < 20


def test_threads_come_to_an_end(hold, bare):
    program = """
import threading, time
for made in range(60):
    threading.Thread(target=time.sleep, args=(2,), daemon=True).start()
print("all")
"""
    assert bare(program).output == "all\n"
    assert "can't start new thread" in hold(program, processes=20).output


FILL = """
import os
try:
    for number in range(64):
        open(os.path.join(FOLDER, str(number)), "wb").write(b"x" * (1 << 20))
    print("filled")
except OSError as error:
    print(error.strerror)
"""
EMPTY_FILES = """
import os
try:
    for number in range(500):
        open(os.path.join(FOLDER, str(number)), "wb").close()
    print("made")
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.parametrize(("folder", "limit"), [("'.'", "work_bytes"), ("'/dev/shm'", "shm_bytes")])
def test_folders_in_memory_fill_up(zygote, bare, folder, limit):
    assert bare(FILL.replace("FOLDER", "'.'")).output == "filled\n"
    ended = run_held(Tier.NAMESPACES, FILL.replace("FOLDER", folder), {limit: 16 * MIB})
    assert ended.output == "No space left on device\n"


@pytest.mark.parametrize("folder", ["'.'", "'/dev/shm'"])
def test_files_in_memory_are_counted(zygote, bare, folder):
    assert bare(EMPTY_FILES.replace("FOLDER", "'.'")).output == "made\n"
    ended = run_held(Tier.NAMESPACES, EMPTY_FILES.replace("FOLDER", folder), {"inodes": 100})
    assert ended.output == "No space left on device\n"


def test_no_limit_can_be_raised(hold):
    program = """
import resource
for kind in (resource.RLIMIT_NPROC, resource.RLIMIT_DATA, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU):
    highest = resource.getrlimit(kind)[1]
    try:
        resource.setrlimit(kind, (highest, highest + 1))
    except ValueError:
        continue
    print("raised", kind)
"""
    assert hold(program).output == ""


def test_the_kernel_ends_a_child_before_anything_else(hold, bare):
    program = "print(open('/proc/self/oom_score_adj').read().strip())"
    assert bare(program).output != "1000\n"
    assert hold(program).output == "1000\n"
