"""Parquet files of documents are read as JSON Lines of the same documents are."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from onrecord.data import Document, Rejection
from onrecord.read import documents

NEWS: list[dict[str, Any]] = [
    {"name": "courier-1", "text": "Mara Quill said the ferry would sail.", "creation_time": "2031-03-12", "publisher": "Lesk Courier"},
    {"text": "Otto Brandt said that the berth is shut.", "title": "Berth shut", "url": "https://lesk.example/2", "notes": ["Corrected."]},
    {"name": "blank", "text": "  "},
    {"name": "none"},
    {"name": "undated", "text": "The council said on Monday that it would meet.", "other": 7},
]


def written(path: Path, rows: list[dict[str, Any]], **options: Any) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    parquet.write_table(pyarrow.Table.from_pylist([{name: row.get(name) for name in names} for row in rows]), path, **options)
    return str(path)


def plain(found: Document | Rejection) -> Document | Rejection:
    """Without what tells the two files apart."""
    if isinstance(found, Rejection):
        return replace(found, locator=found.locator.split("news", 1)[1].split(":")[1], message=found.message.split(": ", 1)[1])
    return replace(found, locator=found.locator.split(":")[1], raw_sha256=None)


def test_it_is_read_as_json_lines_are(tmp_path: Path) -> None:
    lines = tmp_path / "news.jsonl"
    lines.write_text("\n".join(map(json.dumps, NEWS)), encoding="utf8")
    wanted = [plain(one) for one in documents([str(lines)])]
    assert [plain(one) for one in documents([written(tmp_path / "news.parquet", NEWS, row_group_size=2)])] == wanted
    assert sum(isinstance(one, Document) for one in wanted) == 3


def test_what_it_is_called_and_what_it_is_packed_in_changes_nothing(tmp_path: Path) -> None:
    whole = Path(written(tmp_path / "news.dat", NEWS[:1])).read_bytes()
    (tmp_path / "news.parquet.gz").write_bytes(gzip.compress(whole))
    names = [
        [one.name for one in documents([str(tmp_path / name)]) if isinstance(one, Document)] for name in ("news.dat", "news.parquet.gz")
    ]
    assert names == [["courier-1"], ["courier-1"]]


@pytest.mark.parametrize(
    ("value", "wanted"), [(date(2031, 3, 12), "2031-03-12"), (datetime(2031, 3, 12, 6, 30, tzinfo=UTC), "2031-03-12T06:30:00+00:00")]
)
def test_days_and_instants_may_have_types_of_their_own(tmp_path: Path, value: object, wanted: str) -> None:
    path = written(tmp_path / "news.parquet", [{"text": "Mara Quill said so.", "creation_time": value}])
    (one,) = documents([path])
    assert isinstance(one, Document)
    assert one.creation_time == wanted


def test_a_folder_of_parts_is_read(tmp_path: Path) -> None:
    for number in range(3):
        written(tmp_path / f"part-{number}.parquet", [{"text": f"Mara Quill said berth {number} is shut.", "creation_time": "2031-03-12"}])
    assert [one.name for one in documents([str(tmp_path)]) if isinstance(one, Document)] == ["part-0-1", "part-1-1", "part-2-1"]


BROKEN = {
    "read.no_text": [{"words": "Mara Quill said so."}],
    "read.empty": [],
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_file_without_texts_is_rejected(tmp_path: Path, code: str) -> None:
    table = pyarrow.Table.from_pylist(BROKEN[code], schema=None if BROKEN[code] else pyarrow.schema([("text", pyarrow.string())]))
    parquet.write_table(table, tmp_path / "news.parquet")
    (one,) = documents([str(tmp_path / "news.parquet")])
    assert isinstance(one, Rejection)
    assert one.code == code


def test_a_file_that_is_cut_is_damaged(tmp_path: Path) -> None:
    path = Path(written(tmp_path / "news.parquet", NEWS))
    path.write_bytes(path.read_bytes()[:-20])
    (one,) = documents([str(path)])
    assert isinstance(one, Rejection)
    assert one.code == "read.damaged"


def test_without_pyarrow_the_line_that_installs_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "news.parquet", NEWS)
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    (one,) = documents([path])
    assert isinstance(one, Rejection)
    assert one.code == "read.not_installed"
    assert "onrecord[parquet]" in one.message
