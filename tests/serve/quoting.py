"""A desk on papers that quote word for word, and drafts that quote them rightly and wrongly."""

from __future__ import annotations

from tests.find.invented import JON, MARA, add, article, changed

from onrecord.data import QuoteType, Record
from onrecord.record.ledger import open_ledger

NEVER = "“We will never sell the ferry to Brenn while I hold this office”"
MIGHT = "“We might close the upper bridge for the whole winter”"
DRAFT = """# Ferries

Mara Quill said “We will never sell the ferry to Brenn while I hold this office”.

Mara Quill said “We will sell the ferry to Brenn while I hold this office”. Jon Quill said “We might close the lower bridge for the
whole winter”.

Mara Quill said “We might close the upper bridge for the whole winter”. Jon Quill said “Nobody in Lesk has ever seen so many gulls”.
"""
VERDICTS = [
    (3, "exact", "Mara Quill"),
    (5, "negation_dropped", "Mara Quill"),
    (5, "altered", "Jon Quill"),
    (8, "other_speaker", "Mara Quill"),
    (8, "not_found", "Jon Quill"),
]


def quoted(record: Record) -> Record:
    """The record with its first statement quoted word for word."""
    return changed(record, quote_type=QuoteType.DIRECT)


def add_quotations(where: str) -> str:
    """A ledger at that place, with two papers that quote."""
    papers = (article("never", "2031-03-10", (MARA, NEVER)), article("might", "2031-03-11", (JON, MIGHT), publisher="Gazette"))
    with open_ledger(where, create=True) as ledger:
        add(ledger, *map(quoted, papers))
    return where
