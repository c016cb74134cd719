"""Makes `tests` importable; a ledger to export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.record.ledger import Ledger

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of invented papers, with what people decided and with hostile words."""
    from tests.export.exported import made  # noqa: PLC0415  # after the path is set

    with made(tmp_path) as opened:
        yield opened
