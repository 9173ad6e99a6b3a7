"""Prove that source/ and release/ are what course/ builds: `python -m tools.check_built`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .build_gallery import GALLERY, gallery
from .build_notebooks import build
from .release_notebooks import release
from .syllabus import ROOT, read_syllabus


def stale(root: Path = ROOT) -> list[str]:
    """One line for each committed notebook that differs from a fresh build, with the command that mends it."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        build(root / "course", fresh / "source", fresh / "release")
        for week in read_syllabus(root / "course" / "syllabus.toml").weeks:
            release(week.id, fresh / "source", fresh / "release")
        lines = _differences(root, fresh, "source", "make notebooks")
        return lines + _differences(root, fresh, "release", "make release") + _stale_gallery(root)


def _stale_gallery(root: Path) -> list[str]:
    path = root / GALLERY
    if path.exists() and path.read_text(encoding="utf-8") == gallery(path.parent):
        return []
    return [f"{GALLERY} is not what the manuscripts beside it build: run make notebooks"]


def _differences(root: Path, fresh: Path, stage: str, command: str) -> list[str]:
    built = {path.relative_to(fresh) for path in (fresh / stage).rglob("*.ipynb")}
    found = {
        path.relative_to(root) for path in (root / stage).rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
    }
    lines = [f"{path} is missing: run {command}" for path in sorted(built - found)]
    lines += [f"{path} has no manuscript: delete it, or add it to course/" for path in sorted(found - built)]
    for path in sorted(built & found):
        if (root / path).read_bytes() != (fresh / path).read_bytes():
            hint = f", or make adopt NB={path} if you edited the notebook" if stage == "source" else ""
            lines.append(f"{path} is not what course/ builds: run {command}{hint}")
    return lines


def _files(root: Path, stage: str) -> set[Path]:
    paths = (path.relative_to(root) for path in (root / stage).rglob("*") if path.is_file())
    return {path for path in paths if ".ipynb_checkpoints" not in path.parts}


if __name__ == "__main__":
    problems = stale()
    sys.exit("\n".join(problems) if problems else print("source/ and release/ are current"))
