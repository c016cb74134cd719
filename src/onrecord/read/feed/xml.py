"""The bytes of a feed -> its elements, however ill-formed it is. No entity is expanded but those of characters, and nothing is fetched."""

from __future__ import annotations

import html
import re
from collections import deque

from lxml import etree

from onrecord.errors import ReadError
from onrecord.read.decode import decoded

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml\b[^>]*\?>", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_BEFORE_ROOT = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_PROLOGUE = 1 << 16
# Letters that Windows-1252 has where Latin-1 has control characters, as publishers mean them.
_MEANT = {number: character for number in range(0x80, 0xA0) if (character := bytes([number]).decode("cp1252", "ignore"))}
_AND = re.compile(r"&(#[0-9]{1,8};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{0,31};)?")
_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?:\s[^<>]*?)?(?P<closed>/)?>", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:[\w.-]+:)?(?:item|entry|channel|feed|rss|rdf)\s*>", re.IGNORECASE)
_ELEMENT_END = re.compile(r"(?:</[^<>\]]+|<[^<>\]]+/)>\s*\Z")
_LONGEST_TAG = 1000
_ENTRY_NAME = re.compile(r"item|entry", re.IGNORECASE)
CUT_OFF = "onrecord-cut-off"
_KEPT = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def feed_root(data: bytes, charset: str | None = None) -> tuple[etree._Element, str | None]:
    """The root element, and what to warn of about the letters. `charset` is what the sender said beside the bytes.

    An entry in which the feed breaks off has the attribute `CUT_OFF`.

    Raises:
        ReadError: there is no element in it, or it is no text.
    """
    declared = _DECLARED.search(data[:_PROLOGUE].replace(b"\0", b""))
    text, complaint = decoded(data, charset or (declared[1].decode("ascii") if declared else None))
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        mended = _mended(text)
        root = etree.fromstring(mended.encode("utf8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _no_feed(error) from error
    if root is None:
        raise _no_feed("there is no element in it")
    _mark_cut_off(root, mended)
    return root, complaint


def _mark_cut_off(root: etree._Element, text: str) -> None:
    """Mark the last entry if the sender was broken off in it: nothing ends it, nor what it is in, nor the last element in it."""
    started = deque(_ENTRY.finditer(text), maxlen=1)
    if not started or started[0]["closed"] or _ENTRY_END.search(text, started[0].end()) is not None:
        return
    if _ELEMENT_END.search(text, max(started[0].end(), len(text) - _LONGEST_TAG)) is not None:
        return
    for last in deque((one for one in root.iter(etree.Element) if _ENTRY_NAME.fullmatch(etree.QName(one).localname)), maxlen=1):
        last.set(CUT_OFF, "")


def _no_feed(why: object) -> ReadError:
    return ReadError(f"This looks like a feed and cannot be read as one ({why}). Fetch it again.", code="read.bad_feed")


def _mended(text: str) -> str:
    """XML that a parser takes: without declarations, every "&" the start of a reference that XML knows."""
    text = _NOT_XML.sub("", text)
    before = _BEFORE_ROOT.match(text[:_PROLOGUE])
    doctype = _DOCTYPE.match(text, before.end() if before else 0)
    text = text[doctype.end() if doctype else 0 :]
    text = (_DECLARATION.sub("", text[:_PROLOGUE]) + text[_PROLOGUE:]).translate(_MEANT).lstrip()
    pieces = []
    place = 0
    while (start := text.find("<![CDATA[", place)) >= 0:
        pieces.append(_AND.sub(_reference, text[place:start]))
        place = text.find("]]>", start)
        if place < 0:
            return "".join(pieces) + text[start:] + "]]>"
        pieces.append(text[start:place])
    pieces.append(_AND.sub(_reference, text[place:]))
    return "".join(pieces)


def _reference(match: re.Match[str]) -> str:
    """The character for which a reference stands; what stands for none is taken at its word."""
    name = match[1]
    if name in _KEPT:
        return match[0]
    characters = html.unescape(match[0]) if name else "&"
    if characters == match[0]:
        return "&amp;" + (name or "")
    return html.escape(_NOT_XML.sub("", characters), quote=True)
