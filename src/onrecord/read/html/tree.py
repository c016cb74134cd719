"""The bytes of a page -> a tree of elements, in bounded time whatever the bytes are."""

from __future__ import annotations

import re

from lxml import etree

from onrecord.errors import ReadError
from onrecord.read.charsets import codec_of
from onrecord.read.decode import BYTE_ORDER_MARKS, decoded
from onrecord.read.html.names import Element

_META = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_META_WITHIN = 8192
_FEW_ZEROS = 0.01
_UNSEEN_TO_SPACES = bytes(32 if code < 32 and code not in b"\t\n\r" else code for code in range(256))
# Attributes are compared with each other when they are read, so many in one tag cost the square of their number.
_CROWDED = re.compile(rb"<([A-Za-z][\w:-]{0,40})\s[^<>]{16384,}")
_VALUE = rb"""=["'][^"']{0,200}["']\s*[^\s<>="']{1,200}"""
_CROWDED_VALUES = re.compile(_VALUE + rb"(?:" + _VALUE + rb"){500,}")
_CROWDED_FROM = 1 << 18


def page_characters(data: bytes, charset: str | None) -> tuple[str, str | None]:
    """The characters of a page and what to warn of: by its mark, by what came with it, by its own meta element, else by detection.

    Raises:
        ReadError: the bytes are no text.
    """
    if data.startswith(BYTE_ORDER_MARKS):
        return decoded(data)
    told = _META.search(data, 0, _META_WITHIN)
    for name in (charset, told[1].decode("ascii") if told else None):
        text = _decoded_as(data, name)
        if text is not None:
            return text, None
    if data.count(0) <= _FEW_ZEROS * len(data):
        data = data.replace(b"\0", b" ")  # a browser passes over them; many of them are another character set, or no text
    return decoded(data)


def _decoded_as(data: bytes, name: str | None) -> str | None:
    """The characters in the named set; None where there is no such set, or the bytes are not in it."""
    codec = codec_of(name)
    if codec is None or (codec.startswith("utf-16") or codec.startswith("utf-32")):  # a page that says so in ASCII is not
        return None
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def page_tree(text: str) -> Element:
    """The root element of a page. Comments are left out; elements that stand deeper than 2,048 are not read.

    Raises:
        ReadError: there is no element in it.
    """
    data = text.encode("utf8", "replace").translate(_UNSEEN_TO_SPACES)
    if len(data) > _CROWDED_FROM:
        data = _CROWDED_VALUES.sub(b"", _CROWDED.sub(rb"<\1", data))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadError(f"The page cannot be parsed ({error}). Check that it was saved whole.", code="read.no_article") from error
    if root is None:
        raise ReadError("There is no element in the page. Check that it was saved whole.", code="read.no_article")
    return root
