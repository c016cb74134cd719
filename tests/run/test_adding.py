"""Adding to a ledger: resumed after a kill, by two at once, on a full disk; nothing is lost and nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.record.dumped import digest, dumped
from tests.run.fake_reader import FakeReader

from onrecord.data import Document, Record, Rejection
from onrecord.find.verify import findings
from onrecord.find.verify_documents import Finding
from onrecord.record.ledger import Ledger, Program, open_ledger
from onrecord.run.adding import AddOptions, added
from onrecord.run.local import RunOptions

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 200
KILLS = 20
PROGRAM = Program("onrecord test", (("tagger", "0" * 64),))
COMMAND = """
import sys, time
from functools import partial
import onrecord.run.adding as adding, onrecord.run.local as local
from tests.run.fake_reader import FakeReader

class Slowly(FakeReader):
    def record(self, document, **options):
        time.sleep(0.002)
        return super().record(document, **options)

adding.BATCH_RESULTS = 5
local.RunOptions = partial(local.RunOptions, make_reader=Slowly)
from onrecord.cli import main
main()
"""


def news(folder: Path, documents: int = DOCUMENTS) -> Path:
    """A file of invented documents."""
    path = folder / "news.jsonl"
    lines = [
        {
            "name": f"courier-{n}",
            "text": f"Mara Quill said the ferry number {n} would sail. Otto Brandt said the berth {n} is shut." + " It rained." * 300,
            "publisher": "Lesk Courier",
            "creation_time": "2031-03-12",
        }
        for n in range(documents)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf8")
    return path


def adding_to(ledger: str, path: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ONRECORD_LEDGER": ledger}
    command = [sys.executable, "-c", COMMAND, "add", str(path), "--format", "jsonl", "--no-link"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=path.parent)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, complaints = process.communicate(timeout=120)
    return process.returncode, complaints.decode()


def whole(tmp_path: Path, path: Path) -> dict[str, list[str]]:
    """What a run that nothing disturbs makes of the news."""
    where = str(tmp_path / "whole.db")
    assert ended(adding_to(where, path))[0] == 0
    with open_ledger(where) as ledger:
        return dumped(ledger)


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


def wrong(ledger: Ledger) -> Iterator[Finding]:
    """What `onrecord verify` finds wrong; that runs without an end were interrupted is no more than a note."""
    return (one for one in findings(ledger) if not one.is_note)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own with little room; needs the right to mount one."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


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
