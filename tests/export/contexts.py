"""The contexts that JSON-LD files name, as far as the tests need them: nothing is fetched."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable
from typing import Any

from pyshacl import validate
from rdflib import Graph

OA = "http://www.w3.org/ns/oa#"
WEB_ANNOTATION: dict[str, Any] = {
    "oa": OA,
    "as": "https://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    **{name: f"oa:{name}" for name in ("Annotation", "SpecificResource", "TextualBody", "TextPositionSelector", "TextQuoteSelector")},
    **{name: {"@id": f"oa:{name}", "@type": "@vocab"} for name in ("describing", "tagging", "linking")},
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Text": "dctypes:Text",
    "Software": "as:Application",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    **{name: f"oa:{name}" for name in ("exact", "prefix", "suffix")},
    **{name: {"@id": f"oa:{name}", "@type": "xsd:nonNegativeInteger"} for name in ("start", "end")},
    "first": {"@id": "as:first", "@type": "@id"},
    "partOf": {"@id": "as:partOf", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "label": "rdfs:label",
    "value": "rdf:value",
    "name": "foaf:name",
    "format": "dc:format",
    "language": "dc:language",
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "generated": {"@id": "dcterms:issued", "@type": "xsd:dateTime"},
    "generator": {"@id": "as:generator", "@type": "@id"},
}
SCHEMA_ORG: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    **{name: {"@type": "@id"} for name in ("url", "sameAs", "additionalType")},
}
_KNOWN = {"http://www.w3.org/ns/anno.jsonld": WEB_ANNOTATION, "https://schema.org": SCHEMA_ORG}


def graph_of(pieces: Iterable[bytes]) -> Graph:
    """The triples of a JSON-LD file, read by rdflib."""
    value = json.loads(b"".join(pieces))
    contexts = value["@context"] if isinstance(value["@context"], list) else [value["@context"]]
    value["@context"] = [_KNOWN[one] if isinstance(one, str) else one for one in contexts]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, about itself
        return Graph().parse(data=json.dumps(value), format="json-ld")


def complaints(graph: Graph, shapes: str) -> str:
    """What SHACL finds wrong; empty where the graph conforms."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        conforms, _, text = validate(graph, shacl_graph=Graph().parse(data=shapes, format="turtle"))
    return "" if conforms else str(text)
