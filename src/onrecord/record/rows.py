"""A record -> the rows that hold it; `from_rows` makes the same values of them again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.data import (
    Document,
    Event,
    Link,
    Record,
    Spans,
    Speaker,
    Statement,
    TimeExpression,
)
from onrecord.record.days import first_day
from onrecord.record.excerpts import excerpts_of
from onrecord.record.identity import document_key, statement_key
from onrecord.resolve.abbreviations import abbreviations
from onrecord.resolve.body_names import body_name

Row = dict[str, Any]
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
_REPLACED = "\ufffd"  # for lone surrogates and NUL, which databases do not take


def document_row(document: Document, statements: Iterable[Statement], added_at: str, *, excerpts: bool) -> Row:
    """The row of a document; with `excerpts` only the passages around its statements are kept of the text."""
    return {
        "key": document_key(document),
        "added_at": added_at,
        "sha256": document.sha256,
        "name": storable(document.name),
        "locator": storable(document.locator),
        "url": _or_none(document.url),
        "publisher": _or_none(document.publisher),
        "title": _or_none(document.title),
        "author": _or_none(document.author),
        "creation_time": document.creation_time,
        "creation_time_basis": document.creation_time_basis,
        "known_on": document.creation_day or added_at[:10],
        "language": document.language,
        "genre": document.genre,
        "notes": [storable(note) for note in document.notes],
        "retrieved_at": document.retrieved_at,
        "raw_sha256": document.raw_sha256,
        "length": len(document.text),
        "text": None if excerpts else storable(document.text),
        "excerpts": excerpts_of(storable(document.text), statements) if excerpts else None,
    }


def statement_rows(record: Record, document: str, known_on: str) -> list[Row]:
    """The rows of all statements of the document with the key `document`.

    Each list of mentions is kept once: a later statement names the first one that has the same.
    """
    holders: dict[Spans, str] = {}
    found = []
    for one in record.statements:
        mentions = one.speaker.mentions
        holder = holders.setdefault(mentions, one.id) if len(mentions) > 1 else one.id
        found.append(statement_row(one, record, document, known_on, None if holder == one.id else holder))
    return found


def statement_row(one: Statement, record: Record, document: str, known_on: str, mentions_of: str | None = None) -> Row:
    """The row of a statement of the document with the key `document`; its mentions are those of `mentions_of`, where one is told."""
    attribution, reading, said = one.attribution, one.reading, one.said_on
    return {
        "key": statement_key(document, attribution.source, attribution.content),
        "local_id": one.id,
        "source": spans_json(attribution.source),
        "cue": spans_json(attribution.cue),
        "content": spans_json(attribution.content),
        "words": storable(record.words(attribution.content)),
        "source_words": storable(record.words(attribution.source)),
        "cue_words": storable(record.words(attribution.cue)),
        "quote_type": one.quote_type,
        **_speaker_columns(one.speaker),
        "mentions": spans_json(one.speaker.mentions) if mentions_of is None else mentions_of,
        "addressee": _or_none(one.addressee),
        "via": [{"name": _or_none(via.name), "channel": via.channel, "span": list(via.span)} for via in one.via],
        "said_on": said and said.value,
        "said_on_span": said and list(said.span),
        "said_on_anchor": said and said.anchor,
        "stance": reading.stance,
        "negated_cue": reading.negated_cue,
        "conditional": reading.conditional,
        "condition": spans_json(reading.condition),
        "hypothetical": reading.hypothetical,
        "evidence": spans_json(reading.evidence),
        "factuality": reading.factuality,
        "part_of": one.part_of,
        "probability": float(attribution.probability),
        "sorted_on": (said and first_day(said.value)) or known_on,
    }


def _speaker_columns(speaker: Speaker) -> Row:
    return {
        "speaker_name": _or_none(speaker.name),
        "speaker_type": speaker.type,
        "speaker_role": _or_none(speaker.role),
        "speaker_key": _or_none(speaker.key),
        "stands_for": _or_none(speaker.stands_for),
    }


def time_row(one: TimeExpression) -> Row:
    return {
        "span": list(one.span),
        "type": one.type,
        "value": one.value,
        "anchor": one.anchor,
        "mod": one.mod,
        "reason": _or_none(one.reason),
    }


def event_row(one: Event) -> Row:
    return {
        "span": list(one.span),
        "what": storable(one.what),
        "when": one.when,
        "status": one.status,
        "statements": list(one.statements),
        "participants": [storable(name) for name in one.participants],
        "place": _or_none(one.place),
    }


def link_row(one: Link, said: Mapping[str, Row]) -> Row:
    """The row of a link inside a document; `said` are the rows of its statements by local id."""
    ends = said[one.from_id], said[one.to_id]
    return {
        "from_id": ends[0]["id"],
        "to_id": ends[1]["id"],
        "day": max(row["sorted_on"] for row in ends),
        "type": one.type,
        "basis": one.basis,
        "variant": one.variant,
        "probability": float(one.probability),
        "evidence": spans_json(one.evidence),
        "why": _or_none(one.why),
    }


def sighting_rows(record: Record, seen_on: str) -> list[Row]:
    """The names, roles, types and explained abbreviations under which each speaker with a key is seen in one document, each once."""
    seen: dict[tuple[str, str, str], None] = {}
    short = {body_name(full): one for one, full in abbreviations(record.document.text).items()} if record.statements else {}
    for one in record.statements:
        speaker = one.speaker
        shorter = short.get(body_name(speaker.name)) if short and speaker.name else None
        for kind, value in (("name", speaker.name), ("role", speaker.role), ("type", speaker.type.value), ("short", shorter)):
            if speaker.key and value and not one.reading.hypothetical:
                seen[storable(speaker.key), kind, storable(value)] = None
    return [{"speaker_key": key, "kind": kind, "value": value, "seen_on": seen_on} for key, kind, value in seen]


def spans_json(value: Spans) -> list[list[int]]:
    return [list(one) for one in value]


def storable(words: str) -> str:
    """The words with U+FFFD for what no database takes: NUL and lone surrogates; as long as before."""
    if words.isascii() and "\0" not in words:
        return words
    return _NOT_STORABLE.sub(_REPLACED, words)


def _or_none(words: str | None) -> str | None:
    return None if words is None else storable(words)
