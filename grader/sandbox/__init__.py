"""Holds untrusted code: `Zygote` starts a sandboxed process that forks a jailed child for each submission."""

from __future__ import annotations

from .child import Child
from .doctor import Probe, doctor, doctor_report
from .limits import Exit, Limits, Mount, NoSandbox, SandboxError, Tier
from .tier import choose_tier
from .zygote import Zygote

__all__ = [
    "Child",
    "Exit",
    "Limits",
    "Mount",
    "NoSandbox",
    "Probe",
    "SandboxError",
    "Tier",
    "Zygote",
    "choose_tier",
    "doctor",
    "doctor_report",
]
