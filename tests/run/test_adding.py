"""Adding to a ledger: resumed after a kill, by two at once, on a full disk; nothing is lost and nothing is there twice."""

from __future__ import annotations

import json
import random
import signal
import time
from pathlib import Path

import pytest
from tests.record.dumped import digest, dumped
from tests.run.adding_process import DOCUMENTS, adding_to, ended, news, small_disk, whole, wrong
from tests.run.fake_reader import FakeReader

from onrecord.data import Document, Record, Rejection
from onrecord.record.ledger import Program, open_ledger
from onrecord.run.adding import AddOptions, added
from onrecord.run.local import RunOptions

KILLS = 20
PROGRAM = Program("onrecord test", (("tagger", "0" * 64),))


@pytest.mark.slow
def test_an_add_that_is_killed_again_and_again_ends_as_one_that_was_not(tmp_path: Path, ledger_url: str) -> None:
    path, chooser = news(tmp_path), random.Random(7)
    began = time.monotonic()
    wanted = whole(tmp_path, path)
    longest = time.monotonic() - began
    for _ in range(KILLS):
        process = adding_to(ledger_url, path)
        time.sleep(chooser.uniform(0.2, longest))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert ended(adding_to(ledger_url, path))[0] == 0
    with open_ledger(ledger_url) as ledger:
        assert dumped(ledger) == wanted
        assert list(wrong(ledger)) == []


@pytest.mark.slow
def test_two_that_add_at_once_lose_nothing_and_write_nothing_twice(tmp_path: Path, ledger_url: str) -> None:
    path = news(tmp_path)
    wanted = whole(tmp_path, path)
    both = [adding_to(ledger_url, path) for _ in range(2)]
    assert [ended(process)[0] for process in both] == [0, 0]
    with open_ledger(ledger_url) as ledger:
        assert dumped(ledger) == wanted
        assert list(wrong(ledger)) == []


def test_a_full_disk_ends_the_run_with_what_was_added_safe(tmp_path: Path) -> None:
    path = news(tmp_path)
    wanted = whole(tmp_path, path)
    with small_disk(tmp_path / "disk") as disk:
        where = disk / "ledger.db"
        status, complaints = ended(adding_to(str(where), path))
        assert status == 3
        assert json.loads(complaints.splitlines()[-1])["code"] == "ledger.full"
        with open_ledger(str(where), read_only=True) as ledger:
            kept = dumped(ledger)
        assert 0 < len(kept) < DOCUMENTS
        assert all(wanted[key] == lines for key, lines in kept.items())
        saved = tmp_path / "ledger.db"
        saved.write_bytes(where.read_bytes())
        log = Path(f"{where}-wal")
        if log.exists():
            Path(f"{saved}-wal").write_bytes(log.read_bytes())
    assert ended(adding_to(str(saved), path))[0] == 0
    with open_ledger(str(saved)) as ledger:
        assert dumped(ledger) == wanted
        assert list(wrong(ledger)) == []


def test_the_order_in_which_documents_come_changes_nothing(tmp_path: Path) -> None:
    documents = [Document(f"d{n}", f"Mara Quill said berth {n} is shut.", f"d{n}.txt") for n in range(20)]
    digests = set()
    for turn, order in enumerate((documents, documents[::-1])):
        with open_ledger(str(tmp_path / f"{turn}.db"), create=True) as ledger:
            added(order, ledger, ledger.begin(PROGRAM, "add"), AddOptions(RunOptions(make_reader=FakeReader)))
            digests.add(digest(ledger))
    assert len(digests) == 1


def test_what_is_known_is_not_read_again(ledger_url: str) -> None:
    read: list[str] = []

    class Counting(FakeReader):
        def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
            read.append(document.name)
            return super().record(document, min_probability=min_probability)

    documents = [Document(f"d{n}", f"Mara Quill said berth {n} is shut.", f"d{n}.txt") for n in range(3)]
    options = AddOptions(RunOptions(make_reader=Counting))
    with open_ledger(ledger_url, create=True) as ledger:
        added(documents[:2], ledger, ledger.begin(PROGRAM, "add"), options)
        run = added([Rejection("x", "read.empty", "Nothing."), *documents], ledger, ledger.begin(PROGRAM, "add"), options)
    assert read == ["d0", "d1", "d2"]
    assert (run.recorded, run.known, run.rejected) == (1, 2, 1)
