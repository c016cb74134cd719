"""What people say of links of the ledger: it outranks the program, and holds after every re-run that finds the link."""

from __future__ import annotations

import pytest
from tests.find.invented import NEW, add
from tests.find.linked import (
    BY,
    CONTRADICTS,
    COURIER,
    DENIES,
    LATER,
    LINKS,
    MIRROR,
    PAPERS,
    REPEATS,
    REVISES,
    WEEKLY,
    Given,
    compare,
    compare_nothing,
    found,
    judge,
    links_of,
    said_again,
    the_link,
)

from onrecord.find.links import LinkJudgement, Order
from onrecord.record.corrections import undo
from onrecord.record.judged_links import LinkDecision
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import CONFLICTS
from onrecord.record.removal import remove

ACCEPTED, REJECTED, UNSURE = LinkDecision.ACCEPTED, LinkDecision.REJECTED, LinkDecision.UNSURE


def test_what_a_person_accepted_is_certain_and_says_who_decided(lesk: Ledger) -> None:
    number = judge(lesk, CONTRADICTS, ACCEPTED, "read both")
    one = the_link(lesk, CONTRADICTS)
    assert (one.probability, one.history[0].probability, one.why) == (1.0, 0.6, "It contradicts it.")
    by = one.judgement
    assert isinstance(by, LinkJudgement)
    assert (by.id, by.decision, by.made_by, by.note, by.made_at[:2]) == (number, ACCEPTED, BY, "read both", "20")
    assert found(lesk, order=Order.PROBABILITY, limit=1) == links_of(CONTRADICTS)
    assert found(lesk, min_probability=0.95) == links_of(CONTRADICTS)


def test_judged_and_unjudged_links_are_told_apart_and_unsure_is_judged(lesk: Ledger) -> None:
    judge(lesk, DENIES, UNSURE)
    judge(lesk, REPEATS, REJECTED)
    assert found(lesk, is_judged=True) == links_of(DENIES)
    assert sorted(found(lesk, is_judged=False)) == sorted(links_of(REVISES, CONTRADICTS))
    assert sorted(found(lesk, is_judged=True, rejected=True)) == sorted(links_of(DENIES, REPEATS))
    assert the_link(lesk, DENIES).probability == 0.9


def test_what_was_rejected_is_shown_to_whoever_asks_for_it(lesk: Ledger) -> None:
    judge(lesk, DENIES, REJECTED, "another ferry")
    one = the_link(lesk, DENIES, rejected=True)
    assert (one.probability, one.judgement and one.judgement.note) == (0.9, "another ferry")
    assert sorted(found(lesk, rejected=True)) == sorted(links_of(*LINKS))


@pytest.mark.parametrize("decision", LinkDecision)
def test_a_judgement_survives_every_re_run_that_finds_the_link(lesk: Ledger, decision: LinkDecision) -> None:
    judge(lesk, DENIES, decision)
    add(lesk, *PAPERS, program=NEW)
    compare(lesk, *LINKS, digest="2" * 32, program=NEW)
    one = the_link(lesk, DENIES, rejected=True)
    assert one.judgement is not None
    assert one.judgement.decision is decision
    assert (links_of(DENIES)[0] in found(lesk)) == (decision is not REJECTED)


def test_it_holds_for_the_link_between_the_statements_as_they_are_found_today(lesk: Ledger) -> None:
    judge(lesk, DENIES, REJECTED)
    add(lesk, said_again(COURIER, "ferry will never be sold to Brenn"), said_again(WEEKLY, "ferry was sold to Brenn"), program=NEW)
    compare(lesk, DENIES, digest="2" * 32, program=NEW)
    assert links_of(DENIES)[0] not in found(lesk)
    one = the_link(lesk, DENIES, rejected=True)
    assert (one.target.words, one.judgement and one.judgement.decision) == ("ferry will never be sold to Brenn", REJECTED)


@pytest.mark.parametrize(("decision", "is_kept"), [(ACCEPTED, True), (UNSURE, False), (REJECTED, False)])
def test_what_a_person_accepted_holds_also_when_no_program_finds_it_any_more(lesk: Ledger, decision: LinkDecision, is_kept: bool) -> None:
    judge(lesk, DENIES, decision)
    compare_nothing(lesk, "weekly-0312")
    assert (links_of(DENIES)[0] in found(lesk)) == is_kept
    assert (links_of(DENIES)[0] in found(lesk, rejected=True)) == (decision is not UNSURE)


def test_what_no_program_finds_any_more_keeps_its_reason_and_its_history(lesk: Ledger) -> None:
    judge(lesk, DENIES, ACCEPTED)
    compare_nothing(lesk, "weekly-0312")
    one = the_link(lesk, DENIES)
    assert (one.probability, one.why, [each.probability for each in one.history]) == (1.0, "It denies it.", [0.9])


BY_HAND: Given = ("courier-0320 s2", "mirror-0312 s1", "contradicts", 1.0)


def test_a_person_links_what_no_program_linked(lesk: Ledger) -> None:
    number = judge(lesk, BY_HAND, ACCEPTED, "plainly")
    one = the_link(lesk, BY_HAND)
    assert (one.probability, one.basis, one.why, one.history) == (1.0, "inferred", "A person says so.", ())
    assert one.judgement is not None
    assert (one.judgement.id, one.judgement.note) == (number, "plainly")
    with_it: list[dict[str, object]] = [{"by": "Lesk Council"}, {"document": "mirror-0312"}, {"types": CONFLICTS}, {"since": "2031-03-20"}]
    for wanted in with_it:
        assert links_of(BY_HAND)[0] in found(lesk, **wanted)
    without: list[dict[str, object]] = [{"by": "Jon Quill"}, {"document": "weekly-0312"}, {"types": ("denies",)}, {"until": "2031-03-19"}]
    for wanted in without:
        assert links_of(BY_HAND)[0] not in found(lesk, **wanted)
    undo(lesk, number, BY)
    assert links_of(BY_HAND)[0] not in found(lesk, rejected=True)


def test_a_link_by_hand_goes_with_its_statements(lesk: Ledger) -> None:
    judge(lesk, BY_HAND, ACCEPTED)
    add(lesk, LATER, MIRROR, program=NEW)
    assert found(lesk, types=("contradicts",)) == links_of(BY_HAND)
    remove(lesk, "mirror-0312", BY, "court order")
    assert found(lesk, types=("contradicts",)) == []
