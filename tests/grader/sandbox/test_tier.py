"""The strongest sandbox is chosen; where there is none, the text says what to install."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from grader.sandbox import NoSandbox, Tier, bubblewrap, choose_tier, doctor_report, landlock
from grader.sandbox import tier as tiers
from tests.grader.sandbox import held


def test_bubblewrap_comes_first():
    held.require(Tier.NAMESPACES)
    assert choose_tier() is Tier.NAMESPACES


def test_landlock_comes_second(monkeypatch):
    held.require(Tier.LANDLOCK)
    monkeypatch.setattr(bubblewrap, "_FOLDERS", ())
    monkeypatch.setattr(tiers, "_why_unreadable", str)
    assert choose_tier() is Tier.LANDLOCK


def test_without_both_the_text_says_what_to_install(monkeypatch):
    monkeypatch.setattr(bubblewrap, "_FOLDERS", ())
    monkeypatch.setattr(landlock, "version", lambda: 3)
    with pytest.raises(NoSandbox, match="apt-get install bubblewrap") as refusal:
        choose_tier()
    assert "Linux 6.12 or newer" in str(refusal.value)
    assert "--i-trust-these-students" in str(refusal.value)
    monkeypatch.setattr(tiers, "_why_unreadable", str)
    assert choose_tier(trust=True) is Tier.UNSAFE
    assert "apt-get install bubblewrap" in doctor_report()[1]


def test_a_system_call_filter_is_no_luxury(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    with pytest.raises(NoSandbox, match="pip install pyseccomp"):
        choose_tier()


def test_a_python_that_only_root_can_enter_is_named(monkeypatch, tmp_path):
    tmp_path.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert f"because of {tmp_path}" in tiers.why_not(Tier.UNSAFE)


def test_user_namespaces_that_are_switched_off_are_named():
    held.require(Tier.NAMESPACES)
    held.require_reachable_python()
    switch_off = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    wrapped = ["unshare", "--user", "--map-current-user", "--keep-caps", "sh", "-c", switch_off, "sh"]
    done = subprocess.run(
        [*wrapped, *held.command("lacking")], capture_output=True, text=True, cwd="/", check=True, **held.as_user()
    )
    lacking = json.loads(done.stdout)
    assert "sysctl user.max_user_namespaces" in lacking[Tier.NAMESPACES.value]
    assert (lacking[Tier.LANDLOCK.value] == "") == (landlock.version() >= landlock.NEEDED)


def test_the_report_says_that_the_sandbox_holds():
    held.require(Tier.NAMESPACES)
    lines = doctor_report()[1].splitlines()
    assert lines[0].startswith("sandbox: tier 1")
    tried, held_of = (int(word) for word in lines[1].split() if word.isdigit())
    assert tried == held_of >= 20


ELSEWHERE = """
import os, signal, socket, subprocess, sys
for name in ("fcntl", "resource", "pyseccomp"):
    sys.modules[name] = None
for module, names in ((os, ("fork", "setsid", "geteuid", "pidfd_open", "closerange")), (signal, ("SIGKILL", "SIGCHLD")),
                      (socket, ("AF_UNIX", "SOCK_SEQPACKET", "MSG_DONTWAIT", "send_fds"))):
    for name in names:
        delattr(module, name)
sys.platform = "win32"
from grader.sandbox import NoSandbox, choose_tier, doctor_report
try:
    choose_tier(trust=True)
except NoSandbox as missing:
    print(missing)
"""


def test_where_there_is_no_linux_the_package_still_imports():
    done = subprocess.run([sys.executable, "-c", ELSEWHERE], cwd=held.ROOT, capture_output=True, text=True, check=False)
    assert "use a Linux machine" in done.stdout, done.stderr
