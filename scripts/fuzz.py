"""Fuzz for so long: the tests of tests/fuzz with thousands of examples, again and again, each round from another seed.

    python scripts/fuzz.py [--minutes 15] [pytest options]

What is found is kept by Hypothesis in .hypothesis and comes first in every later run, until it is mended; keep it as a plain case in
the tests of the module that was at fault. Exit status 1: something was found.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=15.0)
    args, more = parser.parse_known_args()
    end, rounds, found = time.monotonic() + 60 * args.minutes, 0, 0
    while time.monotonic() < end:
        seed = random.randrange(1 << 32)
        command = [sys.executable, "-m", "pytest", "tests/fuzz", "--hypothesis-profile=fuzz", f"--hypothesis-seed={seed}", *more]
        found += subprocess.run(command, check=False).returncode != 0
        rounds += 1
    print(f"{rounds} rounds, {found} of them with finds")  # noqa: T201  # a command
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
