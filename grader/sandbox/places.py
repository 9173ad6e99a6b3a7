"""What the sandbox shows of this machine, and where: neutral paths that name no person and no course."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .limits import Mount

TEMPORARY = "/tmp"
WORK = f"{TEMPORARY}/w"
SHARED_MEMORY = "/dev/shm"
TERMINALS = "/dev/pts"
_OURS = "/opt"
CODE = f"{_OURS}/course"
LESSON = f"{_OURS}/lesson"
_PACKAGES = f"{_OURS}/site"
_PYTHON = f"{_OURS}/python"
_SYSTEM = "/usr"
SYSTEM_LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SYSTEM_FILES = ("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")


@dataclass(frozen=True)
class Places:
    """How a sandbox finds its interpreter and modules.

    Args:
        python: the interpreter's path inside.
        path: folders that are searched for modules, besides the standard library.
        libraries: folder of the interpreter's shared library, "" when it is found without.
        mounts: what must be shown where, outer folders first.
        readable: of the paths above, those that are this machine's own.
    """

    python: str
    path: tuple[str, ...]
    libraries: str
    mounts: tuple[Mount, ...]
    readable: tuple[str, ...]


def at_neutral_paths(mounts: Sequence[Mount], python_path: Sequence[str]) -> Places:
    """Places in a file system of one's own.

    Args:
        mounts: what is to be seen besides the interpreter and the installed packages.
        python_path: folders inside with modules, searched before the packages.
    """
    executable, prefix = _interpreter()
    shown, python, libraries = [*_our_code(), *mounts], str(executable), ""
    if not _is_system(prefix):
        shown.append(Mount(prefix, _PYTHON))
        python = f"{_PYTHON}/{executable.relative_to(prefix)}"
        libraries = f"{_PYTHON}/lib" if sysconfig.get_config_var("Py_ENABLE_SHARED") else ""
    packages = []
    for number, folder in enumerate(_package_folders()):
        if _is_system(folder):
            packages.append(str(folder))
        else:
            packages.append(f"{_PACKAGES}{number or ''}")
            shown.append(Mount(folder, packages[-1]))
    path = dict.fromkeys([*python_path, CODE, *packages])
    return Places(python, tuple(path), libraries, tuple(without_covered(shown)), ())


def where_they_are(mounts: Sequence[Mount], python_path: Sequence[str], stage: str) -> Places:
    """Places in the file system of this machine.

    Args:
        mounts: what is to be seen besides the interpreter and the installed packages.
        python_path: folders with modules, searched before the packages.
        stage: folder below which the mounts will be linked; stands before each of `python_path`.
    """
    executable, prefix = _interpreter()
    shown = tuple(without_covered([*_our_code(), *mounts]))
    packages = [str(folder) for folder in _package_folders()]
    path = dict.fromkeys([*(stage + folder for folder in (*python_path, CODE)), *packages])
    sources = (str(mount.source) for mount in shown)
    readable = (_SYSTEM, *SYSTEM_LINKS, *SYSTEM_FILES, str(prefix), *packages, stage, *sources)
    return Places(str(executable), tuple(path), "", shown, readable)


def _interpreter() -> tuple[Path, Path]:
    """The interpreter behind any virtual environment, and the folder it is installed in."""
    return Path(sys.executable).resolve(), Path(sys.base_prefix).resolve()


def without_covered(mounts: Iterable[Mount]) -> list[Mount]:
    """Mounts by depth, without those that another one shows already."""
    kept: list[Mount] = []
    for mount in sorted(mounts, key=lambda mount: len(PurePosixPath(mount.target).parts)):
        mount = Mount(mount.source.resolve(), mount.target)
        if not any(_covers(other, mount) for other in kept):
            kept.append(mount)
    return kept


def _covers(outer: Mount, inner: Mount) -> bool:
    try:
        rest = PurePosixPath(inner.target).relative_to(outer.target)
    except ValueError:
        return False
    return (outer.source / rest).resolve() == inner.source


def _our_code() -> list[Mount]:
    package = Path(__file__).parents[1]
    return [
        Mount(package / "__init__.py", f"{CODE}/{package.name}/__init__.py"),
        Mount(package / "sandbox", f"{CODE}/{package.name}/sandbox"),
    ]


def _package_folders() -> list[Path]:
    folders = site.getsitepackages()
    if site.ENABLE_USER_SITE:
        folders.insert(0, site.getusersitepackages())
    return [Path(folder).resolve() for folder in dict.fromkeys(folders) if Path(folder).is_dir()]


def _is_system(path: Path) -> bool:
    return path.is_relative_to(_SYSTEM)


def environment(places: Places, home: str) -> dict[str, str]:
    """The variables inside: nothing of the caller's, nothing that says who runs this or why."""
    variables = {
        "CUDA_VISIBLE_DEVICES": "-1",
        "HDF5_USE_FILE_LOCKING": "FALSE",
        "HOME": home,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": os.pathsep.join(dict.fromkeys([str(Path(places.python).parent), "/usr/bin", "/bin"])),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONPATH": os.pathsep.join(places.path),
        "PYTHONSAFEPATH": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TMPDIR": home,
    }
    return variables | ({"LD_LIBRARY_PATH": places.libraries} if places.libraries else {})
