"""Fault: PostgreSQL is stopped in mid-load, gently or at once, and started again. What was told is kept, and the load goes on."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.faults.outcome import Told, held_in, nothing_lost
from tests.faults.postgres_restarts import FAST, IMMEDIATE, SMART, Restarts, restarts
from tests.run.adding_process import adding_to, ended, news, whole
from tests.run.fake_reader import FakeReader

from onrecord.errors import LedgerError
from onrecord.record.ledger import open_ledger
from onrecord.record.tables import documents

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
BEFORE = 40  # documents in the ledger before the server is stopped


def is_under_way(address: str) -> bool:
    try:
        with open_ledger(address, read_only=True) as ledger, ledger.reading() as connection:
            return int(connection.scalar(select(func.count()).select_from(documents)) or 0) >= BEFORE
    except LedgerError:  # it is not there yet
        return False


@pytest.fixture
def server() -> Iterator[Restarts]:
    try:
        with restarts() as running:
            yield running
    except (ImportError, LookupError, OSError, RuntimeError) as error:
        if {"CI", "ONRECORD_NO_SKIPS"} & os.environ.keys():
            raise
        pytest.skip(f"no PostgreSQL server: {error}")


@pytest.mark.parametrize("how", [IMMEDIATE, FAST, SMART], ids=["immediate", "fast", "smart"])
def test_an_add_whose_server_is_stopped_says_so_and_the_next_one_ends_it(
    tmp_path: Path, server: Restarts, how: signal.Signals, record_property: Told
) -> None:
    path = news(tmp_path, 200)
    whole(tmp_path, path)
    wanted = held_in(tmp_path / "whole.db")
    process = adding_to(server.address, path)
    while process.poll() is None and not is_under_way(server.address):
        time.sleep(0.1)
    server.stop(how)
    status, complaints = ended(process)
    if how is not SMART:  # which lets whoever is connected go on
        assert status == 3
    if status:
        assert json.loads(complaints.splitlines()[-1])["code"] == "ledger.not_reached"
    server.wait_for_end()
    server.start()
    kept = held_in(server.address)
    assert len(kept) >= BEFORE  # what was committed is there
    assert all(wanted[key] == lines for key, lines in kept.items())
    assert ended(adding_to(server.address, path))[0] == 0
    nothing_lost(record_property, server.address, wanted, "PostgreSQL stopped", f"{how.name} in mid-load, started and added again")


def test_a_desk_says_that_its_server_is_away_and_is_there_again_with_it(tmp_path: Path, server: Restarts) -> None:
    pytest.importorskip("fastapi", reason="the desk needs the packages of the extra serve")
    from tests.serve.asking import READER, asker  # noqa: PLC0415

    from onrecord.serve.desk import DeskOptions  # noqa: PLC0415
    from onrecord.serve.tokens import TokenFile  # noqa: PLC0415

    open_ledger(server.address, create=True).close()
    with asker(DeskOptions(server.address, make_reader=FakeReader, meaning=None), TokenFile(tmp_path / "t", (READER[0],))) as desk:
        assert desk.get("/api/v1/statements").status_code == 200
        server.stop(IMMEDIATE)
        server.wait_for_end()
        away = desk.get("/api/v1/statements")
        assert (away.status_code, away.json()["code"]) == (503, "ledger.not_reached")
        server.start()
        assert desk.get("/api/v1/statements").status_code == 200
