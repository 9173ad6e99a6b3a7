"""Remake every file of `helpers/data/files/` from pinned and hashed packages.

    python -m tools.vendor_data            write the files
    python -m tools.vendor_data --check    make them in a scratch folder and compare with what is committed

The packages live in an environment of their own below `build/`; the course itself never imports them.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tools import vendor_debian
from tools.vendor_compare import differences

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "helpers" / "data" / "files"
REQUIREMENTS = ROOT / "tools" / "vendor_requirements.txt"
SOURCE_REQUIREMENTS = ROOT / "tools" / "vendor_source_requirements.txt"
ENVIRONMENT = ROOT / "build" / "vendor-env"
PACKAGES = ROOT / "build" / "vendor-packages"


class VendorError(RuntimeError):
    """Something outside this script is missing; the message says what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.vendor_data", description="Remake helpers/data/files/.")
    parser.add_argument("--check", action="store_true", help="compare with what is committed instead of writing")
    check: bool = parser.parse_args(arguments).check
    try:
        python = prepare_environment(ENVIRONMENT, REQUIREMENTS, SOURCE_REQUIREMENTS)
        with tempfile.TemporaryDirectory() as scratch:
            made = Path(scratch)
            make_files(python, made)
            if check:
                return report(differences(made, FILES))
            FILES.mkdir(parents=True, exist_ok=True)
            for path in sorted(made.iterdir()):
                shutil.copyfile(path, FILES / path.name)
            print(f"wrote {len(list(made.iterdir()))} files to {FILES.relative_to(ROOT)}; update CREDITS.md if new")
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def prepare_environment(folder: Path, requirements: Path, source_requirements: Path) -> Path:
    """Install the pinned packages into `folder`, unless they already are there.

    Args:
        folder: where the virtual environment lies; made anew when the requirements changed.
        requirements: pip requirements with a sha256 for each file; wheels only, one of them setuptools.
        source_requirements: the same for packages that come as source; that setuptools builds them, and pip fetches
            nothing else for it.

    Returns:
        The environment's Python.

    Raises:
        VendorError: the environment cannot be made or a package not be installed.
    """
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pins = requirements.read_bytes() + source_requirements.read_bytes()
    stamp, wanted = folder / "requirements.sha256", hashlib.sha256(pins).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    print("installing the source packages (about 135 MB the first time)", flush=True)
    try:
        venv.create(folder, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise VendorError(f"Cannot make a virtual environment ({error}). Is Python's venv module installed?") from error
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    wheels = ["--only-binary", ":all:", "-r", str(requirements)]
    sources = ["--no-binary", ":all:", "--no-build-isolation", "--use-pep517", "-r", str(source_requirements)]
    for wanted_files in (wheels, sources):
        if subprocess.run([*install, "--require-hashes", *wanted_files], check=False).returncode:
            raise VendorError("pip could not install the source packages: see its message above (is there a network?).")
    stamp.write_text(wanted, encoding="utf-8")
    return python


def make_files(python: Path, target: Path) -> None:
    """Run the recipes with the environment's own Python, writing into `target`."""
    try:
        package = vendor_debian.fetch(PACKAGES)
    except vendor_debian.FetchError as error:
        raise VendorError(str(error)) from error
    recipes: tuple[list[str | Path], ...] = (
        ["tools.vendor_recipes", target],
        ["tools.vendor_photos", package, target],
    )
    for recipe in recipes:
        if subprocess.run([python, "-m", *recipe], cwd=ROOT, check=False).returncode:
            raise VendorError("a recipe failed: see its message above.")


def report(found: list[str]) -> int:
    """Print the differences and say what mends them; returns the exit status."""
    for line in found:
        print(line)
    print("run `python -m tools.vendor_data` to mend this" if found else "vendored data is up to date")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
