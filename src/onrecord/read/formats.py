"""What the bytes are: told by what they hold, then by the file's name."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from onrecord.errors import ReadError
from onrecord.read.decode import BYTE_ORDER_MARKS
from onrecord.read.stream import PIECE, Stream


class Format(StrEnum):
    PLAIN = "plain text"
    JSON = "JSON"
    JSON_FEED = "JSON Feed"
    HTML = "HTML"
    FEED = "a feed"
    WARC = "a web archive"
    MARKDOWN = "Markdown"
    MAIL = "e-mail"
    MAILBOX = "a mailbox"
    PDF = "PDF"
    PARQUET = "Parquet"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZIP = "zip"


SINGLE_PACKED = frozenset({Format.GZIP, Format.BZIP2, Format.XZ})

_PACKED = "a packed file", "Unpack it and read what is inside."
_OFFICE = "an office document", "Save it as plain text and read that."
_XML = "XML, but no feed", "Save its text as plain text, or as a line of JSON, and read that."
_OPML = "a list of feeds (OPML)", "Follow the feeds with onrecord watch, or read the feeds themselves."

_JSON_START = re.compile(rb'\s*\{\s*["}]')
_JSON_FEED = re.compile(rb'\s*\{[^{}\[\]]{0,4000}"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org', re.DOTALL)
_JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})
_UNREAD_STARTS = (
    (re.compile(rb"7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd"), _PACKED),
    (re.compile(rb".{257}ustar", re.DOTALL), _PACKED),
    (re.compile(rb"\xd0\xcf\x11\xe0|\{\\rtf"), _OFFICE),
)
_STARTS = (
    (re.compile(rb"%PDF-"), Format.PDF),
    (re.compile(rb"PAR1"), Format.PARQUET),
    (re.compile(rb"\x1f\x8b"), Format.GZIP),
    (re.compile(rb"BZh[1-9]1AY&SY"), Format.BZIP2),
    (re.compile(rb"\xfd7zXZ\x00"), Format.XZ),
    (re.compile(rb"PK\x03\x04|PK\x05\x06"), Format.ZIP),
    (re.compile(rb"WARC/[0-9]|filedesc://\S+ [0-9.]+ [0-9]{14} "), Format.WARC),
)
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(?:[^\r\n]*\r?\n){0,400}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_MAILBOX = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,}")
_HEADER_NAMES = re.compile(rb"^([A-Za-z0-9-]+):", re.MULTILINE)

# What stands before the first element of XML or HTML: white space, declaration, comments, processing instructions.
_BEFORE_ROOT = re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_DOCTYPE = re.compile(rb"<!doctype\s+([^\s>\[]+)[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_PAGE_WITHIN = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FEED_ROOTS = frozenset({b"rss", b"feed", b"rdf", b"channel", b"entry"})
_PAGE_ROOTS = frozenset(
    {b"html", b"head", b"body", b"title", b"meta", b"link", b"script", b"article", b"main", b"section", b"div", b"p", b"h1"}
)

_SUFFIXES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), Format.HTML),
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf"), Format.FEED),
    **dict.fromkeys((".gz", ".gzip"), Format.GZIP),
    **dict.fromkeys((".warc", ".arc"), Format.WARC),
    **dict.fromkeys((".md", ".markdown"), Format.MARKDOWN),
    **dict.fromkeys((".eml", ".mht", ".mhtml"), Format.MAIL),
    ".mbox": Format.MAILBOX,
    ".bz2": Format.BZIP2,
    ".xz": Format.XZ,
    ".zip": Format.ZIP,
    ".pdf": Format.PDF,
    ".parquet": Format.PARQUET,
}
_UNREAD_SUFFIXES = {
    **dict.fromkeys((".7z", ".zst", ".tar", ".tgz", ".rar"), _PACKED),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages", ".epub"), _OFFICE),
    ".opml": _OPML,
}


def told(stream: Stream, suffix: str) -> Format:
    """The format of the bytes, which stay to be read.

    Raises:
        ReadError: there are no bytes, or the format is one that this version does not read.
    """
    head = stream.head()
    first = head.removeprefix(b"\xef\xbb\xbf")
    if not first:
        raise ReadError("The file is empty. Check that it was saved whole.", code="read.empty")
    if _looks_like_json(stream, first):
        return Format.JSON_FEED if _JSON_FEED.match(stream.peek(PIECE) if first.strip() == b"{" else first) else Format.JSON
    start = _narrow(stream.peek(PIECE))
    known = _by_content(start)
    if known is not None:
        return known
    if suffix in _UNREAD_SUFFIXES:
        raise _unread(*_UNREAD_SUFFIXES[suffix])
    return Format.JSON if suffix in _JSON_SUFFIXES else _SUFFIXES.get(suffix, Format.PLAIN)


def _by_content(start: bytes) -> Format | None:
    for pattern, what in _UNREAD_STARTS:
        if pattern.match(start):
            raise _unread(*what)
    for pattern, known in _STARTS:
        if pattern.match(start):
            return known
    if _FRONT_MATTER.match(start):
        return Format.MARKDOWN
    if _MAILBOX.match(start):
        return Format.MAILBOX
    if _is_mail(start):
        return Format.MAIL
    return _by_root(start)


def _by_root(start: bytes) -> Format | None:
    """By the first element, whatever stands before it."""
    place = _end(_BEFORE_ROOT.match(start))
    doctype = _DOCTYPE.match(start, place)
    if doctype:
        place = _end(_BEFORE_ROOT.match(start, doctype.end()))
    root = _ROOT.match(start, place)
    name = root[2].lower() if root else b""
    if name in _FEED_ROOTS:
        return Format.FEED
    if name in _PAGE_ROOTS or (doctype and doctype[1].lower() == b"html") or (root and _PAGE_WITHIN.search(start, place)):
        return Format.HTML
    if name == b"opml":
        raise _unread(*_OPML)
    if start.lstrip().startswith(b"<?xml"):
        raise _unread(*_XML)
    return None


def _end(match: re.Match[bytes] | None) -> int:
    return match.end() if match else 0


def _is_mail(start: bytes) -> bool:
    """Headers up to a blank line, among them a sender and one that only letters have (RFC 5322)."""
    headers = _HEADERS.match(start)
    if headers is None:
        return False
    names = {name.lower() for name in _HEADER_NAMES.findall(headers[0])}
    sure = {b"message-id", b"received", b"mime-version", b"return-path"} & names
    return (bool(sure) and b"from" in names) or {b"from", b"subject", b"date"} <= names


def _unread(what: str, advice: str) -> ReadError:
    return ReadError(f"This is {what}, which this version does not read. {advice}", code="read.unsupported")


def _narrow(start: bytes) -> bytes:
    """The same in one byte a letter where it is in wide characters, with or without their mark, so that patterns fit."""
    for mark, charset in _WIDE:
        if start.startswith((mark, "<".encode(charset))):
            return start.removeprefix(mark).decode(charset, "replace").encode("utf8", "replace")
    return start.removeprefix(codecs.BOM_UTF8)


def _looks_like_json(stream: Stream, start: bytes) -> bool:
    """The first line opens an object; or the second does, so that one bad line does not hide all the others."""
    if _JSON_START.match(start) or start.strip() == b"{":
        return True
    if not start.endswith(b"\n") or start.startswith(BYTE_ORDER_MARKS):
        return False
    held = stream.read(len(start))
    second = stream.line(PIECE)
    stream.put_back(held + second)
    return _JSON_START.match(second) is not None
