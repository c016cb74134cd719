"""The table says who said what, on any terminal, and no text can steer the terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from tests.export.full_record import QUILL, RECORD

from onrecord.data import Attribution, Document, Record, Span
from onrecord.export.table import print_record


def printed(record: Record, *, terminal: bool = False, width: int = 100) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, color_system="standard" if terminal else None, width=width)
    print_record(record, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_statement_shows_when_who_stance_via_and_its_words() -> None:
    lines = " ".join(printed(RECORD, width=200).split())
    for words in (
        "lesk/one",
        "Port stays open · Lesk Courier · 2031-03-05 (header) · 2 statements, 1 event, 1 link",
        "s1 2031-03-04 Mara Quill (for Port of Lesk), harbour master refuses · negated · conditional · hypothetical 0.95",
        "via Lesk Courier (interview) · to Lesk Courier · on condition: if it rains",
        "[Harbour master Mara Quill] {told} the Lesk Courier on Tuesday <that she would not shut the port if it rains>.",
        "s2 – Ottmar Brandt denies",
        "told in s1",
        "2031-03-04 “Tuesday”",
        "2031-03-06 disputed shut the port, Lesk (s1, s2)",
        "s2 denies s1 (cut), reported, 0.90: “denied” answers s1",
    ):
        assert words in lines


def test_without_a_terminal_there_is_no_colour_and_with_one_no_brackets() -> None:
    assert "\x1b" not in printed(RECORD)
    coloured = printed(RECORD, terminal=True)
    assert "\x1b[" in coloured
    assert "[Harbour" not in coloured
    assert "{told}" not in coloured


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_lines_keep_to_the_width(width: int) -> None:
    lines = printed(RECORD, width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_characters_that_steer_a_terminal_are_not_passed_on() -> None:
    text = "Mara\x1b[2J Quill\x07 said \x9b31m\u202eyes\ud800."
    attribution = Attribution((Span(0, 14),), (Span(16, 20),), (Span(21, 30),))
    record = Record(
        Document("\x1b]0;x\x07", text, title="\x1b[5m"),
        (replace(QUILL, attribution=attribution, reading=RECORD.statements[1].reading),),
        (),
        (),
        (),
    )
    shown = printed(record)
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\ud800"} & set(shown)


def test_a_source_far_away_does_not_bring_the_whole_text_along() -> None:
    text = "Mara Quill. " + "Nothing of note. " * 500 + "“Never,” it said."
    attribution = Attribution((Span(0, 10),), (), (Span(text.index("“"), len(text)),))
    shown = printed(
        Record(Document("x", text), (replace(QUILL, attribution=attribution, reading=RECORD.statements[1].reading),), (), (), ())
    )
    assert len(shown) < 1000
    assert "Mara Quill" in shown
    assert "“Never,”" in shown


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(), min_size=3), st.data())
def test_any_text_and_any_spans_are_printed(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place).map(lambda pair: Span(*sorted(pair))), min_size=1, max_size=4).map(tuple))
    record = Record(Document(text, text), (replace(RECORD.statements[1], attribution=Attribution(spans, spans, spans)),), (), (), ())
    assert printed(record).encode("utf8")
