"""What a time and a cue show by themselves."""

from __future__ import annotations

import pytest

from onrecord.annotate.timex import time_expressions
from onrecord.data import Attribution, Document, Span
from onrecord.resolve.day_signs import age, is_of_dateline, outside, signs_of_statement, signs_of_time, tense, words_of_cue

FRIDAY = "2025-02-14"

TENSES = [
    ("said", "past"),
    ("also said", "past"),
    ("has said", "perfect"),
    ("had said", "had"),
    ("'d said", "modal"),
    ("will say", "future"),
    ("says", "present"),
    ("is afraid", "being"),
    ("to say", "infinitive"),
    ("adding", "gerund"),
    ("according to", "according"),
    ("pledge", "other"),
    (":", "colon"),
    ("", "none"),
]

AGES = [
    ("2025-02-14", "0"),
    ("2025-02-13TEV", "1"),
    ("2025-02-08", "2-7"),
    ("2025-01-20", "month"),
    ("2024-01-20", "old"),
    ("2025-02-15", "ahead"),
    ("2025-01", "of the year"),
    ("2019", "of another year"),
    ("2025-02-31", "unknown"),
]

TIMES = [
    ("On Thursday Quill left.", {"grain weekday", "after on", "age 1", "fronted"}),
    ("Quill has been ill since Thursday.", {"grain weekday", "after since", "age 1", "bound"}),
    ("A talk is due to open on Monday.", {"planned"}),
    ("Quill spoke at a hearing on Thursday.", {"occasion"}),
    ("Last week’s storm is over.", {"grain week", "possessive"}),
]


@pytest.mark.parametrize(("cue", "wanted"), TENSES)
def test_the_form_of_a_cue_tells_its_tense(cue: str, wanted: str) -> None:
    assert tense(cue.split()) == wanted


@pytest.mark.parametrize(("value", "wanted"), AGES)
def test_a_time_is_as_old_as_the_document_is_young(value: str, wanted: str) -> None:
    assert age(value, FRIDAY) == wanted


def test_nothing_is_known_of_the_age_in_an_undated_document() -> None:
    assert age("2019-01-01", None) == "unknown"


@pytest.mark.parametrize(("text", "wanted"), TIMES)
def test_a_time_shows_its_grain_and_how_it_stands(text: str, wanted: set[str]) -> None:
    time = time_expressions(Document("case", text, creation_time=FRIDAY))[0]
    assert wanted <= set(signs_of_time(text, Span(0, len(text)), time, FRIDAY))


@pytest.mark.parametrize(("text", "wanted"), [("LESK, March 12 (Lesk Press) - It rained.", True), ("It rained in LESK, March 12.", False)])
def test_the_date_beside_the_place_in_front_is_of_the_dateline(text: str, wanted: bool) -> None:
    (time,) = time_expressions(Document("case", text, creation_time=FRIDAY))
    assert is_of_dateline(text, time) is wanted


def test_a_statement_shows_what_its_source_and_cue_are() -> None:
    text = "In a letter she also said it rained."
    one = Attribution((Span(12, 15),), (Span(16, 25),), (Span(26, 35),))
    signs = set(signs_of_statement(text, one, Span(0, len(text)), ()))
    assert {"tense past", "saying", "pronoun", "going on", "at an occasion", "short"} <= signs


def test_the_pieces_outside_are_what_no_span_holds() -> None:
    assert list(outside("abcdefgh", Span(1, 7), (Span(5, 6), Span(0, 3)))) == ["", "de", "g"]


def test_the_words_of_a_cue_are_its_small_ones_once() -> None:
    text = "has told Quill and told again that"
    assert words_of_cue(text, Attribution((), (Span(0, 8), Span(9, 34)), (Span(0, 1),))) == ("has", "told", "and", "again")


WORDS_BEFORE = [
    ("Quill died on Monday.", "by died"),
    ("Quill died late on Monday.", "by died"),
    ("It is Monday.", "by is"),
    ("In Lesk on Monday it rained.", None),
]


@pytest.mark.parametrize(("text", "wanted"), WORDS_BEFORE)
def test_a_time_shows_the_word_it_follows_but_no_name(text: str, wanted: str | None) -> None:
    (time,) = time_expressions(Document("case", text, creation_time=FRIDAY))
    found = signs_of_time(text, Span(0, len(text)), time, FRIDAY)
    assert [sign for sign in found if sign.startswith("by ")] == ([wanted] if wanted else [])
