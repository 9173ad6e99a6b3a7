"""Which sandbox this machine can hold untrusted code in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from . import bubblewrap, landlock, seccomp
from .limits import NoSandbox, Tier
from .outer import fresh_user

_NOT_LINUX = "Submissions are graded on Linux: use a Linux machine, or WSL on Windows."
_TRUST_INSTEAD = "With --i-trust-these-students everything runs without a sandbox, and every mark says so."
# Bubblewrap must make a user namespace, and our own code one more within it, in which it may mount.
_TRIAL = ("--unshare-user", "--unshare-pid", "--ro-bind", "/", "/", "--proc", "/proc")
_NESTED = ("unshare", "--user", "--map-current-user", "--mount", "--pid", "--fork", "--net", "true")
_SWITCHES = (
    (
        "/proc/sys/user/max_user_namespaces",
        "0",
        "user namespaces are switched off: sysctl user.max_user_namespaces=9999",
    ),
    (
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        "user namespaces are for root only: sysctl kernel.unprivileged_userns_clone=1",
    ),
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "AppArmor keeps user namespaces from bubblewrap (Ubuntu 23.10 and newer): "
        "apt-get install apparmor-profiles, then link bwrap-userns-restrict into /etc/apparmor.d and reload AppArmor",
    ),
)


def choose_tier(*, trust: bool = False) -> Tier:
    """The strongest sandbox there is.

    Args:
        trust: do without one where there is none.

    Raises:
        NoSandbox: there is none and `trust` is false; the text says what is missing and how to get it.
    """
    if sys.platform != "linux":
        raise NoSandbox(_NOT_LINUX)
    missing = {tier: why_not(tier) for tier in (Tier.NAMESPACES, Tier.LANDLOCK)}
    for tier, reason in missing.items():
        if not reason:
            return tier
    if trust:
        if reason := why_not(Tier.UNSAFE):
            raise NoSandbox(reason)
        return Tier.UNSAFE
    raise NoSandbox(
        "This machine has no sandbox for students' code.\n"
        f"Best: {missing[Tier.NAMESPACES]}\nOr: {missing[Tier.LANDLOCK]}\n{_TRUST_INSTEAD}"
    )


def why_not(tier: Tier) -> str:
    """What this machine lacks for a tier; "" when it lacks nothing."""
    if sys.platform != "linux":
        return _NOT_LINUX
    if tier is Tier.UNSAFE:
        return _why_unreadable()
    try:
        seccomp.build(namespaces=tier is Tier.NAMESPACES)
        return _why_no_namespaces() if tier is Tier.NAMESPACES else _why_no_landlock()
    except (NoSandbox, OSError) as missing:
        return str(missing)


def _why_no_namespaces() -> str:
    user = fresh_user() if os.geteuid() == 0 else None
    trial = subprocess.run(
        [bubblewrap.program(), *_TRIAL, "--", *_NESTED],
        env={"PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd="/",
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        check=False,
    )
    if trial.returncode == 0:
        return ""
    for switch, closed, text in _SWITCHES:
        path = Path(switch)
        if path.exists() and path.read_text(encoding="ascii").strip() == closed:
            return text
    return f"bubblewrap does not work here, as in most containers: {trial.stderr.decode(errors='replace').strip()}"


def _why_no_landlock() -> str:
    version = landlock.version()
    if version < landlock.NEEDED:
        return (
            f"Landlock {landlock.NEEDED} (Linux 6.12 or newer) is needed in place of bubblewrap, here it is {version}"
        )
    return _why_unreadable()


def _why_unreadable() -> str:
    """Without namespaces a caller who is root becomes another user, who must get at Python where it is."""
    if os.geteuid() != 0:
        return ""
    for path in (Path(sys.executable).resolve(), Path(__file__).resolve()):
        for folder in path.parents:
            if not folder.stat().st_mode & 0o001:
                return f"{path} is out of reach for other users because of {folder}: install it elsewhere"
    return ""
