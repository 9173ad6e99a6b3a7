"""Real processes killed at random moments: no mark is lost, none is doubled."""

import re
import subprocess
import sys

from tools.syllabus import ROOT

FAULTS = 90


def test_a_class_survives_kills_full_disks_and_locks():
    """Two faults of three are SIGKILL."""
    command = [sys.executable, "-m", "tests.grader.records.soak", str(FAULTS), "20261121"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1100)
    assert done.returncode == 0, done.stdout + done.stderr
    kills = sum(int(count) for count in re.findall(r"(\d+) (?:kill|truncated ledger)", done.stdout))
    assert kills >= 50, done.stdout
    assert "Lost, doubled or left over: 0." in done.stdout
