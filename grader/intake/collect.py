"""Unpack what students uploaded, for `nbgrader zip_collect`: notebooks only, bounded; a bad archive stops nobody."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from nbgrader.plugins import ExtractorPlugin

from .names import odd_name, printable
from .submission import MOST_BYTES, MOST_NOTEBOOKS

_MOST_ENTRIES = 2000


class BadArchive(Exception):
    """An archive that is not unpacked; the text says why."""


class NotebookArchives(ExtractorPlugin):  # type: ignore[misc]
    """One zip a student, named <student>.zip; of it the notebooks, laid side by side in a folder of that name.

    Of two notebooks with one name the one nearer the top counts. Links and odd names are left out and named in the log.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack every archive of a folder.

        Args:
            archive_path: folder with the archives.
            extracted_path: folder that gets one folder a student.
        """
        for path in sorted(Path(archive_path).iterdir()):
            folder = Path(extracted_path) / path.stem
            try:
                for name, content in self._notebooks(path):
                    folder.mkdir(parents=True, exist_ok=True)
                    (folder / name).write_bytes(content)
            except Exception as why:  # the library fails in many ways at broken archives, and not only as it says
                self.log.warning(
                    "%s was left out: %s", printable(path.name), printable(str(why)) or "it cannot be read"
                )

    def _notebooks(self, path: Path) -> Iterator[tuple[str, bytes]]:
        if path.suffix != ".zip" or odd_name(path.stem) or not stat.S_ISREG(path.lstat().st_mode):
            raise BadArchive("it is no file named <student>.zip")
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES:
                raise BadArchive(f"it has more than {_MOST_ENTRIES:,} entries")
            taken: set[str] = set()
            for entry in sorted(entries, key=lambda entry: entry.filename.count("/")):
                name = PurePosixPath(entry.filename.replace("\\", "/")).name
                if entry.is_dir() or not name.lower().endswith(".ipynb"):
                    continue
                if odd_name(name) or name in taken or not _is_file(entry) or len(taken) >= MOST_NOTEBOOKS:
                    self.log.warning("%s: %s was left out", printable(path.name), printable(entry.filename))
                    continue
                with archive.open(entry) as file:  # the size that the archive claims proves nothing
                    content = file.read(MOST_BYTES + 1)
                taken.add(name)
                yield name, content


def _is_file(entry: zipfile.ZipInfo) -> bool:
    mode = entry.external_attr >> 16
    return not stat.S_IFMT(mode) or stat.S_ISREG(mode)
