"""Class F: out of the sandbox. What is tried also succeeds without root where namespaces are free for everybody.

A child of the control's tries what could change the machine, in namespaces of its own or as a call that the kernel
looks at and refuses for another reason than the filter's.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

from .case import Attack
from .probe import attempt, reaches, told, told_of_services

_X86, _ARM = "x86_64", "aarch64"
_NUMBERS = {
    _X86: {"userfaultfd": 323, "bpf": 321, "perf_event_open": 298, "keyctl": 250, "clone": 56, "process_vm_readv": 310},
    _ARM: {
        "userfaultfd": 282,
        "bpf": 280,
        "perf_event_open": 241,
        "keyctl": 219,
        "clone": 220,
        "process_vm_readv": 270,
    },
}.get(platform.machine(), {})


def _escape(name: str, title: str, body: str, place: Callable[[Path, Path], None] | None = None) -> Attack:
    return Attack(name, title, reaches, cells=attempt(body), place=place)


def _call(name: str, arguments: str) -> str:
    return f"return reached(libc.syscall({_NUMBERS.get(name, -1)}, {arguments}))"


_FILES = [
    _escape(
        "F1a",
        "kernel settings opened for writing",
        """
        for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/self/oom_score_adj"):
            try:
                os.close(os.open(path, os.O_WRONLY))
                return path
            except OSError:
                pass""",
    ),
    _escape(
        "F1b",
        "the worker's own limits raised",
        """
        import resource
        return any(resource.getrlimit(kind)[1] == resource.RLIM_INFINITY for kind in (
            resource.RLIMIT_DATA, resource.RLIMIT_AS, resource.RLIMIT_FSIZE))""",
    ),
    _escape(
        "F2a",
        "another user by a program that is set-uid",
        """
        import subprocess
        def user(pid):
            return open(f"/proc/{pid}/status").read().partition("Uid:")[2].split()[1]
        def changes():
            if os.getuid() == 0:
                os.setresuid(65534, 65534, 65534)  # root gains nothing by it
            for path in ("/usr/bin/su", "/usr/bin/passwd", "/usr/bin/sudo", "/usr/bin/mount"):
                if os.path.exists(path):
                    process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=-3, stderr=-3)
                    for _ in range(200):
                        try:
                            if user(process.pid) != user("self"):
                                return True
                        except (OSError, IndexError):
                            break
                    process.kill()
        return in_a_child(changes)""",
    ),
    _escape(
        "F2b",
        "root in a user namespace of its own, or by asking",
        """
        def changes():
            if libc.unshare(0x10000000) == 0:
                return True
            os.setgroups([0])
            os.setresuid(0, 0, 0)
            return True
        return in_a_child(changes)""",
    ),
    _escape("F3a", "a user namespace by unshare", "return in_a_child(lambda: libc.unshare(0x10000000) == 0)"),
    _escape(
        "F3b",
        "a user namespace by clone",
        f"""
        def clones():
            pid = libc.syscall({_NUMBERS.get("clone", -1)}, 0x10000000 | 17, 0, 0, 0, 0)
            if pid == 0:
                os._exit(0)
            return pid > 0
        return in_a_child(clones)""",
    ),
    _escape(
        "F3c",
        "a user namespace by clone3, whose flags no filter can see",
        """
        import struct
        def clones():
            order = ctypes.create_string_buffer(struct.pack("8Q", 0x10000000, 0, 0, 0, 17, 0, 0, 0))
            pid = libc.syscall(435, order, 64)
            if pid == 0:
                os._exit(0)
            return pid > 0
        return in_a_child(clones)""",
    ),
    _escape(
        "F4a",
        "a file system mounted",
        """
        def mounts():
            apart = libc.unshare(0x10020000) == 0
            return (apart or not controlled) and libc.mount(b"none", os.getcwd().encode(), b"tmpfs", 0, None) == 0
        return in_a_child(mounts)""",
    ),
    _escape(
        "F4b",
        "another root directory",
        """
        def changes():
            apart = libc.unshare(0x10020000) == 0
            return (apart or not controlled) and os.chroot(".") is None
        return in_a_child(changes)""",
    ),
    _escape(
        "F4c",
        "mounts seen or made by the new calls",
        """
        def mounts():
            if controlled and libc.unshare(0x10020000) != 0:
                return False
            return reached(libc.syscall(430, b"tmpfs", 0)) and reached(libc.syscall(428, -100, b"/", 1))
        return in_a_child(mounts)""",
    ),
]
_PROCESSES = [
    _escape(
        "F5a",
        "the parent process traced, or its memory read or written",
        """
        pid = os.getppid()
        def traces():
            return libc.ptrace(0x4206, pid, None, None) == 0
        if in_a_child(traces):
            return "traced"
        try:
            os.close(os.open(f"/proc/{pid}/mem", os.O_RDWR))
            return "memory"
        except OSError:
            pass
        return bool(open(f"/proc/{pid}/environ").read())""",
    ),
    _escape(
        "F5b",
        "memory of another process read without tracing it",
        f"""
        import struct
        pid, room = os.getppid(), ctypes.create_string_buffer(8)
        try:
            start = int(open(f"/proc/{{pid}}/maps").read(16).partition("-")[0], 16)
        except OSError:
            start = 0x400000
        here, there = struct.pack("2Q", ctypes.addressof(room), 8), struct.pack("2Q", start, 8)
        return libc.syscall({_NUMBERS.get("process_vm_readv", -1)}, pid, here, 1, there, 1, 0) == 8""",
    ),
    _escape(
        "F6",
        "letters typed into a terminal",
        """
        import fcntl, pty
        def types():
            os.setsid()
            master, slave = os.openpty()
            fcntl.ioctl(slave, 0x540E, 0)
            return reached(libc.ioctl(slave, 0x5412, ctypes.create_string_buffer(b"x")))
        return in_a_child(types)""",
    ),
    _escape("F7a", "io_uring", "return reached(libc.syscall(425, 1, ctypes.create_string_buffer(256)))"),
    _escape("F7b", "bpf", _call("bpf", "9999, ctypes.create_string_buffer(128), 64")),
    _escape("F7c", "userfaultfd", _call("userfaultfd", "1")),
    _escape("F7d", "performance counters", _call("perf_event_open", "ctypes.create_string_buffer(128), 0, -1, -1, 0")),
    _escape("F7e", "kernel keyrings", _call("keyctl", "0, -3, 0")),
    _escape(
        "F9a",
        "a device of the machine opened",
        """
        import glob, stat
        harmless = {(1, 3), (1, 5), (1, 7), (1, 8), (1, 9), (5, 0), (5, 2)}
        for path in glob.glob("/dev/**", recursive=True):
            try:
                about = os.stat(path)
            except OSError:
                continue
            device = os.major(about.st_rdev), os.minor(about.st_rdev)
            special = stat.S_ISCHR(about.st_mode) or stat.S_ISBLK(about.st_mode)
            if special and device not in harmless and device[0] != 136 and os.access(path, os.R_OK):
                return path""",
    ),
    _escape(
        "F9b",
        "a device made",
        """
        def makes():
            if controlled and os.getuid() != 0:
                return os.path.exists("/dev/kmsg")  # only root makes them; elsewhere the machine's own are in reach
            os.mknod("device", 0o060600, os.makedev(8, 0))
            os.unlink("device")
            return True
        return in_a_child(makes)""",
    ),
    _escape(
        "F10a",
        "the machine's files through another process",
        """
        for pid in ("self", 1, os.getppid()):
            try:
                if os.listdir(f"/proc/{pid}/root@ROOT@") or os.listdir(f"/proc/{pid}/cwd/../submitted"):
                    return pid
            except OSError:
                pass""",
        told,
    ),
    _escape(
        "F10b",
        "open files of another process opened anew",
        """
        for pid in (os.getppid(), 1):
            for number in range(10):
                try:
                    os.close(os.open(f"/proc/{pid}/fd/{number}", os.O_RDONLY | os.O_NONBLOCK))
                    return pid, number
                except OSError:
                    pass""",
    ),
]
_SOCKETS = [
    _escape(
        "F11a",
        "a service of the machine at a path, as Docker and X have",
        'socket.socket(socket.AF_UNIX).connect("@PATH@")\nreturn True',
        told_of_services,
    ),
    _escape(
        "F11b",
        "a service of the machine at an abstract name, as D-Bus has",
        'socket.socket(socket.AF_UNIX).connect("\\0@NAME@")\nreturn True',
        told_of_services,
    ),
    _escape(
        "F12a",
        "the network; a port of this machine stands for a cloud's metadata",
        'socket.create_connection(("127.0.0.1", int("@PORT@")), 2)\nreturn True',
        told_of_services,
    ),
    _escape("F12b", "a socket to the hypervisor", "return socket.socket(40, socket.SOCK_STREAM)"),
    _escape("F12c", "a socket to the kernel", "return socket.socket(16, socket.SOCK_RAW, 0)"),
    _escape("F12d", "a datagram to anywhere", 'socket.socket(2, 2).sendto(b"x", ("127.0.0.1", 9))\nreturn True'),
]
_X86_ONLY = [
    _escape(
        "F8",
        "system calls of a 32-bit program",
        """
        import mmap
        def calls():
            page = mmap.mmap(-1, 4096, prot=7)
            page.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20 (getpid); int 0x80; ret
            ask = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
            return ask() == os.getpid()
        return in_a_child(calls)""",
    )
]
ATTACKS = [*_FILES, *_PROCESSES, *_SOCKETS, *(_X86_ONLY if platform.machine() == _X86 else [])]
