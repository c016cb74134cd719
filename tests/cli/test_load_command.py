"""`onrecord load`: what was printed as records elsewhere is in the ledger as if it had been added there."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests.find.invented import article
from tests.record.dumped import dumped
from tests.record.invented import MODELS, document, person, record

from onrecord import __version__
from onrecord.export.jsonl import to_json, to_line
from onrecord.record.ledger import Program, open_ledger

QUILL = person("Mara Quill", "mara-quill", "harbour minister")
RECORDS = [
    record(),
    record(document(publisher="Tarn Post")),
    *(article(f"paper-{n}", "2031-03-01", (QUILL, f"ferry {n} sails")) for n in range(4)),
]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(to_line(to_json(one)) for one in RECORDS))
    return path


def held(where: str) -> object:
    with open_ledger(where, read_only=True) as ledger:
        return dumped(ledger)


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_what_is_loaded_is_what_add_would_have_added(
    run: Callable[..., Result], lines: Path, ledger_url: str, tmp_path: Path, jobs: int
) -> None:
    result = run("load", lines, "--ledger", ledger_url, "--no-link", "--jobs", jobs)
    assert (result.exit_code, result.stderr) == (0, "6 added, 0 known, 0 rejected\n")
    other = str(tmp_path / "other.db")
    with open_ledger(other, create=True) as ledger:
        for models in sorted({one.models for one in RECORDS}):
            begun = ledger.begin(Program(f"onrecord {__version__}", models), "add")
            ledger.add(begun, [one for one in RECORDS if one.models == models])
            ledger.end(begun)
    assert held(ledger_url) == held(other)
    again = run("load", lines, "--ledger", ledger_url, "--no-link")
    assert (again.exit_code, again.stderr) == (0, "0 added, 6 known, 0 rejected\n")


def test_what_add_links_load_links(run: Callable[..., Result], lines: Path) -> None:
    result = run("load", lines, "--ledger", "news.db")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "6 added, 0 known, 0 rejected")
    assert "6 documents compared" in result.stderr


def test_packed_files_and_standard_input_are_taken(run: Callable[..., Result], lines: Path) -> None:
    packed = Path("records.jsonl.gz")
    packed.write_bytes(gzip.compress(lines.read_bytes()))
    assert "6 added" in run("load", packed, "--ledger", "packed.db", "--no-link").stderr
    assert "6 added" in run("load", "-", "--ledger", "piped.db", "--no-link", input=lines.read_bytes()).stderr


def test_a_line_that_is_no_record_is_rejected_with_its_place(run: Callable[..., Result], lines: Path) -> None:
    lines.write_bytes(b'{"half": \n\n{"document": {}}\n' + lines.read_bytes())
    result = run("load", lines, "--ledger", "news.db", "--no-link")
    assert (result.exit_code, result.stderr) == (1, "6 added, 0 known, 2 rejected\n")
    with open_ledger("news.db", read_only=True) as ledger, ledger.reading() as connection:
        found = connection.exec_driver_sql("SELECT locator, code FROM rejections ORDER BY id").all()
    assert [tuple(row) for row in found] == [(f"{lines}:1", "read.not_json"), (f"{lines}:3", "read.bad_field")]


def test_the_program_that_made_a_record_is_told_by_its_line(run: Callable[..., Result], lines: Path) -> None:
    older = json.loads(lines.read_bytes().splitlines()[0])
    older["made_by"]["onrecord"] = "0.0.9"
    lines.write_text(json.dumps(older), encoding="utf8")
    run("load", lines, "--ledger", "news.db", "--no-link")
    with open_ledger("news.db", read_only=True) as ledger, ledger.reading() as connection:
        assert connection.exec_driver_sql("SELECT program FROM runs").scalar() == "onrecord 0.0.9"
        assert connection.exec_driver_sql("SELECT digest FROM readings").scalar() == Program("onrecord 0.0.9", MODELS).digest


@pytest.mark.parametrize("content", [None, b"no gzip"])
def test_a_file_that_cannot_be_read_is_told_of(run: Callable[..., Result], content: bytes | None) -> None:
    path = Path("records.jsonl.gz")
    if content is not None:
        path.write_bytes(content)
    result = run("load", path, "--ledger", "news.db", "--no-link")
    assert result.exit_code == 2
    assert "records.jsonl.gz" in result.stderr


def test_a_file_without_records_is_a_failure(run: Callable[..., Result]) -> None:
    Path("empty.jsonl").write_bytes(b"\n")
    assert run("load", "empty.jsonl", "--ledger", "news.db", "--no-link").exit_code == 3
