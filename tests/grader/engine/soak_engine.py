"""Kill processes of the engine at random moments while it grades: `python -m tests.grader.engine.soak_engine N`.

Workers, examiners, their inits and the warm processes behind them are killed from outside. Whatever is hit, a
submission gets the marks of an undisturbed run, or is told to have failed by us and gets them when it is graded again.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psutil

from grader.engine import Engine
from grader.engine.examination import EngineFault
from grader.sandbox import SandboxError
from tests.grader.small_plan import PLAN, RIGHT, hand_in

HALF = {**RIGHT, "total": "def total(values):\n    return 0"}
SLOW = "import time\n\ndef double(x):\n    time.sleep(0.02)\n    return 2 * x"
CLASS = [RIGHT, HALF, {**RIGHT, "double": SLOW}, {}]


class Reaper:
    """Kills one of our descendants now and then.

    Args:
        faults: how many to kill.
        chance: of whom and when.
    """

    def __init__(self, faults: int, chance: random.Random) -> None:
        self.left = faults
        self.killed: Counter[str] = Counter()
        self._chance = chance
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def __enter__(self) -> Reaper:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while self.left > 0 and not self._stop.wait(self._chance.uniform(0.0, 0.5)):
            found = psutil.Process().children(recursive=True)
            if not found:
                continue
            victim = self._chance.choice(found)
            try:
                depth = len(victim.parents())
                victim.kill()
            except psutil.Error:
                continue
            self.killed[f"depth {depth}"] += 1
            self.left -= 1


def soak(faults: int, seed: int, say: Callable[[str], None]) -> tuple[Counter[str], list[str], int]:
    """Grade until so many processes were killed.

    Args:
        faults: how many at least.
        seed: of chance.
        say: told about progress.

    Returns:
        What was killed, what is wrong, and how many gradings were done.
    """
    wrong: list[str] = []
    with Engine(PLAN, lambda *about: seed) as engine:
        expected = [engine.grade(hand_in(answers)) for answers in CLASS]
        number = 0

        def one(index: int) -> None:
            for _ in range(20):  # a person who runs it again, as often as it takes
                try:
                    got = engine.grade(hand_in(CLASS[index]))
                    break
                except (EngineFault, SandboxError):
                    time.sleep(0.05)
            else:
                wrong.append(f"submission {index} was never graded")
                return
            if got.verdict != expected[index].verdict:
                wrong.append(f"submission {index}: {got.verdict} instead of {expected[index].verdict}")

        with ThreadPoolExecutor(2) as pool, Reaper(faults, random.Random(seed)) as reaper:
            while reaper.left > 0:
                list(pool.map(one, range(len(CLASS))))
                number += len(CLASS)
                if number % 80 == 0:
                    say(f"{sum(reaper.killed.values())} killed, {number} graded, {len(wrong)} things wrong")
    return reaper.killed, wrong, number


def main(arguments: list[str]) -> int:
    """Run it and print what came of it."""
    faults = int(arguments[0]) if arguments else 150
    seed = int(arguments[1]) if len(arguments) > 1 else random.randrange(10**6)
    print(f"seed {seed}", flush=True)
    killed, wrong, number = soak(faults, seed, lambda line: print(line, flush=True))
    print(f"{sum(killed.values())} processes killed ({dict(killed)}) while {number} submissions were graded.")
    for text in wrong[:20]:
        print(text)
    print(f"Lost or changed: {len(wrong)}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
