"""Which statements are about a matter, whose they are, and which of them are one utterance that several papers carry."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.find.affair import (
    COURIER,
    IF,
    MATTER,
    MAYBE,
    NEVER,
    NO,
    NO_AGAIN,
    OFFICIALS,
    PAID,
    PAYS,
    RIVER,
    ROOS,
    SILENT,
    WEEKLY,
    asked,
    compared,
    current,
    holder,
    link,
    said,
)
from tests.find.invented import BARE, JON, MARA, NEW, add, article

from onrecord.data import Variant
from onrecord.errors import LedgerError, UsageError
from onrecord.find.position_matter import WantedPositions
from onrecord.find.positions import Positions, outlets
from onrecord.record.corrections import not_a_statement
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger, open_ledger
from onrecord.record.link_names import LinkName
from onrecord.record.speakers import merge
from onrecord.record.stored import current_statements
from onrecord.record.tables import statements


def test_as_of_a_day_only_what_was_published_by_then_is_known(affair: Ledger) -> None:
    assert [one.key for one in asked(affair, as_of="2031-03-10").speakers] == ["mara-quill"]
    assert asked(affair, as_of="2031-03-09") == Positions()
    assert {one.key for one in asked(affair, since="2031-03-13").speakers} == {"mara-quill", "tilde-roos"}


def test_copies_in_several_papers_count_once_with_all_who_carry_them(affair: Ledger) -> None:
    first = holder(affair, "mara-quill").said[0]
    assert outlets(first.carried) == ("Lesk Courier", "Weekly")
    assert [one.words for one in first.carried] == [NO, NO_AGAIN]
    assert [one.known_on for one in first.carried] == ["2031-03-10", "2031-03-11"]


def test_like_words_without_a_link_are_two_statements(ledger: Ledger) -> None:
    add(ledger, COURIER, WEEKLY)
    assert len(holder(ledger, "mara-quill").said) == 2


def test_repeats_never_make_one_of_two_speakers(ledger: Ledger) -> None:
    jon = said(article("jon", "2031-03-12", (JON, NO_AGAIN), publisher="Weekly"), "refuses")
    unnamed = said(article("unnamed", "2031-03-11", (OFFICIALS, MAYBE), publisher="Post"), "refuses")
    add(ledger, COURIER, jon, unnamed)
    link(ledger, "repeats", MAYBE, NO)
    link(ledger, "repeats", NO_AGAIN, MAYBE, probability=0.8)
    found = asked(ledger)
    assert [(one.key, len(one.said[0].carried)) for one in found.speakers] == [("mara-quill", 2), ("jon-quill", 1)]
    assert [(one.source.speaker_name, one.type, one.target.speaker_name) for one in found.beside] == [
        ("Jon Quill", "repeats", "Mara Quill")
    ]


def test_a_condition_that_one_paper_dropped_holds_all_the_same(ledger: Ledger) -> None:
    cut = said(article("cut", "2031-03-10", (JON, "guards at the bridge stay possible")), "leaves_open")
    add(ledger, cut, RIVER)
    link(ledger, "repeats", IF, "guards at the bridge stay possible", variant=Variant.CUT)
    (one,) = [one for one in holder(ledger, "jon-quill").said if one.stance == "leaves_open"]
    assert (one.words, one.conditional, one.condition) == ("guards at the bridge stay possible", True, "if the river rises")


def test_a_surname_that_the_program_joined_is_one_speaker_with_the_name(ledger: Ledger) -> None:
    again = said(article("again", "2031-03-17", (BARE, SILENT)), "declines", "2031-03-17")
    add(ledger, COURIER, said(article("bare", "2031-03-15", (BARE, MAYBE)), "supports", "2031-03-15"), again)
    assert [(one.key, one.name, len(one.said)) for one in asked(ledger).speakers] == [("mara-quill", "Mara Quill", 3)]


def test_names_that_a_person_merged_are_one_speaker(affair: Ledger) -> None:
    add(affair, said(article("bare", "2031-03-20", (BARE, "the bridge needs no guards")), "asserts", "2031-03-20"))
    assert holder(affair, "mara-quill").said[-1].words == SILENT
    merge(affair, "quill", "mara-quill", by="Ida Brook")
    assert current(affair, "mara-quill") == ("asserts", "the bridge needs no guards", "2031-03-20")
    assert holder(affair, "mara-quill").name == "Mara Quill"


def test_unnamed_holders_of_two_papers_are_two(ledger: Ledger) -> None:
    add(
        ledger,
        said(article("one", "2031-03-10", (OFFICIALS, NO)), "refuses"),
        said(article("two", "2031-03-12", (OFFICIALS, MAYBE)), "demands"),
    )
    assert [(one.key, one.name) for one in asked(ledger).speakers] == [(None, "officials")] * 2
    assert len(asked(ledger, by="Officials").speakers) == 2


def test_a_rejected_statement_is_out_and_leads_nowhere(affair: Ledger) -> None:
    assert "tilde-roos" in {one.key for one in asked(affair).speakers}
    (paid,) = holder(affair, "lesk-council").said
    not_a_statement(affair, paid.id, by="Ida Brook")
    found = asked(affair)
    assert {one.key for one in found.speakers} == {"mara-quill", "jon-quill"}
    assert found.against == ()


def test_what_is_linked_joins_the_matter_whatever_its_words(affair: Ledger) -> None:
    assert current(affair, "tilde-roos") == ("denies", NEVER, "2031-03-13")


def test_the_matter_grows_one_step_by_conflicts_and_on_by_repeats(affair: Ledger) -> None:
    add(affair, said(article("far", "2031-03-20", (JON, "somebody lied")), "accuses"))
    add(affair, said(article("copy", "2031-03-20", (ROOS, "we asked for nothing"), publisher="Weekly"), "denies", "2031-03-13"))
    link(affair, "contradicts", "somebody lied", NEVER)
    link(affair, "repeats", "we asked for nothing", NEVER)
    found = asked(affair)
    assert "somebody lied" not in [one.words for speaker in found.speakers for one in speaker.said]
    assert [len(one.carried) for speaker in found.speakers if speaker.key == "tilde-roos" for one in speaker.said] == [2]


def test_a_link_that_a_later_comparison_did_not_find_counts_no_more(affair: Ledger) -> None:
    with affair.reading() as connection:
        reading = connection.execute(current_statements().where(statements.c.words == MAYBE)).mappings().one()["reading_id"]
    compared(affair, reading, [])
    assert asked(affair).beside == ()


def test_a_statement_need_hold_no_more_than_a_word_where_the_rest_stands_around_it(ledger: Ledger) -> None:
    near = said(article("near", "2031-03-10", (MARA, NO), (JON, "the guards can go home")), "demands", number=2)
    far = said(article("far", "2031-03-10", (ROOS, "the guards can stay at the museum")), "demands")
    add(ledger, near, far)
    assert {one.key for one in asked(ledger).speakers} == {"mara-quill", "jon-quill"}


def test_only_the_newest_reading_counts(affair: Ledger) -> None:
    add(affair, replace(PAYS, statements=()), program=NEW)
    assert {one.key for one in asked(affair).speakers} == {"mara-quill", "jon-quill"}


def test_a_name_that_nobody_has_is_refused(affair: Ledger) -> None:
    with pytest.raises(LedgerError, match="Nobody in the ledger is called 'Ada Lorne'"):
        asked(affair, by="Ada Lorne")


def test_of_a_matter_that_nobody_spoke_on_nothing_is_told(affair: Ledger) -> None:
    assert asked(affair, "submarines") == Positions()
    assert asked(affair, "submarines under icebergs near the bridge") == Positions()


@pytest.mark.parametrize(("about", "wanted"), [(" ?! ", {}), ("", {}), (MATTER, {"as_of": "soon"}), (MATTER, {"since": "2031-02-30"})])
def test_a_question_that_cannot_be_is_refused(about: str, wanted: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        WantedPositions(about, **wanted)
    assert caught.value.code == "usage.bad_question"


def test_without_a_model_the_words_alone_find_the_matter(ledger_url: str) -> None:
    with open_ledger(ledger_url, create=True) as plain:
        add(plain, COURIER)
        assert current(plain, "mara-quill") == ("refuses", NO, "2031-03-10")


def test_a_rejected_link_leads_nowhere_and_replaces_nothing(affair: Ledger) -> None:
    link(affair, "revises", PAID, IF)
    assert current(affair, "jon-quill") is None
    council, jon = holder(affair, "lesk-council"), holder(affair, "jon-quill")
    judge_link(affair, LinkName(council.said[0].id, jon.said[0].id, "revises"), LinkDecision.REJECTED, by="Ida Brook")
    assert current(affair, "jon-quill") == ("leaves_open", IF, "2031-03-11")
    (denial,) = asked(affair).against
    judge_link(affair, LinkName(denial.source.id, denial.target.id, "denies"), LinkDecision.REJECTED, by="Ida Brook")
    assert asked(affair).against == ()
    assert "tilde-roos" not in {one.key for one in asked(affair).speakers}


def test_a_link_that_a_person_accepted_counts_as_sure(affair: Ledger) -> None:
    council, jon = holder(affair, "lesk-council"), holder(affair, "jon-quill")
    name = LinkName(council.said[0].id, jon.said[0].id, "contradicts")
    judge_link(affair, name, LinkDecision.ACCEPTED, by="Ida Brook")
    first = asked(affair).against[0]
    assert (first.id, first.probability, first.why) == (name.id, 1.0, "A person says so.")
