"""The pages of a web archive are documents; what is broken is rejected, and what stands around it is read."""

from __future__ import annotations

import gzip
import io
import zlib

import brotli
import pytest

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.archive.warc import warc_documents
from onrecord.read.files import Found
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

STORY = "Mara Quill, who runs the harbour of Lesk, said on Tuesday that the old bridge is safe and will open again before the winter."
PAGE = (
    f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>".encode()
)


def answer(body: bytes = PAGE, *headers: str, status: str = "200 OK", media_type: str = "text/html; charset=utf-8") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    block: bytes, *, kind: str = "response", length: int | None = None, number: int = 1, content_type: str = "application/http"
) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:lesk:{number}>",
        f"WARC-Target-URI: <https://lesk.example/{number}>",
        "WARC-Date: 2031-03-05T06:00:00Z",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def arc(body: bytes, length: int | str | None = None, url: str = "https://lesk.example/1") -> bytes:
    version = b"1 0 Lesk\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://lesk.arc 0.0.0.0 20310305060000 text/plain %d\n" % len(version) + version + b"\n"
    return head + f"{url} 10.0.0.1 20310305060000 text/html {len(body) if length is None else length}\n".encode() + body + b"\n"


def read(data: bytes, longest_document: int = 5_000_000) -> list[Document | Rejection]:
    return list(warc_documents(Stream(io.BytesIO(data)), Found("lesk.warc", "lesk"), ReadOptions(longest_document=longest_document)))


def codes(found: list[Document | Rejection]) -> list[str]:
    return [one.code if isinstance(one, Rejection) else one.name for one in found if isinstance(one, Document) or not one.warning]


def test_a_page_in_an_archive_is_a_document_and_the_rest_is_counted() -> None:
    found = read(record(b"software: Lesk", kind="warcinfo") + record(b"GET / HTTP/1.1", kind="request") + record(answer(), number=3))
    (document,) = (one for one in found if isinstance(one, Document))
    assert STORY in document.text
    assert (document.name, document.locator, document.url) == ("lesk-3", "lesk.warc#urn:lesk:3", "https://lesk.example/3")
    assert document.retrieved_at == "2031-03-05T06:00:00Z"
    last = found[-1]
    assert isinstance(last, Rejection)
    assert (last.code, last.warning) == ("read.passed_over", True)
    assert "1 warcinfo, 1 request" in last.message


PACKED = [
    ("plain", answer()),
    (
        "in chunks",
        answer(b"10\r\n" + PAGE[:16] + b"\r\n%x\r\n" % len(PAGE[16:]) + PAGE[16:] + b"\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    ),
    ("only said to be in chunks", answer(PAGE, "Transfer-Encoding: chunked")),
    ("gzip", answer(gzip.compress(PAGE), "Content-Encoding: gzip")),
    ("only said to be gzip", answer(PAGE, "Content-Encoding: gzip")),
    ("deflate", answer(zlib.compress(PAGE), "Content-Encoding: deflate")),
    ("deflate without its header", answer(zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate")),
    ("Brotli", answer(brotli.compress(PAGE), "Content-Encoding: br")),
    ("line feeds alone", answer().replace(b"\r\n", b"\n")),
]


@pytest.mark.parametrize("block", [one[1] for one in PACKED], ids=[one[0] for one in PACKED])
def test_a_page_is_read_however_it_was_sent(block: bytes) -> None:
    assert codes(read(record(block))) == ["lesk-1"]


def test_a_page_that_was_saved_without_an_answer_is_read() -> None:
    assert codes(read(record(PAGE, kind="resource", content_type="text/html"))) == ["lesk-1"]


PASSED_OVER = [
    ("a redirect", answer(status="301 Moved")),
    ("an error", answer(status="404 Not Found")),
    ("a picture", answer(media_type="image/png")),
]


@pytest.mark.parametrize("block", [one[1] for one in PASSED_OVER], ids=[one[0] for one in PASSED_OVER])
def test_an_archive_without_pages_says_so(block: bytes) -> None:
    with pytest.raises(ReadError) as refused:
        read(record(block))
    assert refused.value.code == "read.no_documents"


GOOD = record(answer(), number=9)
BROKEN = [
    ("cut in the last record", GOOD + record(answer())[:400], ["lesk-1", "read.damaged"]),
    ("a length that is too short", record(answer(), length=200) + GOOD, ["lesk-1", "read.damaged", "lesk-3"]),
    ("a length that is none", record(answer(), length=-5) + GOOD, ["read.damaged", "read.damaged", "lesk-3"]),
    ("rubbish between", GOOD + b"rubbish\n" * 50 + GOOD, ["lesk-1", "read.damaged", "lesk-3"]),
    ("damaged packing", record(answer(gzip.compress(PAGE)[:-40], "Content-Encoding: gzip")) + GOOD, ["read.damaged", "lesk-2"]),
    ("no page in a page", record(answer(b"<html></html>")) + GOOD, ["read.no_article", "lesk-2"]),
]


@pytest.mark.parametrize(("data", "wanted"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_what_is_whole_is_read_and_what_is_broken_is_rejected(data: bytes, wanted: list[str]) -> None:
    assert codes(read(data)) == wanted


def test_a_packed_page_that_bursts_is_rejected_alone() -> None:
    bomb = gzip.compress(b"<html>" + b" " * 40_000_000)
    assert codes(read(record(answer(bomb, "Content-Encoding: gzip")) + GOOD)) == ["read.bomb", "lesk-2"]


def test_a_record_that_is_too_long_is_passed_over_without_being_held() -> None:
    assert codes(read(record(answer(b"<p>" + b"a" * 40_000_000)) + GOOD)) == ["read.too_long", "lesk-2"]


ARCS = [
    ("whole", arc(answer()), ["lesk-2"]),
    ("spaces in the address", arc(answer(), url="https://lesk.example/a b c"), ["lesk-2"]),
    ("a length that is none", arc(answer(), length="abc"), ["read.damaged", "read.damaged"]),
    ("a little short, the page whole", arc(answer(PAGE, f"Content-Length: {len(PAGE)}"), length=len(answer()) + 400), ["lesk-2"]),
]


@pytest.mark.parametrize(("data", "wanted"), [one[1:] for one in ARCS], ids=[one[0] for one in ARCS])
def test_the_older_form_of_archives_is_read(data: bytes, wanted: list[str]) -> None:
    assert codes(read(data)) == wanted
