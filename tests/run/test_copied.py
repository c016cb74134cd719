"""A wire story in many papers is compared once: what each print has word for word is settled, whatever comes first or is read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from sqlalchemy import select
from tests.record.invented import MODELS
from tests.record.wires import AGAINST, COURIER, EVENING, LEAD, MIRROR, NOT_SOLD, PRINTS, QUILL, SOLD, TOLLS, WEEKLY, WHOLE, paper
from tests.run.twin import Twin

from onrecord.annotate.meaning import Meaning
from onrecord.data import Record, Stance
from onrecord.find.links import LedgerLink, WantedLinks, links
from onrecord.find.verify import findings
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.link_names import CONFLICTS, LinkName
from onrecord.record.removal import remove
from onrecord.record.tables import documents
from onrecord.record.tables import links as link_rows
from onrecord.run.linking import LinkOptions, linked

BY = "Ida Brook"


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, Options(meaning=Meaning()), create=True) as opened:
        yield opened


def add(ledger: Ledger, *records: Record, program: str = "onrecord 1") -> None:
    run = ledger.begin(Program(program, MODELS), "add")
    ledger.add(run, records)
    ledger.end(run)


def compare(ledger: Ledger, model: Twin | None = None) -> Twin:
    twin = model or Twin()
    run = ledger.begin(Program("onrecord 1", MODELS), "link")
    list(linked(ledger, run, LinkOptions(twin)))  # type: ignore[arg-type]
    ledger.end(run)
    return twin


def conflicts(ledger: Ledger, *, once: bool = True, **wanted: object) -> list[LedgerLink]:
    return list(links(ledger, WantedLinks(types=CONFLICTS, once=once, **wanted)))  # type: ignore[arg-type]


def ends(found: list[LedgerLink]) -> list[tuple[str, str]]:
    return sorted((one.source.document, one.target.document) for one in found)


def syndicated(ledger: Ledger) -> list[tuple[str, str]]:
    return ends([one for one in links(ledger) if one.syndicated])


def test_forty_papers_with_one_wire_story_give_one_conflict(ledger: Ledger) -> None:
    many = [paper(f"Print{number:02}", "2031-03-11", WHOLE, (QUILL, SOLD), stance=Stance.COMMITS) for number in range(40)]
    add(ledger, COURIER, *many, AGAINST)
    twin = compare(ledger)
    (one,) = conflicts(ledger, once=False)
    assert (one.source.document, one.target.document) == ("voice-03-14", "courier-03-10")
    assert len(syndicated(ledger)) == 40
    assert all(SOLD not in first or second == NOT_SOLD for first, second in twin.asked)
    assert [copy.publisher for copy in one.target_copies] == [f"Lesk Print{number:02}" for number in range(40)]


def test_the_link_says_that_it_is_a_copy(ledger: Ledger) -> None:
    add(ledger, COURIER, WEEKLY)
    compare(ledger)
    found = [one for one in links(ledger) if one.source.words == SOLD]
    (one,) = found
    assert (one.type, one.variant, one.syndicated, one.why) == (
        "repeats",
        "identical",
        True,
        "The same words in a syndicated copy of one text.",
    )
    assert (one.source.document, one.target.document) == ("weekly-03-11", "courier-03-10")


def test_another_print_of_the_same_outlet_says_so(ledger: Ledger) -> None:
    again = paper("Courier", "2031-03-11", WHOLE, (QUILL, SOLD), stance=Stance.COMMITS)
    add(ledger, COURIER, again)
    compare(ledger)
    (one,) = [each for each in links(ledger) if each.syndicated]
    assert one.why == "The same words in another print of one text by the same outlet."


@pytest.mark.parametrize("order", list(permutations((COURIER, MIRROR, AGAINST))))
def test_whatever_comes_first_there_is_one_conflict(ledger: Ledger, order: tuple[Record, ...]) -> None:
    for one in order:
        add(ledger, one)
        compare(ledger)
    assert len(conflicts(ledger)) == 1
    assert syndicated(ledger) == [("mirror-03-12", "courier-03-10")]


DIFFERENT = {
    "other words": paper("Weekly", "2031-03-11", WHOLE, (QUILL, SOLD.replace(" this summer", "")), stance=Stance.COMMITS),
    "another holder": paper(
        "Weekly", "2031-03-11", WHOLE, (replace(QUILL, name="Jon Quill", key="jon-quill"), SOLD), stance=Stance.COMMITS
    ),
    "denied": paper("Weekly", "2031-03-11", WHOLE, (QUILL, SOLD), stance=Stance.DENIES),
    "not said": paper("Weekly", "2031-03-11", WHOLE, (QUILL, SOLD), stance=Stance.COMMITS, negated_cue=True),
    "under a condition": paper("Weekly", "2031-03-11", WHOLE, (QUILL, SOLD), stance=Stance.COMMITS, conditional=True),
    "nobody said it": paper("Weekly", "2031-03-11", WHOLE, (QUILL, SOLD), stance=Stance.COMMITS, hypothetical=True),
}


@pytest.mark.parametrize("why", DIFFERENT)
def test_what_a_copy_has_otherwise_is_not_settled(ledger: Ledger, why: str) -> None:
    add(ledger, COURIER, DIFFERENT[why])
    compare(ledger)
    assert syndicated(ledger) == []


def test_quotation_marks_case_and_white_space_make_no_other_words(ledger: Ledger) -> None:
    shaped = WHOLE.replace(SOLD, f"“{SOLD.upper()}”").replace(" pier", "  pier")
    words = shaped[shaped.index("“") : shaped.index("”") + 1]
    add(ledger, COURIER, paper("Weekly", "2031-03-11", shaped, (QUILL, words), stance=Stance.COMMITS))
    compare(ledger)
    assert syndicated(ledger) == [("weekly-03-11", "courier-03-10")]


def test_unnamed_holders_of_a_copy_are_the_same_and_of_two_stories_are_not(ledger: Ledger) -> None:
    clerk = replace(QUILL, name="a clerk of the land registry", key=None)
    words = "Two firms from Brenn have asked for the plans"
    prints = [paper(outlet, "2031-03-11", WHOLE, (clerk, words)) for outlet in ("Courier", "Weekly")]
    add(ledger, *prints, paper("Voice", "2031-03-11", f"{words}, according to a clerk of the land registry. It rained.", (clerk, words)))
    compare(ledger)
    assert syndicated(ledger) == [("weekly-03-11", "courier-03-11")]


def test_with_the_original_removed_its_conflict_is_that_of_the_first_copy(ledger: Ledger) -> None:
    add(ledger, *PRINTS, AGAINST)
    compare(ledger)
    remove(ledger, "news/courier-03-10.txt", BY, "asked for")
    (one,) = conflicts(ledger, once=False)
    assert (one.source.document, one.target.document) == ("voice-03-14", "weekly-03-11")
    assert {of for _, of in syndicated(ledger)} == {"weekly-03-11"}
    assert [one.what for one in findings(ledger) if not one.is_note] == []
    add(ledger, paper("Late", "2031-03-20", WHOLE, (QUILL, SOLD), stance=Stance.COMMITS))
    compare(ledger)
    assert ("late-03-20", "weekly-03-11") in syndicated(ledger)
    assert len(conflicts(ledger)) == 1


def test_with_the_answer_found_by_the_original_it_is_handed_over_too(ledger: Ledger) -> None:
    add(ledger, AGAINST, COURIER, WEEKLY)
    compare(ledger)
    remove(ledger, "news/courier-03-10.txt", BY, "asked for")
    (one,) = conflicts(ledger, once=False)
    assert {one.source.document, one.target.document} == {"weekly-03-11", "voice-03-14"}
    assert [one.what for one in findings(ledger) if not one.is_note] == []


def test_where_the_original_is_read_again_it_stands_for_its_copies_again(ledger: Ledger) -> None:
    add(ledger, COURIER, WEEKLY, AGAINST)
    compare(ledger)
    add(ledger, COURIER, program="onrecord 2")
    compare(ledger)
    assert ends(conflicts(ledger)) == [("voice-03-14", "courier-03-10")]
    assert ("weekly-03-11", "courier-03-10") in syndicated(ledger)


def test_where_all_is_read_again_one_conflict_is_found_again(ledger: Ledger) -> None:
    add(ledger, *PRINTS, AGAINST)
    compare(ledger)
    add(ledger, *PRINTS[::-1], AGAINST, program="onrecord 2")
    compare(ledger)
    assert len(conflicts(ledger, once=False)) == 1


def test_another_model_compares_anew_and_once(ledger: Ledger) -> None:
    add(ledger, *PRINTS, AGAINST)
    compare(ledger)
    compare(ledger, Twin(sha256="another"))
    assert len(conflicts(ledger, once=False)) == 1
    assert len(syndicated(ledger)) == len(PRINTS) - 1 + 2  # the tolls stand in two more of them


def inside(record: Record) -> Record:
    """The paper whose second statement contradicts its first, as its own reading found."""
    from onrecord.data import Basis, Link, LinkType  # noqa: PLC0415

    return replace(record, links=(Link(LinkType.CONTRADICTS, "s2", "s1", Basis.INFERRED, 0.8),))


def test_a_conflict_inside_a_story_counts_once_in_all_its_prints(ledger: Ledger) -> None:
    add(ledger, *(inside(one) for one in (COURIER, WEEKLY, EVENING)))
    compare(ledger)
    assert len(conflicts(ledger, once=False)) == 3
    (one,) = conflicts(ledger)
    assert one.source.document == "courier-03-10"
    assert {copy.document for copy in one.source_copies} == {"weekly-03-11", "evening-03-13"}
    assert ends(conflicts(ledger, document="news/weekly-03-11.txt")) == [("courier-03-10", "courier-03-10")]
    assert ends(conflicts(ledger, by="Mara Quill", about="pier sell")) == [("courier-03-10", "courier-03-10")]


def test_a_conflict_that_somebody_rejected_in_one_print_does_not_come_back_from_another(ledger: Ledger) -> None:
    add(ledger, *(inside(one) for one in (COURIER, WEEKLY)))
    compare(ledger)
    (one,) = conflicts(ledger)
    judge_link(ledger, LinkName(one.source.id, one.target.id, "contradicts"), LinkDecision.REJECTED, BY)
    assert conflicts(ledger) == []
    assert len(conflicts(ledger, rejected=True)) == 1


def test_copies_that_somebody_told_apart_count_each(ledger: Ledger) -> None:
    add(ledger, *(inside(one) for one in (COURIER, WEEKLY)))
    compare(ledger)
    for one in [each for each in links(ledger) if each.syndicated]:
        judge_link(ledger, LinkName(one.source.id, one.target.id, "repeats"), LinkDecision.REJECTED, BY)
    assert len(conflicts(ledger)) == 2


def test_the_end_that_was_not_compared_is_kept_with_the_link(ledger: Ledger) -> None:
    add(ledger, COURIER, MIRROR)
    compare(ledger)
    with ledger.reading() as connection:
        rows = connection.execute(select(link_rows.c.from_id, link_rows.c.copied_id).where(link_rows.c.copied_id.is_not(None))).all()
        names = set(connection.scalars(select(documents.c.name)))
    assert [row.from_id == row.copied_id for row in rows] == [True]
    assert names == {"courier-03-10", "mirror-03-12"}
    assert TOLLS not in LEAD
