"""Which statements are linked, as the ledger has it today: readings, comparisons and judgements decide."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.find.invented import MARA, NEW, add, article, changed
from tests.find.linked import (
    BY,
    CONTRADICTS,
    COURIER,
    CUT,
    DENIES,
    LINKS,
    MIRROR,
    NEVER,
    PAPERS,
    REPEATS,
    REVISES,
    SOLD,
    WEEKLY,
    Given,
    compare,
    compare_nothing,
    found,
    judge,
    key,
    links_of,
    the_link,
)
from tests.record.invented import MODELS, document, person, record, statement

from onrecord.data import Basis, Link, LinkType, Record, Span, Variant
from onrecord.errors import LedgerError, UsageError
from onrecord.find.links import Order, WantedLinks, link_named, links
from onrecord.record.corrections import Changes, correct, not_a_statement, undo
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import CONFLICTS, LinkName
from onrecord.record.removal import remove
from onrecord.record.speakers import merge

ACCEPTED, REJECTED, UNSURE = LinkDecision.ACCEPTED, LinkDecision.REJECTED, LinkDecision.UNSURE


def test_a_link_says_who_said_what_when_and_where_on_both_sides(lesk: Ledger) -> None:
    one = the_link(lesk, DENIES)
    assert (one.type, one.basis, one.variant, one.probability, one.why) == (LinkType.DENIES, "inferred", None, 0.9, "It denies it.")
    source, target = one.source, one.target
    assert (source.speaker_name, source.speaker_key, source.stance, source.words) == ("Jon Quill", "jon-quill", "denies", SOLD)
    assert (source.document, source.statement, source.publisher, source.id) == ("weekly-0312", "s1", "Lesk Weekly", key(lesk, DENIES[0]))
    assert (source.said_on, source.day, source.day_is_known, source.known_on) == (None, "2031-03-12", False, "2031-03-12")
    assert (target.said_on, target.day, target.day_is_known, target.known_on) == ("2031-03-09", "2031-03-09", True, "2031-03-10")
    assert [COURIER.document.text[start:end] for start, end in target.content] == [NEVER]
    assert (one.judgement, one.evidence, one.evidence_words) == (None, (), None)


def test_the_newest_come_first_or_the_most_probable(lesk: Ledger) -> None:
    newest = found(lesk)
    assert sorted(newest) == sorted(links_of(*LINKS))
    assert newest[:2] == links_of(REVISES, CONTRADICTS)
    assert found(lesk, order=Order.PROBABILITY) == links_of(REPEATS, DENIES, REVISES, CONTRADICTS)
    assert found(lesk, order=Order.PROBABILITY, limit=1) == links_of(REPEATS)


# What is asked for, and which links answer.
ASKED: list[tuple[dict[str, object], tuple[Given, ...]]] = [
    ({"types": ("denies",)}, (DENIES,)),
    ({"types": CONFLICTS}, (DENIES, CONTRADICTS)),
    ({"by": "Jon Quill"}, (DENIES, CONTRADICTS)),
    ({"by": "Lesk Council"}, (CONTRADICTS,)),
    ({"about": "sale"}, (CONTRADICTS,)),
    ({"about": "sold Brenn"}, (DENIES, REPEATS, REVISES, CONTRADICTS)),
    ({"about": "sold privately"}, (REVISES,)),
    ({"about": "tolls"}, ()),
    ({"by": "Mara Quill", "about": "privately"}, (REVISES,)),
    ({"by": "Jon Quill", "about": "privately"}, ()),
    ({"since": "2031-03-13"}, (REVISES, CONTRADICTS)),
    ({"until": "2031-03-12"}, (DENIES, REPEATS)),
    ({"since": "2031-03-12", "until": "2031-03-12"}, (DENIES, REPEATS)),
    ({"since": "2031-03-21"}, ()),
    ({"by": "Jon Quill", "since": "2031-03-13"}, (CONTRADICTS,)),  # his words are older, what contradicts them is not
    ({"document": "mirror-0312"}, (REPEATS,)),
    ({"document": "news/weekly-0312.txt"}, (DENIES, CONTRADICTS)),
    ({"document": "weekly-0312", "by": "Lesk Council"}, (CONTRADICTS,)),
    ({"min_probability": 0.7}, (DENIES, REPEATS, REVISES)),
    ({"types": ("revises",), "min_probability": 0.71}, ()),
    ({"is_judged": False}, LINKS),
    ({"is_judged": True}, ()),
]


@pytest.mark.parametrize(("wanted", "answers"), ASKED, ids=[str(wanted) for wanted, _ in ASKED])
def test_what_is_asked_for_is_found(lesk: Ledger, wanted: dict[str, object], answers: tuple[Given, ...]) -> None:
    assert sorted(found(lesk, **wanted)) == sorted(links_of(*answers))


@pytest.mark.parametrize(
    "wanted",
    [{"types": ("likes",)}, {"since": "soon"}, {"until": "2031-02-30"}, {"about": "?"}, {"min_probability": 1.1}, {"limit": 0}],
    ids=str,
)
def test_a_question_that_cannot_be_is_refused(wanted: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        WantedLinks(**wanted)  # type: ignore[arg-type]
    assert caught.value.code == "usage.bad_question"


def test_nobody_and_nothing_have_no_links(lesk: Ledger) -> None:
    for wanted in (WantedLinks(by="Ada Brook"), WantedLinks(document="nowhere")):
        with pytest.raises(LedgerError) as caught:
            links(lesk, wanted)
        assert caught.value.code == "ledger.not_found"


def test_a_ledger_without_links_has_none(ledger: Ledger) -> None:
    assert links(ledger) == ()
    add(ledger, *PAPERS)
    assert links(ledger) == ()


def test_links_inside_a_document_are_there_with_the_words_that_report_them(ledger: Ledger) -> None:
    one = record()
    start = one.document.text.index("no such plan")
    reported = replace(one.links[0], basis=Basis.REPORTED, evidence=(Span(start, start + 12),))
    add(ledger, replace(one, links=(reported,)))
    (found_one,) = links(ledger)
    assert (found_one.type, found_one.basis, found_one.probability) == ("denies", "reported", 0.7)
    assert (found_one.evidence, found_one.evidence_words) == (((start, start + 12),), "no such plan")
    assert (found_one.source.statement, found_one.target.statement) == ("s2", "s1")
    assert found_one.source.document_id == found_one.target.document_id
    assert found_one.holder is None


def test_who_says_that_one_denies_another_is_kept_where_it_is_not_the_article(ledger: Ledger) -> None:
    words = "Mara Quill said the pier is safe. Observers in Lesk point out that Ottmar Brandt denied that the pier is safe."
    start = words.index("denied")
    claim = statement("the pier is safe", person("Mara Quill"), words, 1)
    outer = statement("that Ottmar Brandt denied that the pier is safe", person("Observers in Lesk"), words, 2)
    inner = statement("that the pier is safe", person("Ottmar Brandt"), words, 3)
    inner = replace(inner, part_of="s2")
    link = Link(LinkType.DENIES, "s3", "s1", Basis.REPORTED, 0.8, None, (Span(start, start + 6),), "said so")
    add(ledger, Record(document(text=words), (claim, outer, inner), (), (), (link,), MODELS))
    (found_one,) = links(ledger)
    assert (found_one.evidence_words, found_one.holder) == ("denied", "Observers in Lesk")


# What happens to the ledger after "the Weekly denies the Courier" was found, and whether the link holds.
AFTERWARDS = {
    "the Courier is read again": (lambda ledger: add(ledger, COURIER, program=NEW), False),
    "the Weekly is read again": (lambda ledger: add(ledger, WEEKLY, program=NEW), False),
    "the Mirror is read again": (lambda ledger: add(ledger, MIRROR, program=NEW), True),
    "a newer comparison of the Weekly finds nothing": (lambda ledger: compare_nothing(ledger, "weekly-0312"), False),
    "a newer comparison of the Weekly finds it, too": (lambda ledger: compare(ledger, DENIES, digest="2" * 32), True),
    "a newer comparison of the Courier finds nothing": (lambda ledger: compare_nothing(ledger, "courier-0310"), True),
    "what the Courier has is no statement": (lambda ledger: not_a_statement(ledger, key(ledger, DENIES[1]), BY), False),
    "what the Weekly has is no statement": (lambda ledger: not_a_statement(ledger, key(ledger, DENIES[0]), BY), False),
    "the Courier is removed": (lambda ledger: remove(ledger, "courier-0310", BY, "court order"), False),
    "the Weekly is removed": (lambda ledger: remove(ledger, "weekly-0312", BY, "court order"), False),
    "the Mirror is removed": (lambda ledger: remove(ledger, "mirror-0312", BY, "court order"), True),
    "a person accepts it": (lambda ledger: judge(ledger, DENIES, ACCEPTED), True),
    "a person rejects it": (lambda ledger: judge(ledger, DENIES, REJECTED), False),
    "a person is unsure": (lambda ledger: judge(ledger, DENIES, UNSURE), True),
    "a person rejects it and takes that back": (lambda ledger: undo(ledger, judge(ledger, DENIES, REJECTED), BY), True),
    "a person rejects another link of the Weekly": (lambda ledger: judge(ledger, CONTRADICTS, REJECTED), True),
}


@pytest.mark.parametrize(("happens", "holds"), AFTERWARDS.values(), ids=AFTERWARDS)
def test_whether_it_holds_afterwards(lesk: Ledger, happens: object, holds: bool) -> None:
    happens(lesk)  # type: ignore[operator]
    assert (links_of(DENIES)[0] in found(lesk)) == holds


def test_a_link_found_anew_after_both_were_read_again_is_there_once_with_its_history(lesk: Ledger) -> None:
    before = the_link(lesk, DENIES)
    add(lesk, *PAPERS, program=NEW)
    assert links(lesk) == ()
    compare(lesk, (*DENIES[:3], 0.8), digest="2" * 32, program=NEW)
    now = the_link(lesk, DENIES)
    assert now.id == before.id
    assert [(one.probability, one.program) for one in now.history] == [(0.9, "onrecord 1"), (0.8, "onrecord 2")]
    assert [one.probability for one in before.history] == [0.9]
    assert now.history[0].made_at <= now.history[1].made_at


def test_a_contradiction_found_from_the_other_end_is_the_same_link(lesk: Ledger) -> None:
    before = the_link(lesk, CONTRADICTS)
    judge(lesk, CONTRADICTS, UNSURE)
    add(lesk, WEEKLY, program=NEW)
    other_way = (CONTRADICTS[1], CONTRADICTS[0], "contradicts", 0.75)
    compare(lesk, other_way, digest="2" * 32)
    now = the_link(lesk, other_way)
    assert (now.id, now.judgement and now.judgement.decision) == (before.id, UNSURE)
    assert [one.probability for one in now.history] == [0.6, 0.75]


def test_ends_stand_as_people_corrected_them(lesk: Ledger) -> None:
    correct(lesk, key(lesk, DENIES[0]), Changes(speaker="Otto Lind", stance="asserts", said_on="2031-03-25"), BY)
    one = the_link(lesk, DENIES)
    assert (one.source.speaker_name, one.source.stance, one.source.said_on, one.source.day) == (
        "Otto Lind",
        "asserts",
        "2031-03-25",
        "2031-03-25",
    )
    assert found(lesk)[0] in links_of(DENIES, CONTRADICTS)
    assert sorted(found(lesk, by="Otto Lind")) == sorted(links_of(DENIES, CONTRADICTS))
    assert found(lesk, since="2031-03-25") == found(lesk, by="Otto Lind")


def test_a_merge_of_two_keys_is_a_merge_of_their_links(lesk: Ledger) -> None:
    merge(lesk, "jon-quill", "mara-quill", BY)
    assert the_link(lesk, DENIES).source.speaker_key == "mara-quill"
    assert sorted(found(lesk, by="mara-quill")) == sorted(links_of(*LINKS))


def test_words_that_nobody_said_have_no_links(ledger: Ledger) -> None:
    add(ledger, COURIER, changed(WEEKLY, hypothetical=True))
    compare(ledger, DENIES)
    assert links(ledger) == ()


def test_of_two_comparisons_that_found_one_link_the_likelier_one_is_told(ledger: Ledger) -> None:
    add(ledger, COURIER, WEEKLY)
    compare(ledger, (*DENIES[:3], 0.6), (*DENIES[:3], 0.8))
    (one,) = links(ledger)
    assert (one.probability, [each.probability for each in one.history]) == (0.8, [0.6, 0.8])


def test_variants_of_repeats_are_told(lesk: Ledger) -> None:
    assert the_link(lesk, REPEATS).variant == Variant.CUT
    assert the_link(lesk, REPEATS).source.words == CUT


def test_a_link_is_found_by_the_beginning_of_its_id(lesk: Ledger) -> None:
    for given in LINKS:
        whole = the_link(lesk, given)
        for name in (whole.id, whole.id[:12].upper(), f" {whole.id} "):
            assert link_named(lesk, name) == whole
    judge(lesk, DENIES, REJECTED)
    assert link_named(lesk, the_link(lesk, DENIES, rejected=True).id).type == "denies"


def test_digits_that_begin_two_ids_are_not_enough(lesk: Ledger) -> None:
    add(lesk, article("more", "2031-03-30", (MARA, "the ferry is sold")))
    first = key(lesk, DENIES[0])
    judge_link(lesk, LinkName(first, key(lesk, "more s1"), "denies"), ACCEPTED, BY)
    with pytest.raises(LedgerError, match="links have an id that begins") as caught:
        link_named(lesk, first[:8])
    assert caught.value.code == "ledger.ambiguous"


@pytest.mark.parametrize("name", ["", "abc", "zzzzzz", "0" * 16, "0" * 40, "' OR 1=1"])
def test_what_is_no_link_is_said(lesk: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="No link") as caught:
        link_named(lesk, name)
    assert caught.value.code == "ledger.not_found"


def test_a_link_that_no_longer_holds_has_no_name(lesk: Ledger) -> None:
    gone = the_link(lesk, DENIES).id
    add(lesk, WEEKLY, program=NEW)
    with pytest.raises(LedgerError):
        link_named(lesk, gone)
