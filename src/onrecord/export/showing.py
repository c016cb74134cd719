"""One statement or document with all that the ledger knows of it, as JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from onrecord.data import Document, Statement
from onrecord.export.jsonl import statement_to_json
from onrecord.find.show import ShownDocument, ShownStatement

_OF_DOCUMENT = ("name", "locator", "url", "publisher", "title", "author", "creation_time", "creation_time_basis", "language", "sha256")
_OF_STATEMENT = ("document_id", "known_on", "is_current", "is_statement", "now")


def shown_statement_json(found: ShownStatement) -> dict[str, Any]:
    """The statement, its document, and where its words stand, its readings, judgements and links."""
    inner = {**_of(found.statement, found.wikidata), "id": found.id, "local_id": found.statement.id}
    own = {name: getattr(found, name) for name in _OF_STATEMENT}
    rest = {name: [asdict(one) for one in getattr(found, name)] for name in ("selectors", "readings", "judgements", "links")}
    return {"statement": inner, "document": _about(found.document, found.document_id), **own, **rest}


def shown_document_json(found: ShownDocument) -> dict[str, Any]:
    """The document with its text, its statements and its readings."""
    inner = [{**_of(one, found.wikidata), "id": key, "local_id": one.id} for key, one in found.statements]
    about = {**_about(found.document, found.id), "text": found.document.text}
    return {"document": about, "known_on": found.known_on, "statements": inner, "readings": [asdict(one) for one in found.readings]}


def _of(statement: Statement, wikidata: Mapping[str, str]) -> dict[str, Any]:
    """What `read` prints of the statement, with the speaker's id at Wikidata."""
    value: dict[str, Any] = statement_to_json(statement)
    return {**value, "speaker": {**value["speaker"], "wikidata": wikidata.get(statement.speaker.key or "")}}


def _about(document: Document, key: str) -> dict[str, Any]:
    return {"id": key, **{name: getattr(document, name) for name in _OF_DOCUMENT}}
