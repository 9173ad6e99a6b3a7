"""One run at a time in a course."""

import os
import re
import signal
import subprocess
import sys

import pytest

from grader.records.lock import course_lock
from grader.run.trouble import CannotStart

HOLD = "import sys\nfrom pathlib import Path\nfrom grader.records.lock import course_lock\n" + (
    "with course_lock(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
)


@pytest.fixture
def holder(tmp_path):
    """Another process that grades in the course."""
    arguments = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_the_second_run_is_told_who_holds_the_course_and_what_to_do(tmp_path, holder):
    with pytest.raises(CannotStart) as told, course_lock(tmp_path):
        pytest.fail("two runs at once")
    assert re.search(rf"process {holder.pid} on .* \(since \d{{4}}-", str(told.value))
    assert "wait for it, or stop it" in str(told.value)


def test_a_killed_run_holds_nobody_up(tmp_path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with course_lock(tmp_path):
        pass


def test_within_one_process_too(tmp_path):
    with course_lock(tmp_path), pytest.raises(CannotStart, match=str(os.getpid())), course_lock(tmp_path):
        pass
    with course_lock(tmp_path):
        pass
