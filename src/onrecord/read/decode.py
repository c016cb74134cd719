"""Bytes -> characters, by the rules of the character sets; every character keeps its own place."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import ReadError

# The marks of UTF-32 come first: that of UTF-16 is the start of one of them.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BYTE_ORDER_MARKS = tuple(mark for mark, _ in _MARKS)

_SHOWN = re.compile("[\u0080-\u07ff]")
_SHOWN_LONG = re.compile("[\u0800-\ufffc\U00010000-\U0010ffff]")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_LOOKED_AT = 1 << 16
_MOST_CONTROL = 0.1


def decoded(data: bytes) -> tuple[str, str | None]:
    """The characters, a byte order mark aside, and what to warn of.

    UTF-8, or UTF-16 and UTF-32 with a byte order mark. What is none of them is UTF-8 with some damaged letters when it
    holds whole UTF-8 letters too, else Windows-1252, the set of old Western European files.

    Raises:
        ReadError: the bytes are no text.
    """
    mark, charset = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    data = data[len(mark) :]
    if charset == "utf-8":
        _check_is_text(data)
    try:
        return data.decode(charset), None
    except UnicodeDecodeError:
        loose = data.decode(charset, "replace")
    if charset == "utf-8" and not mark and not _mostly_utf8(loose):
        return data.decode("cp1252", "replace"), "It is not UTF-8 and was read as Windows-1252. If letters look wrong, save it as UTF-8."
    return loose, f"Some bytes are not {charset.upper()}; each stands in the text as \ufffd. Save the file in one character set."


def _mostly_utf8(loose: str) -> bool:
    """Three bytes that make a letter are no chance; of two-byte letters there have to be more than of broken ones."""
    return bool(_SHOWN_LONG.search(loose)) or len(_SHOWN.findall(loose)) > loose.count("\ufffd")


def _check_is_text(data: bytes) -> None:
    start = data[:_LOOKED_AT]
    if b"\0" in data or len(_CONTROL.findall(start)) > _MOST_CONTROL * len(start):
        raise ReadError(
            "These bytes are not text. If it is UTF-16 without a byte order mark, save it as UTF-8; else leave the file out.",
            code="read.binary",
        )
