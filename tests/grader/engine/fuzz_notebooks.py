"""Mutated notebooks against the engine: `python -m tests.grader.engine.fuzz_notebooks N` counts what comes of them."""

import copy
import json
import os
import random
import resource
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from grader.engine import Engine
from grader.job import Job
from tests.grader.small_plan import PLAN, RIGHT, notebook

ALLOWED = {"graded", "graded with limits", "refused", "not handed in"}
_ODD = [None, 3, -1, 1e300, "", "\x00", "\ud800", [], {}, True, ["a", 2], {"grade_id": ["x"]}, "x" * 5000]


def mutated(rng: random.Random) -> bytes:
    """The solved notebook with something wrong in its data, anywhere."""
    data = notebook(RIGHT)
    for _ in range(rng.randint(1, 5)):
        place = data
        while place:
            key = rng.choice(list(place) if isinstance(place, dict) else range(len(place)))
            if isinstance(place[key], (dict, list)) and place[key] and rng.random() < 0.85:
                place = place[key]
                continue
            place[key] = copy.deepcopy(rng.choice(_ODD))
            break
    text = json.dumps(data).encode()
    if rng.random() < 0.2:
        cut = rng.randrange(len(text))
        text = text[:cut] + rng.randbytes(rng.randrange(9)) + text[cut + rng.randrange(9) :]
    return text


def fuzz(engine: Engine, number: int, seed: int) -> Counter[str]:
    """States that so many mutated notebooks end in; any exception ends it."""
    rng = random.Random(seed)
    jobs = (Job(f"s{i}", "week0", {"small.ipynb": mutated(rng)}) for i in range(number))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return Counter(result.verdict.sheets[0].state for result in pool.map(engine.grade, jobs))


if __name__ == "__main__":
    with Engine(PLAN, lambda *about: 1) as warm:
        states = fuzz(warm, int(sys.argv[1]) if len(sys.argv) > 1 else 1000, random.randrange(10**6))
    print(dict(states), f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB at most")
    sys.exit(0 if set(states) <= ALLOWED else 1)
