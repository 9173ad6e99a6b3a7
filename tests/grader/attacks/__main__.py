"""Run the corpus: one line an attack, exit code 0 if all were held and every control fell. Arguments are ids to run."""

from __future__ import annotations

import sys
import time

from . import corpus
from .crew import Crew


def main(wanted: list[str]) -> int:
    """Run all attacks, or those whose ids are given."""
    attacks = {attack.id: attack for attack in corpus() if not wanted or attack.id in wanted}
    held, started = 0, time.monotonic()
    with Crew(attacks).at_work() as crew:
        for name, faults, seconds in crew.results():
            held += not faults
            print(f"{name:8} {'FAILED' if faults else 'held':7} {seconds:5.1f} s  {attacks[name].title}", flush=True)
            for fault in faults:
                print(f"{'':17}{fault}", flush=True)
    print(f"{held} of {len(attacks)} held ({time.monotonic() - started:.0f} s).")
    return 0 if held == len(attacks) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
