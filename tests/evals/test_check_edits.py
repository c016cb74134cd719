"""Quotations with a known fault, made from the invented articles: nearly all are told right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "evals"))

LEAST = 0.95


@pytest.mark.slow
def test_the_faults_of_quotations_are_told_right() -> None:
    from check import invented, measured, share_right  # noqa: PLC0415  # after the path is set

    found = measured(invented(), seed=1, count=60)
    kinds = {made.kind for made, _ in found}
    wrong = [(made, one and one.verdict) for made, one in found if one is None or one.verdict is not made.verdict]
    assert len(found) >= 40
    assert kinds == {"exact", "cut", "one word changed", "negation dropped", "condition dropped", "other speaker", "invented"}
    assert share_right(found) >= LEAST, wrong
