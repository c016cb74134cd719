"""Title, author, publisher, time and address come from whatever a page uses to tell them."""

from __future__ import annotations

import pytest

from onrecord.data import Document
from onrecord.read.files import Found
from onrecord.read.html.page import page_document
from onrecord.settings import ReadOptions

PROSE = "<p>Mara Quill said on Tuesday that the old bridge over the Lesk would stay open until the summer.</p>" * 2
HEADLINE = "Bridge over the Lesk stays open"


def read(head: str = "", before: str = "", url: str | None = None) -> Document:
    data = f"<html><head>{head}</head><body>{before}<article>{PROSE}</article></body></html>".encode()
    last = page_document(data, Found("page.html", "page"), ReadOptions(), url=url)[-1]
    assert isinstance(last, Document)
    return last


def _data(fields: str) -> str:
    return f'<script type="application/ld+json">{fields}</script>'


TITLES = [
    ("the heading shown", f"<title>Old bridge stays open over Lesk - Courier</title><h1>{HEADLINE}</h1>", HEADLINE),
    ("not the heading of the site", f"<title>{HEADLINE} | Lesk Courier</title><h1>Lesk Courier</h1>", HEADLINE),
    ("the heading that is like the title", f"<title>{HEADLINE}</title><h1>Win a trip to Holm</h1><h1>{HEADLINE}!</h1>", f"{HEADLINE}!"),
    (
        "og:title without the site",
        f"<meta property=og:title content='{HEADLINE} – Courier'><meta property=og:site_name content=Courier>",
        HEADLINE,
    ),
    ("the data", f'<script type="application/ld+json">{{"@type":"Report","headline":"{HEADLINE}"}}</script>', HEADLINE),
    (
        "a dash that is a part of it",
        "<title>Lesk - a town by the river that nobody left</title>",
        "Lesk - a town by the river that nobody left",
    ),
    ("none", "", None),
]


@pytest.mark.parametrize(("markup", "wanted"), [case[1:] for case in TITLES], ids=[case[0] for case in TITLES])
def test_the_title_is(markup: str, wanted: str | None) -> None:
    head, heading, rest = markup.partition("<h1>")
    assert read(head, heading + rest).title == wanted


DATES = [
    ("a meta element", "<meta property=article:published_time content=2031-03-04T10:00:00Z>", "", None, "2031-03-04T10:00:00+00:00"),
    ("never the modified time", "<meta property=article:modified_time content=2031-03-04T10:00:00Z>", "", None, None),
    (
        "a list in JSON-LD",
        _data('{"@graph":[{"@type":"WebPage","datePublished":"2030-01-01"},{"@type":"NewsArticle","datePublished":"2031-03-04"}]}'),
        "",
        None,
        "2031-03-04",
    ),
    (
        "broken JSON-LD and a meta element",
        '<script type="application/ld+json">{"@type":</script><meta name=date content=2031-03-04>',
        "",
        None,
        "2031-03-04",
    ),
    ("microdata", "", "<span itemprop=datePublished content=2031-03-04></span>", None, "2031-03-04"),
    ("its address", "", "", "https://courier.example/2031/03/04/bridge", "2031-03-04"),
    ("a line below the headline", "", "<h1>Bridge</h1><div>Ivo Brandt, 4 March 2031</div>", None, "2031-03-04"),
    ("nothing filled in", _data('{"@type":"NewsArticle","datePublished":"0001-01-01T00:00:00Z"}'), "", None, None),
]


@pytest.mark.parametrize(("head", "before", "url", "wanted"), [case[1:] for case in DATES], ids=[case[0] for case in DATES])
def test_the_time_of_publication_is_told_by(head: str, before: str, url: str | None, wanted: str | None) -> None:
    assert read(head, before, url).creation_time == wanted


def test_a_time_element_in_the_article_counts_where_the_head_tells_none() -> None:
    data = f"<article><time datetime=2031-03-04T10:00:00+01:00>Tuesday</time>{PROSE}</article>".encode()
    (document,) = page_document(data, Found("page.html", "page"), ReadOptions())
    assert isinstance(document, Document)
    assert document.creation_time == "2031-03-04T10:00:00+01:00"


AUTHORS = [
    ('<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Ivo Brandt"}}</script>', "", "Ivo Brandt"),
    ("<meta name=author content='By Ivo Brandt'>", "", "Ivo Brandt"),
    ("<meta name=author content=https://courier.example/ivo>", "<a rel=author href=/ivo>Ivo Brandt</a>", "Ivo Brandt"),
    ("", "", None),
]


@pytest.mark.parametrize(("head", "before", "wanted"), AUTHORS)
def test_the_author_is_a_name_and_no_address(head: str, before: str, wanted: str | None) -> None:
    assert read(head, before).author == wanted


ADDRESSES = [
    (
        "<link rel=canonical href=https://courier.example/bridge>",
        "https://courier.example/bridge?from=feed",
        "https://courier.example/bridge",
    ),
    ("<link rel=canonical href=/bridge>", "https://courier.example/x", "https://courier.example/bridge"),
    ("<link rel=canonical href=file:///etc/passwd>", "https://courier.example/x", "https://courier.example/x"),
    ("<link rel=canonical href='http://[broken'>", None, None),
    ("<meta property=og:url content=https://courier.example/og>", None, "https://courier.example/og"),
]


@pytest.mark.parametrize(("head", "url", "wanted"), ADDRESSES)
def test_the_address_is_the_canonical_one(head: str, url: str | None, wanted: str | None) -> None:
    assert read(head, url=url).url == wanted


def test_the_publisher_and_the_language_are_as_declared() -> None:
    data = '<script type=\'application/ld+json\'>{"@type":"Article","inLanguage":"en-GB"}</script>'
    document = read(f"<meta property=og:site_name content='Lesk Courier'>{data}")
    assert (document.publisher, document.language) == ("Lesk Courier", "en")
