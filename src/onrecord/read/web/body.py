"""The body of an answer, unpacked as it comes and never beyond a limit: what unpacks to gigabytes is not let in."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from onrecord.errors import ReadError

PACKINGS = "gzip, deflate"
_PIECE = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS
_GZIP_START = b"\x1f\x8b"
_ZLIB_METHOD = 8  # in the low half of the first byte


def body(pieces: Iterable[bytes], packings: str, limit: int) -> bytes:
    """The bytes of the answer.

    Args:
        pieces: what comes over the line.
        packings: the header Content-Encoding, last packing last.
        limit: the most bytes that there may be, on the line and unpacked.

    Raises:
        ReadError: there are more, or they cannot be unpacked.
    """
    stream: Iterator[bytes] = _within(pieces, limit)
    for packing in reversed([one.strip().lower() for one in packings.split(",") if one.strip()]):
        if packing in ("identity", "utf-8"):  # the second is no packing, but some servers say so
            continue
        if packing not in ("gzip", "x-gzip", "deflate"):
            raise ReadError(f"The answer is packed with {packing[:40]!r}, which was not asked for.", code="read.bad_response")
        stream = _within(_unpacked(stream, gzip=packing != "deflate"), limit)
    return b"".join(stream)


def _within(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise ReadError(
                f"The answer has more than {limit:,} bytes and was broken off. If you need it, save it to a file and read that.",
                code="read.too_large",
            )
        yield piece


def _unpacked(pieces: Iterable[bytes], *, gzip: bool) -> Iterator[bytes]:
    """Small pieces, however much the packed ones hold. Packed streams may follow one another; what is behind them is passed over."""
    machine = None
    ended = False
    for piece in pieces:
        rest = piece
        while rest and (not ended or (gzip and rest.startswith(_GZIP_START))):
            try:
                machine = machine or zlib.decompressobj(_GZIP if gzip else _deflate_bits(rest))
                yield machine.decompress(rest, _PIECE)
            except zlib.error as error:
                raise ReadError(f"The answer cannot be unpacked ({error}). Try again later.", code="read.bad_response") from error
            ended = machine.eof
            rest, machine = (machine.unused_data, None) if ended else (machine.unconsumed_tail, machine)
    if machine is not None:
        yield machine.flush()
        if not machine.eof:
            raise ReadError("The answer broke off before its end. Try again later.", code="read.bad_response")


def _deflate_bits(start: bytes) -> int:
    """Deflate goes with a zlib header by the standard and without one by some servers."""
    return zlib.MAX_WBITS if start[0] & 0x0F == _ZLIB_METHOD else -zlib.MAX_WBITS
