"""Records of invented articles, made by hand: what the tests of the ledger add."""

from __future__ import annotations

from dataclasses import replace

from onrecord.data import (
    Attribution,
    Basis,
    Channel,
    Document,
    Event,
    EventStatus,
    Factuality,
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
    Via,
)

TEXT = (
    "Harbour minister Mara Quill said on Monday that the ferry would sail again. "
    "“There is no such plan,” the shipping line Brenn told the Lesk Courier. The council meets on Friday."
)
MODELS = (("tagger", "0" * 64),)


def span(words: str, text: str = TEXT) -> Span:
    """Where the words stand in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def document(name: str = "courier-0312", text: str = TEXT, **others: str) -> Document:
    """An article of the Lesk Courier of 12 March 2031."""
    given = {"publisher": "Lesk Courier", "creation_time": "2031-03-12", "locator": f"news/{name}.txt", "title": "Ferry to sail again"}
    return Document(name, text, **{**given, **others})  # type: ignore[arg-type]


def record(of: Document | None = None) -> Record:
    """Two statements with a link between them, a time and an event."""
    quill, brenn = _quill(), _brenn()
    link = Link(LinkType.DENIES, "s2", "s1", Basis.INFERRED, 0.7, why="The next statement says no to what was just said.")
    time = TimeExpression(span("Monday"), TimeType.DATE, "2031-03-10", "creation_time")
    event = Event(
        span("The council meets on Friday"), "The council meets", "2031-03-14", EventStatus.PLANNED, ("s1",), ("council",), "Lesk"
    )
    return Record(of or document(), (quill, brenn), (time,), (event,), (link,), MODELS)


def statement(words: str, speaker: Speaker, text: str, number: int = 1) -> Statement:
    """A statement whose content is the words, wherever they stand in the text."""
    name = span(speaker.name, text) if speaker.name and speaker.name in text else None
    attribution = Attribution((name,) if name else (), (), (span(words, text),), 0.9)
    return Statement(f"s{number}", attribution, QuoteType.INDIRECT, speaker)


def said(text: str, words: str, speaker: Speaker, of: Document | None = None, **reading: object) -> Record:
    """A record with one statement."""
    one = replace(statement(words, speaker, text), reading=Reading(**reading))  # type: ignore[arg-type]
    return Record(of or document(text=text), (one,), (), (), (), MODELS)


def person(name: str, key: str | None = None, role: str | None = None) -> Speaker:
    """A person with the key that the name gives."""
    return Speaker(name, SpeakerType.PERSON, role, key or name.casefold().replace(" ", "-"))


def _quill() -> Statement:
    return Statement(
        "s1",
        Attribution((span("Harbour minister Mara Quill"),), (span("said"),), (span("that the ferry would sail again"),), 0.95),
        QuoteType.INDIRECT,
        Speaker("Mara Quill", SpeakerType.PERSON, "Harbour minister", "mara-quill", (span("Mara Quill"),)),
        Reading(Stance.COMMITS, evidence=(span("would"),), factuality=Factuality.PROBABLE),
        said_on=SaidOn("2031-03-10", span("Monday")),
    )


def _brenn() -> Statement:
    return Statement(
        "s2",
        Attribution((span("the shipping line Brenn"),), (span("told"),), (span("“There is no such plan,”"),), 0.8),
        QuoteType.DIRECT,
        Speaker("Brenn", SpeakerType.ORGANISATION, "shipping line", "brenn", (span("Brenn"),)),
        Reading(Stance.DENIES),
        addressee="Lesk Courier",
        via=(Via("Lesk Courier", Channel.INTERVIEW, span("Lesk Courier")),),
    )
