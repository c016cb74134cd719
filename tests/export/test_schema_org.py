"""schema.org: only terms that there are, in the shapes that they have, and nobody is made to claim what he denies."""

from __future__ import annotations

import pytest
from rdflib import RDF, SDO, Graph, Literal, URIRef
from tests.export.contexts import complaints, graph_of
from tests.export.exported import held, parsed
from tests.find.invented import JON, MARA, add, article, changed

from onrecord.data import QuoteType
from onrecord.export.schema_org import schema_org
from onrecord.find.records import records
from onrecord.record.ledger import Ledger

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <https://schema.org/> .
@prefix : <urn:shapes:> .
:Article a sh:NodeShape ; sh:targetClass schema:NewsArticle ;
  sh:property [ sh:path schema:name ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path schema:url ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path schema:datePublished ; sh:pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}" ] ;
  sh:property [ sh:path schema:publisher ; sh:class schema:Organization ] .
:Said a sh:NodeShape ; sh:targetClass schema:Quotation, schema:Claim ;
  sh:property [ sh:path schema:text ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 1 ] ;
  sh:property [ sh:path schema:isPartOf ; sh:minCount 1 ; sh:class schema:NewsArticle ] ;
  sh:property [ sh:path schema:creator ; sh:maxCount 1 ; sh:or ( [ sh:class schema:Person ] [ sh:class schema:Organization ] ) ;
                sh:node [ sh:property [ sh:path schema:name ; sh:minCount 1 ] ] ] ;
  sh:property [ sh:path schema:dateCreated ; sh:pattern "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" ] .
:Claim a sh:NodeShape ; sh:targetClass schema:Claim ;
  sh:property [ sh:path schema:appearance ; sh:minCount 1 ; sh:class schema:NewsArticle ] .
"""


@pytest.fixture
def graph(ledger: Ledger) -> Graph:
    return graph_of(schema_org(held(ledger)))


def test_every_term_is_one_of_schema_org(graph: Graph) -> None:
    used = {term for term in (*graph.predicates(), *graph.objects(None, RDF.type)) if term != RDF.type}
    assert len(used) > 10
    assert used <= set(dir(SDO))


def test_it_has_the_shapes_of_articles_quotations_and_claims(graph: Graph) -> None:
    assert complaints(graph, SHAPES) == ""
    assert len(set(graph.subjects(RDF.type, SDO.NewsArticle))) == 6


def test_the_shapes_can_fail(graph: Graph) -> None:
    graph.remove((None, SDO.appearance, None))
    assert "appearance" in complaints(graph, SHAPES)


def types_of(graph: Graph, words: str) -> set[str]:
    return {
        str(kind).removeprefix(str(SDO))
        for one in graph.subjects(SDO.text, Literal(words, lang=None))
        for kind in graph.objects(one, RDF.type)
    }


def test_marked_words_are_quotations_assertions_claims_and_denials_neither(ledger: Ledger) -> None:
    paper = article("said", "2031-04-01", (MARA, "the quay holds"), (JON, "the quay is rotten"), (MARA, "we will stay"))
    told = changed(changed(paper, 1, quote_type=QuoteType.DIRECT), 2, stance="denies")
    add(ledger, changed(told, 3, stance="commits", quote_type=QuoteType.MIXED))
    graph = graph_of(schema_org(held(ledger, documents=("said",))))
    assert types_of(graph, "the quay holds") == {"Quotation", "Claim"}
    assert types_of(graph, "the quay is rotten") == {"CreativeWork"}
    assert types_of(graph, "we will stay") == {"Quotation"}


def test_words_that_nobody_said_are_left_out(ledger: Ledger) -> None:
    add(ledger, changed(article("could", "2031-04-01", (MARA, "we are staying")), hypothetical=True))
    graph = graph_of(schema_org(held(ledger, documents=("could",))))
    assert list(graph.objects(None, SDO.text)) == []
    assert len(list(graph.subjects(RDF.type, SDO.NewsArticle))) == 1


def test_a_speaker_whom_the_list_knows_has_its_wikidata_address(ledger: Ledger) -> None:
    from tests.find.invented import OLD  # noqa: PLC0415

    from onrecord.record.known_people import Known  # noqa: PLC0415

    ledger.know(ledger.begin(OLD, "add"), [Known("mara-quill", "Mara Quill", wikidata="Q1001")])
    graph = graph_of(schema_org(records(ledger)))
    same = set(graph.objects(URIRef("urn:onrecord:speaker:mara-quill"), SDO.sameAs))
    assert same == {URIRef("http://www.wikidata.org/entity/Q1001")}


def test_an_address_that_is_none_of_the_web_is_left_out(ledger: Ledger) -> None:
    from dataclasses import replace  # noqa: PLC0415

    one = article("odd", "2031-04-01", (MARA, "yes"))
    add(ledger, replace(one, document=replace(one.document, url="javascript:alert(1)")))
    (found, *_) = parsed(schema_org(held(ledger, documents=("odd",))))["@graph"]
    assert "url" not in found
