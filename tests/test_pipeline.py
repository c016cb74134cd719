"""Any text at all becomes a record whose every span lies in the text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.data import Document, Record, Span
from onrecord.pipeline import Reader

WORDS = [
    "Quill",
    "Brandt",
    "said",
    "denied",
    "that",
    "the port",
    "would",
    "close",
    "on Friday",
    "if",
    "“",
    "”",
    '"',
    "'",
    ".",
    ",",
    ":",
    "\n\n",
    "she",
]
WORDS += [
    "told reporters",
    "in a statement",
    "will meet",
    "who",
    "never",
    "5 p.m.",
    "Dr.",
    "\ud800",
    "\u0000",
    "İ",
    "😀",
    "(",
    ")",
    "—",
    "date 2031-02-03",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(threads=1)


def spans_of(record: Record) -> Iterator[Span]:
    for one in record.statements:
        yield from one.attribution.source + one.attribution.cue + one.attribution.content
        yield from one.speaker.mentions + one.reading.condition + one.reading.evidence
        yield from (via.span for via in one.via)
        if one.said_on is not None:
            yield one.said_on.span
    yield from (one.span for one in record.times)
    yield from (one.span for one in record.events)
    for link in record.links:
        yield from link.evidence


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=80), date=st.sampled_from([None, "2031-03-04", "2031-03-04T10:00+02:00"]))
def test_any_text_becomes_a_record_of_its_own_words(reader: Reader, words: list[str], date: str | None) -> None:
    text = " ".join(words)
    record = reader.record(Document("any", text, creation_time=date), min_probability=0.0)
    assert all(0 <= span.start < span.end <= len(text) for span in spans_of(record))
    ids = [one.id for one in record.statements]
    assert len(set(ids)) == len(ids)
    assert {one.part_of for one in record.statements} <= {None, *ids}
    assert {end for link in record.links for end in (link.from_id, link.to_id)} <= set(ids)


def test_the_least_probability_holds_for_statements_and_links(reader: Reader) -> None:
    text = "Quill said the port would close. Brandt denied it. “No ship will sail,” the mayor said."
    everything = reader.record(Document("text", text), min_probability=0.0)
    likely = reader.record(Document("text", text), min_probability=0.8)
    assert len(everything.statements) >= len(likely.statements)
    assert all(one.attribution.probability >= 0.8 for one in likely.statements)
    assert all(link.probability >= 0.8 for link in likely.links)


def test_an_empty_text_has_an_empty_record(reader: Reader) -> None:
    record = reader.record(Document("empty", ""))
    assert (record.statements, record.times, record.events, record.links) == ((), (), (), ())


def test_the_record_of_a_document_that_is_not_in_english_is_empty() -> None:
    document = Document("a", "Mara Quill sagte am 3. März 2031, die Brücke sei sicher.", language="de-AT")
    assert Reader().record(document) == Record(document, (), (), (), ())
