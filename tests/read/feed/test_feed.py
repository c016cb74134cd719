"""Every entry of a feed is a document, in whatever form the feed comes; entities and addresses in it do nothing."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.data import Document, Genre, Rejection
from onrecord.errors import CODES, ReadError
from onrecord.read.feed.feed import feed_documents
from onrecord.read.feed.json_feed import json_feed_documents
from onrecord.read.files import Found
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions


def read(content: str | bytes, **found: str) -> list[Document | Rejection]:
    data = content.encode() if isinstance(content, str) else content
    return list(feed_documents(Stream(io.BytesIO(data)), Found("lesk.xml", "lesk", **found), ReadOptions()))


def entry(inside: str, before: str = "", around: str = "rss") -> Document:
    """The one document of a feed with one entry."""
    forms = {
        "rss": f'{before}<rss version="2.0"><channel><title>Lesk Courier</title><item>{inside}</item></channel></rss>',
        "atom": f'{before}<feed xmlns="http://www.w3.org/2005/Atom"><title>Lesk Courier</title><entry>{inside}</entry></feed>',
    }
    (document,) = (one for one in read(forms[around]) if isinstance(one, Document))
    return document


def test_an_entry_of_rss_is_a_document_with_all_that_it_says() -> None:
    document = entry(
        "<title>Bridge &amp;amp; harbour</title><link>https://lesk.example/1</link><pubDate>Tue, 04 Mar 2031 10:00:00 +0100</pubDate>"
        "<author>quill@lesk.example (Mara Quill)</author><category>Opinion</category>"
        "<description>&lt;p&gt;It is safe.&lt;/p&gt;</description>"
    )
    assert (document.title, document.text, document.author) == ("Bridge & harbour", "It is safe.", "Mara Quill")
    assert (document.creation_time, document.url) == ("2031-03-04T10:00:00+01:00", "https://lesk.example/1")
    assert (document.publisher, document.genre, document.name, document.locator) == ("Lesk Courier", Genre.OPINION, "lesk-1", "lesk.xml#1")
    assert len(document.raw_sha256 or "") == 64


def test_an_entry_of_atom_is_a_document_with_all_that_it_says() -> None:
    document = entry(
        '<title type="html">The &lt;i&gt;bridge&lt;/i&gt;</title><link rel="self" href="/feed"/><link href="/1"/>'
        "<updated>2031-03-05T00:00:00Z</updated><published>2031-03-04T10:00:00Z</published>"
        '<author><name>Mara Quill</name></author><summary>Short.</summary><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two &amp; <b>three</b>.</p></div></content>',
        around="atom",
    )
    assert (document.title, document.text, document.author) == ("The bridge", "One.\n\nTwo & three.", "Mara Quill")
    assert (document.creation_time, document.url) == ("2031-03-04T10:00:00+00:00", None)


TEXTS = [
    (
        "the full content goes before the summary",
        "<description>Short.</description><content:encoded>In full.</content:encoded>",
        "In full.",
    ),
    ("plain text with line breaks", "<description>One.\n Two.</description>", "One.\n Two."),
    ("CDATA", "<description><![CDATA[<p>A &amp; B</p><p>C &mdash; D</p>]]></description>", "A & B\n\nC — D"),
    ("escaped twice", "<description>&amp;lt;p&amp;gt;One&amp;lt;/p&amp;gt;</description>", "One"),
    ("elements in place", "<description>One <b>two</b><br/>three</description>", "One two\nthree"),
    ("entities of HTML", "<description>Zo&euml; said &ldquo;no&rdquo;&#8230; &#146;</description>", "Zoë said “no”… ’"),
    ("a bare and sign", "<description>Quill & Sons &; & co</description>", "Quill & Sons &; & co"),
    ("scripts are silent", "<description>&lt;script&gt;alert(1)&lt;/script&gt;One.&lt;style&gt;p{}&lt;/style&gt;</description>", "One."),
    ("no description", "<title>Only a title</title>", "Only a title"),
    ("a comparison", "<description>5 &lt; 6 is true</description>", "5 < 6 is true"),
    ("CDATA without end", "<description><![CDATA[Cut off", "Cut off"),
]


@pytest.mark.parametrize(("inside", "text"), [one[1:] for one in TEXTS], ids=[one[0] for one in TEXTS])
def test_the_words_of_an_entry_are_plain_text(inside: str, text: str) -> None:
    found = read(f'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>{inside}</item></channel></rss>')
    assert [one.text for one in found if isinstance(one, Document)] == [text]


FORMS = [
    (
        "RSS 1.0",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/><item>{}</item></rdf:RDF>',
    ),
    ("Atom 0.3", '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>{}</entry></feed>'),
    ("no namespace", "<feed><entry>{}</entry></feed>"),
    ("a namespace of its own", '<feed xmlns="http://lesk.example/ns"><entry>{}</entry></feed>'),
    ("a comment before the declaration", '<!-- Lesk --><?xml version="1.0"?><rss><channel><item>{}</item></channel></rss>'),
    ("a document type", '<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><item>{}</item></channel></rss>'),
    ("never closed", "<rss><channel><item>{}"),
    ("an undeclared prefix", "<rss><channel><item><lesk:x>y</lesk:x>{}</item></channel></rss>"),
    ("control characters", "<rss>\x0b<channel><item>\x01{}</item></channel></rss>"),
]


@pytest.mark.parametrize("form", [one[1] for one in FORMS], ids=[one[0] for one in FORMS])
def test_old_and_ill_formed_feeds_are_read(form: str) -> None:
    found = read(form.format("<title>The bridge is safe</title>"))
    assert [one.title for one in found if isinstance(one, Document)] == ["The bridge is safe"]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "iso-8859-1", "koi8-r"])
def test_the_declared_character_set_is_read(charset: str) -> None:
    word = "мост" if charset == "koi8-r" else "Zoë"
    text = f'<?xml version="1.0" encoding="{charset}"?><rss><channel><item><title>{word}</title></item></channel></rss>'
    found = read(text.encode(charset))
    assert [one.text for one in found if isinstance(one, Document)] == [word]


LINKS = [
    ("/1", "https://lesk.example/1"),
    ("//mirror.example/1", "https://mirror.example/1"),
    ("https://other.example/1", "https://other.example/1"),
    ("file:///etc/passwd", None),
    ("javascript:alert(1)", None),
    ("http://[broken", None),
    ("", None),
]


@pytest.mark.parametrize(("link", "url"), LINKS)
def test_links_are_made_whole_against_where_the_feed_lies(link: str, url: str | None) -> None:
    found = read(f"<rss><channel><item><title>T</title><link>{link}</link></item></channel></rss>", url="https://lesk.example/feed.xml")
    assert [one.url for one in found if isinstance(one, Document)] == [url]


def test_the_nearest_base_counts() -> None:
    document = entry('<title>T</title><link xml:base="https://b.example/x/" href="1"/>', around="atom")
    assert document.url == "https://b.example/x/1"


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = [
    ("a billion laughs", f'<!DOCTYPE rss [<!ENTITY l0 "ha">{BOMB}]>', "&l9;", "&l9;"),
    ("a file", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;", "&x;"),
    ("a parameter entity", '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>', "one", "one"),
    ("a foreign document type", '<!DOCTYPE rss SYSTEM "file:///etc/passwd">', "one", "one"),
]


@pytest.mark.parametrize(("before", "words", "text"), [one[1:] for one in HOSTILE], ids=[one[0] for one in HOSTILE])
def test_entities_are_never_expanded_and_nothing_is_fetched(before: str, words: str, text: str) -> None:
    assert entry(f"<title>{words}</title>", before).text == text


def test_inclusions_do_nothing() -> None:
    found = entry('<title>T</title><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')
    assert found.text == "T"


def test_an_entry_without_words_is_rejected_and_the_rest_is_read() -> None:
    found = read("<rss><channel><item><link>https://lesk.example/1</link></item><item><title>T</title></item></channel></rss>")
    assert [one.code if isinstance(one, Rejection) else one.name for one in found] == ["read.empty", "read.undated", "lesk-2"]
    assert found[0].locator == "lesk.xml#1"


@pytest.mark.parametrize(("content", "code"), [("Mara Quill", "read.bad_feed"), ("<rss/>", "read.no_entries"), ("", "read.bad_feed")])
def test_what_is_no_feed_is_refused(content: str, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(content)
    assert refused.value.code == code


@pytest.mark.parametrize("piece", ["<item>", "<![CDATA[", "<!--", "<!DOCTYPE [", "&", "<a ", "<item><title>&lt;"])
def test_endless_openings_end_in_linear_time(piece: str) -> None:
    started = time.process_time()
    try:
        read("<rss><channel><item><title>T</title>" + piece * 100_000)
    except ReadError as error:
        assert error.code in CODES
    assert time.process_time() - started < 10


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from('<>/&;![]-"= \n') | st.characters(codec="utf-8"), max_size=80))
def test_any_characters_in_an_entry_are_read_or_refused(words: str) -> None:
    try:
        found = read(f"<rss><channel><item><title>{words}</title><description>{words}</description></item></channel></rss>")
    except ReadError as error:
        assert error.code in CODES
    else:
        assert all(one.code in CODES for one in found if isinstance(one, Rejection))


def test_an_entry_of_a_json_feed_is_a_document() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Lesk Courier",
        "home_page_url": "https://lesk.example/",
        "items": [
            {"id": "1", "url": "/1", "title": "Bridge", "content_html": "<p>One &amp; two.</p>", "date_published": "2031-03-04T10:00:00Z"},
            {"id": "2", "title": ["odd"], "authors": [{"name": "Mara Quill"}, 5], "content_text": "Three.", "tags": None},
            "odd",
        ],
    }
    data = json.dumps(feed).encode()
    found = list(json_feed_documents(Stream(io.BytesIO(data)), Found("lesk.json", "lesk"), ReadOptions()))
    first, second = (one for one in found if isinstance(one, Document))
    assert (first.text, first.url, first.publisher, first.creation_time) == (
        "One & two.",
        "https://lesk.example/1",
        "Lesk Courier",
        "2031-03-04T10:00:00+00:00",
    )
    assert (second.text, second.author, second.title) == ("Three.", "Mara Quill", None)
