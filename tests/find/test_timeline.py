"""Who said what in the order of the days, at the precision of the articles."""

from __future__ import annotations

import pytest
from tests.find.invented import BARE, JON, MARA, NEW, add, article, changed

from onrecord.errors import LedgerError, UsageError
from onrecord.find.timeline import Entry, timeline
from onrecord.find.wanted import Wanted
from onrecord.record.corrections import Changes, correct, not_a_statement
from onrecord.record.ledger import Ledger
from onrecord.record.speakers import merge

MARCH = changed(article("march", "2031-03-12", (MARA, "the bridge is safe")), said_on="2031-03-10", stance="asserts")
WEEK = changed(article("week", "2031-03-20", (MARA, "the bridge would be closed")), said_on="2031-W10", stance="commits")
MONTH = changed(article("month", "2031-05-02", (MARA, "all bridges were checked")), said_on="2031-02", stance="asserts")
UNDATED = article("undated", "2031-03-15", (MARA, "the tolls will rise"), (JON, "the tolls may fall"))


@pytest.fixture
def lesk(ledger: Ledger) -> Ledger:
    add(ledger, MARCH, WEEK, MONTH, UNDATED)
    return ledger


def words(ledger: Ledger, **wanted: str) -> list[str]:
    return [one.words for one in timeline(ledger, Wanted(**wanted))]


def first(ledger: Ledger, **wanted: str) -> Entry:
    return timeline(ledger, Wanted(**wanted))[0]


def test_statements_stand_by_the_day_of_saying_with_its_precision(lesk: Ledger) -> None:
    found = [(one.day, one.said_on, one.day_is_known, one.words) for one in timeline(lesk, Wanted(by="Mara Quill"))]
    assert found == [
        ("2031-02-01", "2031-02", True, "all bridges were checked"),
        ("2031-03-03", "2031-W10", True, "the bridge would be closed"),
        ("2031-03-10", "2031-03-10", True, "the bridge is safe"),
        ("2031-03-15", None, False, "the tolls will rise"),
    ]


def test_an_entry_says_where_it_stands(lesk: Ledger) -> None:
    one = first(lesk, about="tolls", by="Jon Quill")
    assert (one.document, one.publisher, one.known_on, one.speaker_key) == ("undated", "Lesk Courier", "2031-03-15", "jon-quill")
    assert (one.stance, one.judged, len(one.id), len(one.document_id)) == ("asserts", False, 32, 32)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"about": "bridge"}, ["all bridges were checked", "the bridge would be closed", "the bridge is safe"]),
        ({"about": "a CLOSING of bridges"}, ["the bridge would be closed"]),
        ({"about": "bridge tolls"}, []),
        ({"about": "tolls"}, ["the tolls will rise", "the tolls may fall"]),
        ({"about": '"tolls" OR bridge:* & ) \\'}, []),
        ({"about": "tolls", "by": "Quill"}, ["the tolls will rise", "the tolls may fall"]),
        ({"by": "jon"}, ["the tolls may fall"]),
        ({"by": "mara quill", "stance": "commits"}, ["the bridge would be closed"]),
        ({"by": "mara quill", "since": "2031-03-10"}, ["the bridge is safe", "the tolls will rise"]),
        ({"by": "mara quill", "since": "2031-03-05", "until": "2031-03-05"}, ["the bridge would be closed"]),
        ({"by": "mara quill", "since": "2031-02-20", "until": "2031-02-25"}, ["all bridges were checked"]),
        ({"by": "mara quill", "until": "2031-02"}, ["all bridges were checked"]),
        ({"by": "mara quill", "as_of": "2031-03-14"}, ["the bridge is safe"]),
        ({"by": "mara quill", "as_of": "2030"}, []),
    ],
)
def test_what_is_asked_for_is_found(lesk: Ledger, wanted: dict[str, str], found: list[str]) -> None:
    assert words(lesk, **wanted) == found


def test_words_that_nobody_said_are_left_out(ledger: Ledger) -> None:
    add(ledger, changed(UNDATED, hypothetical=True))
    assert words(ledger, about="tolls") == ["the tolls may fall"]


def test_only_the_newest_reading_counts(lesk: Ledger) -> None:
    add(lesk, changed(MARCH, stance="denies"), program=NEW)
    assert first(lesk, by="Mara Quill", since="2031-03-10").stance == "denies"
    assert len(words(lesk, by="Mara Quill")) == 4


def test_a_corrected_day_stance_or_speaker_goes_before_the_program(lesk: Ledger) -> None:
    one = first(lesk, about="tolls", by="Mara Quill")
    correct(lesk, one.id, Changes(said_on="2031-03-01", stance="threatens", speaker="Jon Quill"), by="Ida Brook")
    assert "the tolls will rise" not in words(lesk, by="Mara Quill")
    told = first(lesk, by="Jon Quill", stance="threatens", until="2031-03-02")
    assert (told.day, told.day_is_known, told.judged, told.words) == ("2031-03-01", True, True, "the tolls will rise")
    assert words(lesk, by="Jon Quill", stance="asserts") == ["the tolls may fall"]
    add(lesk, UNDATED, program=NEW)
    assert first(lesk, by="Jon Quill").stance == "threatens"


def test_what_is_no_statement_is_left_out(lesk: Ledger) -> None:
    not_a_statement(lesk, first(lesk, about="tolls").id, by="Ida Brook")
    assert words(lesk, about="tolls") == ["the tolls may fall"]


def test_a_merge_joins_two_timelines(lesk: Ledger) -> None:
    add(lesk, article("bare", "2031-04-01", (BARE, "the sea is high")))
    assert len(words(lesk, by="Mara Quill")) == 4
    merge(lesk, "quill", "mara-quill", by="Ida Brook")
    assert words(lesk, by="Mara Quill")[-1] == "the sea is high"
    assert {one.speaker_key for one in timeline(lesk, Wanted(by="mara-quill"))} == {"mara-quill"}


def test_a_timeline_of_nobody_and_nothing_is_refused(lesk: Ledger) -> None:
    with pytest.raises(UsageError, match="whose timeline"):
        timeline(lesk, Wanted(since="2031"))
    with pytest.raises(LedgerError, match="Nobody in the ledger is called 'Ada Brook'"):
        timeline(lesk, Wanted(by="Ada Brook"))


@pytest.mark.parametrize(
    "wanted", [{"since": "soon"}, {"until": "2031-02-30"}, {"as_of": "2031-3-4"}, {"stance": "sings"}, {"about": " ?"}]
)
def test_a_question_that_cannot_be_is_refused(wanted: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        Wanted(**wanted)
    assert caught.value.code == "usage.bad_question"
