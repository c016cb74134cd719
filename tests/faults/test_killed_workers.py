"""Fault: worker processes of `add --jobs 2` are killed, also in the middle of an answer. The run goes on and loses nothing."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from tests.faults.outcome import Told, held_in, nothing_lost
from tests.run.adding_process import adding_to, ended, news, whole
from tests.run.fake_reader import HalfAnswer

from onrecord.data import Document, Record
from onrecord.run.local import RunOptions, records

KILLS = 8


def workers_of(pid: int) -> list[int]:
    """The reading processes that it has now."""
    try:
        below = [int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()]
        return [one for one in below if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
    except OSError:
        return []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds children in Linux's /proc")
def test_an_add_whose_workers_are_killed_goes_on_and_ends_as_one_that_was_not_disturbed(
    tmp_path: Path, ledger_url: str, record_property: Told
) -> None:
    path, chosen, killed = news(tmp_path), random.Random(3), 0
    whole(tmp_path, path)
    wanted = held_in(tmp_path / "whole.db")
    process = adding_to(ledger_url, path, "--jobs", "2")
    while process.poll() is None and killed < KILLS:
        time.sleep(chosen.uniform(0.01, 0.2))
        for pid in workers_of(process.pid)[:1]:
            os.kill(pid, signal.SIGKILL)
            killed += 1
    assert killed
    status, complaints = ended(process)
    assert status in (0, 1)  # 1: a document whose worker was killed twice was rejected
    assert complaints.count("the process that read it died") <= KILLS / 2
    assert ended(adding_to(ledger_url, path, "--jobs", "2"))[0] == 0
    nothing_lost(record_property, ledger_url, wanted, "worker killed", f"SIGKILL of {killed} workers of add --jobs 2, added again")


def test_a_worker_that_is_killed_in_the_middle_of_an_answer_holds_up_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_TEST_KILLED", str(tmp_path / "killed"))
    given = [Document(f"d{n}", f"Mara Quill said berth {n} is shut.", f"d{n}.txt") for n in range(60)]
    found = list(records(given, RunOptions(make_reader=HalfAnswer), 2))
    assert (tmp_path / "killed").exists()
    assert [one.document.name if isinstance(one, Record) else one.code for one in found] == [one.name for one in given]
