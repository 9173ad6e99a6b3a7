"""Notebooks on their way to autograded/: safely on the disk before the ledger says so, moved when the marks are in."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from grader.run.trouble import DiskTrouble


class Spool:
    """The folder ledger/spool/, with one folder in it for each grading that is not recorded yet."""

    def __init__(self, ledger: Path) -> None:
        self._folder = ledger / "spool"

    def put(self, identity: str, notebooks: Mapping[str, bytes]) -> dict[str, str]:
        """Write notebooks, by name without ending, and wait until they are on the disk.

        Returns:
            SHA-256 of each, hexadecimal.

        Raises:
            DiskTrouble: they could not be written.
        """
        place = self._folder / identity
        try:
            place.mkdir(parents=True, exist_ok=True)
            for name, content in notebooks.items():
                with (place / f"{name}.ipynb").open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            _sync_folder(place)
        except OSError as error:
            self.drop(identity)
            raise DiskTrouble(f"{place} cannot be written ({error.strerror})") from None
        return {name: _sum(content) for name, content in notebooks.items()}

    def deliver(self, identity: str, sums: Mapping[str, str], target: Path, mode: int) -> bool:
        """Move a grading's notebooks to their place, and take away those of earlier gradings.

        Args:
            identity: of the grading.
            sums: what `put` returned; notebooks that are in their place already are left there.
            target: autograded/<student>/<week>.
            mode: permissions of the notebooks.

        Returns:
            Whether all are in their place; if not, the spool has lost one.

        Raises:
            DiskTrouble: a file could not be moved; it can be tried again.
        """
        place = self._folder / identity
        try:
            if sums:
                target.mkdir(parents=True, exist_ok=True)
            for name, expected in sums.items():
                waiting, end = place / f"{name}.ipynb", target / f"{name}.ipynb"
                if waiting.is_file() and _sum(waiting.read_bytes()) == expected:
                    waiting.chmod(mode)
                    waiting.replace(end)
                elif not end.is_file() or _sum(end.read_bytes()) != expected:
                    return False
            for old in target.glob("*.ipynb"):
                if old.stem not in sums:
                    old.unlink()
            if sums:
                _sync_folder(target)
            else:  # formgrader takes a folder for graded work
                target.joinpath("timestamp.txt").unlink(missing_ok=True)
                with suppress(OSError):
                    target.rmdir()
        except OSError as error:
            raise DiskTrouble(f"{error.filename or target} cannot be written ({error.strerror})") from None
        return True

    def drop(self, identity: str) -> None:
        """Remove what is left of a grading."""
        shutil.rmtree(self._folder / identity, ignore_errors=True)

    def keep_only(self, identities: set[str]) -> None:
        """Remove what runs left behind that were killed before the ledger knew of it."""
        with suppress(FileNotFoundError):
            for entry in self._folder.iterdir():
                if entry.name not in identities:
                    self.drop(entry.name)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
