"""PROV-O: only terms that there are, every thing with its origin, every agent with a name, and what was taken back no longer valid."""

from __future__ import annotations

import pytest
from rdflib import PROV, RDF, Graph, Literal, URIRef
from tests.export.contexts import complaints, graph_of
from tests.find.invented import NEW, add
from tests.find.linked import COURIER, key

from onrecord.export.prov import prov
from onrecord.find.origins import origins
from onrecord.find.records import WantedRecords
from onrecord.record.corrections import Changes, correct
from onrecord.record.identity import document_key
from onrecord.record.ledger import Ledger
from onrecord.record.removal import remove

OWN = "urn:onrecord:term:"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix o: <urn:onrecord:term:> .
@prefix : <urn:shapes:> .
:Reading a sh:NodeShape ; sh:targetClass o:Reading ;
  sh:property [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:class o:Document ] ;
  sh:property [ sh:path prov:wasGeneratedBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:class o:Run ] ;
  sh:property [ sh:path prov:wasInfluencedBy ; sh:class o:Model ] ;
  sh:property [ sh:path prov:hadMember ; sh:class o:Statement ] ;
  sh:property [ sh:path prov:generatedAtTime ; sh:minCount 1 ; sh:datatype xsd:dateTime ] .
:Statement a sh:NodeShape ; sh:targetClass o:Statement ;
  sh:property [ sh:path prov:value ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path prov:wasQuotedFrom ; sh:minCount 1 ; sh:maxCount 1 ; sh:class o:Document ] ;
  sh:property [ sh:path prov:wasAttributedTo ; sh:class prov:Agent ] ;
  sh:property [ sh:path [ sh:inversePath prov:hadMember ] ; sh:minCount 1 ; sh:class o:Reading ] .
:Link a sh:NodeShape ; sh:targetClass o:Link ;
  sh:property [ sh:path prov:wasDerivedFrom ; sh:minCount 2 ] ;
  sh:property [ sh:path o:from ; sh:minCount 1 ; sh:maxCount 1 ; sh:class o:Statement ] ;
  sh:property [ sh:path o:to ; sh:minCount 1 ; sh:maxCount 1 ; sh:class o:Statement ] ;
  sh:property [ sh:path prov:wasGeneratedBy ; sh:class o:Run ] .
:Decision a sh:NodeShape ; sh:targetClass o:Decision ;
  sh:property [ sh:path prov:wasGeneratedBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:class o:Judgement ] .
:Activity a sh:NodeShape ; sh:targetClass prov:Activity ;
  sh:property [ sh:path prov:startedAtTime ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ;
  sh:property [ sh:path prov:endedAtTime ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ;
  sh:property [ sh:path prov:wasAssociatedWith ; sh:minCount 1 ; sh:class prov:Agent ] .
:Agent a sh:NodeShape ; sh:targetClass prov:Agent ; sh:property [ sh:path foaf:name ; sh:minCount 1 ] .
"""


def graph(ledger: Ledger, **wanted: object) -> Graph:
    return graph_of(prov(origins(ledger, WantedRecords(**wanted))))  # type: ignore[arg-type]


def test_every_term_of_the_vocabulary_is_there(ledger: Ledger) -> None:
    found = graph(ledger)
    used = {term for term in (*found.predicates(), *found.objects(None, RDF.type)) if str(term).startswith(str(PROV))}
    assert len(used) > 12
    assert used <= set(dir(PROV))


def test_everything_has_its_origin(ledger: Ledger) -> None:
    found = graph(ledger)
    assert complaints(found, SHAPES) == ""
    counted = {
        kind: len(set(found.subjects(RDF.type, URIRef(OWN + kind)))) for kind in ("Document", "Reading", "Link", "Decision", "Model")
    }
    assert counted == {"Document": 6, "Reading": 6, "Link": 5, "Decision": 5, "Model": 1}


def test_the_shapes_can_fail(ledger: Ledger) -> None:
    found = graph(ledger)
    found.remove((None, PROV.wasQuotedFrom, None))
    assert "wasQuotedFrom" in complaints(found, SHAPES)


def test_a_reading_that_was_superseded_is_no_longer_valid(ledger: Ledger) -> None:
    add(ledger, COURIER, program=NEW)
    found = graph(ledger, documents=("courier-0310",))
    ((new, old),) = found.subject_objects(PROV.wasRevisionOf)
    assert (old, PROV.invalidatedAtTime, None) in found
    assert (new, PROV.invalidatedAtTime, None) not in found
    assert [str(one) for one in found.objects(new, PROV.hadMember)] == [f"urn:onrecord:statement:{key(ledger, 'courier-0310 s1')}"]
    assert list(found.objects(old, PROV.hadMember)) == []


def test_a_decision_says_who_made_it_about_what_and_one_that_was_taken_back_is_invalid(ledger: Ledger) -> None:
    number = correct(ledger, key(ledger, "courier-0310 s1"), Changes(stance="refuses"), "Ann Other", "the tape")
    found = graph(ledger, documents=("courier-0310", "mirror-0312"))
    judging = URIRef(f"urn:onrecord:judgement:{number}")
    assert list(found.objects(judging, PROV.wasAssociatedWith)) == [URIRef("urn:onrecord:person:Ann%20Other")]
    decision = URIRef(f"urn:onrecord:decision:{number}")
    assert list(found.objects(decision, URIRef(f"{OWN}changes"))) == [Literal('{"stance": "refuses"}')]
    assert len(list(found.subject_objects(PROV.wasInvalidatedBy))) == 1


def test_a_run_says_which_program_did_what_and_who_asked_for_it(ledger: Ledger) -> None:
    found = graph(ledger)
    programs = {str(one) for one in found.subjects(RDF.type, PROV.SoftwareAgent)}
    assert "urn:onrecord:program:onrecord%201" in programs
    assert URIRef("urn:onrecord:person:Ida%20Brook") in set(found.objects(None, PROV.wasAssociatedWith))


def test_of_a_removed_document_nothing_is_told(ledger: Ledger) -> None:
    remove(ledger, document_key(COURIER.document), "Ida Brook", "an order")
    found = graph(ledger)
    assert not [one for one in found.all_nodes() if document_key(COURIER.document) in str(one) and "decision" in str(one)]
    assert (URIRef(f"urn:onrecord:document:{document_key(COURIER.document)}"), None, None) not in found


@pytest.mark.parametrize("name", ["courier-0310", "weekly-0312"])
def test_a_part_holds_the_runs_of_its_documents(ledger: Ledger, name: str) -> None:
    found = graph(ledger, documents=(name,))
    assert len(set(found.subjects(RDF.type, URIRef(f"{OWN}Document")))) == 1
    for run in found.objects(None, PROV.wasGeneratedBy):
        assert (run, PROV.wasAssociatedWith, None) in found
