"""What reading costs without the model: documents a second on one core, by CPU time.

    python bench/readers.py [--rounds 3] [html ...]

Each line is one reader over the files it is measured with, which lie in ../shared (or where ONRECORD_SHARED points); a
reader whose files are absent is left out with a word. The best of the rounds counts. CPU time is what the process itself
used, so another process on the machine costs it little; bytes are in memory before the clock starts.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from onrecord.data import Document
from onrecord.errors import ReadError
from onrecord.read.archive.payload import response
from onrecord.read.archive.records import Archive
from onrecord.read.feed.feed import feed_entries
from onrecord.read.files import Found
from onrecord.read.formats import Format
from onrecord.read.html.page import page_document
from onrecord.read.jsonlines import json_documents
from onrecord.read.packed import Unpacking, unpacked
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
LARGEST = 32 << 20
Run = Callable[[], int]


def html() -> Run | None:
    """Saved pages -> documents: parsing, main text, title, time, notes."""
    paths = sorted((SHARED / "data/web/pages").glob("*.html.gz"))
    pages = [gzip.decompress(path.read_bytes()) for path in paths]

    def run() -> int:
        count = 0
        for data in pages:
            try:
                count += isinstance(page_document(data, Found("page.html", "page"), ReadOptions())[-1], Document)
            except ReadError:
                continue
        return count

    return run if pages else None


def warc() -> Run | None:
    """An archive of the same pages, packed record by record -> records, their pages unpacked, nothing extracted."""
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((SHARED / "data/web/pages").glob("*.html.gz"))]
    records = b"".join(gzip.compress(_record(number, page), 6) for number, page in enumerate(pages))

    def run() -> int:
        stream = unpacked(Stream(io.BytesIO(records)), Format.GZIP, Unpacking())
        count = 0
        for record in Archive(stream, LARGEST, frozenset({"response"})).records():
            page = response(record.block)
            count += page is not None and len(page.plain(LARGEST)) > 0
        return count

    return run if pages else None


def _record(number: int, page: bytes) -> bytes:
    body = gzip.compress(page, 6)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:lesk:{number}>\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def feeds() -> Run | None:
    """The feeds on which feedparser is tested -> entries; the unit is the file."""
    path = SHARED / "data/web/feeds.zip"
    if not path.exists():
        return None
    with zipfile.ZipFile(path) as archive:
        files = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]

    def run() -> int:
        for data in files:
            with suppress(ReadError):
                list(feed_entries(data, Found("feed.xml", "feed"))[0])
        return len(files)

    return run


def entries() -> Run | None:
    """A month of entries as JSON Lines -> documents."""
    path = SHARED / "data/feeds/rss-2026-01.jsonl.gz"
    if not path.exists():
        return None
    data = gzip.decompress(path.read_bytes())

    def run() -> int:
        found = json_documents(Stream(io.BytesIO(data)), Found("entries.jsonl", "entries"), ReadOptions())
        return sum(isinstance(one, Document) for one in found)

    return run


READERS: dict[str, tuple[str, Callable[[], Run | None]]] = {
    "html": ("pages", html),
    "warc": ("records", warc),
    "feeds": ("files", feeds),
    "entries": ("entries", entries),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", help=f"of {', '.join(READERS)}; all where none is named")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    for name in args.readers or READERS:
        unit, prepare = READERS[name]
        run = prepare()
        if run is None:
            print(f"{name:8} left out: its files are not in {SHARED}")
            continue
        best, count = float("inf"), 0
        for _ in range(args.rounds):
            began = time.process_time()
            count = run()
            best = min(best, time.process_time() - began)
        print(f"{name:8} {count / best:8.1f} {unit} a second   ({count} {unit} in {best:.2f} s of CPU time, best of {args.rounds})")


if __name__ == "__main__":
    main()
