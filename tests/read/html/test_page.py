"""A web page becomes one document: the article alone, what the page says of it, and notes kept apart. All pages are invented."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.data import CreationBasis, Document, Genre, Rejection
from onrecord.errors import ReadError
from onrecord.read import documents
from onrecord.read.files import Found
from onrecord.read.html.page import page_document
from onrecord.settings import ReadOptions

FIRST = "Mara Quill said on Tuesday that the old bridge over the Lesk would stay open until the summer."
SECOND = "“We have no plan to close it,” she told reporters at the town hall, and named no date for the works."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
HEADLINE = "Bridge over the Lesk stays open"


def page(body: str = BODY, head: str = "", title: str = HEADLINE) -> bytes:
    top = f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} - Lesk Courier</title>{head}</head>"
    return f"{top}<body><h1>{title}</h1><article>{body}</article></body></html>".encode()


def read(data: bytes, url: str | None = None, charset: str | None = None, **options: object) -> Document:
    last = page_document(data, Found("page.html", "page"), ReadOptions(**options), url=url, charset=charset)[-1]  # type: ignore[arg-type]
    assert isinstance(last, Document)
    return last


def linked(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@context": "https://schema.org", {fields}}}</script>'


def test_a_saved_page_is_read_with_what_it_says_of_itself(tmp_path: Path) -> None:
    head = linked(
        '"@type": "NewsArticle", "datePublished": "2031-03-04T10:20:00+01:00", "dateModified": "2031-03-09",'
        '"author": [{"@type": "Person", "name": "Ivo Brandt"}, {"@type": "Person", "name": "Ana Rell"}],'
        '"publisher": {"@type": "Organization", "name": "Lesk Courier"}, "mainEntityOfPage": "https://courier.example/a/bridge"'
    )
    path = tmp_path / "bridge.html"
    path.write_bytes(page(head=head))
    (document,) = documents([str(path)])
    assert document == Document(
        "bridge",
        f"{FIRST}\n\n{SECOND}",
        str(path),
        "2031-03-04T10:20:00+01:00",
        CreationBasis.METADATA,
        "Lesk Courier",
        HEADLINE,
        "https://courier.example/a/bridge",
        author="Ivo Brandt, Ana Rell",
        raw_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def test_warnings_come_before_the_document() -> None:
    warning, document = page_document(page(), Found("page.html", "page"), ReadOptions(), retrieved_at="2031-03-05T00:00:00+00:00")
    assert isinstance(warning, Rejection)
    assert isinstance(document, Document)
    assert (warning.code, warning.warning, document.retrieved_at) == ("read.undated", True, "2031-03-05T00:00:00+00:00")


TEXTS = [
    (
        "entities and marks stay as they are",
        "<p>Lesk &amp; Holm&nbsp;said &ldquo;no&rdquo; &#8211; it’s ‘over’ for them now.</p>",
        "Lesk & Holm said “no” – it’s ‘over’ for them now.",
    ),
    (
        "scripts, styles, comments",
        BODY + "<script>var x='<p>no</p>'</script><style>p{}</style><!-- <p>never</p> -->",
        f"{FIRST}\n\n{SECOND}",
    ),
    (
        "hidden elements",
        BODY + f"<p hidden>{FIRST}</p><p style='display: none'>{FIRST}</p><p>{SECOND}<span class=sr-only> x</span></p>",
        f"{FIRST}\n\n{SECOND}\n\n{SECOND}",
    ),
    (
        "captions",
        f"<p>{FIRST}</p><figure><figcaption>The bridge in the year it was built, seen from the mill.</figcaption></figure><p>{SECOND}</p>",
        f"{FIRST}\n\n{SECOND}",
    ),
    (
        "a quoted block",
        f"<p>{FIRST}</p><blockquote><p>The bridge is not safe.</p></blockquote><p>{SECOND}</p>",
        f"{FIRST}\n\nThe bridge is not safe.\n\n{SECOND}",
    ),
    (
        "a list",
        f"<p>{FIRST}</p><ul><li>Trams stop.</li><li>Buses run.</li></ul><p>{SECOND}</p>",
        f"{FIRST}\n\nTrams stop.\nBuses run.\n\n{SECOND}",
    ),
    (
        "a table",
        f"<p>{FIRST}</p><table><tr><td>Lesk</td><td>3</td></tr><tr><td>Holm</td><td>5</td></tr></table><p>{SECOND}</p>",
        f"{FIRST}\n\nLesk 3\n\nHolm 5\n\n{SECOND}",
    ),
    (
        "headings of a live blog",
        f"<h2>10:42 Works begin</h2><p>{FIRST}</p><h2>11:05 Mayor answers</h2><p>{SECOND}</p>",
        f"10:42 Works begin\n\n{FIRST}\n\n11:05 Mayor answers\n\n{SECOND}",
    ),
    ("line breaks", f"<p>{FIRST}<br>{SECOND}</p>", f"{FIRST}\n{SECOND}"),
    ("comments of readers", BODY + f"<div class=comments>{BODY * 9}</div>", f"{FIRST}\n\n{SECOND}"),
    (
        "calls to sign up and to follow",
        BODY + "<p>Sign up for our newsletter, sent to your inbox.</p><p>Follow the Courier on Facebook.</p>",
        f"{FIRST}\n\n{SECOND}",
    ),
    (
        "other stories",
        f"<p>{FIRST}</p><p>{SECOND}</p><h3>Related stories</h3><ul><li>The mill that burned down twice in one year</li></ul>",
        f"{FIRST}\n\n{SECOND}",
    ),
    ("an advertisement mark", f"<p>{FIRST}</p><div>Advertisement</div><p>{SECOND}</p>", f"{FIRST}\n\n{SECOND}"),
]


@pytest.mark.parametrize(("body", "wanted"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_the_text_is_the_article_and_nothing_else(body: str, wanted: str) -> None:
    assert read(page(body)).text == wanted


NOTES = [
    "Correction: An earlier headline gave the wrong year.",
    "Correction, March 5, 2031: The bridge was built in 1904, not 1940.",
    "This article was amended on 6 March 2031 to add a reply.",
    "Editor’s note: The spelling of a name has been changed.",
    "Clarification: The works are paid for by the town.",
    "An earlier version of this story misstated the age of the bridge.",
    "Updated at 4:15 p.m.",
    "This story has been updated with a reply from the town.",
]
NO_NOTES = [
    "Quill called the correction of the plan a first step towards a safer bridge for all of Lesk.",
    "The town updated its plan in March, and this story is far from over, Quill said to the Courier.",
    "She said the article of the law was amended on Monday, which the clerk of the town confirmed.",
]


@pytest.mark.parametrize("note", NOTES)
def test_notes_are_kept_apart_from_the_text(note: str) -> None:
    document = read(page(f"{BODY}<p><em>{note}</em></p>"))
    assert (document.text, document.notes) == (f"{FIRST}\n\n{SECOND}", (note,))


@pytest.mark.parametrize("sentence", NO_NOTES)
def test_a_sentence_about_corrections_in_the_news_is_text(sentence: str) -> None:
    document = read(page(f"<p>{sentence}</p>{BODY}"))
    assert (document.text, document.notes) == (f"{sentence}\n\n{FIRST}\n\n{SECOND}", ())


def test_a_heading_over_a_note_belongs_to_it_and_a_box_beside_the_article_is_found() -> None:
    body = f"{BODY}<h4>Corrections</h4><p>The river is the Lesk, not the Holm.</p>"
    box = b"<aside class='correction-box'><p>Correction: The bridge is open.</p></aside></body>"
    document = read(page(body).replace(b"</body>", box))
    assert document.notes == ("Corrections: The river is the Lesk, not the Holm.", "Correction: The bridge is open.")


GENRES = [
    ("nothing said", "", "https://courier.example/news/bridge", "", None),
    ("type", linked('"@type": "OpinionNewsArticle"'), None, "", Genre.OPINION),
    ("satirical type", linked('"@type": ["SatiricalArticle", "NewsArticle"]'), None, "", Genre.SATIRE),
    ("section", "<meta property='article:section' content='Opinion'>", None, "", Genre.OPINION),
    ("address", "", "https://courier.example/opinion/2031/bridge", "", Genre.OPINION),
    ("a word in the address", "", "https://courier.example/news/opinion-poll-on-bridge", "", None),
    ("label over the headline", "", None, "<div>Satire</div>", Genre.SATIRE),
    ("menu", "", None, "<nav><ul><li>Opinion</li></ul></nav>", None),
]


@pytest.mark.parametrize(("head", "url", "label", "wanted"), [case[1:] for case in GENRES], ids=[case[0] for case in GENRES])
def test_opinion_and_satire_are_told_where_the_page_says_so(head: str, url: str | None, label: str, wanted: Genre | None) -> None:
    assert read(page(head=head).replace(b"<h1>", f"{label}<h1>".encode()), url).genre is wanted


CHARSETS = [
    ("a mark", "\ufeff<p>Zoë Quill said the café by the bridge would close in spring.</p>".encode("utf-16-le"), None),
    ("what came with it", "<p>Zoë Quill said the café by the bridge would close in spring.</p>".encode("latin-1"), "ISO-8859-1"),
    (
        "its own meta element",
        "<meta charset=windows-1252><p>Zoë Quill said the café by the bridge would close in spring.</p>".encode("cp1252"),
        None,
    ),
    (
        "a wrong meta element",
        "<meta charset=utf-8><p>Zoë Quill said the café by the bridge would close in spring.</p>".encode("cp1252"),
        None,
    ),
    ("nothing", "<p>Zoë Quill said the café by the bridge would close in spring.</p>".encode(), None),
]


@pytest.mark.parametrize(("data", "charset"), [case[1:] for case in CHARSETS], ids=[case[0] for case in CHARSETS])
def test_the_character_set_is_told_by(data: bytes, charset: str | None) -> None:
    assert read(data, charset=charset).text == "Zoë Quill said the café by the bridge would close in spring."


def test_a_page_that_builds_its_text_in_the_browser_is_read_from_its_data() -> None:
    words = f"{FIRST} {SECOND} {FIRST} {SECOND}"
    data = page("<div id=app></div>", linked(f'"@type": "NewsArticle", "articleBody": "{words}\\n{words}"'))
    assert read(data).text == f"{words}\n\n{words}"


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<ul><li><a href=/>Home</a></li></ul>", b"<div>" * 100_000 + BODY.encode()])
def test_a_page_without_an_article_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == "read.no_article"


HOSTILE = {
    "100,000 nested elements": page(BODY + "<div>" * 100_000),
    "100,000 nested inline elements": page(BODY + "<b>" * 100_000),
    "20 MB": page(BODY * (19_000_000 // len(BODY.encode()))),
    "100,000 attributes": page(BODY + "<p " + " ".join(f'a{i}=">"' for i in range(100_000)) + ">x</p>"),
    "deep JSON-LD": page(head='<script type="application/ld+json">' + "[" * 200_000 + "</script>"),
    "an entity bomb": b'<!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>' + page(f"{BODY}<p>&b;</p>"),
    "a title of bars": page(title="x | " * 50_000),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_are_read_in_bounded_time(data: bytes) -> None:
    began = time.process_time()
    assert FIRST in read(data, longest_document=30_000_000).text
    assert time.process_time() - began < 60


PIECES = (
    *(b"<p>", b"</p>", b"<div class=comments>", b"</div>", b"<table>", b"<td>", b"&#x0;", b"\0", b"<a href='", b"\xff", b"<!--", b"<h1>"),
    *(FIRST.encode(), b"<time datetime='2031-99'>", b"<svg>", b"Correction: "),
    b'<script type="application/ld+json">{"@type":"NewsArticle","author":[[{}]]}</script>',
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_bytes_crash_it(pieces: list[bytes]) -> None:
    try:
        document = read(b"".join(pieces))
    except ReadError as error:
        assert error.code.startswith("read.")
    else:
        assert document.text.strip()
