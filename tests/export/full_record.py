"""One record in which every field has a value."""

from __future__ import annotations

from onrecord.data import (
    Attribution,
    Basis,
    Channel,
    CreationBasis,
    Document,
    Event,
    EventStatus,
    Link,
    LinkType,
    QuoteType,
    Reading,
    Record,
    SaidOn,
    Span,
    Speaker,
    SpeakerType,
    Stance,
    Statement,
    TimeExpression,
    TimeType,
    Variant,
    Via,
)

TEXT = (
    "Harbour master Mara Quill told the Lesk Courier on Tuesday that she would not shut the port if it rains.\n"
    "Ottmar Brandt denied that the port would stay open."
)


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


QUILL = Statement(
    "s1",
    Attribution((_span("Harbour master Mara Quill"),), (_span("told"),), (_span("that she would not shut the port if it rains"),), 0.95123),
    QuoteType.INDIRECT,
    Speaker("Mara Quill", SpeakerType.PERSON, "harbour master", "mara-quill", (_span("Mara Quill"),), "Port of Lesk"),
    Reading(Stance.REFUSES, True, (_span("if it rains"),), True, True, (_span("would not"),)),
    "Lesk Courier",
    (Via("Lesk Courier", Channel.INTERVIEW, _span("Lesk Courier")),),
    SaidOn("2031-03-04", _span("Tuesday")),
)
BRANDT = Statement(
    "s2",
    Attribution((_span("Ottmar Brandt"),), (_span("denied"),), (_span("that the port would stay open"),)),
    QuoteType.INDIRECT,
    Speaker("Ottmar Brandt"),
    Reading(Stance.DENIES),
    part_of="s1",
)
RECORD = Record(
    Document(
        "lesk/one", TEXT, "in/lesk/one.txt", "2031-03-05", CreationBasis.HEADER, "Lesk Courier", "Port stays open", "https://lesk.example/1"
    ),
    (QUILL, BRANDT),
    (TimeExpression(_span("Tuesday"), TimeType.DATE, "2031-03-04", "creation_time", "APPROX", "none"),),
    (Event(_span("shut the port"), "shut the port", "2031-03-06", EventStatus.DISPUTED, ("s1", "s2"), ("Mara Quill",), "Lesk"),),
    (Link(LinkType.DENIES, "s2", "s1", Basis.REPORTED, 0.9, Variant.CUT, (_span("denied"),), "“denied” answers s1"),),
    (("tagger", "0" * 64),),
)
