"""A record as one JSON object: what `--format jsonl` prints, and what `record.schema.json` describes."""

from __future__ import annotations

import json

from onrecord.data import Document, Event, Link, Record, Spans, Speaker, Statement, TimeExpression, Via

SCHEMA = 1

# Line breaks to some readers of lines, though not to JSON.
_LINE_BREAKS = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def to_json(record: Record, version: str | None = None) -> dict[str, object]:
    """The record as JSON values, ready for `json.dumps`; `version` is that of the program that made it, if not this one."""
    from onrecord import __version__  # noqa: PLC0415  # the package is not ready yet when this module is imported

    return {
        "document": _document(record.document),
        "made_by": {"onrecord": version or __version__, "schema": SCHEMA, "models": dict(record.models)},
        "statements": [statement_to_json(one) for one in record.statements],
        "times": [_time(one) for one in record.times],
        "events": [_event(one) for one in record.events],
        "links": [_link(one) for one in record.links],
    }


def to_line(value: object) -> bytes:
    """One line of JSON in valid UTF-8, whatever characters the texts hold."""
    line = json.dumps(value, ensure_ascii=False)
    for character, escaped in _LINE_BREAKS.items():
        line = line.replace(character, escaped)
    try:
        return line.encode("utf8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode("ascii") + b"\n"


def _document(document: Document) -> dict[str, object]:
    return {
        "name": document.name,
        "locator": document.locator,
        "publisher": document.publisher,
        "title": document.title,
        "author": document.author,
        "url": document.url,
        "creation_time": document.creation_time,
        "creation_time_basis": document.creation_time_basis,
        "retrieved_at": document.retrieved_at,
        "language": document.language,
        "genre": document.genre,
        "notes": list(document.notes),
        "raw_sha256": document.raw_sha256,
        "sha256": document.sha256,
        "text": document.text,
    }


def statement_to_json(statement: Statement) -> dict[str, object]:
    """The statement as JSON values."""
    attribution, reading, said_on = statement.attribution, statement.reading, statement.said_on
    return {
        "id": statement.id,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "quote_type": statement.quote_type,
        "speaker": _speaker(statement.speaker),
        "addressee": statement.addressee,
        "via": [_via(one) for one in statement.via],
        "said_on": said_on and {"value": said_on.value, "span": list(said_on.span), "anchor": said_on.anchor},
        "stance": reading.stance,
        "negated_cue": reading.negated_cue,
        "conditional": reading.conditional,
        "condition": _spans(reading.condition),
        "hypothetical": reading.hypothetical,
        "evidence": _spans(reading.evidence),
        "factuality": reading.factuality,
        "part_of": statement.part_of,
        "probability": _probability(attribution.probability),
    }


def _speaker(speaker: Speaker) -> dict[str, object]:
    return {
        "name": speaker.name,
        "type": speaker.type,
        "role": speaker.role,
        "key": speaker.key,
        "mentions": _spans(speaker.mentions),
        "stands_for": speaker.stands_for,
    }


def _via(via: Via) -> dict[str, object]:
    return {"name": via.name, "channel": via.channel, "span": list(via.span)}


def _time(time: TimeExpression) -> dict[str, object]:
    return {
        "span": list(time.span),
        "type": time.type,
        "value": time.value,
        "anchor": time.anchor,
        "mod": time.mod,
        "reason": time.reason,
    }


def _event(event: Event) -> dict[str, object]:
    return {
        "span": list(event.span),
        "what": event.what,
        "when": event.when,
        "status": event.status,
        "statements": list(event.statements),
        "participants": list(event.participants),
        "place": event.place,
    }


def _link(link: Link) -> dict[str, object]:
    return {
        "type": link.type,
        "from": link.from_id,
        "to": link.to_id,
        "basis": link.basis,
        "variant": link.variant,
        "evidence": _spans(link.evidence),
        "probability": _probability(link.probability),
        "why": link.why,
    }


def _spans(spans: Spans) -> list[list[int]]:
    return [list(span) for span in spans]


def _probability(value: float) -> float:
    return round(float(value), 4)
