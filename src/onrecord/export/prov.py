"""Where a ledger's content comes from -> PROV-O (JSON-LD): documents, readings, runs, models, statements, links, and what people decided.

Entities are documents, models, readings (collections of statements), statements, links and decisions; activities are runs and judgements;
agents are programs, people, publishers and speakers. The context is in the file, so that nothing need be fetched to read it.

PROV-O: https://www.w3.org/TR/prov-o/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from onrecord.data import SpeakerType, Statement
from onrecord.export.linked_data import TERMS, document, instant, iri, web_address, without_nothing
from onrecord.find.origins import DocumentOrigin, JudgementOrigin, LinkOrigin, Origin, ReadingOrigin, RunOrigin
from onrecord.find.records import HeldRecord

Node = dict[str, Any]
_TO_THINGS = (
    *("wasAttributedTo", "wasDerivedFrom", "wasQuotedFrom", "wasRevisionOf", "wasGeneratedBy", "wasInvalidatedBy", "wasInfluencedBy"),
    *("wasAssociatedWith", "used", "hadMember", "actedOnBehalfOf"),
)
_INSTANTS = ("generatedAtTime", "invalidatedAtTime", "startedAtTime", "endedAtTime")
CONTEXT: Node = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "onrecord": TERMS,
    **{f"prov:{name}": {"@type": "@id"} for name in _TO_THINGS},
    **{f"prov:{name}": {"@type": "xsd:dateTime"} for name in _INSTANTS},
    **{f"onrecord:{name}": {"@type": "@id"} for name in ("from", "to", "revokes", "about")},
    "rdfs:seeAlso": {"@type": "@id"},
}


def prov(found: Iterable[Origin]) -> Iterator[bytes]:
    """One graph of all of it."""
    return document({"@context": CONTEXT}, "@graph", chain.from_iterable(map(nodes, found)))


def nodes(one: Origin) -> Iterator[Node]:
    """The nodes of a document with all that belongs to it, of a judgement, or of a run."""
    if isinstance(one, DocumentOrigin):
        yield from _document(one)
    elif isinstance(one, JudgementOrigin):
        yield from _judgement(one)
    else:
        yield from _run(one)


def _document(one: DocumentOrigin) -> Iterator[Node]:
    held = one.held
    of = held.record.document
    publisher = of.publisher and {
        "@id": iri("publisher", of.publisher),
        "@type": ["prov:Agent", "prov:Organization"],
        "foaf:name": of.publisher,
    }
    yield without_nothing(
        {
            "@id": iri("document", held.id),
            "@type": ["prov:Entity", "onrecord:Document"],
            "rdfs:label": of.title or of.name,
            "dcterms:created": of.creation_time,
            "dcterms:language": of.language,
            "onrecord:locator": of.locator,
            "onrecord:sha256": of.sha256,
            "onrecord:added_at": one.added_at,
            "onrecord:retrieved_at": of.retrieved_at,
            "rdfs:seeAlso": web_address(of.url),
            "prov:wasAttributedTo": publisher if of.publisher else None,
        }
    )
    for reading, later in zip(one.readings, (*one.readings[1:], None), strict=True):
        yield from _reading(held, reading, later)
    for statement, key in zip(held.record.statements, held.ids, strict=True):
        yield _statement(held, statement, key)
    for link in one.links:
        yield _link(link)
    for decided in one.judgements:
        yield from _judgement(decided)


def _reading(held: HeldRecord, one: ReadingOrigin, later: ReadingOrigin | None) -> Iterator[Node]:
    """A reading with its models; the current one holds the statements, and one that was superseded is no longer valid."""
    is_current = one.id == held.reading
    yield without_nothing(
        {
            "@id": iri("reading", one.id),
            "@type": ["prov:Entity", "prov:Collection", "onrecord:Reading"],
            "prov:wasDerivedFrom": iri("document", held.id),
            "prov:wasGeneratedBy": iri("run", one.run),
            "prov:generatedAtTime": instant(one.made_at),
            "prov:wasInfluencedBy": [_model(name, digest) for name, digest in one.models],
            "prov:wasRevisionOf": one.supersedes and iri("reading", one.supersedes),
            "prov:invalidatedAtTime": later and instant(later.made_at),
            "prov:wasInvalidatedBy": later and iri("run", later.run),
            "prov:hadMember": [iri("statement", key) for key in held.ids] if is_current else None,
        }
    )
    yield {"@id": iri("run", one.run), "prov:used": [iri("document", held.id), *(iri("model", *model) for model in one.models)]}


def _model(name: str, digest: str) -> Node:
    return {"@id": iri("model", name, digest), "@type": ["prov:Entity", "onrecord:Model"], "rdfs:label": name, "onrecord:sha256": digest}


def _statement(held: HeldRecord, one: Statement, key: str) -> Node:
    reading = one.reading
    return without_nothing(
        {
            "@id": iri("statement", key),
            "@type": ["prov:Entity", "onrecord:Statement"],
            "prov:value": held.record.words(one.attribution.content),
            "prov:wasQuotedFrom": iri("document", held.id),
            "prov:wasAttributedTo": _speaker(one),
            "onrecord:stance": reading.stance.value,
            "onrecord:said_on": one.said_on and one.said_on.value,
            "onrecord:hypothetical": reading.hypothetical or None,
            "onrecord:probability": round(float(one.attribution.probability), 4),
        }
    )


def _speaker(one: Statement) -> Node | None:
    """The agent; nobody where the words are only imagined, or nobody has a key."""
    speaker = one.speaker
    if speaker.key is None or one.reading.hypothetical:
        return None
    kind = "prov:Person" if speaker.type is SpeakerType.PERSON else "prov:Organization"
    return without_nothing({"@id": iri("speaker", speaker.key), "@type": ["prov:Agent", kind], "foaf:name": speaker.name})


def _link(one: LinkOrigin) -> Node:
    link = one.link
    ends = iri("statement", link.name.source), iri("statement", link.name.target)
    by_hand = None if link.judged is None else iri("decision", link.judged.row["id"])
    return without_nothing(
        {
            "@id": iri("link", link.name.id),
            "@type": ["prov:Entity", "onrecord:Link"],
            "onrecord:type": link.name.type,
            "onrecord:from": ends[0],
            "onrecord:to": ends[1],
            "onrecord:basis": str(link.row["basis"]),
            "onrecord:probability": round(link.probability, 4),
            "onrecord:why": link.row["why"],
            "prov:wasDerivedFrom": [*ends, *([by_hand] if by_hand else [])],
            "prov:wasGeneratedBy": None if one.run is None else iri("run", one.run),
            "prov:generatedAtTime": instant(one.found_at),
        }
    )


def _judgement(one: JudgementOrigin) -> Iterator[Node]:
    """The judging, and the decision that came of it; one that was taken back is no longer valid."""
    judging, decision, at = iri("judgement", one.id), iri("decision", one.id), instant(one.made_at)
    about = iri("statement", one.statement) if one.statement else iri("speaker", one.speaker) if one.speaker else None
    person = {"@id": iri("person", one.made_by), "@type": ["prov:Agent", "prov:Person"], "foaf:name": one.made_by}
    yield without_nothing(
        {
            "@id": judging,
            "@type": ["prov:Activity", "onrecord:Judgement"],
            "prov:startedAtTime": at,
            "prov:endedAtTime": at,
            "prov:wasAssociatedWith": person,
            "prov:used": iri("statement", one.statement) if one.statement else None,
        }
    )
    yield without_nothing(
        {
            "@id": decision,
            "@type": ["prov:Entity", "onrecord:Decision"],
            "prov:wasGeneratedBy": judging,
            "prov:generatedAtTime": at,
            "onrecord:kind": one.kind,
            "onrecord:about": about,
            "onrecord:changes": json.dumps(one.changes, ensure_ascii=False, sort_keys=True) if one.changes else None,
            "rdfs:comment": one.note,
        }
    )
    if one.revokes is not None:
        yield {"@id": iri("decision", one.revokes), "prov:wasInvalidatedBy": judging, "prov:invalidatedAtTime": at}


def _run(one: RunOrigin) -> Iterator[Node]:
    who: list[Node] = [{"@id": iri("program", one.program), "@type": ["prov:Agent", "prov:SoftwareAgent"], "foaf:name": one.program}]
    if one.made_by:
        who.append({"@id": iri("person", one.made_by), "@type": ["prov:Agent", "prov:Person"], "foaf:name": one.made_by})
    yield without_nothing(
        {
            "@id": iri("run", one.id),
            "@type": ["prov:Activity", "onrecord:Run"],
            "rdfs:label": one.command,
            "prov:startedAtTime": instant(one.started_at),
            "prov:endedAtTime": instant(one.ended_at),
            "prov:wasAssociatedWith": who,
        }
    )
