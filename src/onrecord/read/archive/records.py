"""Web archives -> records: WARC (ISO 28500) and its forerunner ARC, whole or broken.

A record says how long it is. Where that is wrong, reading goes on at the next line that opens a record, and what lies
between is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onrecord.read.archive.payload import headers
from onrecord.read.stream import PIECE, Stream

_MOST_HEADER = 1 << 20
_WARC_LINE = re.compile(rb"WARC/[0-9]+\.[0-9]+[ \t]*\r?\n")
_ARC_LINE = re.compile(rb"(?P<url>[A-Za-z][A-Za-z0-9+.-]{0,40}:\S.*?) (?P<ip>[0-9A-Fa-f.:]+|-) (?P<time>[0-9]{8,20}) (?P<rest>\S.*?)\r?\n")
_LENGTH = re.compile(r"[0-9]{1,15}")
_STAMP = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})")


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """One record. `damage` says what is wrong with one that is not whole; then `block` is what there is of it."""

    number: int
    type: str = ""
    id: str = ""
    url: str = ""
    content_type: str = ""
    retrieved_at: str = ""
    length: int = 0
    block: bytes = b""
    damage: str = ""


@dataclass(slots=True)
class Archive:
    """The records of one archive, one after the other; of a block longer than `most`, or of a type not `wanted`, the start is held."""

    stream: Stream
    most: int
    wanted: frozenset[str]
    _number: int = field(default=0, init=False)

    def records(self) -> Iterator[ArchiveRecord]:
        """All records, the damaged in their places."""
        strange = 0
        while line := self.stream.line(PIECE):
            opens = _WARC_LINE.fullmatch(line)
            arc = None if opens else _ARC_LINE.fullmatch(line)
            if opens is None and arc is None:
                strange += bool(line.strip()) * len(line)
                continue
            if strange:
                yield self._strange(strange)
                strange = 0
            self._number += 1
            yield self._arc(arc) if arc else self._warc()
        if strange:
            yield self._strange(strange)

    def _strange(self, size: int) -> ArchiveRecord:
        self._number += 1
        return ArchiveRecord(self._number, damage=f"{size:,} bytes belong to no record")

    def _warc(self) -> ArchiveRecord:
        lines: list[bytes] = []
        size = 0
        while (line := self.stream.line(PIECE)).strip() and size < _MOST_HEADER:
            lines.append(line)
            size += len(line)
        named = headers(b"".join(lines))
        record = ArchiveRecord(
            self._number,
            type=named.get("warc-type", "").lower(),
            id=named.get("warc-record-id", "").strip("<>"),
            url=named.get("warc-target-uri", "").strip("<>"),
            content_type=named.get("content-type", ""),
            retrieved_at=named.get("warc-date", ""),
        )
        return self._with_block(record, named.get("content-length", ""))

    def _arc(self, line: re.Match[bytes]) -> ArchiveRecord:
        """`URL IP-address Archive-date Content-type [five more in version 2] Archive-length`."""
        url = line["url"].decode("utf8", "replace")
        rest = line["rest"].decode("utf8", "replace").split(" ")
        stamp = _STAMP.match(line["time"].decode())
        record = ArchiveRecord(
            self._number,
            type="filedesc" if url.startswith("filedesc:") else "response",
            id=url,
            url=url,
            content_type=rest[0],
            retrieved_at="{}-{}-{}T{}:{}:{}Z".format(*stamp.groups()) if stamp else "",
        )
        if record.type == "filedesc" and not _LENGTH.fullmatch(rest[-1]):
            while self.stream.line(PIECE).strip():
                pass  # the head of the archive, which ends with a blank line
            return record
        return self._with_block(record, rest[-1])

    def _with_block(self, record: ArchiveRecord, length: str) -> ArchiveRecord:
        if not _LENGTH.fullmatch(length):
            return _changed(record, 0, b"", f"its length is {length[:40]!r}")
        size = int(length)
        whole = record.type in self.wanted and size <= self.most
        block = self.stream.read(size if whole else min(size, PIECE))
        missing = size - len(block) - self._passed(size - len(block))
        return _changed(record, size, block, f"{missing:,} of its {size:,} bytes are missing" if missing else "")

    def _passed(self, size: int) -> int:
        left = size
        while left and (piece := self.stream.read(min(left, PIECE))):
            left -= len(piece)
        return size - left


def _changed(record: ArchiveRecord, length: int, block: bytes, damage: str) -> ArchiveRecord:
    return replace(record, length=length, block=block, damage=damage)
