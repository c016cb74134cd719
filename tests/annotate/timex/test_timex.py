"""Sentences in, TIMEX3 types and values out; the cases are tables that anyone can add to."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.timex import time_expressions
from onrecord.annotate.timex.fold import folded
from onrecord.data import Document, TimeExpression, TimeType

HERE = Path(__file__).parent
FRIDAY = "2025-02-14"


def rows(name: str, columns: int) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf8").splitlines()
    return [[*line.split("\t"), *[""] * columns][:columns] for line in lines if line and not line.startswith("#")]


def document(text: str, day: str | None = FRIDAY) -> Document:
    return Document("case", text, creation_time=day)


def seen(one: TimeExpression, text: str, also: str) -> tuple[str | None, ...]:
    """What a row of the tables wants of an expression: its words, type and value, and the fields that the row names."""
    more = (getattr(one, field.split("=")[0]) for field in also.split("; ") if field)
    return (one.span.of(text), one.type, one.value, *more)


def wanted(words: str, kind: str, value: str, also: str) -> tuple[str | None, ...]:
    more = (field.split("=", 1)[1] for field in also.split("; ") if field)
    return (words, TimeType(kind), *(None if one == "-" else one for one in (value, *more)))


@pytest.mark.parametrize(("day", "sentence", "words", "kind", "value", "also"), rows("cases.tsv", 6))
def test_a_time_is_found_with_its_type_and_value(day: str, sentence: str, words: str, kind: str, value: str, also: str) -> None:
    found = time_expressions(document(sentence, None if day == "-" else day))
    assert wanted(words, kind, value, also) in {seen(one, sentence, also) for one in found}


@pytest.mark.parametrize("sentence", [row[0] for row in rows("silent.tsv", 1)])
def test_a_sentence_without_a_time_has_none(sentence: str) -> None:
    assert time_expressions(document(sentence)) == ()


@pytest.mark.parametrize(("publisher", "sentence", "words", "value", "also"), rows("orders.tsv", 5))
def test_a_date_in_figures_is_read_as_its_country_writes_it(publisher: str, sentence: str, words: str, value: str, also: str) -> None:
    page = Document("case", sentence, creation_time=FRIDAY, publisher=None if publisher == "-" else publisher)
    assert wanted(words, "DATE", value, also) in {seen(one, sentence, also) for one in time_expressions(page)}


def test_there_are_enough_cases() -> None:
    assert len(rows("cases.tsv", 6)) >= 250


def test_the_header_with_the_creation_time_is_no_time_of_the_text() -> None:
    text = "date 2025-02-14\nThe Lesk Herald\nPort closes\n\nThe port closed on Thursday."
    assert [one.span.of(text) for one in time_expressions(document(text))] == ["Thursday"]


def test_a_live_report_counts_its_clock_on_its_own_day() -> None:
    text = "Port live\n\n11:30 The gates are shut.\n\n21.05 The gates are open."
    assert [one.value for one in time_expressions(document(text))] == ["2025-02-14T11:30", "2025-02-14T21:05"]


def test_a_phrase_may_run_over_a_line_break_of_hard_wrapped_text() -> None:
    text = "The port, Quill said, closed last\nweek after a storm."
    assert [one.value for one in time_expressions(document(text))] == ["2025-W06"]


def test_folding_keeps_every_character_in_its_place() -> None:
    text = "İstanbul’s port – closed\u00a0Thursday"
    assert len(folded(text)) == len(text)
    assert [one.span.of(text) for one in time_expressions(document(text))] == ["Thursday"]


@pytest.mark.parametrize(
    "text", ["", "\n", "\ud800 Thursday \udfff", "\x00\x01 last week", "1 " * 50_000, "a " * 50_000 + "Thursday", "x" * 1_000_000]
)
def test_odd_text_is_read_without_complaint(text: str) -> None:
    for one in time_expressions(document(text)):
        assert 0 <= one.span.start < one.span.end <= len(text)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_no_trouble(day: str) -> None:
    text = (
        "Yesterday, tomorrow, last year, next year, in May, "
        "at Easter, last fall, a year ago, next week, Election Day, on June 3, a century ago."
    )
    assert time_expressions(document(text, day))


WORDS = (
    "Thursday May 3 2016 last next the two days ago week year-end 5 p.m. quarter said will Christmas ' . , \n first of early a every - "
    "'96 9/11 13:45 from to and between before after on in eve ended ET GMT half past night that following year season's fall 3/4/2016 "
    "fortnight weekend Eid al-Fitr year's 14th month long overnight morning fiscal H1 1990s 20th century month's new"
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=30), st.sampled_from([None, FRIDAY, "2016-02-29", "0001-01-01", "9999-12-31"]))
def test_expressions_lie_in_the_text_in_order_and_apart(words: list[str], day: str | None) -> None:
    text = " ".join(words)
    found = time_expressions(document(text, day))
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(one.value is not None or one.reason is not None for one in found)
