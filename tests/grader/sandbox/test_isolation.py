"""A held child reaches nothing outside: each attack first succeeds in a free process of an ordinary user."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import textwrap

import pytest

from grader.sandbox import Tier, doctor
from tests.grader.sandbox import held

PREAMBLE = """
import ctypes, fcntl, os, resource, socket, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
def attack():
{attack}
try:
    attack()
    print("REACHED")
except (OSError, KeyError) as error:
    print("stopped:", error)
"""


def program(attack: str, **values: object) -> str:
    body = textwrap.indent(textwrap.dedent(attack), "    ")
    return "".join(f"{name} = {value!r}\n" for name, value in values.items()) + PREAMBLE.format(attack=body)


def assert_stopped(hold, bare, text: str) -> None:
    free = bare(text)
    assert free.output.startswith("REACHED"), free.output
    ended = hold(text)
    assert ended.output.startswith("stopped"), ended
    assert ended.code == 0


CALLS = {
    "internet sockets": "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "IPv6 sockets": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "kernel sockets": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "sockets to the host of a virtual machine": "socket.socket(40, socket.SOCK_STREAM)",
    "memory in no file": "os.memfd_create('x')",
    "System V memory": "check(libc.shmget(0, 4096, 0o1600))",
    "a user namespace": "check(libc.unshare(0x10000000))",
    "a user namespace by clone": "pid = check(libc.syscall(56, 0x10000000 | 17, None, None, None, None)); "
    "pid or os._exit(0); os.waitpid(pid, 0)",
    "io_uring": "check(libc.syscall(425, 1, ctypes.create_string_buffer(256)))",
    "a keyring": "check(libc.syscall(250, 0, -3, 1))",
    "userfaultfd": "check(libc.syscall(323, 1))",
    "accounts": "open('/etc/passwd').read()",
    "the caller's variables": "os.environ['COURSE_TOKEN']",
    "the list of processes": "[1 for p in os.listdir('/proc') if p.isdigit() and int(p) > 2 and int(p) != os.getpid()]"
    "[0] if os.path.isdir('/proc') else check(-1)",
    "the shared folder for temporary files": "os.rmdir(os.mkdir('/var/tmp/trial') or '/var/tmp/trial')",
}


@pytest.mark.parametrize("name", CALLS)
def test_it_is_out_of_reach(hold, bare, name):
    if "libc.syscall(" in CALLS[name] and os.uname().machine != "x86_64":
        pytest.skip("the number of this call is that of another processor")
    text = program(CALLS[name]).replace("(OSError, KeyError)", "(OSError, KeyError, IndexError)")
    assert_stopped(hold, bare, text)


def test_files_of_the_course_are_out_of_reach(hold, bare, readable_folder):
    file = readable_folder / "gradebook.db"
    file.write_text("marks")
    assert_stopped(hold, bare, program("open(FILE).read()", FILE=str(file)))


def test_files_cannot_be_made_elsewhere(hold, bare, readable_folder):
    readable_folder.chmod(0o777)
    assert_stopped(hold, bare, program("open(FILE, 'w').close()", FILE=str(readable_folder / "planted.py")))


@pytest.mark.parametrize("attack", ["os.chmod(FILE, 0)", "os.utime(FILE, (1, 1))", "os.setxattr(FILE, 'user.x', b'')"])
def test_attributes_of_other_files_stay_as_they_are(hold, bare, readable_folder, attack):
    def changed_by(run) -> bool:
        file = readable_folder / "gradebook.db"
        file.write_text("marks")
        if os.geteuid() == 0:
            os.chown(file, held.USER, held.USER)
        before = (file.stat(), os.listxattr(file))
        run(program(attack, FILE=str(file)))
        after = (file.stat(), os.listxattr(file))
        file.unlink()
        return (before[0].st_mode, before[0].st_mtime, before[1]) != (after[0].st_mode, after[0].st_mtime, after[1])

    assert changed_by(bare)
    assert not changed_by(hold)


def test_folders_cannot_be_watched(hold, bare, readable_folder):
    text = program(
        "check(libc.inotify_add_watch(check(libc.inotify_init1(0)), FOLDER, 0x100))",
        FOLDER=os.fsencode(readable_folder),
    )
    assert_stopped(hold, bare, text)


@pytest.mark.parametrize("abstract", [True, False])
def test_servers_of_this_machine_cannot_be_called(hold, bare, readable_folder, abstract):
    name = f"\0{readable_folder}" if abstract else str(readable_folder / "server")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen(8)
        if not abstract:
            os.chmod(name, 0o777)  # noqa: PTH101 -- the name may start with a zero byte
        assert_stopped(hold, bare, program("socket.socket(socket.AF_UNIX).connect(NAME)", NAME=name))


def test_a_datagram_cannot_be_sent_through_a_pair_of_sockets(hold, bare, readable_folder):
    name = str(readable_folder / "server")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
        server.bind(name)
        os.chmod(name, 0o777)  # noqa: PTH101
        attack = "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b'run this', NAME)"
        assert_stopped(hold, bare, program(attack, NAME=name))


OTHER = {
    "signals": "os.kill(PID, 0)",
    "limits": "resource.prlimit(PID, resource.RLIMIT_CORE, (0, 0))",
    "priority": "os.setpriority(os.PRIO_PROCESS, PID, 19)",
    "processors": "os.sched_setaffinity(PID, {0})",
    "variables": "open(f'/proc/{PID}/environ').read(1)",
    "memory": "open(f'/proc/{PID}/mem', 'rb')",
    "tracing": "check(libc.ptrace(0x4206, PID, None, None))",
}


@pytest.mark.parametrize("name", OTHER)
def test_other_processes_of_the_same_user_are_out_of_reach(hold, bare, name):
    other = subprocess.Popen([held.reachable_python(), "-c", "input()"], stdin=subprocess.PIPE, **held.as_user())
    with other:
        assert_stopped(hold, bare, program(OTHER[name], PID=other.pid))
        other.communicate(b"\n")


def test_what_it_is_called_names_no_person_and_no_course(zygote):
    text = "print(*(open(f'/proc/self/{name}').read() for name in ('mountinfo', 'cmdline', 'environ', 'maps')))"
    said = held.run_in(zygote, text).output
    assert "tmpfs" in said
    for place in {str(held.ROOT), sys.prefix}:
        assert os.geteuid() != 0 or place not in said
    assert "nbgrader" not in said


def test_it_has_the_files_it_was_given_and_no_others(hold, bare, tmp_path):
    text = """
import os
print([fd for fd in range(1000) if fd not in (0, 1, 2) and os.path.exists(f'/proc/self/fd/{fd}')], fds)
print(os.read(fds[0], 10), os.readlink('/proc/self/fd/0'))
"""
    reading, writing = os.pipe()
    os.write(writing, b"hello")
    try:
        assert hold(text, fds=[reading]).output == "[3] [3]\nb'hello' /dev/null\n"
    finally:
        os.close(reading)
        os.close(writing)


def test_attempts_of_the_doctor_succeed_without_a_sandbox_and_fail_in_each():
    held.require_reachable_python()
    broken = held.broken_as_user(Tier.UNSAFE)
    assert len(broken) >= 15, broken
    assert {"network and other sockets", "files of this machine", "privileges", "another instruction set"} <= broken
    for tier in (Tier.NAMESPACES, Tier.LANDLOCK):
        held.require(tier)
        assert held.broken_as_user(tier) == set()


def test_attempts_of_the_doctor_fail_in_tier_1(zygote):
    probes = doctor(zygote, hidden=[held.ROOT])
    assert len(probes) >= 20
    assert [probe for probe in probes if not probe.held] == []
