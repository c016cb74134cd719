"""onrecord reads news and keeps the record: who said what, when, through whom, with which stance, and who contradicts whom.

    for record in onrecord.records("articles/"):
        for statement in record.statements:
            print(statement.speaker.name, statement.reading.stance, record.words(statement.attribution.content))

Importing this package loads no model; the first document does.
"""

from __future__ import annotations

from onrecord.api import records, text_record
from onrecord.data import (
    Attribution,
    Document,
    Event,
    Link,
    LinkType,
    Reading,
    Record,
    Rejection,
    Span,
    Speaker,
    Stance,
    Statement,
    TimeExpression,
)
from onrecord.errors import ItemError, OnRecordError, ReadError, RunError, UsageError, WeightsError

__version__ = "0.1.0"

__all__ = [
    "Attribution",
    "Document",
    "Event",
    "ItemError",
    "Link",
    "LinkType",
    "OnRecordError",
    "ReadError",
    "Reading",
    "Record",
    "Rejection",
    "RunError",
    "Span",
    "Speaker",
    "Stance",
    "Statement",
    "TimeExpression",
    "UsageError",
    "WeightsError",
    "__version__",
    "records",
    "text_record",
]
