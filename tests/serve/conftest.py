"""A desk on the invented affair of `tests/find/affair.py`, asked without a network."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
pytest.importorskip("fastapi", reason="the desk needs the packages of the extra serve")

from tests.find.affair import add_affair  # after the path is set
from tests.run.fake_reader import FakeReader
from tests.serve.asking import READER, WRITER, Asker, asker

from onrecord.record.ledger import open_ledger
from onrecord.serve.desk import DeskOptions
from onrecord.serve.tokens import TokenFile

Ask = Callable[..., Asker]


@pytest.fixture
def ask_at(tmp_path: Path) -> Iterator[Ask]:
    """Makes a desk on a ledger, with options, and what asks it."""
    with ExitStack() as stack:

        def made(where: str, **options: Any) -> Asker:
            given = DeskOptions(where, make_reader=FakeReader, meaning=None, **options)
            return stack.enter_context(asker(given, TokenFile(tmp_path / "tokens.json", (READER[0], WRITER[0]))))

        yield made


@pytest.fixture
def affair(tmp_path: Path) -> str:
    """The place of a ledger with the affair."""
    where = str(tmp_path / "affair.db")
    with open_ledger(where, create=True) as ledger:
        add_affair(ledger)
    return where


@pytest.fixture
def desk(ask_at: Ask, affair: str) -> Asker:
    """A desk on the affair that anybody on this machine may read."""
    return ask_at(affair)
