"""`onrecord add` as a process that can be disturbed, and what tells whether anything was lost by it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.record.dumped import dumped

from onrecord.find.verify import findings
from onrecord.find.verify_documents import Finding
from onrecord.record.ledger import Ledger, open_ledger

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 200
COMMAND = """
import sys
import onrecord.run.adding as adding, onrecord.run.local as local
from tests.run.fake_reader import Slowly

adding.BATCH_RESULTS = 5
local.RunOptions.__init__.__defaults__ = (0.5, Slowly)  # in place, so that it still goes to other processes
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


def adding_to(ledger: str, path: Path, *options: str) -> subprocess.Popen[bytes]:
    """`onrecord add` with a slow reader that needs no model, as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ONRECORD_LEDGER": ledger}
    command = [sys.executable, "-c", COMMAND, "add", str(path), "--format", "jsonl", "--no-link", *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=path.parent)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Its exit status and its complaints."""
    _, complaints = process.communicate(timeout=120)
    return process.returncode, complaints.decode()


def whole(tmp_path: Path, path: Path) -> dict[str, list[str]]:
    """What a run that nothing disturbs makes of the news."""
    where = str(tmp_path / "whole.db")
    assert ended(adding_to(where, path))[0] == 0
    with open_ledger(where) as ledger:
        return dumped(ledger)


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
