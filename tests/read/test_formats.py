"""What the bytes are is told by what they hold, then by their name."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import Rejection
from onrecord.errors import CODES, ReadError
from onrecord.read import documents
from onrecord.read.formats import Format, told
from onrecord.read.stream import Stream

HEADERS = b"From: quill@lesk.example\nSubject: The bridge\nDate: Tue, 4 Mar 2031 10:00:00 +0000\n\n"
FORMATS = [
    ("words", b"Mara Quill said so.", ".txt", Format.PLAIN),
    ("a page by its name", b"Mara Quill", ".html", Format.HTML),
    ("a page by what it holds", b"<!-- x -->\n<!DOCTYPE html><html>", ".txt", Format.HTML),
    ("a page without a head", b"\n <p>Mara Quill", "", Format.HTML),
    ("XHTML", b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html/>', ".xml", Format.HTML),
    ("a page in UTF-16", "\ufeff<html>".encode("utf-16-le"), "", Format.HTML),
    ("a feed", b'<?xml version="1.0"?>\n<!-- x -->\n<rss/>', ".html", Format.FEED),
    ("a feed with a document type", b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", "", Format.FEED),
    ("a feed without a mark in UTF-16", "<feed>".encode("utf-16-be"), "", Format.FEED),
    ("a feed under the document type of a page", b"<!DOCTYPE html><rss/>", "", Format.FEED),
    ("RSS 1.0", b'<rdf:RDF xmlns:rdf="x">', "", Format.FEED),
    ("a feed by its name", b"Mara", ".rss", Format.FEED),
    ("a JSON feed", b'{"version": "https://jsonfeed.org/version/1", "items": []}', ".json", Format.JSON_FEED),
    ("a JSON feed over lines", b'{\n "version": "https://jsonfeed.org/version/1.1",\n', "", Format.JSON_FEED),
    ("lines", b'{"text": "a"}\n', ".txt", Format.JSON),
    ("front matter", b"---\ntitle: a\n---\nText", ".txt", Format.MARKDOWN),
    ("Markdown by its name", b"# Bridge", ".md", Format.MARKDOWN),
    ("a rule at the top", b"---\nMara Quill said so.\n", ".txt", Format.PLAIN),
    ("a letter", HEADERS, "", Format.MAIL),
    ("a letter by its name", b"Mara", ".eml", Format.MAIL),
    ("words that only start like one", b"Date: 2031-03-04\nFrom: Lesk\n\nMara", ".txt", Format.PLAIN),
    ("a transcript", b"Q: Is it safe?\nA: It is.\n\n", ".txt", Format.PLAIN),
    ("a mailbox", b"From q@lesk.example Tue Mar  4 10:00:00 2031\n" + HEADERS, "", Format.MAILBOX),
    ("PDF", b"%PDF-1.7", ".txt", Format.PDF),
    ("WARC", b"WARC/1.1\r\n", "", Format.WARC),
    ("ARC", b"filedesc://a.arc 0.0.0.0 20310304100000 text/plain 1\n", "", Format.WARC),
    ("gzip", b"\x1f\x8b\x08", ".html", Format.GZIP),
    ("zip", b"PK\x03\x04", ".txt", Format.ZIP),
]


@pytest.mark.parametrize(("data", "suffix", "wanted"), [one[1:] for one in FORMATS], ids=[one[0] for one in FORMATS])
def test_the_format_is_told_and_the_bytes_stay(data: bytes, suffix: str, wanted: Format) -> None:
    stream = Stream(io.BytesIO(data))
    assert told(stream, suffix) is wanted
    assert stream.read(len(data) + 1) == data


MARKS = st.text(st.sampled_from("<!-?>[]{}\"': \n-abFrom"), max_size=200)


@given(st.binary(max_size=200) | MARKS.map(str.encode), st.sampled_from(["", ".xml", ".md"]))
def test_any_bytes_have_a_format_or_a_reason(data: bytes, suffix: str) -> None:
    try:
        told(Stream(io.BytesIO(data)), suffix)
    except ReadError as error:
        assert error.code in CODES


@pytest.mark.parametrize("piece", [b"<!--", b"<?", b"<!doctype [", b"---\n", b"a:\n", b"a: b\n c\n", b" ", b"\n"])
def test_a_long_start_is_told_in_linear_time(piece: bytes) -> None:
    started = time.process_time()
    told(Stream(io.BytesIO(piece * 100_000)), "")
    assert time.process_time() - started < 3


def test_a_folder_with_files_of_every_name_is_read_or_rejected(tmp_path: Path) -> None:
    names = [f"f{number}.{suffix}" for number, suffix in enumerate(SUFFIXES)]
    for name in names:
        (tmp_path / name).write_bytes(b"date 2031-03-04\nMara Quill said the bridge is safe.\n")
    found = list(documents([str(tmp_path)]))
    assert {re.split("[#:]", Path(one.locator).name)[0] for one in found} == set(names)
    assert all(one.code in CODES for one in found if isinstance(one, Rejection))


SUFFIXES = (
    *("txt", "text", "TXT", "html", "HTM", "xhtml", "xml", "rss", "atom", "rdf", "json", "jsonl", "ndjson", "md", "markdown"),
    *("eml", "mht", "mbox", "pdf", "warc", "arc", "gz", "bz2", "xz", "zip", "7z", "zst", "tar", "tgz", "rar", "doc", "docx"),
    *("odt", "rtf", "pages", "epub", "opml", "csv", "tsv", "yaml", "tex", "rst", "org", "log2", "bak", "old", "orig", "tmp"),
    *("bad", "part", "srt", "vtt", "sbv", "ics", "vcf", "nfo", "me", "1", "2031", "news", "wire"),
)
