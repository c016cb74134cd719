"""A headline and its opening are of the day of the statement that tells the same."""

from __future__ import annotations

from onrecord.annotate.timex import time_expressions
from onrecord.data import Attribution, Document, Span
from onrecord.resolve.day_echoes import echoes
from onrecord.resolve.day_scene import Scene

TEXT = """date 2031-03-14
The Lesk Herald
Quill says ferry dock will close

The ferry dock in Lesk will close, the mayor has said.

Brandt said the dogs of the harbour were loud.

Mara Quill said on Wednesday the dock and its ferry would close."""


def _span(words: str, before: int) -> Span:
    """The last place of the words ahead of another place."""
    start = TEXT.rindex(words, 0, before)
    return Span(start, start + len(words))


def _one(source: str, cue: str, content: str) -> Attribution:
    at = TEXT.index(content)
    return Attribution((_span(source, at),), (_span(cue, at),), (Span(at, at + len(content)),))


HEADLINE = _one("Quill", "says", "ferry dock will close")
OPENING = Attribution(
    (Span(TEXT.index("the mayor"), TEXT.index("the mayor") + 9),),
    (Span(TEXT.index("has said"), TEXT.index("has said") + 8),),
    (Span(TEXT.index("The ferry dock"), TEXT.index(", the mayor")),),
)
OTHER = _one("Brandt", "said", "the dogs of the harbour were loud")
DATED = _one("Mara Quill", "said", "the dock and its ferry would close")


def _scene(*attributions: Attribution) -> Scene:
    document = Document("case", TEXT, creation_time="2031-03-14")
    return Scene(document, attributions, time_expressions(document), [()] * len(attributions))


def test_a_headline_below_date_and_paper_is_the_title_and_what_follows_the_opening() -> None:
    scene = _scene(HEADLINE, OPENING, OTHER, DATED)
    assert [one.from_top for one in scene.said] == [0, 1, 2, 3]
    assert ["title" in one.signs for one in scene.said] == [True, False, False, False]
    assert ["lede" in one.signs for one in scene.said] == [False, True, False, False]


def test_headline_and_opening_are_told_again_where_most_words_are_the_same() -> None:
    scene = _scene(HEADLINE, OPENING, OTHER, DATED)
    assert scene.echoes[1] == 3
    assert scene.echoes[0] in (1, 3)
    assert set(scene.echoes) == {0, 1}


def test_what_shares_no_word_is_no_echo() -> None:
    assert _scene(HEADLINE, OTHER).echoes == {}


def test_a_statement_told_by_another_is_no_echo() -> None:
    pair = (HEADLINE, DATED)
    assert echoes(TEXT, pair, (0, 1), lambda index: index * 3, lambda _: False) == {0: 1}
    assert echoes(TEXT, pair, (0, 1), lambda index: index * 3, lambda index: index == 1) == {}
