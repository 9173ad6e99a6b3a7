"""A command costs what all its processes cost, whoever buries them."""

from __future__ import annotations

import os
import sys

import pytest

from benchmarks import meter

BURN = "import time\nwhile time.process_time() < 0.5: pass"
# The parent refuses to hear of its child's end, so the kernel buries it, and its time is on no parent's account.
BURIED = f"""
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if not os.fork():
    exec({BURN!r})
    os._exit(0)
try:
    os.wait()
except ChildProcessError:
    pass
"""


@pytest.mark.skipif(meter.home() is None, reason="this user may not make a control group")
def test_a_process_that_the_kernel_buries_counts(tmp_path):
    cost = meter.run([sys.executable, "-c", BURIED], tmp_path, os.environ)
    assert cost.own < 0.5 < cost.cpu


def test_the_machine_as_a_whole_less_what_others_use(monkeypatch):
    cpu, clock = iter([100.0, 102.0, 102.0, 115.0]), iter([0.0, 4.0, 4.0, 14.0])
    monkeypatch.setattr(meter, "machine_cpu", lambda: next(cpu))
    monkeypatch.setattr(meter.time, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(meter.time, "sleep", lambda seconds: None)
    with meter.of_machine() as (join, used):
        join()
        assert used() == 13.0 - 0.5 * 10.0


def test_a_command_that_fails_says_what_it_printed(tmp_path):
    with pytest.raises(meter.Failed, match=r"(?s)ended with 3.*no luck"):
        meter.run([sys.executable, "-c", "print('no luck'); raise SystemExit(3)"], tmp_path, os.environ)
