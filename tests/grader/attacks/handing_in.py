"""Class C: folders and archives that were tampered with, up to who handed in and when."""

from __future__ import annotations

import io
import logging
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets.config.loader import PyFileConfigLoader

from grader.intake.collect import NotebookArchives
from grader.intake.submission import take_in

from .assignment import FULL, NAME, RIGHT, WEEK
from .case import Attack, Outcome, damages, gains, learns
from .ground import VICTIM, Ground
from .probe import either, is_ours
from .tampering import goes_astray

_COURSE = Path(__file__).resolve().parents[3]
_BOMB = 100 << 20
_MOST_GROWTH = 250 << 20
Place = Callable[[Path, Path], None]


def _notebook(folder: Path) -> Path:
    return folder / f"{NAME}.ipynb"


def _in_its_place(make: Callable[[Path, Path], object]) -> Place:
    """Put something else where the notebook should be; `make` is told that path and the victim's notebook."""

    def place(folder: Path, root: Path) -> None:
        _notebook(folder).unlink()
        make(_notebook(folder), root / "submitted" / VICTIM / WEEK / f"{NAME}.ipynb")

    return place


def _opens(name: str, place: Place) -> Callable[[Ground], Outcome]:
    """Control: a reader that opens whatever is there, in a process that is ended after a second."""

    def control(ground: Ground) -> Outcome:
        folder = ground.hand_in(f"student-{name}", Attack(name, "", gains, place=place))
        program = (
            f"import resource\nresource.setrlimit(resource.RLIMIT_AS, ({_BOMB}, {_BOMB}))\n"
            f"open({str(_notebook(folder))!r}, 'rb').read()"
        )
        process = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
        try:
            ended = process.wait(1)
        except subprocess.TimeoutExpired:
            ended = None
            process.kill()
            process.wait()
        return Outcome(None, "", extra={"astray": ended != 0})

    return control


def _sparse(path: Path, victim: Path) -> None:
    with path.open("wb") as file:
        file.truncate(600_000_000)


def _large(path: Path, victim: Path) -> None:
    with path.open("wb") as file:
        for _ in range(30):
            file.write(b"[]," * 350_000)
    os.truncate(path, _BOMB + 1)


def _odd(name: str, title: str, make: Callable[[Path, Path], object]) -> Attack:
    place = _in_its_place(make)
    return Attack(name, title, goes_astray, place=place, control=_opens(name, place))


# ---- links -----------------------------------------------------------------------------------------------------


def _link_beside(folder: Path, root: Path) -> None:
    for name in ("notes.ipynb", "notes.txt", "notes.html"):
        (folder / name).symlink_to(root / "source" / WEEK / f"{NAME}.ipynb")


def _copies(ground: Ground) -> Outcome:
    """Control: what lies beside the notebook is copied for the student, as nbgrader does with feedback."""
    folder = ground.hand_in("student-C5b", Attack("C5b", "", learns, place=_link_beside))
    feedback = ground.folder("student-C5b", "feedback")
    shutil.copytree(folder, feedback)
    visible = "".join(path.read_text(encoding="utf-8") for path in feedback.iterdir())
    return Outcome(None, visible, ground.assignment.secrets)


def _folder_link(folder: Path, root: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(root / "submitted" / VICTIM / WEEK)


# ---- a race ----------------------------------------------------------------------------------------------------


class _Swap:
    """Puts a link and a harmless notebook in the same place by turns."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread()

    def begin(self, folder: Path, root: Path) -> None:
        self.end()
        self._over = threading.Event()
        self.root, self.student, over = root, folder.parent.name, self._over
        path, other = _notebook(folder), folder / "other"
        victim, own = root / "submitted" / VICTIM / WEEK / f"{NAME}.ipynb", _notebook(folder).read_bytes()
        self.wanted = victim.read_bytes()

        def swap() -> None:
            while not over.is_set() and folder.is_dir():
                try:
                    other.symlink_to(victim)
                    other.replace(path)
                    other.write_bytes(own)
                    other.replace(path)
                except OSError:
                    time.sleep(0.01)

        self._thread = threading.Thread(target=swap, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()

    def control(self, ground: Ground) -> Outcome:
        """Control: it looks whether it is a link, and opens it after that."""
        folder = ground.hand_in("student-C10", Attack("C10", "", gains, place=self.begin))
        end, marks = time.monotonic() + 5, 0.0
        while not marks and time.monotonic() < end:
            if not _notebook(folder).is_symlink() and _notebook(folder).read_bytes() == self.wanted:
                marks = FULL
        self.end()
        return Outcome({"all": marks}, "")

    def won(self, outcome: Outcome) -> bool:
        """Ours besides is asked what it reads until it has met both many times."""
        if not is_ours(outcome):
            return gains(outcome)
        folder = outcome.extra["folder"]
        self.end()
        folder.mkdir(parents=True, exist_ok=True)
        _notebook(folder).unlink(missing_ok=True)
        _notebook(folder).write_bytes(b"{}")
        self.begin(folder, self.root)
        read: list[dict[str, bytes]] = []
        end = time.monotonic() + 20
        while time.monotonic() < end and min(sum(map(bool, read)), sum(not files for files in read)) < 50:
            read.append(dict(take_in(self.root / "submitted", self.student, WEEK, [NAME]).job.files))
        self.end()
        shutil.rmtree(folder.parent, ignore_errors=True)
        return gains(outcome) or not any(read) or any(files not in ({}, {f"{NAME}.ipynb": b"{}"}) for files in read)


_SWAP = _Swap()


# ---- archives and names ----------------------------------------------------------------------------------------

_NAMES = (
    "../../victim/week0/toy.ipynb",
    "/tmp/../tmp/escaped.ipynb",
    "..\\..\\victim\\toy.ipynb",
    "a/../../../victim/week0/more.ipynb",
    "\uff0e\uff0e\uff0fvictim.ipynb",
    "\u2025/victim.ipynb",
    "-rf.ipynb",
    ".hidden.ipynb",
    "a\nb.ipynb",
    "\x1b]0;x\x07.ipynb",
    "\u202egpj.ipynb",
    "con:aux.ipynb",
    "~/victim.ipynb",
    "$(touch x).ipynb",
    "`id`.ipynb",
    "a;b|c.ipynb",
    "x" * 200 + ".ipynb",
    " .ipynb",
    "..ipynb",
    "\x7f.ipynb",
)


def _zip_of(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def _odd_names(folder: Path, root: Path) -> None:
    for name in _NAMES:
        if "/" not in name:
            (folder / name).write_bytes(_notebook(folder).read_bytes())
    (folder / "more.zip").write_bytes(_zip_of(dict.fromkeys(_NAMES, b"{}")))


def _joins(ground: Ground) -> Outcome:
    """Control: entries of an archive are written where their names say, below this copy of the course only."""
    before, folder = ground.state(""), ground.folder("student-C7a")
    folder.mkdir(parents=True)
    for name in _NAMES:
        target = Path(os.path.normpath(folder / name))
        if ground.root in target.parents and target.parent.is_dir():
            target.write_bytes(b"{}")
    after = ground.state("student-C7a")
    return Outcome({}, "", damage=tuple(key for key in before if after.get(key, "") != before[key] and VICTIM in key))


def _shows_names(ground: Ground) -> Outcome:
    """Control: a log line with the name of each file."""
    folder = ground.hand_in("student-C7b", Attack("C7b", "", _unprintable, place=_odd_names))
    return Outcome({}, "", notes=" ".join(f"read {path.name}" for path in sorted(folder.iterdir())))


def _unprintable(outcome: Outcome) -> bool:
    return not all(char.isprintable() for char in outcome.notes)


_ZEROS = _zip_of({"zeros.ipynb": bytes(_BOMB + 1)})


def _bombs(folder: Path, root: Path) -> None:
    (folder / "bomb.zip").write_bytes(_ZEROS)
    (folder / "nested.zip").write_bytes(_zip_of({f"{n}.zip": _ZEROS for n in range(10)}))
    _measure()


def _unpacks(ground: Ground) -> Outcome:
    """Control: an archive is unpacked as it comes, 100 MB out of 100 kB."""
    folder = ground.hand_in("student-C8a", Attack("C8a", "", _swells, place=_bombs))
    with zipfile.ZipFile(folder / "bomb.zip") as archive:
        archive.extractall(folder)
    size = sum(path.stat().st_size for path in folder.iterdir())
    return Outcome({}, "", extra={"size": size})


def _swells(outcome: Outcome) -> bool:
    """The control's folder grew; ours must not, nor the process of ours."""
    if not is_ours(outcome):
        return bool(outcome.extra["size"] >= _BOMB)
    return _own("VmHWM") - _before[0] > _MOST_GROWTH


_before: list[int] = []


def _measure() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    _before[:] = [_own("VmRSS")]


def _own(field: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"\n{field}:")[2].split()[0]) << 10


_MANY_LISTS = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {"x": [' + b"[]," * (20 << 18) + b"[]]}, "
_MANY_LISTS += b'"cells": []}'


def _parses_large(ground: Ground) -> Outcome:
    """Control: 16 MB of lists within lists read where 300 MB are to be had; in a process of its own."""
    folder = ground.hand_in("student-C8b", Attack("C8b", "", _swells, raw=_MANY_LISTS))
    program = (
        f"import json, resource\nresource.setrlimit(resource.RLIMIT_AS, ({300 << 20}, {300 << 20}))\n"
        f"json.load(open({str(_notebook(folder))!r}))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    return Outcome(None, "", extra={"astray": ended.returncode != 0, "size": _BOMB})


# ---- who and when ----------------------------------------------------------------------------------------------


def _collector(*, ours: bool) -> FileNameCollectorPlugin:
    """What tells students by the paths of the files that were unpacked: with the course's setting, or a lax one."""
    if ours:
        config = PyFileConfigLoader("nbgrader_config.py", path=str(_COURSE)).load_config()
        return FileNameCollectorPlugin(config=config)
    lax = r".*[/\\](?P<student_id>[^/\\]+)[/\\](?P<timestamp>[\d-]*)_?(?P<file_id>[^/\\]+)\.(ipynb|txt)$"
    return FileNameCollectorPlugin(named_regexp=lax, valid_ext=[".ipynb", ".txt"])


_UNPACKED = "/srv/extracted/courses/downloaded/week0/extracted/eve"


def _collected(outcome: Outcome, *paths: str) -> list[dict[str, str]]:
    found = [_collector(ours=is_ours(outcome)).collect(f"{_UNPACKED}/{path}") for path in paths]
    return [each for each in found if each]


def _is_somebody_else(outcome: Outcome) -> bool:
    paths = (f"{NAME}.ipynb", f"victim/{NAME}.ipynb", f"extracted/victim/{NAME}.ipynb")
    paths += (f"downloaded/week0/extracted/victim/{NAME}.ipynb", f"extracted\\victim\\{NAME}.ipynb")
    found = _collected(outcome, *paths)
    return {each["student_id"] for each in found} != {"eve"} or damages(outcome)


def _collects(plugin: type, archives: dict[str, bytes]) -> tuple[str, ...]:
    """What goes wrong when archives are unpacked for all students."""
    with tempfile.TemporaryDirectory() as folder:
        for place in ("archive", "extracted"):
            (Path(folder) / place).mkdir()
        for name, content in {**archives, "zoe.zip": _zip_of({f"{NAME}.ipynb": b"{}"})}.items():
            (Path(folder) / "archive" / name).write_bytes(content)
        quiet = logging.Logger("collecting", logging.CRITICAL)
        try:
            plugin(log=quiet).extract(f"{folder}/archive", f"{folder}/extracted")
        except Exception as error:
            return (f"the collecting: {error}",)
        sizes = [path.stat().st_size for path in Path(folder).glob("extracted/**/*") if path.is_file()]
        found = {str(path.relative_to(folder)) for path in Path(folder).glob("extracted/*/*.ipynb")}
    lost = () if f"extracted/zoe/{NAME}.ipynb" in found else ("the work of another",)
    return (*lost, *(("the disk",) if sum(sizes) > _BOMB else ()))


def _breaks_collecting(**archives: bytes) -> dict[str, Any]:
    """An attack on `nbgrader zip_collect`; the control is nbgrader's own unpacking."""
    files = {f"{name}.zip": content for name, content in archives.items()}
    return {
        "wins": lambda outcome: damages(outcome) or (is_ours(outcome) and bool(_collects(NotebookArchives, files))),
        "control": lambda ground: Outcome({}, "", damage=_collects(ExtractorPlugin, files)),
    }


def _brings_a_time(outcome: Outcome) -> bool:
    found = _collected(
        outcome, "timestamp.txt", f"1999-01-01_{NAME}.ipynb", f"1999-01-01-00-00-00_attempt_{NAME}.ipynb"
    )
    return any(each.get("timestamp") or each["file_id"] == "timestamp" for each in found)


def _nothing(ground: Ground) -> Outcome:
    """Control: the question itself asks a collector with a lax setting."""
    return Outcome({}, "")


def _notes_a_time(folder: Path, root: Path) -> None:
    (folder / "timestamp.txt").write_text("2020-01-01 00:00:00 ../../../../../etc/passwd\x1b[2J", encoding="utf-8")


def _believes_time(ground: Ground) -> Outcome:
    """Control: what the file says is the time, and goes into the log."""
    folder = ground.hand_in("student-C11b", Attack("C11b", "", _unprintable, place=_notes_a_time))
    return Outcome({}, "", notes=f"handed in at {(folder / 'timestamp.txt').read_text(encoding='utf-8')}")


# ---- files that are programs -----------------------------------------------------------------------------------


class _Writes:
    """Unpickled it appends to the victim's notebook."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.system, (f"echo changed >> '{self._path}'",)


def _programs(folder: Path, root: Path) -> None:
    victim = root / "submitted" / VICTIM / WEEK / f"{NAME}.ipynb"
    text = f"import os\nos.system(\"echo changed >> '{victim}'\")\nc = get_config()\n"
    for name in ("nbgrader_config.py", "jupyter_config.py", "ipython_config.py", "sitecustomize.py", "conftest.py"):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "data.pkl").write_bytes(pickle.dumps(_Writes(victim)))
    np.save(folder / "weights.npy", np.array([_Writes(victim)], dtype=object), allow_pickle=True)


def _loads(name: str, load: Callable[[Path], object]) -> Callable[[Ground], Outcome]:
    """Control: a file of the folder is taken for what its name says."""

    def control(ground: Ground) -> Outcome:
        folder = ground.hand_in(f"student-{name}", Attack(name, "", damages, place=_programs))
        victim = ground.folder(VICTIM) / f"{NAME}.ipynb"
        before = victim.read_bytes()
        load(folder)
        return Outcome({}, "", damage=(VICTIM,) if victim.read_bytes() != before else ())

    return control


def _config(folder: Path) -> object:
    return PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()


def _array(folder: Path) -> object:
    return np.load(folder / "weights.npy", allow_pickle=True)


def _object(folder: Path) -> object:
    return pickle.loads((folder / "data.pkl").read_bytes())


_HARD = _in_its_place(lambda path, victim: path.hardlink_to(victim))
_LINK = _in_its_place(lambda path, victim: path.symlink_to(victim))
ATTACKS = [
    Attack("C5a", "a link to another student's notebook", gains, place=_LINK),
    Attack("C5b", "links to the source beside the notebook", learns, place=_link_beside, control=_copies),
    Attack("C5c", "a link in place of the folder", gains, place=_folder_link),
    Attack("C6a", "a hard link to another student's notebook", gains, place=_HARD),
    _odd("C6b", "a named pipe", lambda path, victim: os.mkfifo(path)),
    _odd("C6c", "a link to a device that never ends", lambda path, victim: path.symlink_to("/dev/zero")),
    _odd("C6d", "a folder", lambda path, victim: path.mkdir()),
    _odd("C6e", "a file of 600 MB that takes no room", _sparse),
    _odd("C6f", "a file of 100 MB", _large),
    Attack(
        "C7a", "names that lead elsewhere, in the folder and in an archive", damages, place=_odd_names, control=_joins
    ),
    Attack("C7b", "names that write on the screen", _unprintable, place=_odd_names, control=_shows_names),
    Attack("C8a", "archives that are small until they are unpacked", _swells, place=_bombs, control=_unpacks),
    Attack(
        "C8b",
        "16 MB of text that take 400 MB when they are read",
        either(goes_astray, _swells),
        raw=_MANY_LISTS,
        place=lambda folder, root: _measure(),
        control=_parses_large,
    ),
    Attack(
        "C7c", "an archive that leads out of its folder stops all", **_breaks_collecting(eve=_zip_of({"../x": b""}))
    ),
    Attack("C7d", "an archive that is none stops all", **_breaks_collecting(eve=b"junk")),
    Attack("C8c", "an archive in an archive in an archive", **_breaks_collecting(eve=_zip_of({"b.zip": _ZEROS}))),
    Attack("C10", "the notebook is exchanged while it is read", _SWAP.won, place=_SWAP.begin, control=_SWAP.control),
    Attack("C11a", "a time of handing in that the student wrote", _brings_a_time, control=_nothing),
    Attack(
        "C11b", "a note of the time that leads elsewhere", _unprintable, place=_notes_a_time, control=_believes_time
    ),
    Attack("C12", "work for somebody else, by the folders of an archive", _is_somebody_else, control=_nothing),
    *(
        Attack(name, title, damages, place=_programs, control=_loads(name, load), cells=RIGHT, deserved=FULL)
        for name, title, load in (
            ("C13b", "settings of nbgrader in the folder, which are a program", _config),
            ("C14a", "an array that is a program", _array),
            ("C14b", "an object that is a program", _object),
        )
    ),
]
