"""Fault: files that are half written, that grow while they are read, or that another takes the place of.

What is whole in them is read, what is not is rejected, and the next run brings the rest; no half document is recorded from a file that
shows where its documents end.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.outcome import Told, held_in, nothing_lost
from tests.run.fake_reader import FakeReader

from onrecord.data import Document, Rejection
from onrecord.read import documents
from onrecord.record.ledger import Program, Run, open_ledger
from onrecord.run.adding import AddOptions, added
from onrecord.run.local import RunOptions
from onrecord.settings import ReadOptions

COUNT = 30
PROGRAM = Program("onrecord test", (("tagger", "0" * 64),))
TEXTS = [f"Mara Quill said berth {n} is shut. It rained on the berth {n} all day long." for n in range(COUNT)]


def lines() -> bytes:
    return b"".join(json.dumps({"name": f"d{n}", "text": text}).encode() + b"\n" for n, text in enumerate(TEXTS))


def packed_lines() -> bytes:
    """Gzip that cannot be packed away so well that a cut leaves nothing."""
    return b"".join(gzip.compress(one + b"\n", 1) for one in lines().splitlines())


def warc() -> bytes:
    def record(number: int, text: str) -> bytes:
        story = f"<article><h1>Berth {number}</h1><p>{text}</p><p>{text}</p><p>{text}</p></article>"
        page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{story}</body></html>".encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lesk.example/{number}\r\nWARC-Date: 2031-03-04T10:00:00Z\r\n"
        return (
            f"{head}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page + b"\r\n\r\n"
        )

    return b"".join(record(n, text) for n, text in enumerate(TEXTS))


def feed() -> bytes:
    items = "".join(
        f"<item><guid>{n}</guid><title>Berth {n}</title><description>{text}</description></item>" for n, text in enumerate(TEXTS)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Lesk Courier</title>{items}</channel></rss>'.encode()


KINDS: list[tuple[str, str, Callable[[], bytes]]] = [
    ("JSON Lines", "news.jsonl", lines),
    ("gzip of JSON Lines", "news.jsonl.gz", packed_lines),
    ("WARC", "news.warc", warc),
    ("RSS", "news.xml", feed),
]


def add(path: Path, where: str) -> Run:
    """One run of `add` with a reader that needs no model."""
    with open_ledger(where, create=True) as ledger:
        return added(
            documents([str(path)], ReadOptions()), ledger, ledger.begin(PROGRAM, "add"), AddOptions(RunOptions(make_reader=FakeReader))
        )


@pytest.mark.parametrize(("kind", "name", "made"), KINDS, ids=[one[0] for one in KINDS])
@pytest.mark.parametrize("part", [0.3, 0.52, 0.9])
def test_a_file_that_is_half_written_gives_its_whole_documents_and_the_next_run_the_rest(
    tmp_path: Path, kind: str, name: str, made: Callable[[], bytes], part: float, record_property: Told
) -> None:
    path, where, data = tmp_path / name, str(tmp_path / "ledger.db"), made()
    path.write_bytes(data)
    add(path, str(tmp_path / "whole.db"))
    wanted = held_in(tmp_path / "whole.db")
    path.write_bytes(data[: int(part * len(data))])
    cut = add(path, where)
    assert 0 < cut.recorded < COUNT
    assert cut.rejected == 1
    kept = held_in(where)
    assert {key: wanted.get(key) for key in kept} == kept  # none of them by half
    path.write_bytes(data)
    rest = add(path, where)
    assert (cut.recorded + rest.recorded, rest.rejected) == (COUNT, 0)
    nothing_lost(record_property, where, wanted, "half-written file", f"{kind} cut at {part:.0%}, then whole")


def following(path: Path, disturb: Callable[[], object]) -> Iterator[Document | Rejection]:
    """The documents of the file, which is disturbed after the third."""
    for number, one in enumerate(documents([str(path)], ReadOptions())):
        if number == 3:
            disturb()
        yield one


def replaced(path: Path, data: bytes) -> None:
    """Another file in its place, as careful programs do."""
    new = path.with_suffix(".new")
    new.write_bytes(data)
    new.replace(path)


def appended(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


DISTURBED: list[tuple[str, Callable[[bytes], bytes], Callable[[Path, bytes], object]]] = [
    ("grows while it is read", lambda data: data[: len(data) // 2], lambda path, data: appended(path, data[len(data) // 2 :])),
    ("replaced in mid-read", lambda data: data, replaced),
    ("emptied in mid-read", lambda data: data, lambda path, _: path.write_bytes(b"")),
    ("overwritten in mid-read", lambda data: data, lambda path, data: path.write_bytes(data)),
]


@pytest.mark.parametrize(("what", "first", "disturb"), DISTURBED, ids=[one[0] for one in DISTURBED])
@pytest.mark.parametrize("padding", [0, 1 << 18], ids=["small", "larger than what is read ahead"])
def test_a_file_that_is_changed_while_it_is_read_is_read_whole_by_the_next_run(
    tmp_path: Path,
    what: str,
    first: Callable[[bytes], bytes],
    disturb: Callable[[Path, bytes], object],
    padding: int,
    record_property: Told,
) -> None:
    path, where = tmp_path / "news.jsonl", str(tmp_path / "ledger.db")
    data = lines().replace(b'"name"', b" " * padding + b'"name"')
    path.write_bytes(data)
    add(path, str(tmp_path / "whole.db"))
    path.write_bytes(first(data))
    with open_ledger(where, create=True) as ledger:
        given = following(path, lambda: disturb(path, data))
        run = added(given, ledger, ledger.begin(PROGRAM, "add"), AddOptions(RunOptions(make_reader=FakeReader)))
    assert run.recorded >= 3
    path.write_bytes(data)
    add(path, where)
    nothing_lost(record_property, where, held_in(tmp_path / "whole.db"), "file changed while read", f"{what}, then whole")
