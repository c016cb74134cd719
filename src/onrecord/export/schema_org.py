"""Records -> schema.org (JSON-LD): articles, the quotations in them, and the claims that speakers make.

Words that stand between quotation marks are a Quotation. What somebody asserts, predicts or accuses somebody of is a Claim; words that are
both are both. Other statements (a refusal, a demand, what somebody denies, in the paper's own words) are a CreativeWork: to call what a
speaker denies his claim would be wrong. There is no ClaimReview, since nobody in a ledger says whether a claim is true. Words that nobody
said are left out, and the stance is a keyword.

https://schema.org/Quotation, https://schema.org/Claim
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from onrecord.data import QuoteType, SpeakerType, Stance, Statement
from onrecord.export.linked_data import document, iri, web_address, without_nothing
from onrecord.find.records import HeldRecord

Node = dict[str, Any]
CONTEXT = "https://schema.org"
CLAIMS = frozenset({Stance.ASSERTS, Stance.PREDICTS, Stance.ACCUSES})
_KINDS = {
    SpeakerType.PERSON: "Person",
    SpeakerType.ORGANISATION: "Organization",
    SpeakerType.GOVERNMENT: "GovernmentOrganization",
    SpeakerType.GROUP: "Organization",
}
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?![\d-])")  # schema.org's Date; a part of a day ("2031-03-14TMO") counts as its day


def schema_org(held: Iterable[HeldRecord]) -> Iterator[bytes]:
    """One graph with an article for each document and a node for each statement."""
    return document({"@context": CONTEXT}, "@graph", chain.from_iterable(map(nodes, held)))


def nodes(held: HeldRecord) -> Iterator[Node]:
    """The article, then its statements."""
    yield _article(held)
    for statement, key in zip(held.record.statements, held.ids, strict=True):
        if not statement.reading.hypothetical:
            yield _statement(held, statement, key)


def _article(held: HeldRecord) -> Node:
    of = held.record.document
    return without_nothing(
        {
            "@id": iri("document", held.id),
            "@type": "OpinionNewsArticle" if of.genre == "opinion" else "SatiricalArticle" if of.genre == "satire" else "NewsArticle",
            "name": of.name,
            "headline": of.title,
            "url": web_address(of.url),
            "inLanguage": of.language,
            "datePublished": of.creation_time,
            "publisher": of.publisher and {"@id": iri("publisher", of.publisher), "@type": "Organization", "name": of.publisher},
            "author": of.author and {"@type": "Person", "name": of.author},
        }
    )


def _statement(held: HeldRecord, one: Statement, key: str) -> Node:
    speaker, day = _speaker(held, one), one.said_on and _DAY.match(one.said_on.value)
    kinds = _types(one)
    article = {"@id": iri("document", held.id)}
    return without_nothing(
        {
            "@id": iri("statement", key),
            "@type": kinds,
            "additionalType": iri("term", "Statement"),
            "text": held.record.words(one.attribution.content),
            "inLanguage": held.record.document.language,
            "creator": speaker,
            "spokenByCharacter": speaker if "Quotation" in kinds else None,
            "dateCreated": day and day.group(),
            "isPartOf": article,
            "keywords": _keywords(one),
            "appearance": article if "Claim" in kinds else None,
        }
    )


def _types(one: Statement) -> list[str]:
    kinds = [] if one.quote_type is QuoteType.INDIRECT else ["Quotation"]
    kinds += ["Claim"] if one.reading.stance in CLAIMS and not one.reading.negated_cue else []
    return kinds or ["CreativeWork"]


def _keywords(one: Statement) -> list[str]:
    flags = ((one.reading.negated_cue, "negated cue"), (one.reading.conditional, "conditional"))
    return [one.reading.stance.value, *(name for holds, name in flags if holds)]


def _speaker(held: HeldRecord, one: Statement) -> Node | None:
    """The person or body; of a document that speaks, or somebody of whom no more is known, the name alone."""
    speaker = one.speaker
    if not speaker.name:
        return None
    key, known = speaker.key, (held.wikidata or {}).get(speaker.key or "")
    kind = _KINDS.get(speaker.type)
    return without_nothing(
        {
            "@id": iri("speaker", key) if key else None,
            "@type": kind or "Organization",
            "name": speaker.name,
            "jobTitle": speaker.role if kind == "Person" else None,
            "description": None if kind == "Person" else speaker.role,
            "sameAs": known and f"http://www.wikidata.org/entity/{known}",
        }
    )
