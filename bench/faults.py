"""The table of faults: what was done, how many documents there were, and what became of them.

    python bench/faults.py [pytest options]

Runs tests/faults, each of which injects a fault and compares the ledger with one that nothing disturbed, and prints a line for every ledger
that was compared. "rejected" counts what any run rejected on the way, also what a later run then read; "lost" is what is in the undisturbed
ledger and not in this one. Exit status as that of pytest.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = ("documents", "recorded", "rejected", "lost", "problems")


class Table:
    """Collects what the tests tell of their faults."""

    def __init__(self) -> None:
        self.rows: list[tuple[Mapping[str, Any], str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest after every step of a test."""
        if report.when == "call":
            self.rows += [(told, report.outcome) for name, told in report.user_properties if name == "fault" and isinstance(told, Mapping)]


def main() -> None:
    table = Table()
    status = pytest.main([str(ROOT / "tests/faults"), f"--rootdir={ROOT}", *sys.argv[1:]], plugins=[table])
    print(f"\n{'fault':<24}{'what was done':<62}" + "".join(f"{name:>11}" for name in COLUMNS))
    for row, outcome in table.rows:
        figures = "".join(f"{row[name]:>11}" for name in COLUMNS)
        print(f"{row['fault']:<24}{row['done']:<62}{figures}{'' if outcome == 'passed' else '   FAILED'}")
    sys.exit(status)


if __name__ == "__main__":
    main()
