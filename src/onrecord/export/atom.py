"""What is new of a saved search -> an Atom feed.

RFC 4287: https://www.rfc-editor.org/rfc/rfc4287. All words stand in it as plain text; signs that XML has not are left out as U+FFFD.
The feed says nothing but what the ledger holds: as long as that is the same, so is the feed, byte by byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from onrecord.export.alerts import asked_words
from onrecord.export.linked_data import iri, web_address
from onrecord.find.alert_conflicts import NewConflict
from onrecord.find.alerts import Alert, NewStatement
from onrecord.find.link_ends import End
from onrecord.find.question import Answer

MEDIA_TYPE = "application/atom+xml"
MOST_ENTRIES = 200
_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_TITLE = 140


@dataclass(frozen=True, slots=True)
class _Entry:
    """`via` is the article that says so, `page` the part of the address at which a desk has it."""

    id: str
    title: str
    updated: str
    words: str
    kind: str
    page: str
    via: str | None


def feed(one: Alert, desk: str | None = None) -> bytes:
    """The feed, the last entries first.

    Args:
        one: what is new of a saved search.
        desk: the address of the desk that gives the feed, without a slash at its end: where entries lead to. None where there is none.
    """
    entries = sorted([*map(_statement, one.news.statements), *map(_conflict, one.news.conflicts)], key=_place, reverse=True)[:MOST_ENTRIES]
    search = one.search
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(root, "id", iri("alert", search.key))
    _add(root, "title", search.name)
    _add(root, "subtitle", f"New on record: {asked_words(one.question)}")
    _add(root, "updated", max(map(_instant, (search.made_at, *(entry.updated for entry in entries)))))
    _add(_add(root, "author"), "name", search.made_by)
    _add(root, "generator", "onrecord")
    if desk is not None:
        _link(root, "self", f"{desk}/alerts/{search.key}.atom", MEDIA_TYPE)
        _link(root, "alternate", f"{desk}/alerts/{search.key}", "text/html")
    for entry in entries:
        _add_entry(root, entry, desk)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _add_entry(root: etree._Element, one: _Entry, desk: str | None) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", one.id)
    _add(entry, "title", one.title)
    _add(entry, "published", _instant(one.updated))
    _add(entry, "updated", _instant(one.updated))
    etree.SubElement(entry, f"{{{_ATOM}}}category", term=one.kind)
    if desk is not None:
        _link(entry, "alternate", f"{desk}{one.page}", "text/html")
    if (via := web_address(one.via)) is not None:
        _link(entry, "via" if desk is not None else "alternate", via)
    _add(entry, "content", one.words).set("type", "text")


def _statement(new: NewStatement) -> _Entry:
    one = new.answer
    where = f"{one.publisher or one.document}, {one.known_on}"
    words = f"{_who(one)}: “{one.words}” ({where})"
    page = f"/statements/{quote(one.id)}"
    return _Entry(iri("statement", one.id), _short(f"{_who(one)}: {one.words}"), new.recorded_at, words, one.stance, page, one.url)


def _conflict(new: NewConflict) -> _Entry:
    link = new.link
    told = [f"{_who(end)}: “{end.words}” ({end.publisher or end.document}, {end.known_on})" for end in (link.source, link.target)]
    names = [end.speaker_name or end.source_words for end in (link.source, link.target)]
    words = f"{told[0]}\n{link.type}, probability {link.probability:.2f}\n{told[1]}"
    title = _short(f"{names[0]} {link.type} {names[1]}: {link.source.words}")
    return _Entry(iri("link", link.id), title, new.found_at, words, link.type, f"/links/{quote(link.id)}", link.source.url)


def _who(one: Answer | End) -> str:
    """`2031-03-04, Mara Quill, harbour minister, refuses`"""
    parts = (one.said_on or one.day, one.speaker_name or one.source_words, one.speaker_role, one.stance.replace("_", " "))
    return ", ".join(part for part in parts if part)


def _short(words: str) -> str:
    told = " ".join(words.split())
    return told if len(told) <= _LONGEST_TITLE else told[: _LONGEST_TITLE - 1] + "…"


def _place(one: _Entry) -> tuple[str, str]:
    return one.updated, one.id


def _instant(value: str) -> str:
    """As RFC 3339 has it, in UTC."""
    return value.replace("+00:00", "Z")


def _add(parent: etree._Element, name: str, words: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    if words is not None:
        made.text = _NO_XML.sub("\ufffd", words)
    return made


def _link(parent: etree._Element, rel: str, href: str, media_type: str | None = None) -> None:
    given = {"rel": rel, "href": _NO_XML.sub("", href), **({"type": media_type} if media_type else {})}
    etree.SubElement(parent, f"{{{_ATOM}}}link", given)
