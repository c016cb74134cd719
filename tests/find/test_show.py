"""One statement or document with its context and its history."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from tests.find.invented import NEW, add
from tests.find.linked import BY, CONTRADICTS, COURIER, DENIES, WEEKLY, Given, compare, key, papers
from tests.record.invented import TEXT, document, record

from onrecord.data import Record, Span
from onrecord.errors import LedgerError
from onrecord.find.links import WantedLinks, links
from onrecord.find.show import Linked, ShownDocument, ShownStatement, shown
from onrecord.record.corrections import Changes, correct, not_a_statement, undo
from onrecord.record.identity import document_key, statement_key
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger, Options, open_ledger
from onrecord.record.link_names import LinkName
from onrecord.record.tables import documents, statements

DOCUMENT = document_key(document())


def key_of(number: int, of: Record | None = None) -> str:
    one = (of or record()).statements[number - 1].attribution
    return statement_key(DOCUMENT, one.source, one.content)


QUILL, BRENN = key_of(1), key_of(2)


@pytest.fixture
def lesk(ledger: Ledger) -> Ledger:
    add(ledger, record())
    return ledger


def statement(ledger: Ledger, name: str) -> ShownStatement:
    found = shown(ledger, name)
    assert isinstance(found, ShownStatement)
    return found


@pytest.mark.parametrize("name", [QUILL, QUILL[:6], QUILL[:12].upper(), f" {QUILL[:8]} "])
def test_a_statement_is_found_by_the_beginning_of_its_id(lesk: Ledger, name: str) -> None:
    found = statement(lesk, name)
    assert (found.id, found.document_id, found.known_on) == (QUILL, DOCUMENT, "2031-03-12")
    assert found.statement == record().statements[0]
    assert found.document == document()


def test_the_words_are_marked_in_their_context(lesk: Ledger) -> None:
    one = statement(lesk, QUILL).selectors[0]
    assert one.exact == "that the ferry would sail again" == TEXT[one.start : one.end]
    assert TEXT[: one.start].endswith(one.prefix)
    assert TEXT[one.end :].startswith(one.suffix)
    assert one.prefix.endswith("said on Monday ")
    assert one.suffix.startswith(". “There is")


def test_a_passage_at_the_edge_of_the_text_has_no_context_there(ledger: Ledger) -> None:
    whole = replace(record().statements[0].attribution, source=(), cue=(), content=(Span(0, len(TEXT)),))
    edge = replace(record(), statements=(replace(record().statements[0], attribution=whole),), events=(), links=())
    add(ledger, edge)
    one = statement(ledger, key_of(1, edge)).selectors[0]
    assert (one.prefix, one.exact, one.suffix) == ("", TEXT, "")


def test_only_excerpts_give_the_words_and_their_context_too(ledger_url: str) -> None:
    with open_ledger(ledger_url, Options(excerpts=True), create=True) as ledger:
        add(ledger, record())
        assert statement(ledger, QUILL).selectors[0].exact == "that the ferry would sail again"


def test_links_are_told_from_both_ends(lesk: Ledger) -> None:
    (answer,), (asked,) = statement(lesk, BRENN).links, statement(lesk, QUILL).links
    assert (answer.type, answer.from_here, answer.id, answer.speaker_name) == ("denies", True, QUILL, "Mara Quill")
    assert (asked.type, asked.from_here, asked.id, asked.words) == ("denies", False, BRENN, "“There is no such plan,”")


def judge(ledger: Ledger, given: Given, decision: LinkDecision) -> int:
    return judge_link(ledger, LinkName(key(ledger, given[0]), key(ledger, given[1]), given[2]), decision, BY, "read both")


def told(ledger: Ledger, name: str) -> dict[tuple[str, str], Linked]:
    """The links of a statement, by what they say and the document at the other end."""
    found = statement(ledger, key(ledger, name)).links
    of = {(one.type, one.document): one for one in found}
    assert len(of) == len(found)
    return of


def test_links_are_those_that_hold_in_the_ledger_each_once_however_often_it_was_found(ledger: Ledger) -> None:
    papers(ledger)
    compare(ledger, CONTRADICTS, (CONTRADICTS[1], CONTRADICTS[0], "contradicts", 0.75), digest="2" * 32)
    weekly = told(ledger, "weekly-0312 s1")
    assert {name: (one.from_here, one.probability) for name, one in weekly.items()} == {
        ("denies", "courier-0310"): (True, 0.9),
        ("contradicts", "courier-0320"): (True, 0.75),
    }
    assert {one.link_id for one in weekly.values()} == {one.id for one in links(ledger, WantedLinks(document="weekly-0312"))}


def test_a_link_that_somebody_accepted_is_certain_and_one_that_is_doubted_is_as_before(ledger: Ledger) -> None:
    papers(ledger)
    number = judge(ledger, CONTRADICTS, LinkDecision.ACCEPTED)
    judge(ledger, DENIES, LinkDecision.UNSURE)
    weekly = told(ledger, "weekly-0312 s1")
    accepted, doubted = weekly["contradicts", "courier-0320"], weekly["denies", "courier-0310"]
    assert (accepted.probability, doubted.probability) == (1.0, 0.9)
    assert accepted.judgement is not None
    assert doubted.judgement is not None
    by = accepted.judgement
    assert (by.id, by.decision, by.made_by, by.note) == (number, LinkDecision.ACCEPTED, BY, "read both")
    assert doubted.judgement.decision is LinkDecision.UNSURE


def test_a_link_that_somebody_rejected_is_left_out_until_that_is_taken_back(ledger: Ledger) -> None:
    papers(ledger)
    number = judge(ledger, DENIES, LinkDecision.REJECTED)
    assert list(told(ledger, "weekly-0312 s1")) == [("contradicts", "courier-0320")]
    undo(ledger, number, BY)
    assert ("denies", "courier-0310") in told(ledger, "weekly-0312 s1")


def test_a_link_that_somebody_made_is_there_and_survives_a_newer_reading(ledger: Ledger) -> None:
    papers(ledger)
    judge(ledger, ("courier-0320 s2", "mirror-0312 s1", "contradicts", 1.0), LinkDecision.ACCEPTED)
    for _ in range(2):
        made = told(ledger, "mirror-0312 s1")["contradicts", "courier-0320"]
        assert (made.from_here, made.probability, made.why, made.speaker_name) == (False, 1.0, "A person says so.", "Lesk Council")
        add(ledger, COURIER, WEEKLY, program=NEW)


def test_what_the_newest_reading_no_longer_has_is_linked_to_nothing(lesk: Ledger) -> None:
    add(lesk, replace(record(), statements=record().statements[:1], links=()), program=NEW)
    assert (statement(lesk, QUILL).links, statement(lesk, BRENN).links) == ((), ())


def test_every_reading_says_whether_it_had_the_statement(lesk: Ledger) -> None:
    add(lesk, replace(record(), statements=record().statements[:1], links=()), program=NEW)
    kept = statement(lesk, QUILL)
    assert [(one.program, one.is_current, one.has_it) for one in kept.readings] == [("onrecord 1", False, True), ("onrecord 2", True, True)]
    gone = statement(lesk, BRENN)
    assert (gone.is_current, gone.now, gone.statement.speaker.name) == (False, None, "Brenn")
    assert [one.has_it for one in gone.readings] == [True, False]
    assert gone.readings[0].speaker_name == "Brenn"


def test_a_superseded_statement_names_the_one_that_follows_it(lesk: Ledger) -> None:
    first = record().statements[0]
    start, end = first.attribution.content[0]
    shorter = replace(first.attribution, content=(Span(start + 5, end),))
    newer = replace(record(), statements=(replace(first, attribution=shorter),), links=())
    add(lesk, newer, program=NEW)
    assert statement(lesk, QUILL).now == key_of(1, newer)


def test_judgements_are_laid_over_the_statement_and_listed(lesk: Ledger) -> None:
    number = correct(lesk, QUILL, Changes(stance="refuses", said_on="2031-03-09"), by="Ida Brook", note="heard it")
    add(lesk, record(), program=NEW)
    found = statement(lesk, QUILL)
    assert found.statement.reading.stance == "refuses"
    assert [(one.id, one.kind, one.made_by, one.note) for one in found.judgements] == [(number, "correct", "Ida Brook", "heard it")]
    undo(lesk, number, by="Ida Brook")
    assert statement(lesk, QUILL).judgements == ()


def test_what_is_no_statement_is_shown_as_that(lesk: Ledger) -> None:
    not_a_statement(lesk, BRENN, by="Ida Brook")
    found = statement(lesk, BRENN)
    assert (found.is_statement, found.is_current) == (False, True)
    assert statement(lesk, QUILL).links == ()
    of = shown(lesk, DOCUMENT)
    assert isinstance(of, ShownDocument)
    assert [key for key, _ in of.statements] == [QUILL]


@pytest.mark.parametrize("name", [DOCUMENT, DOCUMENT[:6], "courier-0312", "news/courier-0312.txt"])
def test_a_document_is_found_by_its_id_or_its_place(lesk: Ledger, name: str) -> None:
    found = shown(lesk, name)
    assert isinstance(found, ShownDocument)
    assert (found.id, found.document, found.known_on) == (DOCUMENT, document(), "2031-03-12")
    assert found.statements == ((QUILL, record().statements[0]), (BRENN, record().statements[1]))
    assert len(found.readings) == 1


@pytest.mark.parametrize("name", ["", "%", QUILL[:5], "f" * 32, QUILL + "0", "nowhere"])
def test_what_is_not_there_is_not_found(lesk: Ledger, name: str) -> None:
    with pytest.raises(LedgerError) as caught:
        shown(lesk, name)
    assert caught.value.code == "ledger.not_found"


def test_a_beginning_of_several_ids_is_told_to_be_longer(lesk: Ledger) -> None:
    with lesk.writing() as connection:
        row = dict(connection.execute(select(statements).limit(1)).mappings().one())
        connection.execute(statements.insert(), [{**row, "id": 900, "key": QUILL[:8] + "0" * 24}])
        of = dict(connection.execute(select(documents)).mappings().one())
        connection.execute(documents.insert(), [{**of, "id": 900, "key": QUILL[:7] + "0" * 25}])
    with pytest.raises(LedgerError, match="3 ids begin with") as caught:
        shown(lesk, QUILL[:7])
    assert caught.value.code == "ledger.ambiguous"
    assert isinstance(shown(lesk, QUILL[:7] + "000"), ShownDocument | ShownStatement)
