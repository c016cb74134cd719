"""Every kind of bad input: its code, and the exit status alone and beside a document that can be read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from onrecord.errors import CODES

Run = Callable[..., Result]
GOOD = "date 2031-03-04\nMara Quill said the bridge is safe.\n"

# What lies at the path, the code, and whether the document is read all the same.
CASES: list[tuple[str, str, bytes | None, str, bool]] = [
    ("an empty file", "x.txt", b"", "read.empty", False),
    ("white space", "x.txt", b" \n\n", "read.empty", False),
    ("binary", "x.txt", b"\x00\x01\x02", "read.binary", False),
    ("Windows-1252", "x.txt", GOOD.encode() + b"Caf\xe9", "read.encoding", True),
    ("mixed character sets", "x.txt", GOOD.encode() + "“Ça” ".encode() + b"Caf\xe9", "read.encoding", True),
    ("a very long line", "x.txt", b"a" * 6_000_000, "read.too_long", False),
    ("no date", "x.txt", b"Mara Quill said so.", "read.undated", True),
    ("an impossible date", "x.txt", b"date 2031-02-30\nMara Quill said so.", "read.bad_date", True),
    ("a line that is not JSON", "x.jsonl", b"{oops", "read.not_json", False),
    ("a line without text", "x.jsonl", b"{}", "read.no_text", False),
    ("a field of the wrong type", "x.jsonl", b'{"text": 5}', "read.bad_field", False),
    ("a page without an article", "x.html", b"<html></html>", "read.no_article", False),
    ("an office document", "x.doc", b"\xd0\xcf\x11\xe0", "read.unsupported", False),
    ("German", "x.txt", b"date 2031-03-04\nDer Hafen bleibt bis zum Ende des Monats geschlossen.", "read.not_english", True),
    ("an address of this machine", "http://127.0.0.1:9/1", None, "read.refused_address", False),
    ("an address that is none", "https://lesk.example:0/1", None, "read.bad_address", False),
    ("a missing file", "gone.txt", None, "read.not_found", False),
    ("a path through a file", "good.txt/x", None, "read.not_readable", False),
    ("a failing document", "x.txt", b"date 2031-03-04 RAISE", "read.failed", False),
]

# What only a server can do: tests/read/test_fetch.py, test_follow.py.
MET_ON_THE_WEB = {
    *("read.bad_response", "read.http_status", "read.not_followed", "read.not_reached"),
    *("read.redirects", "read.robots", "read.timeout", "read.too_large"),
}

# What only one format can do: tests/read/test_feed.py, test_mail.py, test_pdf.py and the others.
MET_IN_THEIR_FORMATS = {
    *("read.bad_feed", "read.bad_front_matter", "read.bad_mail", "read.bomb", "read.damaged", "read.locked"),
    *("read.no_entries", "read.no_text_layer", "read.not_installed", "read.passed_over", "read.too_slow"),
}


@pytest.mark.parametrize(("path", "content", "code", "is_read"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_bad_input_has_its_code_and_its_status(run: Run, path: str, content: bytes | None, code: str, is_read: bool) -> None:
    Path("good.txt").write_text(GOOD, encoding="utf8")
    if content is not None:
        Path(path).write_bytes(content)
    alone, beside = run("read", path), run("read", path, "good.txt")
    assert [json.loads(line)["code"] for line in alone.stderr.splitlines()] == [code]
    assert (alone.exit_code, beside.exit_code) == ((0, 0) if is_read else (3, 1))
    assert (len(alone.stdout.splitlines()), len(beside.stdout.splitlines())) == ((1, 2) if is_read else (0, 1))


def test_a_folder_without_documents_is_nothing_read(run: Run) -> None:
    Path("folder").mkdir()
    result = run("read", "folder")
    assert (result.exit_code, json.loads(result.stderr)["code"]) == (3, "read.no_documents")


def test_standard_input_without_a_byte_is_nothing_read(run: Run) -> None:
    result = run("read", "-", input="")
    assert (result.exit_code, json.loads(result.stderr)["code"]) == (3, "read.empty")


def test_a_loop_of_links_is_read_once(run: Run) -> None:
    Path("folder").mkdir()
    Path("folder/good.txt").write_text(GOOD, encoding="utf8")
    Path("folder/loop").symlink_to(Path.cwd() / "folder")
    result = run("read", "folder")
    assert (result.exit_code, len(result.stdout.splitlines()), result.stderr) == (0, 1, "")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open everything")
def test_a_file_that_may_not_be_opened_is_rejected(run: Run) -> None:
    Path("x.txt").write_text(GOOD, encoding="utf8")
    Path("x.txt").chmod(0)
    result = run("read", "x.txt")
    assert (result.exit_code, json.loads(result.stderr)["code"]) == (3, "read.not_readable")


def test_surrogates_and_control_characters_come_out_as_valid_utf8_json(run: Run) -> None:
    text = "Mara Quill said \ud800 \0 \x1b[31m \u2028 so."
    result = run("read", "-", input=json.dumps({"text": text, "name": "\udfff", "creation_time": "2031-03-04"}))
    (line,) = result.stdout_bytes.splitlines()
    told = json.loads(line.decode("utf8"))
    assert (told["document"]["text"], told["statements"][0]["content"]) == (text, [[16, len(text) - 1]])


def test_every_code_of_reading_is_met_here() -> None:
    met = {case[3] for case in CASES} | {"read.no_documents"} | MET_ON_THE_WEB | MET_IN_THEIR_FORMATS
    assert met == {code for code in CODES if code.startswith("read.")}
