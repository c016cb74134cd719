"""An HTTP response as bytes -> what it says of its body, and the body as it was meant."""

from __future__ import annotations

import importlib
import re
import zlib
from dataclasses import dataclass
from typing import Any

from onrecord.errors import ReadError

_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/[0-9.]+ +([0-9]{3})")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[^\r\n]{0,1000}\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Payload:
    """The body of a response and its headers, their names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """`text/html`; empty where nothing is said."""
        return media_type(self.headers.get("content-type", ""))

    @property
    def charset(self) -> str | None:
        """The character set that the headers name."""
        return charset(self.headers.get("content-type", ""))

    @property
    def is_whole(self) -> bool:
        """Whether all of the body is there, by what the server said of its length."""
        length = self.headers.get("content-length", "")
        return length.isdecimal() and len(length) < 16 and int(length) <= len(self.body)

    def plain(self, most: int) -> bytes:
        """The body without its chunks and its packing, never more than `most` bytes.

        Raises:
            ReadError: it is packed in an unknown way, damaged, or unpacks to more.
        """
        body = self.body
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            body = _joined(body)
        for packing in reversed(self.headers.get("content-encoding", "").lower().split(",")):
            body = _unpacked(body, packing.strip(), most)
        return body


def media_type(content_type: str) -> str:
    """`text/html` of `Text/HTML; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


def charset(content_type: str) -> str | None:
    """`utf-8` of `text/html; charset=utf-8`."""
    named = _CHARSET.search(content_type)
    return named[1] if named else None


def response(block: bytes) -> Payload | None:
    """The response that the bytes hold; None if they are none."""
    status = _STATUS.match(block)
    if status is None:
        return None
    end = _HEADERS_END.search(block)
    if end is None:
        return Payload(int(status[1]), headers(block), b"")
    return Payload(int(status[1]), headers(block[: end.start()]), block[end.end() :])


def headers(lines: bytes) -> dict[str, str]:
    """The headers in the lines, the first of each name; folded lines are joined, what is no header is left out."""
    found: dict[str, str] = {}
    last = ""
    for line in lines.decode("utf8", "replace").split("\n"):
        name, colon, value = line.partition(":")
        if line.startswith((" ", "\t")) and last:
            found[last] += " " + line.strip()
        elif colon:
            last = name.strip().lower()
            found.setdefault(last, value.strip())
    return found


def _joined(body: bytes) -> bytes:
    """The chunks of a body in one; a body that only claims to be in chunks stays as it is (RFC 9112, 7.1)."""
    pieces: list[bytes] = []
    place = 0
    while chunk := _CHUNK.match(body, place):
        size = int(chunk[1], 16)
        if not size:
            return b"".join(pieces)
        pieces.append(body[chunk.end() : chunk.end() + size])
        place = chunk.end() + size
        place += 2 if body[place : place + 2] == b"\r\n" else body[place : place + 1] == b"\n"
    return body if len(pieces) < 1 or place < len(body) else b"".join(pieces)


def _unpacked(body: bytes, packing: str, most: int) -> bytes:
    """Archives often keep the header and not the packing: bytes that do not look packed are left alone."""
    if packing in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _inflated(body, zlib.MAX_WBITS | 16, most)
    if packing == "deflate" and not body.lstrip().startswith(b"<"):
        zlib_header = len(body) > 1 and body[0] & 15 == 8 and not (body[0] << 8 | body[1]) % 31
        return _inflated(body, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS, most)
    if packing == "br" and not body.lstrip().startswith(b"<"):
        return _unbrotlied(body, most)
    if packing == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
        raise ReadError("The page is packed with zstd, which this version does not read. Save it unpacked.", code="read.unsupported")
    return body


def _inflated(body: bytes, window: int, most: int) -> bytes:
    inflater = zlib.decompressobj(window)
    try:
        data = inflater.decompress(body, most + 1)
    except zlib.error as error:
        raise _damaged(error) from error
    if not inflater.eof and len(data) <= most:
        raise _damaged("it breaks off")
    return _within(data, most)


def _unbrotlied(body: bytes, most: int) -> bytes:
    try:
        brotli: Any = importlib.import_module("brotli")
    except ImportError as error:
        raise ReadError(
            "The page is packed with Brotli. To read it, install it: pip install 'onrecord[warc]'.", code="read.not_installed"
        ) from error
    unpacker = brotli.Decompressor()
    try:
        data = unpacker.process(body, output_buffer_limit=most + 1)
    except brotli.error as error:
        raise _damaged(error) from error
    return _within(data, most)


def _within(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise ReadError(f"It unpacks to more than {most:,} bytes. Unpack it yourself if you trust it.", code="read.bomb")
    return data


def _damaged(reason: object) -> ReadError:
    return ReadError(f"What was sent is damaged or not whole ({reason}). Fetch it again.", code="read.damaged")
