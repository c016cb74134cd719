"""Web Annotations are valid, are found again in the texts, are RDF to another reader, and give the same records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rdflib import RDF, URIRef
from tests.export.contexts import OA, graph_of
from tests.export.exported import held, parsed

from onrecord.errors import ReadError, SelectorError
from onrecord.export.from_jsonl import from_json
from onrecord.export.jsonl import to_json
from onrecord.export.web_annotation import read_web_annotations, selector_of, web_annotations
from onrecord.find.selectors import found_again
from onrecord.record.ledger import Ledger

SCHEMA = json.loads((Path(__file__).parent / "webannotation.schema.json").read_text(encoding="utf8"))


@pytest.fixture
def collection(ledger: Ledger) -> Any:
    return parsed(web_annotations(held(ledger)))


def passages(part: Any) -> Iterator[Any]:
    """Every passage, wherever it stands."""
    if isinstance(part, dict):
        if part.get("type") == "SpecificResource":
            yield part
        for value in part.values():
            yield from passages(value)
    elif isinstance(part, list):
        for value in part:
            yield from passages(value)


def test_the_collection_is_valid(collection: Any) -> None:
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(collection)] == []
    assert collection["total"] == len(collection["first"]["items"]) > 20


def test_every_passage_is_found_by_its_position_and_by_its_words(collection: Any) -> None:
    texts = {one["target"]["id"]: one["target"]["onrecord:text"] for one in collection["first"]["items"] if "id" in one["target"]}
    count = 0
    for one in passages(collection):
        text, selector = texts[one["source"]], selector_of(one)
        assert text[selector.start : selector.end] == selector.exact
        assert selector.prefix + selector.exact + selector.suffix in text
        assert list(found_again(selector, text)) == [selector.start, selector.end]
        count += 1
    assert count > 50


def test_the_records_are_read_back(ledger: Ledger, collection: Any) -> None:
    assert list(read_web_annotations(collection)) == [from_json(to_json(one.record)) for one in held(ledger)]


def test_in_texts_that_moved_the_passages_are_found_by_their_words(ledger: Ledger) -> None:
    (one,) = held(ledger, documents=("courier-0310",))
    value = parsed(web_annotations([one]))
    value["first"]["items"][0]["target"]["onrecord:text"] = f"LESK. {one.record.document.text}"
    (again,) = read_web_annotations(value)
    assert again.words(again.statements[0].attribution.content) == "the ferry will never be sold to Brenn"
    value["first"]["items"][0]["target"]["onrecord:text"] = "Another text."
    with pytest.raises(SelectorError):
        list(read_web_annotations(value))


def test_rdf_readers_see_annotations_with_bodies_and_targets(ledger: Ledger, collection: Any) -> None:
    graph = graph_of(web_annotations(held(ledger)))
    found = set(graph.subjects(RDF.type, URIRef(f"{OA}Annotation")))
    assert len(found) == collection["total"]
    for one in found:
        assert (one, URIRef(f"{OA}hasTarget"), None) in graph
        assert (one, URIRef(f"{OA}hasBody"), None) in graph
    exact = {str(value) for value in graph.objects(None, URIRef(f"{OA}exact"))}
    assert "the ferry will never be sold to Brenn" in exact


def test_a_day_that_a_person_gave_has_a_position_and_no_words(collection: Any) -> None:
    days = [one["body"][-1].get("onrecord:said_on") for one in collection["first"]["items"]]
    (day,) = [one for one in days if one and one["onrecord:value"] == "2031-03-19"]
    assert [one["type"] for one in day["onrecord:span"]["selector"]] == ["TextPositionSelector"]


@pytest.mark.parametrize("value", [{}, {"first": {"items": [{}]}}, {"first": {"items": [{"body": [{"type": "onrecord:Link"}]}]}}], ids=str)
def test_what_is_no_collection_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(ReadError):
        list(read_web_annotations(value))
