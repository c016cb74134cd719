"""What is packed: gzip, bzip2 and xz around one file, zip around many. Nothing is unpacked without a limit."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from onrecord.data import Rejection
from onrecord.errors import ReadError
from onrecord.read.files import Found, is_beside
from onrecord.read.formats import Format
from onrecord.read.stream import PIECE, Stream

_HARMLESS = 64 << 20  # bytes that may come out of any file, however small
_TIMES = 150  # text packs twenty times, a log fifty times; a bomb a thousand times and more
_LAYERS = 3
_LONGEST_HELD = 1 << 30
_LONGEST_END = 66_000  # the end of a zip, its comment and its wide form before it
_LONGEST_CONTENTS = 64 << 20
_BROKEN = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, OSError)
_LOCKED = 1  # the flag of a member under a password (APPNOTE.TXT 4.4.4)
_OFFICE_MEMBERS = frozenset({"[Content_Types].xml", "mimetype"})


@dataclass(slots=True)
class Unpacking:
    """How much came out of how much, over all layers of one file."""

    packed: int = 0
    unpacked: int = 0
    layers: int = 0
    burst: bool = False

    def add(self, size: int) -> None:
        """Count what came out.

        Raises:
            ReadError: it is far more than what went in can honestly hold.
        """
        self.unpacked += size
        if self.unpacked > _HARMLESS and self.unpacked > _TIMES * self.packed:
            self.refuse(f"It unpacks to more than {_TIMES} times its size, as a bomb does. Unpack it yourself if you trust it.")

    def enter(self) -> None:
        """Go one layer deeper.

        Raises:
            ReadError: there are too many, one in the other.
        """
        if self.layers == _LAYERS:
            self.refuse(f"It is packed more than {_LAYERS} times, one in the other. Unpack it yourself if you trust it.")
        self.layers += 1

    def refuse(self, message: str) -> None:
        """Read nothing more of the file."""
        self.burst = True
        raise ReadError(message, code="read.bomb")


class _Fed:
    """The packed bytes, counted on their way in at the outermost layer."""

    def __init__(self, stream: Stream, unpacking: Unpacking) -> None:
        self._stream = stream
        self._counts = unpacking if unpacking.layers == 1 else None

    def read(self, limit: int = PIECE) -> bytes:
        piece = self._stream.read(limit if limit >= 0 else PIECE)
        if self._counts:
            self._counts.packed += len(piece)
        return piece


class _Guarded(io.RawIOBase):
    """What comes out, counted; damage becomes a ReadError."""

    def __init__(self, inner: Any, unpacking: Unpacking) -> None:
        self._inner = inner
        self._unpacking = unpacking

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._inner.read1(min(len(buffer), PIECE))
        except _BROKEN as error:
            if isinstance(error, OSError) and error.errno:
                raise  # the disk, not what is packed
            raise ReadError(f"It breaks off or is damaged inside ({error}). Fetch it again.", code="read.damaged") from error
        self._unpacking.add(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)


def unpacked(stream: Stream, packing: Format, unpacking: Unpacking) -> Stream:
    """The bytes inside gzip, bzip2 or xz, to be read like any others.

    Raises:
        ReadError: packed too often. Reading from what is returned raises it too: for a bomb, or for damage.
    """
    unpacking.enter()
    fed = cast("BinaryIO", _Fed(stream, unpacking))
    inner: Any
    if packing is Format.GZIP:
        inner = gzip.GzipFile(fileobj=fed, mode="rb")
    elif packing is Format.BZIP2:
        inner = bz2.BZ2File(fed)
    else:
        inner = lzma.LZMAFile(fed)  # noqa: SIM115  # closed with the stream that is returned
    return _guarded(inner, unpacking)


class _InPieces(io.BufferedReader):
    """Gives what there is instead of waiting for more: what came before a break is not lost with it."""

    def read(self, size: int | None = -1, /) -> bytes:
        return self.read1(PIECE if size is None or size < 0 else size)


def _guarded(inner: Any, unpacking: Unpacking) -> Stream:
    return Stream(_InPieces(_Guarded(inner, unpacking), PIECE))


Member = tuple[Found, Stream]


def members(stream: Stream, found: Found, unpacking: Unpacking) -> Iterator[Member | Rejection]:
    """The files in a zip, in its order, each to be read before the next is asked for; hidden ones and pictures are passed over.

    Raises:
        ReadError: it is no whole zip, an office document, or has nothing in it.
    """
    unpacking.enter()
    with _seekable(stream, unpacking) as raw, _archive(raw, unpacking) as archive:
        wanted = [one for one in archive.infolist() if not one.is_dir() and not _passed_over(one.filename)]
        for one in wanted:
            inside = found.within(one.filename)
            try:
                with archive.open(one) as inner:
                    yield inside, _guarded(inner, unpacking)
            except _BROKEN as error:
                if one.flag_bits & _LOCKED:
                    yield Rejection(inside.locator, "read.locked", "It is locked with a password. Unpack it and read what is inside.")
                else:
                    yield Rejection(inside.locator, "read.damaged", f"It cannot be unpacked ({error}). Pack it again, or leave it out.")
            if unpacking.burst:
                return
    if not wanted:
        raise ReadError("There is no file to read in it. Check that the right files were packed.", code="read.no_documents")


def _passed_over(member: str) -> bool:
    path = PurePosixPath(member)
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts) or is_beside(path)


@contextmanager
def _archive(raw: BinaryIO, unpacking: Unpacking) -> Iterator[zipfile.ZipFile]:
    if _contents_size(raw) > _LONGEST_CONTENTS:
        raise ReadError("The zip's table of contents is larger than 64 MB. Unpack it and read what is inside.", code="read.too_long")
    try:
        archive = zipfile.ZipFile(raw)
    except _BROKEN as error:
        raise ReadError(f"The zip is damaged or not whole ({error}). Fetch it again.", code="read.damaged") from error
    with archive:
        if _OFFICE_MEMBERS & set(archive.namelist()):
            raise ReadError("This is an office document or a book. Save it as plain text and read that.", code="read.unsupported")
        if unpacking.layers == 1:
            unpacking.packed = raw.seek(0, io.SEEK_END)
        yield archive


def _contents_size(raw: BinaryIO) -> int:
    """The bytes that the zip says its table of contents has, which are held in memory (APPNOTE.TXT 4.3.14 and 4.3.16)."""
    size = raw.seek(0, io.SEEK_END)
    raw.seek(max(0, size - _LONGEST_END))
    end = raw.read(_LONGEST_END)
    raw.seek(0)
    wide, plain = end.rfind(b"PK\x06\x06"), end.rfind(b"PK\x05\x06")
    if wide >= 0:
        return int.from_bytes(end[wide + 40 : wide + 48], "little")
    return int.from_bytes(end[plain + 12 : plain + 16], "little") if plain >= 0 else 0


@contextmanager
def _seekable(stream: Stream, unpacking: Unpacking) -> Iterator[BinaryIO]:
    """The bytes as a file in which one can go back: a zip has its table of contents at the end."""
    file = stream.rewound() if unpacking.layers == 1 else None
    if file is not None:
        yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=16 << 20) as held:
        size = 0
        while piece := stream.read(16 * PIECE):
            size += len(piece)
            if size > _LONGEST_HELD:
                raise ReadError("The zip is larger than 1 GB. Unpack it and read what is inside.", code="read.too_long")
            held.write(piece)
        yield cast("BinaryIO", held)
