"""The records of a ledger, or of a part of it: what was added comes out again, and what people decided outranks it."""

from __future__ import annotations

import pytest
from tests.find.invented import MARA, add, article, changed, with_event, with_times
from tests.find.linked import BY, COURIER, DENIES, LATER, NEVER, NOT_FOR_SALE, PRIVATELY, WEEKLY, compare, key, papers
from tests.record.invented import record as two_statements

from onrecord.data import Record, Stance
from onrecord.errors import LedgerError, UsageError
from onrecord.find.records import HeldRecord, WantedRecords, records
from onrecord.record import stored
from onrecord.record.corrections import Changes, correct, not_a_statement
from onrecord.record.judged_links import LinkDecision, judge_link
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import LinkName


def found(ledger: Ledger, **wanted: object) -> list[HeldRecord]:
    return list(records(ledger, WantedRecords(**wanted)))  # type: ignore[arg-type]


def words(one: Record) -> list[str]:
    return [one.words(each.attribution.content) for each in one.statements]


def test_what_was_added_comes_out_again_in_the_order_in_which_it_came(ledger: Ledger) -> None:
    given = [two_statements(), COURIER, WEEKLY, LATER]
    add(ledger, *given)
    held = found(ledger)
    assert [one.record for one in held] == given
    assert [one.program for one in held] == ["onrecord 1"] * 4
    assert held[1].ids == (key(ledger, "courier-0310 s1"),)


def test_it_is_the_same_however_few_documents_are_held_at_a_time(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    papers(ledger)
    whole = found(ledger)
    monkeypatch.setattr(stored, "_DOCUMENTS", 1)
    assert found(ledger) == whole
    assert len(whole) == 4


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"by": "Mara Quill"}, [NEVER, "the ferry will be sold", PRIVATELY]),
        ({"about": "privately sold"}, [PRIVATELY]),
        ({"stance": "denies"}, ["the ferry was sold to Brenn"]),
        ({"since": "2031-03-20"}, [PRIVATELY, NOT_FOR_SALE]),
        ({"until": "2031-03-10"}, [NEVER]),
        ({"as_of": "2031-03-11"}, [NEVER]),
        ({"publisher": "LESK weekly"}, ["the ferry was sold to Brenn"]),
        ({"documents": ("courier-0320", "news/courier-0310.txt")}, [NEVER, PRIVATELY, NOT_FOR_SALE]),
        ({"by": "Mara Quill", "documents": ("courier-0320",)}, [PRIVATELY]),
    ],
    ids=str,
)
def test_a_part_holds_what_is_wanted(ledger: Ledger, wanted: dict[str, object], said: list[str]) -> None:
    papers(ledger)
    assert [one for each in found(ledger, **wanted) for one in words(each.record)] == said


def test_a_part_keeps_the_links_events_and_times_of_its_statements(ledger: Ledger) -> None:
    told = with_event(with_event(two_statements(), "the ferry would sail", "2031-03-13"), "The council meets", None, statements=("s2",))
    add(ledger, with_times(told, {"Monday": "2031-03-10", "Friday": "2031-03-14"}))
    (one,) = found(ledger, by="Mara Quill")
    assert [each.id for each in one.record.statements] == ["s1"]
    assert [each.what for each in one.record.events] == ["The council meets", "the ferry would sail"]
    assert [each.value for each in one.record.times] == ["2031-03-10"]
    assert one.record.links == ()
    assert len(found(ledger)[0].record.links) == 1


def test_a_document_without_statements_is_there_unless_statements_are_asked_for(ledger: Ledger) -> None:
    add(ledger, article("empty", "2031-03-01"), COURIER)
    assert [one.record.document.name for one in found(ledger)] == ["empty", "courier-0310"]
    assert [one.record.document.name for one in found(ledger, since="2031")] == ["courier-0310"]


def test_words_that_nobody_said_are_in_the_whole_and_in_no_part(ledger: Ledger) -> None:
    add(ledger, changed(COURIER, hypothetical=True))
    assert len(found(ledger)[0].record.statements) == 1
    assert found(ledger, since="2031-03") == []


def test_what_people_decided_outranks_what_was_read(ledger: Ledger) -> None:
    papers(ledger)
    correct(ledger, key(ledger, "courier-0310 s1"), Changes(stance="refuses"), BY)
    not_a_statement(ledger, key(ledger, "courier-0320 s2"), BY)
    held = {one.record.document.name: one for one in found(ledger)}
    assert held["courier-0310"].record.statements[0].reading.stance is Stance.REFUSES
    assert held["courier-0310"].judged == {"s1"}
    assert words(held["courier-0320"].record) == [PRIVATELY]


def test_links_lead_out_of_the_document_and_rejected_ones_are_left_out(ledger: Ledger) -> None:
    papers(ledger)
    held = {one.record.document.name: one for one in found(ledger)}
    assert [(one.name.type, one.name.target) for one in held["weekly-0312"].links] == [("denies", key(ledger, "courier-0310 s1"))]
    assert held["weekly-0312"].record.links == ()
    judge_link(ledger, LinkName(key(ledger, DENIES[0]), key(ledger, DENIES[1]), "denies"), LinkDecision.REJECTED, BY)
    assert found(ledger, documents=("weekly-0312",))[0].links == ()


def test_a_link_that_a_comparison_found_inside_a_document_is_in_its_record(ledger: Ledger) -> None:
    papers(ledger)
    compare(ledger, ("courier-0320 s2", "courier-0320 s1", "contradicts", 0.8))
    (one,) = found(ledger, documents=("courier-0320",))
    assert [(each.from_id, each.to_id, str(each.type)) for each in one.record.links] == [("s2", "s1", "contradicts")]


def test_a_statement_told_inside_one_that_is_left_out_is_part_of_none(ledger: Ledger) -> None:
    add(ledger, changed(two_statements(), 2, part_of="s1"))
    assert found(ledger)[0].record.statements[1].part_of == "s1"
    (inner,) = found(ledger, by="Brenn")[0].record.statements
    assert (inner.part_of, inner.attribution.part_of) == (None, None)


@pytest.mark.parametrize("wanted", [{"by": "Nobody Ever"}, {"documents": ("nothing",)}], ids=str)
def test_what_is_not_there_is_said(ledger: Ledger, wanted: dict[str, object]) -> None:
    add(ledger, article("x", "2031-03-01", (MARA, "yes")))
    with pytest.raises(LedgerError) as caught:
        found(ledger, **wanted)
    assert caught.value.code == "ledger.not_found"


@pytest.mark.parametrize("wanted", [{"since": "soon"}, {"stance": "likes"}, {"about": "?!"}], ids=str)
def test_what_cannot_be_asked_is_refused(wanted: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        WantedRecords(**wanted)  # type: ignore[arg-type]
