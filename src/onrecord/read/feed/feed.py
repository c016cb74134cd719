"""RSS, Atom and their forerunners -> one document an entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from onrecord.data import Document, Rejection
from onrecord.read.facts import Facts
from onrecord.read.feed.elements import Names, absolute, attribute, author_of, text_of, words
from onrecord.read.feed.entries import entry_documents, genre_of
from onrecord.read.feed.xml import CUT_OFF, feed_root
from onrecord.read.files import Found
from onrecord.read.instants import instant
from onrecord.read.markup import text_of_title
from onrecord.read.plain import raw_sha256, whole_markup
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

_PUBLISHED = ("published", "dcterms:issued", "issued", "pubdate", "dc:date", "dcterms:created", "created")
_UPDATED = ("updated", "dcterms:modified", "modified", "lastmod")
_AUTHOR = ("author", "dc:creator", "dc:author", "itunes:author", "dc:contributor")
_TITLE = ("title", "dc:title", "media:title", "itunes:title")
_FULL = ("content:encoded", "content", "xhtml:body", "xhtml:div", "body", "fullitem", "fulltext")
_SHORT = ("description", "summary", "abstract", "dc:description", "itunes:summary", "media:description", "dcterms:abstract")
_ENTRIES = frozenset({"item", "entry"})
_CHANNELS = frozenset({"channel", "feed"})

Children = dict[str, list[etree._Element]]


def feed_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """One document an entry; one without words is rejected under its number.

    Raises:
        ReadError: it is no feed, or has no entries.
    """
    data = whole_markup(stream, options.longest_document)
    entries, complaint = feed_entries(data, found)
    if complaint:
        yield Rejection(found.locator, "read.encoding", complaint, warning=True)
    yield from entry_documents(entries, found, options)


def feed_entries(data: bytes, found: Found) -> tuple[Iterator[Facts], str | None]:
    """What every entry says of itself, and what to warn of about the letters.

    Raises:
        ReadError: it is no feed.
    """
    root, complaint = feed_root(data, found.charset)
    names = Names(root)
    channel = next((one for one in root.iter(etree.Element) if names.of(one) in _CHANNELS), root)
    of_channel = names.children(channel)
    of_feed = Facts(
        "",
        raw_sha256(data),
        publisher=_title(of_channel),
        url=found.url or _own_address(channel, names),
        language=_language(root, of_channel),
        retrieved_at=found.retrieved_at,
    )
    feed = _Feed(names, of_feed)
    return (feed.entry(one) for one in root.iter(etree.Element) if names.of(one) in _ENTRIES), complaint


@dataclass(frozen=True, slots=True)
class _Feed:
    """What all entries share: in `facts`, the publisher and the address against which links are made whole."""

    names: Names
    facts: Facts

    def entry(self, element: etree._Element) -> Facts:
        """What an entry says of itself."""
        inside = self.names.children(element)
        of_atom = self.names.of(element) == "entry"
        title = _title(inside)
        return replace(
            self.facts,
            text=_body(inside, of_atom=of_atom) or title,
            title=title,
            author=", ".join(dict.fromkeys(filter(None, (author_of(one, self.names) for one in _all(inside, _AUTHOR)[:5])))),
            publisher=self._source(inside) or self.facts.publisher,
            url=_address(inside, element, self.facts.url or ""),
            id=next((told for one in inside.get("guid", []) + inside.get("id", []) if (told := words(one))), ""),
            creation_time=_time(inside, element),
            broken_off=CUT_OFF in element.attrib,
            genre=genre_of(words(one) or one.get("term", "") for one in inside.get("category", []) + inside.get("dc:subject", [])),
        )

    def _source(self, inside: Children) -> str:
        """The feed from which an entry was taken over: an element with a title in Atom, the title itself in RSS."""
        for source in inside.get("source", []):
            return _title(self.names.children(source)) or ("" if len(source) else text_of_title(words(source)))
        return ""


def _all(inside: Children, names: tuple[str, ...]) -> list[etree._Element]:
    return next((found for found in (inside.get(name, []) for name in names) if any(map(words, found))), [])


def _title(inside: Children) -> str:
    return next((title for one in _all(inside, _TITLE) if (title := text_of_title(text_of(one, of_atom=bool(one.get("type")))))), "")


def _body(inside: Children, *, of_atom: bool) -> str:
    """The full content, or else the summary: the longer one, since some feeds put an advertisement in either."""
    for names in (_FULL, _SHORT):
        texts = [text_of(one, of_atom=of_atom) for name in names for one in inside.get(name, [])]
        if any(texts):
            return max(texts, key=len)
    return ""


def _time(inside: Children, element: etree._Element) -> str | None:
    """When it was published, or else changed; as it is written where no date can be read from it."""
    written = [words(one) for names in (_PUBLISHED, _UPDATED) for name in names for one in inside.get(name, [])]
    written.append(attribute(element, "lastmod"))
    return next(filter(None, map(instant, written)), None) or next(filter(None, written), None)


def _address(inside: Children, element: etree._Element, base: str) -> str | None:
    """The page of an entry: its `alternate` link, its link, or an identifier that says it is one."""
    named = inside.get("link", []) + inside.get("a", [])
    links = [(attribute(one, "rel").lower() or "alternate", attribute(one, "href") or words(one), one) for one in named]
    links += [("alternate", words(one), one) for one in inside.get("guid", []) if attribute(one, "ispermalink").lower() != "false"]
    links.append(("alternate", attribute(element, "href"), element))
    return next((url for rel, link, one in links if rel == "alternate" and link and (url := absolute(link, one, base))), None)


def _language(root: etree._Element, of_channel: Children) -> str | None:
    return root.get("{http://www.w3.org/XML/1998/namespace}lang") or next(
        (words(one) for name in ("language", "dc:language") for one in of_channel.get(name, [])), None
    )


def _own_address(channel: etree._Element, names: Names) -> str:
    """Where the feed says that it lies, or else the site it is of."""
    links = [one for name, found in names.children(channel).items() if name in ("link", "other:link") for one in found]
    of_feed = [one for one in links if attribute(one, "rel") == "self"]
    for one in of_feed + links:
        url = absolute(attribute(one, "href") or words(one), one, "")
        if url:
            return url
    return ""
