"""Records -> W3C Web Annotation (JSON-LD): every statement an annotation of its words, every span with position and quotation.

Each document comes as an annotation of its whole text, then its statements, times, events and links. What no vocabulary has stands under
`onrecord:`, with the names that JSON Lines have, so that `read_web_annotations` gives the same records.

Web Annotation Data Model: https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from onrecord.data import Record, Span
from onrecord.errors import ReadError
from onrecord.export.from_jsonl import from_json
from onrecord.export.jsonl import to_json
from onrecord.export.linked_data import TERMS, document, instant, iri
from onrecord.find.records import HeldRecord
from onrecord.find.selectors import Selector, found_again, selectors

Node = dict[str, Any]
_OWN = "onrecord:"
_SPAN, _SPANS = "span", frozenset(("source", "cue", "content", "condition", "evidence", "mentions"))
_LISTS = (*sorted(_SPANS), "via", "notes", "statements", "participants")
_OF_THE_WORLD = {f"{_OWN}{name}": {"@id": f"{TERMS}{name}", "@container": "@list"} for name in _LISTS}
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": TERMS, **_OF_THE_WORLD}]
_HEAD = {"@context": CONTEXT, "id": "urn:onrecord:annotations", "type": "AnnotationCollection", "label": "What is on record"}
_PAGE = {"id": "urn:onrecord:annotations:page", "type": "AnnotationPage", "partOf": "urn:onrecord:annotations", "startIndex": 0}


def web_annotations(held: Iterable[HeldRecord]) -> Iterator[bytes]:
    """One AnnotationCollection with all annotations on its first page."""
    return document({**_HEAD, "first": _PAGE}, "items", chain.from_iterable(map(annotated, held)), inside="first")


def annotated(held: HeldRecord) -> Iterator[Node]:
    """The annotations of one document: of its text, then of its statements, times, events and links."""
    one = _Annotated(held)
    value: Node = to_json(held.record, held.program.removeprefix("onrecord "))
    yield one.of_text(value)
    for statement, key in zip(value["statements"], held.ids, strict=True):
        yield one.of_statement(statement, key)
    for kind, motivation in (("times", "tagging"), ("events", "describing")):
        for number, part in enumerate(value[kind], 1):
            yield one.of_part(kind, number, part, motivation)
    names = dict(zip((each.id for each in held.record.statements), held.ids, strict=True))
    for number, link in enumerate(value["links"], 1):
        yield one.of_link(number, link, names)


class _Annotated:
    """Makes the annotations of one document."""

    def __init__(self, held: HeldRecord) -> None:
        self._held, self._document = held, held.record.document
        self._source = iri("document", held.id)
        program = {"id": iri("program", held.program), "type": "Software", "name": held.program}
        self._made = {"generator": program, "generated": instant(held.made_at), "created": instant(held.made_at)}

    def of_text(self, value: Node) -> Node:
        given = {name: one for name, one in value["document"].items() if name != "text"}
        body = {"id": f"{self._source}:described", "type": "onrecord:Document", **self._own(given | {"made_by": value["made_by"]})}
        text = {"id": self._source, "type": "Text", "format": "text/plain", "language": self._document.language}
        return self._annotation(self._held.id, "describing", [body], text | {f"{_OWN}text": self._document.text})

    def of_statement(self, value: Node, key: str) -> Node:
        speaker, day = value["speaker"], value["said_on"] and value["said_on"]["value"]
        who = ", ".join(part for part in (speaker["name"] or "nobody named", speaker["role"]) if part)
        told = f"{who}: {value['stance'].replace('_', ' ')}{f', {day}' if day else ''}"
        bodies = [self._words("describing", told), self._words("tagging", value["stance"])]
        statement = {"id": iri("statement", key), "type": "onrecord:Statement", **self._own(value)}
        return self._annotation(key, "describing", [*bodies, statement], statement[f"{_OWN}content"])

    def of_part(self, kind: str, number: int, value: Node, motivation: str) -> Node:
        """A time or an event."""
        name, of = f"{self._held.id}-{kind}-{number}", kind.removesuffix("s")
        told = str(value.get("value") or value.get("what") or value["reason"] or "not known")
        part = {"id": iri(of, self._held.id, number), "type": f"onrecord:{of.title()}", **self._own(value)}
        return self._annotation(name, motivation, [self._words(motivation, told), part], self._at(value[_SPAN]))

    def of_link(self, number: int, value: Node, names: Mapping[str, str]) -> Node:
        link = {"id": iri("link", self._held.id, number), "type": "onrecord:Link", **self._own(value)}
        bodies = [iri("statement", names[value["to"]]), link]
        return self._annotation(f"{self._held.id}-links-{number}", "linking", bodies, iri("statement", names[value["from"]]))

    def _annotation(self, name: str, motivation: str, body: list[Any], target: object) -> Node:
        return {"id": iri("annotation", name), "type": "Annotation", "motivation": motivation, **self._made, "body": body, "target": target}

    def _words(self, purpose: str, words: str) -> Node:
        return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "language": "en", "value": words}

    def _own(self, value: Mapping[str, Any]) -> Node:
        """The values under their own names; spans as passages of the document."""
        return {f"{_OWN}{name}": self._shown(name, one) for name, one in value.items()}

    def _shown(self, name: str, one: Any) -> Any:
        if name == _SPAN:
            return self._at(one)
        if name in _SPANS:
            return [self._at(span) for span in one]
        if isinstance(one, dict):
            return self._own(one)
        return [self._own(each) if isinstance(each, dict) else each for each in one] if isinstance(one, list) else one

    def _at(self, span: list[int]) -> Node:
        """The passage, by position and by quotation; a place without words has its position alone."""
        (found,) = selectors(self._document, (Span(*span),))
        position = {"type": "TextPositionSelector", "start": found.start, "end": found.end}
        words = {"type": "TextQuoteSelector", "exact": found.exact, "prefix": found.prefix, "suffix": found.suffix}
        return {"type": "SpecificResource", "source": self._source, "selector": [position, words] if found.exact else [position]}


def read_web_annotations(value: Mapping[str, Any]) -> Iterator[Record]:
    """The records of a collection that `web_annotations` made; its passages are looked for in the texts.

    Raises:
        ReadError: it is none.
        SelectorError: a passage is not in the text.
    """
    kinds = {"onrecord:Statement": "statements", "onrecord:Time": "times", "onrecord:Event": "events", "onrecord:Link": "links"}
    found: list[Node] = []
    text = ""
    try:
        for one in value["first"]["items"]:
            body = one["body"][-1]
            if body["type"] == "onrecord:Document":
                text = one["target"][f"{_OWN}text"]
                given = _back(body, text)
                found.append({"made_by": given.pop("made_by"), "document": given | {"text": text}, **{kind: [] for kind in kinds.values()}})
            else:
                found[-1][kinds[body["type"]]].append(_back(body, text))
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise ReadError(f"These are not annotations as onrecord writes them ({error!r}).", code="read.bad_field") from error
    return (from_json(one, one["document"]["name"]) for one in found)


def _back(node: Node, text: str) -> Node:
    return {name.removeprefix(_OWN): _value(one, text) for name, one in node.items() if name.startswith(_OWN)}


def _value(one: Any, text: str) -> Any:
    if isinstance(one, list):
        return [_value(each, text) for each in one]
    if not isinstance(one, dict):
        return one
    if one.get("type") != "SpecificResource":
        return _back(one, text)
    return list(found_again(selector_of(one), text))


def selector_of(target: Mapping[str, Any]) -> Selector:
    """The selector of a passage as a collection has it."""
    position, *words = target["selector"]
    quote = words[0] if words else {"exact": "", "prefix": "", "suffix": ""}
    return Selector(position["start"], position["end"], quote["exact"], quote["prefix"], quote["suffix"])
