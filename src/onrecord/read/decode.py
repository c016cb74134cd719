"""Bytes -> characters, by the rules of the character sets; every character keeps its own place."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import ReadError
from onrecord.read.charsets import codec_of, guessed_codec, is_japanese_mail, shown_name, wide_codec

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

# What UTF-8 looks like after it was read as Windows-1252 and saved: quotation marks, dashes and accented letters.
_TWICE = re.compile("â€[\u0080-\u00bfœžŸ˜™š›‹Œ“”¢¦]|Ã[©¨¼¶¤±³¡ª«§º®¯´µ¢£¥¬¹²¸\u00ad]|Â[£©®°·½¼¾§\u00a0]")


def decoded(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The characters, a byte order mark aside, and what to warn of.

    A byte order mark decides, then whether the bytes are UTF-8; then `declared`, the character set that the page, the mail
    or the server names, if the bytes are possible in it. What is left is guessed, with a warning.

    Raises:
        ReadError: the bytes are no text.
    """
    mark, charset = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", None))
    if charset is not None:
        return _in(data[len(mark) :], charset)
    named = codec_of(declared)
    if b"\0" in data and (wide := wide_codec(data)):
        return _in(data, wide)
    _check_is_text(data)
    if is_japanese_mail(data) and (text := _strictly(data, "iso2022_jp")):
        return text, None
    if (text := _strictly(data, "utf-8")) is not None:
        return text, _written_twice(text)
    if named is not None and named.startswith("utf-"):
        named = wide_codec(data)
    if named is not None and (text := _strictly(data, named)) is not None:
        return text, None
    return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str | None]:
    loose = data.decode("utf-8", "replace")
    if _mostly_utf8(loose):
        return loose, _damaged("utf-8")
    charset = wide_codec(data) or guessed_codec(data)
    text = data.decode(charset, "replace")
    return text, f"It is not UTF-8 and was read as {shown_name(charset)}. If letters look wrong, save it as UTF-8."


def _in(data: bytes, charset: str) -> tuple[str, str | None]:
    if charset == "utf-8":
        _check_is_text(data)
    text = _strictly(data, charset)
    if text is None:
        return data.decode(charset, "replace"), _damaged(charset)
    return text, _written_twice(text)


def _strictly(data: bytes, charset: str | None) -> str | None:
    try:
        return data.decode(charset or "utf-8")
    except UnicodeDecodeError:
        return None


def _damaged(charset: str) -> str:
    return f"Some bytes are not {shown_name(charset)}; each stands in the text as \ufffd. Save the file in one character set."


def _written_twice(text: str) -> str | None:
    """A warning where letters were made wrong before the file was saved; they are left, since positions count in the text."""
    if "â€" not in text and "Ã" not in text and "Â" not in text:
        return None
    wrong = _TWICE.findall(text)
    if not any(one.startswith("â") for one in wrong) and len(wrong) < 2:
        return None
    return (
        f"{len(wrong)} letters look like {wrong[0]!r}: it was UTF-8 that something read in another character set. "
        "It is read as it stands; get it anew from where it came from if you can."
    )


def _mostly_utf8(loose: str) -> bool:
    """More letters of two and more bytes than broken ones; those of three bytes, which chance does not make, count thrice."""
    return len(_SHOWN.findall(loose)) + 3 * len(_SHOWN_LONG.findall(loose)) > loose.count("\ufffd")


def _check_is_text(data: bytes) -> None:
    start = data[:_LOOKED_AT]
    if b"\0" in data or len(_CONTROL.findall(start)) > _MOST_CONTROL * len(start):
        raise ReadError("These bytes are not text. If a word processor made them, save plain text; else leave it out.", code="read.binary")
