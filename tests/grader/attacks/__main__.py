"""Run the corpus: one line an attack, exit code 0 if all were held and every control fell. Arguments are ids to run."""

from __future__ import annotations

import sys
import time

from . import corpus
from .arena import Arena


def main(wanted: list[str]) -> int:
    """Run all attacks, or those whose ids are given."""
    attacks = [attack for attack in corpus() if not wanted or attack.id in wanted]
    held, started = 0, time.monotonic()
    with Arena() as arena:
        for attack in attacks:
            before = time.monotonic()
            faults = arena.faults(attack)
            held += not faults
            took = time.monotonic() - before
            print(f"{attack.id:8} {'held' if not faults else 'FAILED':7} {took:5.1f} s  {attack.title}", flush=True)
            for fault in faults:
                print(f"{'':17}{fault}", flush=True)
    print(f"{held} of {len(attacks)} held ({time.monotonic() - started:.0f} s).")
    return 0 if held == len(attacks) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
