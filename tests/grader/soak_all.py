"""The long run of every test by chance: `python -m tests.grader.soak_all [DIVISOR]`, with all numbers divided by it."""

import os
import subprocess
import sys

NUMBERS = {
    "tests.grader.records.soak": 400,  # faults in the orchestrator, its disk and its database
    "tests.grader.engine.soak_engine": 300,  # processes of the engine killed
    "tests.grader.border.fuzz": 1_000_000,  # mutated frames
    "tests.grader.engine.fuzz_notebooks": 10_000,  # mutated notebooks
}


def main(arguments: list[str]) -> int:
    """Run each; 0 when all is well."""
    divisor = int(arguments[0]) if arguments else 1
    failed = []
    for module, number in NUMBERS.items():
        command = [sys.executable, "-m", module, str(max(1, number // divisor))]
        print(f"== {module} {command[-1]}", flush=True)
        if subprocess.run(command, check=False, env={**os.environ, "PYTHONUNBUFFERED": "1"}).returncode:
            failed.append(module)
    print("Failed: " + ", ".join(failed) if failed else "All is well.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
