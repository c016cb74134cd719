"""The text layer of a PDF -> one document. Needs pypdf, which comes with the extra `pdf`."""

from __future__ import annotations

import importlib
import io
import logging
import re
import time
import warnings
from collections.abc import Iterator
from typing import Any

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.facts import Facts, made
from onrecord.read.files import Found
from onrecord.read.instants import instant
from onrecord.read.pdf_lines import Line, lines_of_page, text_of_pages
from onrecord.read.plain import raw_sha256, too_long, within
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

_MOST_BYTES = 128 << 20
_MOST_PAGES = 2000
_SECONDS = 60.0
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?\s*(?:(Z)|([+-])(\d{2})'?(\d{2})?)?")
_NO_TITLE = re.compile(
    r"\s*|\(?(?:untitled|unspecified|anonymous|slide 1|powerpoint presentation)\)?|.*\.(?:docx?|pdf|indd|odt|rtf|qxd|pages|tex|txt)",
    re.IGNORECASE,
)
_TOLD = (("title", "/Title"), ("author", "/Author"), ("date", "/CreationDate"))
_BY_PROGRAM = re.compile(r"^Microsoft (?:Word|PowerPoint) - ")


def pdf_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The one document of the file, after its warnings.

    Raises:
        ReadError: pypdf is not installed, or the PDF is damaged, locked, or has no text layer.
    """
    pypdf = _pypdf()
    data = within(stream, _MOST_BYTES, options.longest_document)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pages, told = _read(pypdf, data, options.longest_document)
    except ReadError:
        raise
    except Exception as error:  # the library meets broken files with whatever Python raises
        raise ReadError(f"The PDF is damaged ({type(error).__name__}: {str(error)[:200]}). Fetch it again.", code="read.damaged") from error
    text = text_of_pages(pages)
    if not re.search(r"\w{2}", text):
        raise ReadError(
            "The PDF has no text layer: its pages are pictures. Run text recognition over it (for example ocrmypdf) and read the result.",
            code="read.no_text_layer",
        )
    title = _BY_PROGRAM.sub("", told.get("title", ""))
    facts = Facts(
        text,
        raw_sha256(data),
        title=None if _NO_TITLE.fullmatch(title) else title,
        author=None if _NO_TITLE.fullmatch(told.get("author", "")) else told.get("author"),
        creation_time=_date(told.get("date", "")),
    )
    yield from made(facts, found, options)


def _pypdf() -> Any:
    try:
        pypdf = importlib.import_module("pypdf")
    except ImportError as error:
        raise ReadError("To read PDF, install what it takes: pip install 'onrecord[pdf]'.", code="read.not_installed") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of broken files is no message of ours
    return pypdf


def _read(pypdf: Any, data: bytes, longest: int) -> tuple[list[list[Line]], dict[str, str]]:
    """The lines of each page, and what the file says of itself."""
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("The PDF is locked with a password. Save it without one and read that.", code="read.locked")
    if len(reader.pages) > _MOST_PAGES:
        raise ReadError(f"The PDF has more than {_MOST_PAGES:,} pages. Split it and read the parts.", code="read.too_long")
    ends_at = time.process_time() + _SECONDS
    pages: list[list[Line]] = []
    characters = 0
    for page in reader.pages:
        pages.append(lines_of_page(page, lambda: _check_time(ends_at)))
        characters += sum(len(line.text) for line in pages[-1])
        if characters > longest:
            raise too_long(longest)
    return pages, _told(reader)


def _check_time(ends_at: float) -> None:
    if time.process_time() > ends_at:
        raise ReadError(f"Reading the PDF takes more than {_SECONDS:.0f} seconds. Save its text and read that.", code="read.too_slow")


def _told(reader: Any) -> dict[str, str]:
    try:
        metadata = reader.metadata or {}
        return {
            name: " ".join(str(metadata.get(key) or "").split())
            for name, key in (("title", "/Title"), ("author", "/Author"), ("date", "/CreationDate"))
        }
    except Exception:  # noqa: BLE001  # a broken table of metadata leaves the text readable
        return {}


def _date(written: str) -> str | None:
    """ISO 8601 of `D:20310304100000+01'00'` (ISO 32000-1, 7.9.4)."""
    parts = _DATE.match(written)
    if parts is None:
        return instant(written)
    year, month, day, hour, minute, second, utc, sign, zone_hours, zone_minutes = parts.groups()
    if hour is None:
        return f"{year}-{month}-{day}"
    zone = "Z" if utc else f"{sign}{zone_hours}:{zone_minutes or '00'}" if sign else ""
    return instant(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}") or f"{year}-{month}-{day}"
