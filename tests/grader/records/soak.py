"""Break runs at random moments and look whether a mark was lost or doubled: `python -m tests.grader.records.soak N`.

Each trial grades the toy class in a child process that something happens to, again and again until a run is left in
peace; then everybody must have exactly the marks of an undisturbed run.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from grader.gradebook import writer as gradebook
from grader.records.ledger import FILE, read_books, read_lines
from tests.grader.toy_course import ToyFactory, grade, hand_in, make_course, placed, scores

CLASS = {f"s{number}": float(number) for number in range(6)}


def broken_rules(course: Path) -> list[str]:
    """What is wrong with the books of a course in which a run has just ended; nothing, if all is well."""
    records = [record for _, record in read_lines(course / "ledger" / FILE) if record is not None]
    finals = Counter(record["id"] for record in records if record["kind"] in ("recorded", "abandoned"))
    wrong = [f"{identity} has {count} final records" for identity, count in finals.items() if count > 1]
    wrong += [f"{identity} has no final record" for identity in read_books(course / "ledger").unfinished]
    waiting = list((course / "ledger" / "spool").glob("*/*"))
    wrong += [f"{path.name} is left in the spool" for path in waiting]
    with sqlite3.connect(course / "gradebook.db") as database:
        twice = "SELECT notebook_id, cell_id FROM grade GROUP BY 1, 2 HAVING count(*) > 1"
        wrong += [f"two grades for one cell: {row}" for row in database.execute(twice)]
    return wrong


def recordings(course: Path) -> Counter[str]:
    """How many gradings of each student were recorded."""
    records = [record for _, record in read_lines(course / "ledger" / FILE) if record is not None]
    return Counter(record["student"] for record in records if record["kind"] == "recorded")


def _kill(course: Path, child: int, chance: random.Random, span: float) -> None:
    time.sleep(chance.uniform(0, span))
    os.kill(child, signal.SIGKILL)


def _interrupt(course: Path, child: int, chance: random.Random, span: float) -> None:
    time.sleep(chance.uniform(0, span))
    os.kill(child, signal.SIGINT)


def _lock(course: Path, child: int, chance: random.Random, span: float) -> None:
    time.sleep(chance.uniform(0, span))
    with sqlite3.connect(course / "gradebook.db", timeout=60) as database:
        database.execute("BEGIN EXCLUSIVE")
        time.sleep(span)
        database.rollback()


def _truncate(course: Path, child: int, chance: random.Random, span: float) -> None:
    """Kill, and lose the end of what was written last, as after a power cut."""
    _kill(course, child, chance, span)
    os.waitpid(child, 0)
    path = course / "ledger" / FILE
    if path.exists():
        last = path.read_bytes().rstrip(b"\n").rpartition(b"\n")[2]
        os.truncate(path, path.stat().st_size - chance.randint(0, len(last)))


def _let_be(course: Path, child: int, chance: random.Random, span: float) -> None:
    """The child does it to itself."""


FAULTS: dict[str, Callable[[Path, int, random.Random, float], None]] = {
    "kill": _kill,
    "interrupt": _interrupt,
    "locked gradebook": _lock,
    "truncated ledger": _truncate,
    "full disk": _let_be,
}
WEIGHTS = (12, 2, 2, 3, 3)


def _run(course: Path, fault: str, chance: random.Random) -> int:
    """One run in a process of its own; the child's exit code."""
    gradebook._PAUSES = (0.02, 0.05, 0.1, 0.2)
    if fault == "full disk":
        left, real = chance.randint(1, 60), os.fsync

        def fsync(file: int) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            real(file)

        os.fsync = fsync
    return grade(course, ToyFactory(pause=0.002)).exit_code


def _in_child(work: Callable[[], int]) -> int:
    """Fork; the child's process id. A fork is a hundred times quicker than a new Python with nbgrader."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        code = work()
    except BaseException:
        if not isinstance(sys.exc_info()[1], KeyboardInterrupt):
            traceback.print_exc()
    finally:
        os._exit(code)


def trial(template: Path, course: Path, chance: random.Random, span: float) -> tuple[Counter[str], list[str]]:
    """Disturb a course until a run is left in peace.

    Args:
        template: a course with submissions and no marks.
        course: a folder that becomes a copy of it.
        chance: of what happens when.
        span: seconds that an undisturbed run takes.

    Returns:
        How often each fault was injected, and what is wrong after the last run.
    """
    shutil.copytree(template, course)
    injected: Counter[str] = Counter()
    for _ in range(chance.randint(1, 4)):
        (fault,) = chance.choices(list(FAULTS), WEIGHTS)
        draw = chance.random()
        child = _in_child(lambda fault=fault, draw=draw: _run(course, fault, random.Random(draw)))
        try:
            FAULTS[fault](course, child, chance, span)
            os.waitpid(child, 0)
        except (ChildProcessError, ProcessLookupError):  # it had ended before, or was waited for
            pass
        injected[fault] += 1
    wrong = []
    _, status = os.waitpid(_in_child(lambda: grade(course).exit_code), 0)
    if status:
        wrong.append(f"the undisturbed run ended with {os.waitstatus_to_exitcode(status)}")
    expected = {(s, f"check_{n}"): points for s, points in CLASS.items() for n in ("alpha", "beta")}
    found = {key: score for key, score in scores(course).items() if key[1].startswith("check")}
    wrong += [
        f"mark of {key}: {found.get(key)}, not {points}" for key, points in expected.items() if found.get(key) != points
    ]
    wrong += [f"a mark nobody earned: {key}" for key in found.keys() - expected.keys()]
    if len(placed(course)) != 2 * len(CLASS):
        wrong.append(f"{len(placed(course))} notebooks in autograded/")
    doubled = [student for student, count in recordings(course).items() if count > 1]
    if not injected["truncated ledger"]:  # only a ledger that lost a line has reason to record twice
        wrong += [f"{student} was recorded twice" for student in doubled]
    return injected, wrong + broken_rules(course)


def soak(faults: int, seed: int, say: Callable[[str], None]) -> tuple[Counter[str], list[str]]:
    """Trials until so many faults were injected.

    Args:
        faults: how many at least.
        seed: of chance.
        say: told about progress.
    """
    chance, injected, wrong = random.Random(seed), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        template = make_course(Path(folder) / "template")
        for student, points in CLASS.items():
            hand_in(template, student, points)
        span = _span(template, Path(folder) / "timed")
        number = 0
        while sum(injected.values()) < faults:
            number += 1
            course = Path(folder) / f"trial{number}"
            more, broken = trial(template, course, chance, span)
            injected += more
            wrong += [f"trial {number} ({dict(more)}): {text}" for text in broken]
            shutil.rmtree(course)
            if number % 20 == 0:
                say(f"{sum(injected.values())} faults, {len(wrong)} things wrong")
    return injected, wrong


def _span(template: Path, course: Path) -> float:
    shutil.copytree(template, course)
    started = time.monotonic()
    os.waitpid(_in_child(lambda: grade(course, ToyFactory(pause=0.002)).exit_code), 0)
    return time.monotonic() - started


def main(arguments: list[str]) -> int:
    """Soak with as many faults as the first argument says, and the second as seed."""
    faults = int(arguments[0]) if arguments else 300
    seed = int(arguments[1]) if len(arguments) > 1 else random.randrange(10**6)
    injected, wrong = soak(faults, seed, lambda text: print(text, flush=True))
    print("\n".join(wrong))
    told = ", ".join(f"{count} {fault}" for fault, count in sorted(injected.items()))
    print(f"{sum(injected.values())} faults (seed {seed}): {told}. Lost, doubled or left over: {len(wrong)}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
