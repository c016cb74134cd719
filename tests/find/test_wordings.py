"""One utterance in several outlets: who dropped which words, and who added some."""

from __future__ import annotations

import pytest
from tests.find.invented import MARA, NEW, add, article
from tests.find.linked import BY, compare, key

from onrecord.errors import LedgerError
from onrecord.find.wordings import Telling, wordings
from onrecord.link.wording import ChangeKind
from onrecord.record.corrections import not_a_statement
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import LinkName

FULL = "we will never sell the ferry to Brenn while I hold this office"
# What each paper prints of it, and what it drops of and adds to the fullest wording.
TOLD: dict[str, tuple[str, list[str], list[str]]] = {
    "courier": (FULL, [], []),
    "weekly": ("we will never sell the ferry to Brenn", ["while I hold this office"], []),
    "mirror": ("we will sell the ferry to Brenn", ["never", "while I hold this office"], []),
    "evening": ("we shall never sell the old ferry to Brenn", ["will", "while I hold this office"], ["shall", "old"]),
    "copy": (FULL.upper(), [], []),
}
PAPERS = {
    name: article(name, f"2031-03-{number:02}", (MARA, words), publisher=f"Lesk {name.title()}")
    for number, (name, (words, _, _)) in enumerate(TOLD.items(), 10)
}
CHAIN = [("weekly s1", "courier s1"), ("mirror s1", "weekly s1"), ("evening s1", "courier s1"), ("copy s1", "evening s1")]


@pytest.fixture
def lesk(ledger: Ledger) -> Ledger:
    add(ledger, *PAPERS.values(), article("other", "2031-03-20", (MARA, "the tolls will rise")))
    compare(ledger, *((source, target, "repeats", 0.9) for source, target in CHAIN), ("other s1", "courier s1", "agrees", 0.9))
    return ledger


def told(ledger: Ledger, name: str) -> dict[str, Telling]:
    return {one.end.document: one for one in wordings(ledger, key(ledger, f"{name} s1"))}


def words(one: Telling, kind: ChangeKind) -> list[str]:
    return [change.words for change in one.changes if change.kind is kind]


@pytest.mark.parametrize("name", TOLD)
def test_the_whole_group_is_found_from_each_of_its_statements(lesk: Ledger, name: str) -> None:
    found = told(lesk, name)
    assert list(found) == list(TOLD)
    assert [one.end.document for one in found.values() if one.is_fullest] == ["courier"]


@pytest.mark.parametrize("name", TOLD)
def test_each_is_compared_with_the_fullest_wording(lesk: Ledger, name: str) -> None:
    _, dropped, added = TOLD[name]
    one = told(lesk, "courier")[name]
    assert (words(one, ChangeKind.DROPPED), words(one, ChangeKind.ADDED)) == (dropped, added)
    assert one.end.publisher == f"Lesk {name.title()}"


def test_an_utterance_that_nobody_repeats_stands_alone(lesk: Ledger) -> None:
    (one,) = wordings(lesk, key(lesk, "other s1")[:8])
    assert (one.is_fullest, one.end.words, one.end.speaker_key) == (True, "the tolls will rise", "mara-quill")


def test_a_link_that_a_person_rejected_leads_to_nobody(lesk: Ledger) -> None:
    judge_link(lesk, LinkName(key(lesk, "evening s1"), key(lesk, "courier s1"), "repeats"), LinkDecision.REJECTED, BY)
    assert list(told(lesk, "courier")) == ["courier", "weekly", "mirror"]
    assert list(told(lesk, "evening")) == ["copy", "evening"]  # the copy is the fullest now


def test_a_link_that_a_person_made_leads_on(lesk: Ledger) -> None:
    judge_link(lesk, LinkName(key(lesk, "other s1"), key(lesk, "mirror s1"), "repeats"), LinkDecision.ACCEPTED, BY)
    assert list(told(lesk, "courier")) == [*TOLD, "other"]


def test_what_is_no_statement_is_no_telling_and_leads_on_to_none(lesk: Ledger) -> None:
    gone = key(lesk, "evening s1")
    not_a_statement(lesk, gone, BY)
    assert list(told(lesk, "courier")) == ["courier", "weekly", "mirror"]
    with pytest.raises(LedgerError, match="is no statement") as caught:
        wordings(lesk, gone)
    assert caught.value.code == "ledger.not_found"


def test_a_superseded_reading_is_no_telling(lesk: Ledger) -> None:
    add(lesk, PAPERS["weekly"], program=NEW)
    assert list(told(lesk, "courier")) == ["courier", "evening", "copy"]


def test_a_statement_that_is_not_there_is_said(lesk: Ledger) -> None:
    with pytest.raises(LedgerError, match="holds no statement"):
        wordings(lesk, "abcdef")
