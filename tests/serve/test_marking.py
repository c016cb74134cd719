"""The pieces of a text are the text, and each says what it is part of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from onrecord.data import Attribution, QuoteType, Span, Speaker, Statement
from onrecord.serve.marking import paragraphs

TEXTS = some.text(alphabet="ab \n\r\u2028<&\u202e\U0001f600", min_size=1, max_size=60)


def _statement(number: int, *spans: Span) -> Statement:
    source, cue, content = spans
    return Statement(f"s{number}", Attribution((source,), (cue,), (content,)), QuoteType.INDIRECT, Speaker("Mara Quill"))


@some.composite
def texts_with_statements(draw: some.DrawFn) -> tuple[str, list[Statement]]:
    text = draw(TEXTS)
    places = some.integers(0, len(text))
    spans = some.tuples(places, places).map(lambda pair: Span(min(pair), max(pair)))
    return text, [_statement(number, *draw(some.tuples(spans, spans, spans))) for number in range(draw(some.integers(0, 4)))]


@given(texts_with_statements())
def test_pieces_together_are_the_lines_of_the_text_and_cover_each_span(drawn: tuple[str, list[Statement]]) -> None:
    text, statements = drawn
    found = paragraphs(text, statements)
    words = ["".join(piece.words for piece in line) for line in found]
    assert words == [line for line in text.replace("\r", "\n").split("\n") if line and not line.isspace()]
    for one in statements:
        for part in ("source", "cue", "content"):
            (span,) = getattr(one.attribution, part)
            wanted = span.of(text).replace("\r", "\n")
            marked = "".join(piece.words for line in found for piece in line if one.id in piece.statements and part in piece.parts)
            lines = [line for line in wanted.split("\n") if line and not line.isspace()]
            assert len(marked) >= sum(map(len, lines))


def test_what_is_told_inside_another_is_deeper_and_each_is_reached_once() -> None:
    text = "Roos says Brandt denied it."
    outer = Statement("s1", Attribution((Span(0, 4),), (Span(5, 9),), (Span(10, 26),)), QuoteType.INDIRECT, Speaker("Roos"))
    inner = Statement("s2", Attribution((Span(10, 16),), (Span(17, 23),), (Span(24, 26),)), QuoteType.INDIRECT, Speaker("Brandt"))
    (pieces,) = paragraphs(text, [outer, inner])
    assert [(one.words, one.classes, one.opens) for one in pieces] == [
        ("Roos", "source", ()),
        (" ", "", ()),
        ("says", "cue", ("s1",)),
        (" ", "", ()),
        ("Brandt", "source content deep1", ()),
        (" ", "content deep1", ()),
        ("denied", "cue content deep1", ("s2",)),
        (" ", "content deep1", ()),
        ("it", "content deep2", ()),
        (".", "", ()),
    ]
