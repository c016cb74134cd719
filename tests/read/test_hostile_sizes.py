"""Bombs and endless lines are refused, quickly and without being held."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from tests.read.hostile import MOST_SECONDS, TEXT, Read, codes, rejected, saved, zip_of

from onrecord.data import Document
from onrecord.read import documents
from onrecord.settings import ReadOptions


def zeros(packer: Any, megabytes: int) -> bytes:
    """Megabytes of one letter, packed a piece at a time."""
    piece = b"a" * (1 << 20)
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + bytes(packer.flush())


def gzip_bomb(megabytes: int = 70) -> bytes:
    return zeros(zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16), megabytes)


BOMBS: list[tuple[str, str, Callable[[], bytes]]] = [
    ("gzip", "x.txt.gz", gzip_bomb),
    ("gzip of lines", "x.jsonl.gz", lambda: gzip.compress((b"{" + b" " * 999_998 + b"\n") * 70, 9)),
    ("gzip in gzip", "x.gz", lambda: gzip.compress(gzip_bomb(), 9)),
    ("bzip2", "x.txt.bz2", lambda: zeros(bz2.BZ2Compressor(), 70)),
    ("xz", "x.txt.xz", lambda: zeros(lzma.LZMACompressor(), 70)),
    ("zip", "x.zip", lambda: zip_of(("a.txt", b"a" * 70_000_000))),
    (
        "zip of WARC",
        "x.zip",
        lambda: zip_of(("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 69999999\r\n\r\n" + b"a" * 70_000_000)),
    ),
    ("gzip as a feed", "x.xml.gz", lambda: gzip.compress(b"<rss><channel><item><title>" + b"a" * 70_000_000, 9)),
    ("gzip as a page", "x.html.gz", lambda: gzip.compress(b"<html><body><p>" + b"a" * 70_000_000, 9)),
]


@pytest.mark.parametrize(("name", "bomb"), [one[1:] for one in BOMBS], ids=[one[0] for one in BOMBS])
def test_a_bomb_is_refused_without_being_held(read: Read, name: str, bomb: Callable[[], bytes]) -> None:
    saved(name, bomb())
    saved("z.txt", TEXT)
    tracemalloc.start()
    started = time.process_time()
    found = list(documents([name, "z.txt"], ReadOptions()))
    seconds = time.process_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 250_000_000
    assert seconds < MOST_SECONDS
    assert rejected(found)
    assert set(rejected(found)) <= {
        "read.bomb",
        "read.too_long",
        "read.no_text",
        "read.damaged",
        "read.bad_feed",
        "read.no_article",
        "read.not_json",
    }
    assert isinstance(found[-1], Document)


# Long lines


class Endless(io.RawIOBase):
    """A stream that holds so many bytes, all alike, and none of them in memory."""

    def __init__(self, size: int, start: bytes = b"", letter: bytes = b"a") -> None:
        self.left = size
        self.start = start
        self.letter = letter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(len(buffer), self.left)
        piece = self.start[:size].ljust(size, self.letter)
        self.start = self.start[size:]
        self.left -= size
        buffer[:size] = piece
        return size


STARTS = [
    b"",
    b'{"text": "',
    b"<html><body><p>",
    b"<rss><channel><item><title>",
    b"WARC/1.0\r\n",
    b"From: a@lesk.example\nSubject: ",
    b"%PDF-1.7\n",
]
STARTS += [
    b"---\ntitle: ",
    b"From a@lesk.example Tue Mar  4 10:00:00 2031\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\0\0\0\0\0\0\0",
    b"<?xml version='1.0'?><!--",
]


@pytest.mark.parametrize("start", STARTS, ids=[repr(start)[2:14] for start in STARTS])
def test_a_line_of_a_gigabyte_is_refused_without_being_held(monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(Endless(1 << 30, start), 1 << 20)))
    monkeypatch.setattr("onrecord.read.packed._LONGEST_HELD", 1 << 26)
    tracemalloc.start()
    started = time.process_time()
    found = list(documents(["-"], ReadOptions()))
    seconds = time.process_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rejected(found) == codes(found)
    assert len(found) <= 2
    assert peak < 300_000_000
    assert seconds < MOST_SECONDS
