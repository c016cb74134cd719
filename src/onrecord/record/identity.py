"""What makes two documents, statements or readings the same: digests of what they are, never of when or where they were made."""

from __future__ import annotations

import hashlib
import json

from onrecord.data import Document, Record, Spans

LENGTH = 32  # hexadecimal digits of a key: 128 bits


def document_key(document: Document) -> str:
    """The same text of the same publisher at the same place is one document."""
    return key_of_document(document.sha256, document.publisher, document.locator)


def key_of_document(sha256: str, publisher: str | None, locator: str) -> str:
    """The key of the document whose text has that digest."""
    return _key("document", sha256, publisher or "", locator)


def statement_key(document: str, source: Spans, content: Spans) -> str:
    """The same source and content in the document with the key `document` are one statement. Lists of numbers look as in JSON."""
    return _key("statement", document, str([list(map(list, source)), list(map(list, content))]))


def reading_digest(program: str, models: tuple[tuple[str, str], ...], min_probability: float) -> str:
    """Two readings of a document by the same program with the same models and least probability come out the same."""
    return _key("reading", program, json.dumps(sorted(models)), repr(float(min_probability)))


def linker_digest(version: str, model: str, min_probability: float) -> str:
    """Two comparisons of a reading with the same ledger, by the same version and model, come out the same."""
    return _key("linker", version, model, repr(float(min_probability)))


def digest_of(record: Record, program: str, min_probability: float) -> str:
    """The reading's digest of a record."""
    return reading_digest(program, record.models, min_probability)


def overlap(first: Spans, second: Spans) -> float:
    """Characters that both hold, of all that either holds (Jaccard), 0 to 1."""
    mine, theirs = ({place for start, end in spans for place in range(start, end)} for spans in (first, second))
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def _key(*parts: str) -> str:
    whole = "\x1f".join(parts).encode("utf8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:LENGTH]
