"""What the bytes are: told by what they hold, then by the file's name."""

from __future__ import annotations

import re
from enum import StrEnum

from onrecord.errors import ReadError
from onrecord.read.decode import BYTE_ORDER_MARKS
from onrecord.read.stream import PIECE, Stream


class Format(StrEnum):
    PLAIN = "plain text"
    JSON = "JSON"


_PACKED = "a packed file", "Unpack it and read what is inside."
_OFFICE = "an office document", "Save it as plain text and read that."
_PAGE = "HTML", "Save the text of the page as plain text and read that."
_FEED = "XML or a feed", "Save the text of each entry as plain text, or as a line of JSON, and read that."
_PDF = "a PDF", "Make plain text of it (for example with pdftotext) and read that."
_WARC = "a web archive (WARC)", "Take the texts of the pages out of it and read those."

_JSON_START = re.compile(rb'\s*\{\s*["}]')
_JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})
_OTHER_STARTS: tuple[tuple[re.Pattern[bytes], tuple[str, str]], ...] = (
    (re.compile(rb"%PDF-"), _PDF),
    (re.compile(rb"\x1f\x8b|BZh[1-9]|\xfd7zXZ|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd"), _PACKED),
    (re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0|\{\\rtf"), _OFFICE),
    (re.compile(rb"WARC/[0-9]"), _WARC),
    (re.compile(rb"\s*(<!--[^>]{0,2000}-->\s*)?<(!doctype\s+html|html|head|body)\b", re.IGNORECASE), _PAGE),
    (re.compile(rb"\s*<(\?xml|rss|feed|rdf:RDF)\b", re.IGNORECASE), _FEED),
)
_OTHER_SUFFIXES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), _PAGE),
    **dict.fromkeys((".xml", ".rss", ".atom"), _FEED),
    **dict.fromkeys((".gz", ".zip", ".bz2", ".xz", ".7z", ".zst", ".tar", ".rar"), _PACKED),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages", ".epub"), _OFFICE),
    ".pdf": _PDF,
    ".warc": _WARC,
}


def told(stream: Stream, suffix: str) -> Format:
    """The format of the bytes, which stay to be read.

    Raises:
        ReadError: there are no bytes, or the format is one that this version does not read.
    """
    head = stream.head()
    start = head.removeprefix(b"\xef\xbb\xbf")
    if not start:
        raise ReadError("The file is empty. Check that it was saved whole.", code="read.empty")
    known = next((what for pattern, what in _OTHER_STARTS if pattern.match(start)), None) or _OTHER_SUFFIXES.get(suffix)
    if known is not None:
        what, advice = known
        raise ReadError(f"This is {what}, which this version does not read. {advice}", code="read.unsupported")
    is_json = suffix in _JSON_SUFFIXES or _looks_like_json(stream, start)
    return Format.JSON if is_json else Format.PLAIN


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
