"""Brat standoff: what is written is what is read again, and nothing is written outside the folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.data import Attribution, Document, QuoteType, Reading, Record, Span, Speaker, SpeakerType, Stance, Statement
from onrecord.errors import ReadError
from onrecord.export.brat import read_brat, write_brat

TEXT = "“We stay,” said Mara Quill,\n“and we wait.”"
QUOTE = Attribution((Span(16, 26),), (Span(11, 15),), (Span(0, 10), Span(28, 42)), probability=0.97)


def record_of(text: str, attributions: list[Attribution], name: str = "lesk/one") -> Record:
    statements = tuple(
        Statement(
            f"s{number}",
            one,
            QuoteType.DIRECT,
            Speaker("Mara\nQuill", SpeakerType.PERSON),
            Reading(Stance.REFUSES, negated_cue=True),
            part_of=None if one.part_of is None else f"s{one.part_of + 1}",
        )
        for number, one in enumerate(attributions, 1)
    )
    return Record(Document(name, text), statements, (), (), ())


def test_an_attribution_has_polnears_form(tmp_path: Path) -> None:
    path = write_brat(record_of(TEXT, [QUOTE]), tmp_path)
    assert path == tmp_path / "lesk/one.ann"
    assert path.with_suffix(".txt").read_bytes().decode() == TEXT
    assert path.read_text(encoding="utf8").splitlines() == [
        "T1\tSource 16 26\tMara Quill",
        "T2\tCue 11 15\tsaid",
        "T3\tContent 0 10;28 42\t“We stay,” “and we wait.”",
        "T4\tAttribution 11 15\tsaid",
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1",
        "A1\tStance E1 refuses",
        "A2\tNegated_cue E1",
        "#1\tProbability E1\t0.97",
        "#2\tSpeaker E1\tMara Quill",
    ]
    assert "Attribution\t" in (tmp_path / "annotation.conf").read_text(encoding="utf8")


def test_a_file_as_annotators_leave_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Mara Quill said yes and no", encoding="utf8")
    lines = [
        "T1\tSource 0 10\tMara Quill",
        "T7\tCue 11 15\tsaid",
        "T9\tAttribution 11 15\tsaid",
        "E4\tAttribution:T9 Cue:T7 Content:T2 Content2:T3 Source:T1",
        "T2\tContent 16 19\tyes",
        "T3\tContent 24 26\tno",
        "E5\tAttribution:T9 Cue:T7",
        "*\tEquiv T2 T3",
    ]
    (tmp_path / "x.ann").write_text("\r\n".join(lines), encoding="utf8", newline="")
    ((document, attributions),) = read_brat(tmp_path)
    assert document.name == "x"
    assert attributions == (Attribution((Span(0, 10),), (Span(11, 15),), (Span(16, 19), Span(24, 26))),)


def test_a_text_without_annotations_has_none(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Nobody spoke.", encoding="utf8")
    assert [attributions for _, attributions in read_brat(tmp_path)] == [()]


@pytest.mark.parametrize("line", ["T1\tSource", "T1\tSource a b\tx", "E1\tContent:T9", "T1"])
def test_what_is_no_standoff_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.txt").write_text("text", encoding="utf8")
    (tmp_path / "x.ann").write_text(line, encoding="utf8")
    with pytest.raises(ReadError, match=r"x\.ann"):
        list(read_brat(tmp_path))


NAMES = [
    "../../x",
    "/etc/x",
    "..",
    "",
    "a/../../b",
    "a\0b",
    "a" * 3000,
    "é" * 300,
    "C:\\x",
    "a.txt/b",
    ".",
    "//",
    "\ud800",
    "a\nb",
    "con.ann/x",
]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:8]))
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / "here"
    path = write_brat(record_of(TEXT, [QUOTE], name), folder)
    assert folder.resolve() in path.resolve().parents
    assert {p.relative_to(tmp_path).parts[:2] for p in tmp_path.rglob("*") if p.is_file()} == {("in", "here")}
    assert [attributions for _, attributions in read_brat(folder)] == [(QUOTE,)]


def test_another_text_of_the_same_name_is_left_alone(tmp_path: Path) -> None:
    write_brat(record_of(TEXT, [QUOTE], "x"), tmp_path)
    assert write_brat(record_of("Other", [], "x"), tmp_path).name == "x-2.ann"
    assert write_brat(record_of(TEXT, [], "x"), tmp_path).name == "x.ann"
    assert [document.text for document, _ in read_brat(tmp_path)] == ["Other", TEXT]


def test_a_lone_surrogate_keeps_every_position(tmp_path: Path) -> None:
    text = "\ud800" + TEXT
    write_brat(record_of(text, [QUOTE]), tmp_path)
    ((document, attributions),) = read_brat(tmp_path)
    assert (document.text, attributions) == ("\ufffd" + TEXT, (QUOTE,))


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, list[Attribution]]:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
    span = (
        st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda pair: pair[0] < pair[1]).map(lambda p: Span(*p))
    )
    spans = st.lists(span, max_size=3).map(tuple)
    number = draw(st.integers(0, 4))
    return text, [
        Attribution(
            draw(spans),
            draw(spans),
            draw(spans.filter(bool)),
            draw(st.floats(0, 1)),
            draw(st.sampled_from([None, *(outer for outer in range(number) if outer != mine)])),
        )
        for mine in range(number)
    ]


@settings(deadline=None, max_examples=60)
@given(annotated())
def test_what_was_written_is_read_again(drawn: tuple[str, list[Attribution]]) -> None:
    text, attributions = drawn
    with tempfile.TemporaryDirectory() as folder:
        write_brat(record_of(text, attributions), Path(folder))
        ((document, found),) = read_brat(Path(folder))
    assert document.text == text
    assert list(found) == attributions
