"""Files, folders and standard input become documents, lazily; what cannot be read says why and stops nothing."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import sys
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from onrecord.data import CreationBasis, Document, Rejection
from onrecord.read import documents
from onrecord.settings import ReadOptions

TEXT = "date 2031-03-04\nMara Quill said the bridge is safe.\n"


def read(*paths: Path | str, **options: Any) -> list[Document | Rejection]:
    return list(documents([str(path) for path in paths], ReadOptions(**options)))


def codes(found: list[Document | Rejection]) -> list[str]:
    return [one.code if isinstance(one, Rejection) else f"read {one.name}" for one in found]


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_plain_text_is_the_decoded_file_unchanged(tmp_path: Path) -> None:
    text = "\n date 2031-03-04\r\nMara\u2028Quill \x0c\x07 said so.\r\n\n"
    (document,) = read(saved(tmp_path, "wire.v2.txt", b"\xef\xbb\xbf" + text.encode()))
    assert isinstance(document, Document)
    assert (document.text, document.name, document.creation_time) == (text, "wire.v2", "2031-03-04")
    assert document.locator == str(tmp_path / "wire.v2.txt")


def test_a_line_of_json_is_a_document_with_its_metadata(tmp_path: Path) -> None:
    line = {"name": "lesk/1", "text": TEXT, "creation_time": "2031-03-05", "publisher": "P", "title": "T", "url": "U", "other": [1]}
    path = saved(tmp_path, "in.jsonl", json.dumps(line) + "\n\n" + json.dumps({"text": TEXT}))
    first, second = read(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    wanted = Document("lesk/1", TEXT, f"{path}:1", "2031-03-05", CreationBasis.METADATA, "P", "T", "U")
    assert replace(first, raw_sha256=None) == wanted
    assert first.raw_sha256 == hashlib.sha256(json.dumps(line).encode()).hexdigest()
    assert (second.name, second.creation_time, second.locator) == ("in-3", "2031-03-04", f"{path}:3")


def test_arguments_go_before_what_the_document_says(tmp_path: Path) -> None:
    path = saved(tmp_path, "in.jsonl", json.dumps({"text": TEXT, "creation_time": "2031-03-05", "publisher": "P"}))
    (document,) = read(path, date="2031-01-01", publisher="Q")
    assert isinstance(document, Document)
    assert (document.creation_time, document.publisher) == ("2031-01-01", "Q")


FORMS = [
    ("one object in one line", "x.json", '{"text": "date 2031-03-04"}', ["read x-1"]),
    ("one object over several lines", "x.json", '{\n "text": "date 2031-03-04"\n}\n', ["read x"]),
    ("told by content", "x.txt", '{"text": "date 2031-03-04"}', ["read x-1"]),
    ("told by content, behind a mark", "x", b'\xef\xbb\xbf{"text": "date 2031-03-04"}', ["read x-1"]),
    ("in UTF-16", "x.jsonl", '\ufeff{"text": "date 2031-03-04"}\n{"text": ""}'.encode("utf-16-le"), ["read x-1", "read.empty"]),
    ("told by the second line", "x", 'oops\n{"text": "date 2031-03-04"}', ["read.not_json", "read x-2"]),
    ("text that starts with a brace", "x.txt", "date 2031-03-04 {not json}", ["read x"]),
    ("a first line that is cut", "x.jsonl", '{"text": "da\n{"text": "date 2031-03-04"}', ["read.not_json", "read x-2"]),
]


@pytest.mark.parametrize(("name", "content", "wanted"), [form[1:] for form in FORMS], ids=[form[0] for form in FORMS])
def test_the_format_is_told_by_content_and_then_by_name(tmp_path: Path, name: str, content: str | bytes, wanted: list[str]) -> None:
    assert codes(read(saved(tmp_path, name, content))) == wanted


BAD_LINES = [
    ("not json", "read.not_json"),
    ("[1, 2]", "read.not_json"),
    ('"text"', "read.not_json"),
    ("[" * 100_000, "read.not_json"),
    ('{"n": ' + "9" * 5000 + "}", "read.not_json"),
    ("{}", "read.no_text"),
    ('{"text": null}', "read.no_text"),
    ('{"text": ""}', "read.empty"),
    ('{"text": " \\n\\u00a0"}', "read.empty"),
    ('{"text": ["a"]}', "read.bad_field"),
    ('{"text": "a", "name": 5}', "read.bad_field"),
    ('{"text": "a", "creation_time": 2031}', "read.bad_field"),
    ('{"text": "' + "a" * 2000 + '"}', "read.too_long"),
    ('{"x": "' + "a" * 2_000_000 + '"}', "read.too_long"),
]


@pytest.mark.parametrize(("line", "code"), BAD_LINES, ids=[f"{code} {line[:12]}" for line, code in BAD_LINES])
def test_a_bad_line_is_rejected_under_its_number_and_the_rest_is_read(tmp_path: Path, line: str, code: str) -> None:
    good = json.dumps({"text": TEXT})
    path = saved(tmp_path, "in.jsonl", f"{good}\n{line}\n{good}\n")
    first, bad, last = read(path, longest_document=1000)
    assert isinstance(bad, Rejection)
    assert (bad.code, bad.locator, bad.warning) == (code, f"{path}:2", False)
    assert bad.message.startswith("Line 2: ")
    assert codes([first, last]) == ["read in-1", "read in-3"]


def test_an_impossible_or_missing_date_is_a_warning_before_the_document(tmp_path: Path) -> None:
    path = saved(tmp_path, "in.jsonl", '{"text": "a", "creation_time": "2031-02-30"}\n{"text": "b"}\n')
    found = read(path)
    assert codes(found) == ["read.bad_date", "read in-1", "read.undated", "read in-2"]
    assert [one.warning for one in found if isinstance(one, Rejection)] == [True, True]
    assert [one.creation_time for one in found if isinstance(one, Document)] == [None, None]


def test_surrogates_and_control_characters_stay_in_the_text(tmp_path: Path) -> None:
    path = saved(tmp_path, "in.jsonl", '{"text": "\\ud800 \\u0000 \\u001b[31m said", "creation_time": "2031-03-04"}')
    (document,) = read(path)
    assert isinstance(document, Document)
    assert document.text == "\ud800 \0 \x1b[31m said"
    assert len(document.sha256) == 64


BAD_FILES: list[tuple[str, str, bytes, str]] = [
    ("empty", "x.txt", b"", "read.empty"),
    ("only a mark", "x.txt", b"\xef\xbb\xbf", "read.empty"),
    ("empty, whatever its name", "x.pdf", b"", "read.empty"),
    ("white space", "x.txt", b" \n\t\r\n ", "read.empty"),
    ("blank lines", "x.jsonl", b"\n \n\n", "read.empty"),
    ("binary", "x.txt", b"\x7fELF\0\0\0", "read.binary"),
    ("too long", "x.txt", b"a" * 1001, "read.too_long"),
    ("far too long", "x.txt", b"a" * 9000, "read.too_long"),
    ("XML that is no feed", "x.txt", b'<?xml version="1.0"?><ledger></ledger>', "read.unsupported"),
    ("a list of feeds", "x", b'<?xml version="1.0"?><opml></opml>', "read.unsupported"),
    ("a feed by its name", "x.rss", b"Mara Quill", "read.bad_feed"),
    ("a feed without entries", "x.txt", b'<?xml version="1.0"?><rss></rss>', "read.no_entries"),
    ("PDF that is none", "x.txt", b"%PDF-1.7\n", "read.damaged"),
    ("packed and cut", "x.jsonl", b"\x1f\x8b\x08\0", "read.damaged"),
    ("packed in a way that is not read", "x.7z", b"7z\xbc\xaf\x27\x1c", "read.unsupported"),
    ("a tape archive", "x", b"a" * 257 + b"ustar\x0000", "read.unsupported"),
    ("a zip that is cut", "x.zip", b"PK\x03\x04", "read.damaged"),
    ("an office document", "x.doc", b"\xd0\xcf\x11\xe0", "read.unsupported"),
]


@pytest.mark.parametrize(("name", "content", "code"), [bad[1:] for bad in BAD_FILES], ids=[bad[0] for bad in BAD_FILES])
def test_a_bad_file_is_rejected_with_a_code_and_what_to_do(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (bad,) = read(saved(tmp_path, name, content), longest_document=1000)
    assert isinstance(bad, Rejection)
    assert (bad.code, bad.locator) == (code, str(tmp_path / name))
    assert bad.message.count(".") >= 2


@pytest.mark.parametrize("path", ["nowhere.txt", "no/where", "a\0b"])
def test_a_path_that_leads_nowhere_is_rejected(path: str) -> None:
    (bad,) = read(path)
    assert isinstance(bad, Rejection)
    assert bad.code in ("read.not_found", "read.not_readable")


def test_a_file_that_may_not_be_opened_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = saved(tmp_path, "x.txt", TEXT)
    monkeypatch.setattr(Path, "open", closed)
    assert codes(read(path)) == ["read.not_readable"]


def test_a_file_that_breaks_off_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    path = saved(tmp_path, "x.txt", TEXT)
    monkeypatch.setattr(Path, "open", lambda *_: Broken(b"Mara Quill"))
    assert codes(read(path)) == ["read.not_readable"]


def test_a_folder_is_read_in_order_and_names_are_paths_below_it(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", "b/one.txt", "c.jsonl", ".hidden.txt", ".git/x.txt", "a.ann", "photo.jpg"):
        saved(tmp_path, name, json.dumps({"text": TEXT}) if name.endswith("jsonl") else TEXT)
    assert codes(read(tmp_path)) == ["read a", "read b/one", "read b/two", "read c-1"]


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    saved(tmp_path, "a.ann", "")
    assert codes(read(tmp_path)) == ["read.no_documents"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    saved(tmp_path, "a/one.txt", TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "z.txt").symlink_to(tmp_path / "gone.txt")
    assert codes(read(tmp_path)) == ["read a/one", "read.not_readable", "read.not_found"]


def test_a_folder_that_may_not_be_opened_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    assert codes(read(tmp_path)) == ["read.not_readable"]


def test_standard_input_is_read_like_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert codes(read("-")) == ["read stdin"]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"text": "date 2031-03-04"}\n')))
    assert codes(read("-")) == ["read stdin-1"]


def test_lines_are_read_as_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            line = b'{"text": "date 2031-03-04"}\n'
            buffer[: len(line)] = line
            return len(line)

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(Endless())))
    assert len(list(itertools.islice(documents(["-"]), 50))) == 50


def test_twenty_megabytes_in_one_line_are_refused_quickly_and_without_filling_the_memory(tmp_path: Path) -> None:
    paths = [saved(tmp_path, name, b"a" * 20_000_000) for name in ("x.txt", "x.jsonl")]
    started = time.process_time()
    tracemalloc.start()
    found = codes(read(*paths))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ["read.too_long", "read.not_json"]
    assert time.process_time() - started < 3
    assert peak < 150_000_000


def test_many_lines_behind_a_broken_first_one_take_linear_time(tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT, "creation_time": "2031-03-04"})
    path = saved(tmp_path, "x.jsonl", '{"text": "cut\n' + f"{line}\n" * 40_000)
    started = time.process_time()
    assert len(read(path)) == 40_001
    assert time.process_time() - started < 20  # with the square of the lines it would be minutes
