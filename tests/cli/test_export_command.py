"""`onrecord export`: to standard output, a file or a folder; nothing that is there is lost, and what is wrong is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests.cli.kept import article, kept

from onrecord.export.from_jsonl import read_jsonl
from onrecord.export.parquet import parquet_rows

Run = Callable[..., Result]
PLACED = {"brat": "folder", "parquet": "file.parquet"}
FORMATS = ("jsonl", "webannotation", "schemaorg", "prov", "brat", "csv", "parquet", "ics", "report")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    kept(tmp_path / "news.db", article(), article("Jon Quill said the quay is safe.", "quay", publisher="Weekly"))
    return tmp_path / "news.db"


def wanted(name: str) -> list[str]:
    return [name, *(["--about", "ferry"] if name == "report" else [])]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_to_its_place(run: Run, ledger: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    result = run("export", *wanted(name), "--ledger", ledger, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert str(out) in result.stderr
    assert any(path.stat().st_size for path in ([out] if out.is_file() else out.rglob("*.ann")))
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in PLACED])
def test_without_a_place_it_goes_to_standard_output(run: Run, ledger: Path, tmp_path: Path, name: str) -> None:
    printed = run("export", *wanted(name), "--ledger", ledger)
    run("export", *wanted(name), "--ledger", ledger, "-o", tmp_path / "out")
    assert printed.exit_code == 0
    assert printed.stdout_bytes == (tmp_path / "out").read_bytes() != b""
    assert run("export", *wanted(name), "--ledger", ledger, "-o", "-").stdout_bytes == printed.stdout_bytes


@pytest.mark.parametrize("name", PLACED)
def test_a_folder_and_a_binary_file_need_a_place(run: Run, ledger: Path, name: str) -> None:
    result = run("export", name, "--ledger", ledger)
    assert result.exit_code == 2
    assert "give it with -o" in result.stderr and "usage.bad_export" in result.stderr


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_a_file_that_is_there_is_replaced_only_by_force(run: Run, ledger: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.write_text("mine", encoding="utf8")
    result = run("export", name, "--ledger", ledger, "-o", out)
    assert (result.exit_code, out.read_text(encoding="utf8")) == (2, "mine")
    assert "--force" in result.stderr
    assert run("export", name, "--ledger", ledger, "-o", out, "--force").exit_code == 0
    assert out.read_bytes() != b"mine"


def test_a_folder_that_holds_something_is_written_to_only_by_force(run: Run, ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "brat"
    out.mkdir()
    assert run("export", "brat", "--ledger", ledger, "-o", out).exit_code == 0
    assert run("export", "brat", "--ledger", ledger, "-o", out).exit_code == 2
    assert run("export", "brat", "--ledger", ledger, "-o", out, "--force").exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["annotation.conf", "ferry.ann", "ferry.txt", "quay.ann", "quay.txt"]


@pytest.mark.parametrize(("name", "is_folder", "told"), [("csv", True, "no file"), ("brat", False, "no folder")])
def test_a_place_of_the_wrong_kind_is_refused(run: Run, ledger: Path, tmp_path: Path, name: str, is_folder: bool, told: str) -> None:
    place = tmp_path / "place"
    place.mkdir() if is_folder else place.write_text("x", encoding="utf8")
    result = run("export", name, "--ledger", ledger, "-o", place, "--force")
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_place_that_cannot_be_written_is_said(run: Run, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf8")
    result = run("export", "csv", "--ledger", ledger, "-o", tmp_path / "file" / "below")
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr


def test_a_failure_leaves_no_file(run: Run, ledger: Path, tmp_path: Path) -> None:
    result = run("export", "csv", "--by", "Nobody Ever", "--ledger", ledger, "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert "Nobody in the ledger is called" in result.stderr
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--stance", "asserts", "--publisher", "lesk courier"], ["ferry"]),
        (["--publisher", "weekly"], ["quay"]),
        (["--document", "quay", "--document", "news/ferry.txt"], ["ferry", "quay"]),
        (["--about", "quay safe"], ["quay"]),
        (["--since", "2032"], []),
        (["--as-of", "2030"], []),
    ],
    ids=str,
)
def test_a_part_is_exported(run: Run, ledger: Path, tmp_path: Path, options: list[str], names: list[str]) -> None:
    result = run("export", "jsonl", *options, "--ledger", ledger)
    assert [record.document.name for record in read_jsonl(result.stdout_bytes.splitlines())] == names
    run("export", "parquet", *options, "--ledger", ledger, "-o", tmp_path / "x")
    assert list(dict.fromkeys(row["document"] for row in parquet_rows(tmp_path / "x"))) == names


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["ics", "--about", "x"], 2), (["report"], 2), (["docx"], 2), (["csv", "--since", "soon"], 2), (["csv", "--document", "none"], 3)],
    ids=str,
)
def test_a_wrong_call_is_told_by_its_status(run: Run, ledger: Path, arguments: list[str], status: int) -> None:
    assert run("export", *arguments, "--ledger", ledger).exit_code == status


def test_a_ledger_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    assert run("export", "csv", "--ledger", tmp_path / "none.db").exit_code == 3


def test_nothing_is_written_to_the_ledger(run: Run, ledger: Path) -> None:
    before = ledger.read_bytes()
    for name in FORMATS:
        if name not in PLACED:
            run("export", *wanted(name), "--ledger", ledger)
    assert ledger.read_bytes() == before


def test_the_program_that_read_a_document_is_named(run: Run, ledger: Path) -> None:
    lines = run("export", "jsonl", "--ledger", ledger).stdout.splitlines()
    assert {json.loads(line)["made_by"]["onrecord"] for line in lines} == {"0.0.1"}
