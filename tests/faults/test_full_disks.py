"""Fault: the disk is full while an index, the state of a watch, an export, a backup or the output is written; what was there stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tests.faults.outcome import Told, held_in, nothing_lost
from tests.run.adding_process import ROOT, adding_to, ended, news, small_disk

from onrecord.cli import main
from onrecord.errors import LedgerError, RunError, ServeError
from onrecord.find.columns import SIZE, TYPES, Columns
from onrecord.find.meaning_index import Covered, made_index, write_index
from onrecord.record.backup import backup
from onrecord.run.watch_state import EntryKey, State
from onrecord.serve.tokens import added

SPACE = 1 << 20
ENTRIES = [EntryKey("f", f"{n}", "1" * 64) for n in range(50_000)]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger larger than the disk."""
    folder = tmp_path_factory.mktemp("ledger")
    assert ended(adding_to(str(folder / "news.db"), news(folder, 600)))[0] == 0
    assert (folder / "news.db").stat().st_size > SPACE
    return folder / "news.db"


def fill(disk: Path) -> Path:
    """A file that takes all the room there is."""
    with (disk / "filling").open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return disk / "filling"


def test_a_backup_that_does_not_fit_leaves_the_one_before_as_it_was(
    disk: Path, ledger: Path, tmp_path: Path, record_property: Told
) -> None:
    target = disk / "backup.db"
    small = tmp_path / "small.db"
    (tmp_path / "few").mkdir()
    assert ended(adding_to(str(small), news(tmp_path / "few", 5)))[0] == 0
    backup(str(small), target)
    names = sorted(one.name for one in disk.iterdir())
    with pytest.raises(LedgerError) as failed:
        backup(str(ledger), target, replace=True)
    assert failed.value.code == "ledger.full"
    assert sorted(one.name for one in disk.iterdir()) == names
    nothing_lost(record_property, str(target), held_in(small), "disk full", "backup over an older one, which stays")


@pytest.mark.parametrize("wanted", ["jsonl", "csv", "prov", "parquet"])
def test_an_export_that_does_not_fit_leaves_the_one_before_as_it_was(disk: Path, ledger: Path, wanted: str) -> None:
    target = disk / "export"
    target.write_text("the one before")
    filling = fill(disk)
    result = CliRunner().invoke(main, ["export", wanted, "--ledger", str(ledger), "-o", str(target), "--force"])
    assert result.exit_code == 3, result.output
    assert "space" in result.stderr
    filling.unlink()
    assert [one.name for one in disk.iterdir()] == ["export"]
    assert target.read_text() == "the one before"


def test_a_watch_whose_state_finds_no_room_says_so_and_knows_what_it_kept(disk: Path) -> None:
    state = State(disk / "state")
    state.keep(ENTRIES[0])
    filling = fill(disk)
    kept = [ENTRIES[0]]
    with pytest.raises(RunError) as failed:
        for entry in ENTRIES[1:]:
            state.keep(entry)
            kept.append(entry)
    assert failed.value.code == "run.state"
    assert "full" in failed.value.message
    filling.unlink()
    state.keep(ENTRIES[-1])  # the same watch could go on
    state.close()
    again = State(disk / "state")
    assert all(again.is_known(entry) for entry in [*kept, ENTRIES[-1]])
    again.close()


def test_a_file_of_tokens_that_finds_no_room_stays_as_it_was(disk: Path) -> None:
    added(disk / "tokens.json", "Ida Brook", may_write=True)
    before = (disk / "tokens.json").read_bytes()
    filling = fill(disk)
    with pytest.raises(ServeError):
        for number in range(200):
            added(disk / "tokens.json", f"Nils Fell {number}", may_write=False)
            before = (disk / "tokens.json").read_bytes()
    filling.unlink()
    assert (disk / "tokens.json").read_bytes() == before
    assert [one.name for one in disk.iterdir()] == ["tokens.json"]


def test_an_index_that_finds_no_room_is_not_there_by_half(disk: Path) -> None:
    def write() -> None:
        known = Columns(*(np.zeros(4, kind) for kind in TYPES.values())), np.ones((4, SIZE), np.int8)
        write_index(made_index(known, Covered("", 0, (), 0, ())), disk / "x.index")

    write()
    before = (disk / "x.index").read_bytes()
    filling = fill(disk)
    with pytest.raises(OSError, match="space"):
        write()
    filling.unlink()
    assert [one.name for one in disk.iterdir()] == ["x.index"]
    assert (disk / "x.index").read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_output_that_finds_no_room_ends_the_run_with_what_to_do(tmp_path: Path) -> None:
    path = news(tmp_path, 3)
    given = "import sys; from tests.run.adding_process import COMMAND; exec(COMMAND)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with Path("/dev/full").open("wb") as full:
        line = [sys.executable, "-c", given, "read", str(path), "--format", "jsonl"]
        result = subprocess.run(line, cwd=tmp_path, env=environment, stdout=full, stderr=subprocess.PIPE, check=False, timeout=120)
    assert result.returncode == 3
    (complaint,) = map(json.loads, result.stderr.decode().splitlines())
    assert complaint["code"] == "run"
    assert "space" in complaint["message"].lower()
