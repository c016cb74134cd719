"""A ledger on either database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.record.ledger import Ledger, Options, open_ledger

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    """An empty ledger with vectors that need no file."""
    from tests.find.fake_meaning import FakeMeaning  # noqa: PLC0415  # after the path is set

    with open_ledger(ledger_url, Options(meaning=FakeMeaning()), create=True) as opened:
        yield opened


@pytest.fixture
def affair(ledger: Ledger) -> Ledger:
    """The invented affair of the guards at the bridge."""
    from tests.find.affair import add_affair  # noqa: PLC0415

    return add_affair(ledger)


@pytest.fixture
def lesk(ledger: Ledger) -> Ledger:
    """Four invented papers whose statements are linked."""
    from tests.find.linked import papers  # noqa: PLC0415

    papers(ledger)
    return ledger
