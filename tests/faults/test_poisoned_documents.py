"""Fault: poisoned documents among good ones. Each is recorded or rejected as its kind should be, once, and the good ones are all there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import poisoned  # after the path is set


def test_each_poisoned_document_gives_what_it_should_and_no_good_one_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poisoned, "EVERY", 3)
    count = 3 * len(poisoned.KINDS)
    found = poisoned.outcomes(count, tmp_path)
    assert poisoned.wrong(found) == []
    assert sum(found.values()) == count
    assert {kind for kind, _ in found} == {"good", *poisoned.KINDS}
