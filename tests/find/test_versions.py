"""Versions of an article: what counts as one, their order, and what changed from each to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.record.invented import MODELS, document, person, statement

from onrecord.data import Document, Record
from onrecord.errors import LedgerError
from onrecord.find.versions import Article, articles
from onrecord.record.changes import ChangeKind
from onrecord.record.corrections import Changes, correct, not_a_statement
from onrecord.record.identity import document_key, statement_key
from onrecord.record.ledger import Ledger, Options, Program, open_ledger

URL = "https://lesk.example/ferry"
FIRST = "The ferry rests. Mara Quill said the ferry would sail on Friday. Nobody was hurt."
SECOND = "The ferry rests. Mara Quill said the ferry would sail on Monday. Otto Lind said the berth is shut."
THIRD = "The ferry rests. Otto Lind said the berth is shut. It rained."
SAID = {"Mara Quill": ("the ferry would sail on Friday", "the ferry would sail on Monday"), "Otto Lind": ("the berth is shut",)}
D, A, C = ChangeKind.DROPPED, ChangeKind.ADDED, ChangeKind.ALTERED


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        yield opened


def version(text: str, name: str = "ferry", **others: str) -> Document:
    return document(name, text, **{"url": URL, **others})


def record(of: Document) -> Record:
    """What each is told to have said in the text."""
    told = [(who, words) for who, those in SAID.items() for words in those if words in of.text]
    return Record(of, tuple(statement(words, person(who), of.text, n) for n, (who, words) in enumerate(told, 1)), (), (), (), MODELS)


def add(ledger: Ledger, *given: Document, program: str = "onrecord 1") -> None:
    run = ledger.begin(Program(program, MODELS), "add news")
    ledger.add(run, [record(one) for one in given])
    ledger.end(run)


def found(ledger: Ledger, name: str = URL) -> list[Article]:
    with ledger.reading() as connection:
        return list(articles(connection, name))


def keys(text: str) -> list[str]:
    """The ids of the statements of a version."""
    of = document_key(version(text))
    return [statement_key(of, one.attribution.source, one.attribution.content) for one in record(version(text)).statements]


def texts(article: Article) -> list[str]:
    return [one.record.document.text for one in article.versions]


def test_what_was_dropped_added_and_altered_from_version_to_version(ledger: Ledger) -> None:
    add(ledger, version(FIRST), version(SECOND), version(THIRD))
    (article,) = found(ledger)
    first, second, third = article.versions
    assert (article.place, article.publisher) == (URL, "Lesk Courier")
    assert (first.passages, first.statements) == (None, ())
    assert second.passages is not None and third.passages is not None
    told = [(one.kind, one.old and one.old.of(FIRST), one.new and one.new.of(SECOND)) for one in second.passages]
    assert told == [
        (C, "Mara Quill said the ferry would sail on Friday.", "Mara Quill said the ferry would sail on Monday."),
        (D, "Nobody was hurt.", None),
        (A, None, "Otto Lind said the berth is shut."),
    ]
    assert [(one.kind, one.fields) for one in second.statements] == [(C, ("content",)), (A, ())]
    assert [(one.kind, one.old and one.old.speaker.name) for one in third.statements] == [(D, "Mara Quill")]


def test_versions_stand_in_the_order_in_which_they_came(ledger: Ledger) -> None:
    for text in (SECOND, FIRST, THIRD):
        add(ledger, version(text))
    assert [texts(one) for one in found(ledger)] == [[SECOND, FIRST, THIRD]]


def test_an_article_is_named_by_url_locator_name_or_id(ledger: Ledger) -> None:
    add(ledger, version(FIRST), version(SECOND))
    key = document_key(version(SECOND))
    for name in (URL, "news/ferry.txt", "ferry", key, key[:7]):
        assert [texts(one) for one in found(ledger, name)] == [[FIRST, SECOND]]


@pytest.mark.parametrize("name", ["https://lesk.example/other", "abc", "0" * 12, ""])
def test_what_the_ledger_does_not_hold_is_said(ledger: Ledger, name: str) -> None:
    add(ledger, version(FIRST))
    with pytest.raises(LedgerError) as caught:
        found(ledger, name)
    assert caught.value.code == "ledger.not_found"


def test_a_wire_copy_in_another_paper_is_no_version(ledger: Ledger) -> None:
    elsewhere = version(SECOND, "weekly", url="https://hillside.example/ferry", publisher="Hillside Weekly")
    same_url = version(THIRD, "copy", publisher="Hillside Weekly")
    add(ledger, version(FIRST), elsewhere, same_url)
    assert sorted((one.publisher, texts(one)) for one in found(ledger)) == [("Hillside Weekly", [THIRD]), ("Lesk Courier", [FIRST])]


def test_one_that_names_no_publisher_goes_with_any(ledger: Ledger) -> None:
    unnamed = Document("ferry", SECOND, "a.txt", "2031-03-12", url=URL)
    add(ledger, version(FIRST), unnamed)
    assert [texts(one) for one in found(ledger)] == [[FIRST, SECOND]]
    assert [texts(one) for one in found(ledger, document_key(unnamed))] == [[FIRST, SECOND]]


def test_without_a_url_the_locator_tells_what_belongs_together(ledger: Ledger) -> None:
    add(ledger, document("a", FIRST), document("a", SECOND), document("b", THIRD))
    assert [texts(one) for one in found(ledger, "news/a.txt")] == [[FIRST, SECOND]]


def test_an_address_without_a_canonical_one_is_the_same_address(ledger: Ledger) -> None:
    add(ledger, version(FIRST), document("ferry", SECOND, locator=URL))
    assert [texts(one) for one in found(ledger)] == [[FIRST, SECOND]]


MANY = [
    ("in.jsonl:3", "a", "b", 1),
    ("in.jsonl:3", "a", "a", 2),
    ("-:2", "a", "b", 1),
    ("-:2", "a", "a", 2),
    ("-:2", "stdin-2", "stdin-2", 1),
]


@pytest.mark.parametrize(("locator", "name", "other", "count"), MANY)
def test_where_many_articles_come_from_the_name_must_agree_too(ledger: Ledger, locator: str, name: str, other: str, count: int) -> None:
    first, second = document(name, FIRST, locator=locator), document(other, SECOND, locator=locator)
    add(ledger, first, second)
    assert [len(one.versions) for one in found(ledger, document_key(first))] == [count]


def test_the_same_text_found_in_two_places_is_one_version(ledger: Ledger) -> None:
    add(ledger, version(FIRST), version(FIRST, "feed", locator="feed.xml#1"), version(SECOND), version(FIRST, "late", locator="late"))
    assert [texts(one) for one in found(ledger)] == [[FIRST, SECOND, FIRST]]


def test_the_current_readings_are_compared(ledger: Ledger) -> None:
    add(ledger, version(FIRST), version(SECOND))
    run = ledger.begin(Program("onrecord 2", MODELS), "reread")
    ledger.add(run, [Record(version(SECOND), (), (), (), (), MODELS)])
    assert [one.kind for one in found(ledger)[0].versions[1].statements] == [D]


def test_statements_are_compared_as_people_judged_them(ledger: Ledger) -> None:
    add(ledger, version(FIRST), version(SECOND))
    correct(ledger, keys(FIRST)[0], Changes(stance="denies"), "Ida Brook")
    not_a_statement(ledger, keys(SECOND)[1], "Ida Brook")
    assert [(one.kind, one.fields) for one in found(ledger)[0].versions[1].statements] == [(C, ("content", "stance"))]


def test_of_excerpts_only_statements_can_be_compared(ledger_url: str) -> None:
    with open_ledger(ledger_url, Options(excerpts=True), create=True) as ledger:
        add(ledger, version(FIRST + " It rained." * 200), version(SECOND))
        second = found(ledger)[0].versions[1]
        assert second.passages is None
        assert [one.kind for one in second.statements] == [C, A]
