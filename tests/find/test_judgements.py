"""The list of what people decided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from tests.record.invented import MODELS, TEXT, document, person, record, said

from onrecord.find.judgements import About, Decision, JudgementState, decisions, statement_now
from onrecord.record.corrections import Changes, correct, not_a_statement, undo
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger, Program, open_ledger
from onrecord.record.link_names import LinkName
from onrecord.record.stored import current_statements
from onrecord.record.tables import statements

BY = "Ida Brook"
FERRY = "that the ferry would sail again"


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        run = opened.begin(Program("onrecord 1", MODELS), "add news")
        opened.add(run, [record()])
        yield opened


def key(ledger: Ledger, words: str = FERRY) -> str:
    with ledger.reading() as connection:
        return str(connection.scalar(select(statements.c.key).where(statements.c.words == words)))


def listed(ledger: Ledger, *states: JudgementState) -> list[Decision]:
    with ledger.reading() as connection:
        return list(decisions(connection, *states))


def test_each_is_told_with_its_statement_and_its_state(ledger: Ledger) -> None:
    first = correct(ledger, key(ledger), Changes(stance="asks"), BY, "heard it")
    second = not_a_statement(ledger, key(ledger), BY)
    undo(ledger, first, BY)
    told = [(one.row["id"], one.state, one.document, one.statement, one.words) for one in listed(ledger)]
    assert told == [
        (first, JudgementState.UNDONE, "courier-0312", None, FERRY),
        (second, JudgementState.HOLDS, "courier-0312", key(ledger), FERRY),
    ]
    assert [one.row["id"] for one in listed(ledger, JudgementState.UNDONE)] == [first]


def test_an_orphan_keeps_the_words_it_was_about(ledger: Ledger) -> None:
    number = correct(ledger, key(ledger), Changes(stance="asks"), BY)
    run = ledger.begin(Program("onrecord 2", MODELS), "reread")
    ledger.add(run, [said(TEXT, "The council meets on Friday", person("Otto Lind"), document())])
    (one,) = listed(ledger, JudgementState.ORPHANED)
    assert (one.row["id"], one.statement, one.words) == (number, None, FERRY)
    with ledger.reading() as connection:
        assert statement_now(connection, number) is None


def test_one_that_followed_names_the_statement_of_today(ledger: Ledger) -> None:
    number = correct(ledger, key(ledger), Changes(speaker="Brenn"), BY)
    run = ledger.begin(Program("onrecord 2", MODELS), "reread")
    ledger.add(run, [said(TEXT, "the ferry would sail again", person("Mara Quill"), document())])
    (one,) = listed(ledger)
    assert (one.statement, one.words) == (key(ledger, "the ferry would sail again"), FERRY)
    with ledger.reading() as connection:
        row = statement_now(connection, number)
        assert row is not None
        assert (row["speaker_name"], row["document"]) == ("Brenn", "courier-0312")
        assert connection.execute(current_statements()).mappings().one()["speaker_name"] == "Mara Quill"


def test_a_ledger_without_judgements_lists_none(ledger: Ledger) -> None:
    assert listed(ledger) == []


def test_a_review_of_a_link_is_told_with_both_statements_and_is_orphaned_with_either(ledger: Ledger) -> None:
    plan = "“There is no such plan,”"
    number = judge_link(ledger, LinkName(key(ledger, plan), key(ledger), "denies"), LinkDecision.REJECTED, BY, "another ferry")
    (one,) = listed(ledger)
    assert (one.row["id"], one.row["kind"], one.state, one.about) == (
        number,
        "link",
        JudgementState.HOLDS,
        About("courier-0312", key(ledger, plan), plan),
    )
    assert one.other == About("courier-0312", key(ledger), FERRY)
    run = ledger.begin(Program("onrecord 2", MODELS), "reread")
    ledger.add(run, [said(TEXT, FERRY, person("Mara Quill"), document())])
    (lost,) = listed(ledger, JudgementState.ORPHANED)
    assert (lost.statement, lost.words, lost.other and lost.other.words) == (None, plan, FERRY)
    undo(ledger, number, BY)
    assert listed(ledger, JudgementState.HOLDS, JudgementState.ORPHANED) == []
