"""A ledger on either database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.record.ledger import Ledger, open_ledger

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        yield opened
