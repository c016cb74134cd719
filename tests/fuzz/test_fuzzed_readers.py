"""Whatever is done to a file, reading it ends in documents and rejections with known codes, and what is read of them is well made."""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import given, settings
from tests.fuzz.conftest import ODD
from tests.fuzz.samples import MUTANTS

from onrecord.annotate.timex import time_expressions
from onrecord.data import Document, Rejection
from onrecord.errors import CODES
from onrecord.export.jsonl import to_line
from onrecord.read import documents
from onrecord.record.rows import document_row
from onrecord.settings import ReadOptions

MOST_SECONDS = 20  # of the processor, for a file of some thousand bytes
LONGEST = 100_000


@settings(deadline=None, suppress_health_check=ODD)
@given(mutant=MUTANTS)
def test_every_file_is_read_or_rejected(tmp_path: Path, mutant: tuple[str, bytes]) -> None:
    name, data = mutant
    path = tmp_path / f"x.{name}"
    path.write_bytes(data)
    began = time.process_time()
    found = list(documents([str(path)], ReadOptions(longest_document=LONGEST)))
    assert found
    for one in found:
        if isinstance(one, Rejection):
            assert one.code in CODES
            assert one.message
            assert one.locator
        else:
            check(one)
    assert time.process_time() - began < MOST_SECONDS


def check(document: Document) -> None:
    """Every stage after reading takes the document."""
    assert document.text.strip()
    assert len(document.text) <= LONGEST
    assert document.creation_time is None or document.creation_day
    for one in time_expressions(document):
        assert 0 <= one.span.start < one.span.end <= len(document.text)
    to_line({"text": document.text, "title": document.title, "author": document.author})
    document_row(document, (), "2031-03-04T10:00:00+00:00", excerpts=False)
