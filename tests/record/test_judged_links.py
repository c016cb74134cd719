"""Judgements about links: they name two statements and a type, follow both through every re-run, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select
from tests.find.invented import MARA, NEW, add, article, changed, key_of
from tests.find.linked import BY, COURIER, DENIES, NEVER, PAPERS, WEEKLY, key, papers, said_again

from onrecord.data import Record
from onrecord.errors import LedgerError, UsageError
from onrecord.record.corrections import Changes, correct, not_a_statement, undo
from onrecord.record.judged_links import JudgedLink, LinkDecision, decided, forget_judged_links, judge_link, judged_links
from onrecord.record.ledger import Ledger, open_ledger
from onrecord.record.link_names import LinkName
from onrecord.record.tables import judgements, run_ends, runs

ACCEPTED, REJECTED, UNSURE = LinkDecision.ACCEPTED, LinkDecision.REJECTED, LinkDecision.UNSURE


@pytest.fixture
def lesk(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, create=True) as opened:
        papers(opened)
        yield opened


def name(ledger: Ledger, source: str = DENIES[0], target: str = DENIES[1], kind: str = "denies") -> LinkName:
    return LinkName(key(ledger, source), key(ledger, target), kind)


def judged_now(ledger: Ledger) -> tuple[JudgedLink, ...]:
    with ledger.reading() as connection:
        return judged_links(connection)


def decisions(ledger: Ledger) -> dict[LinkName, LinkDecision]:
    return {link: one.decision for link, one in decided(judged_now(ledger)).items()}


def test_a_judgement_keeps_who_decided_what_of_which_two_statements(lesk: Ledger) -> None:
    link = name(lesk)
    number = judge_link(lesk, link, REJECTED, f" {BY} ", "another ferry")
    with lesk.reading() as connection:
        row = connection.execute(select(judgements).where(judgements.c.id == number)).mappings().one()
        run = connection.execute(select(runs).where(runs.c.id == row["run_id"])).mappings().one()
        assert connection.scalar(select(run_ends.c.ended_at).where(run_ends.c.run_id == run["id"]))
    assert (row["kind"], row["made_by"], row["note"], row["statement_key"]) == ("link", BY, "another ferry", link.source)
    assert (row["document_key"], row["speaker_key"]) == (key_of(WEEKLY), "jon-quill")
    wanted = {"to": link.target, "to_document": key_of(COURIER), "type": "denies", "decision": "rejected"}
    assert {told: row["changes"][told] for told in wanted} == wanted
    assert (run["command"], run["made_by"]) == (f"review {link.id} rejected", BY)


def test_the_last_judgement_of_a_link_counts_until_it_is_undone(lesk: Ledger) -> None:
    link = name(lesk)
    judge_link(lesk, link, REJECTED, BY)
    later = judge_link(lesk, link, UNSURE, "Tom Reed")
    assert decisions(lesk) == {link: UNSURE}
    undo(lesk, later, BY)
    assert decisions(lesk) == {link: REJECTED}


@pytest.mark.parametrize(
    ("kind", "is_one"), [("contradicts", True), ("agrees", True), ("repeats", True), ("denies", False), ("revises", False)]
)
def test_who_contradicts_whom_may_be_told_from_either_end_and_who_denies_whom_may_not(kind: str, is_one: bool) -> None:
    there, back = LinkName("b" * 32, "a" * 32, kind), LinkName("a" * 32, "b" * 32, kind)
    assert (there.id == back.id, there.either_way == back.either_way) == (is_one, is_one)
    assert len(there.id) == 16
    assert there.id[:8] == ("a" if is_one else "b") * 8


def test_ids_differ_by_statement_and_by_type() -> None:
    ends = [("a" * 32, "b" * 32), ("a" * 32, "c" * 32), ("d" * 32, "b" * 32)]
    ids = {LinkName(*both, kind).id for both in ends for kind in ("repeats", "agrees", "contradicts", "denies", "revises")}
    assert len(ids) == 15


# What another program reads in the Courier, where it read "the ferry will never be sold to Brenn" before, said by Mara Quill.
READ_AGAIN = {
    "the same words": (COURIER, True),
    "a little less": (said_again(COURIER, "ferry will never be sold to Brenn"), True),
    "half of it": (said_again(COURIER, "ferry will never be sold"), True),
    "too little": (said_again(COURIER, "ferry"), False),
    "words of somebody else": (changed(said_again(COURIER, "will never be sold to Brenn"), speaker=replace(MARA, key="otto-lind")), False),
    "nothing": (replace(COURIER, statements=()), False),
}


@pytest.mark.parametrize(("again", "holds"), READ_AGAIN.values(), ids=READ_AGAIN)
def test_it_follows_the_statement_that_was_denied_through_a_re_run(lesk: Ledger, again: Record, holds: bool) -> None:
    judge_link(lesk, name(lesk), REJECTED, BY)
    add(lesk, again, program=NEW)
    (one,) = judged_now(lesk)
    assert (one.name is not None) == holds
    assert decisions(lesk) == ({name(lesk): REJECTED} if holds else {})


def test_it_follows_the_statement_that_denies_as_well(lesk: Ledger) -> None:
    judge_link(lesk, name(lesk), ACCEPTED, BY)
    add(lesk, said_again(WEEKLY, "ferry was sold to Brenn"), program=NEW)
    assert decisions(lesk) == {name(lesk): ACCEPTED}


def test_an_orphan_comes_back_with_a_reading_that_finds_both(lesk: Ledger) -> None:
    judge_link(lesk, name(lesk), ACCEPTED, BY)
    add(lesk, replace(COURIER, statements=()), program=NEW)
    assert decisions(lesk) == {}
    add(lesk, COURIER)
    assert decisions(lesk) == {name(lesk): ACCEPTED}


def test_it_follows_to_the_speaker_that_a_person_corrected(lesk: Ledger) -> None:
    judge_link(lesk, name(lesk), ACCEPTED, BY)
    correct(lesk, key(lesk, DENIES[1]), Changes(speaker="Otto Lind"), BY)
    otto = replace(MARA, name="Mara Quill", key="otto-lind")
    add(lesk, changed(said_again(COURIER, "will never be sold to Brenn"), speaker=otto), program=NEW)
    assert decisions(lesk) == {name(lesk): ACCEPTED}


def test_a_link_that_no_reading_found_can_be_accepted_and_then_rejected(lesk: Ledger) -> None:
    link = name(lesk, "mirror-0312 s1", "weekly-0312 s1", "agrees")
    judge_link(lesk, link, ACCEPTED, BY)
    judge_link(lesk, link, REJECTED, BY)
    assert decisions(lesk) == {link.either_way: REJECTED}


@pytest.mark.parametrize("decision", [REJECTED, UNSURE])
def test_what_nothing_has_linked_can_only_be_accepted(lesk: Ledger, decision: LinkDecision) -> None:
    for link in (name(lesk, "mirror-0312 s1", "weekly-0312 s1"), LinkName(key(lesk, DENIES[1]), key(lesk, DENIES[0]), "denies")):
        with pytest.raises(UsageError, match="only `accept`") as caught:
            judge_link(lesk, link, decision, BY)
        assert caught.value.code == "usage.bad_judgement"


def test_the_first_digits_of_the_statements_are_enough(lesk: Ledger) -> None:
    link = name(lesk)
    judge_link(lesk, LinkName(link.source[:8], link.target[:8].upper(), "denies"), REJECTED, BY)
    assert decisions(lesk) == {link: REJECTED}


def test_what_cannot_be_linked_is_refused(lesk: Ledger) -> None:
    add(lesk, changed(article("guess", "2031-03-21", (MARA, "nobody said this")), hypothetical=True))
    link = name(lesk)
    wrong = (
        LinkName(link.source, link.source, "denies"),
        link._replace(type="likes"),
        link._replace(target=key(lesk, "guess s1")),
    )
    for one in wrong:
        with pytest.raises(UsageError) as caught:
            judge_link(lesk, one, ACCEPTED, BY)
        assert caught.value.code == "usage.bad_judgement"
    with pytest.raises(UsageError):
        judge_link(lesk, link, ACCEPTED, "  ")
    with pytest.raises(LedgerError, match="holds no statement"):
        judge_link(lesk, link._replace(target="abcdef"), ACCEPTED, BY)
    assert judged_now(lesk) == ()


def test_judgements_about_statements_and_links_leave_each_other_alone(lesk: Ledger) -> None:
    judge_link(lesk, name(lesk), ACCEPTED, BY)
    not_a_statement(lesk, key(lesk, "mirror-0312 s1"), BY)
    correct(lesk, key(lesk, DENIES[0]), Changes(stance="asserts"), BY)
    add(lesk, *PAPERS, program=NEW)
    assert decisions(lesk) == {name(lesk): ACCEPTED}


def test_nothing_is_left_of_what_was_said_of_a_removed_document(lesk: Ledger) -> None:
    judge_link(lesk, name(lesk), ACCEPTED, BY, f"she said {NEVER}")
    other = name(lesk, "mirror-0312 s1", "weekly-0312 s1", "agrees")
    judge_link(lesk, other, ACCEPTED, BY, "kept")
    with lesk.writing() as connection:
        forget_judged_links(connection, key_of(COURIER))
    gone, kept = judged_now(lesk)
    assert (gone.row["note"], gone.row["changes"], gone.name) == (None, {}, None)
    assert (kept.row["note"], kept.name) == ("kept", other)
