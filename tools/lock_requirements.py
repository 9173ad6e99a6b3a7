"""Pin every package for all supported Pythons and systems: `python -m tools.lock_requirements`, with uv."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from .syllabus import ROOT

_STUDENTS = (
    "# What students and instructors install, pinned for Python 3.10 and newer on Linux, macOS and Windows: "
    "remade by `make lock`."
)
_MAINTAINERS = "# What maintainers need beyond ../requirements.txt: remade by `make lock`."
_COURSE = "-e .  # helpers and grader, importable from any folder"


def main() -> None:
    """Write requirements.txt and tests/requirements.txt anew."""
    uv = _install_uv(ROOT / "build" / "uv")
    base = _compile(uv, [])
    dev = _compile(uv, ["--extra", "dev"])
    _write(ROOT / "requirements.txt", [_STUDENTS, *base, _COURSE])
    _write(ROOT / "tests" / "requirements.txt", [_MAINTAINERS, *(line for line in dev if line not in base)])


def _install_uv(folder: Path) -> Path:
    """The program uv, in an environment of its own."""
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    if not (programs / "uv").exists():
        venv.create(folder, with_pip=True)
        _run([str(programs / "python"), "-m", "pip", "install", "--quiet", "uv"])
    return programs / "uv"


def _compile(uv: Path, options: list[str]) -> list[str]:
    """The pins of pyproject.toml's packages, one a line."""
    command = [str(uv), "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.10"]
    return _run([*command, "--no-annotate", "--no-header", "--quiet", *options]).splitlines()


def _run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])} failed, nothing was changed; it says:\n{done.stderr.strip()}")
    return done.stdout


def _write(path: Path, lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    changed = path.read_text(encoding="utf-8") != text
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.relative_to(ROOT)}: {'pinned anew' if changed else 'already the newest'}, {len(lines) - 1} packages")


if __name__ == "__main__":
    main()
