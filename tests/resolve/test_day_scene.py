"""The times and statements of a document, by place."""

from __future__ import annotations

from onrecord.annotate.timex import time_expressions
from onrecord.data import Attribution, Document, Span
from onrecord.resolve.day_scene import Scene

TEXT = "Quill said on Thursday that Brandt had left on Monday.\n\nShe added that it rained."


def _span(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


OUTER = Attribution((_span("Quill"),), (_span("said"),), (_span("that Brandt had left on Monday"),))
INNER = Attribution((_span("Brandt"),), (_span("had left"),), (_span("on Monday"),))
LATER = Attribution((_span("She"),), (_span("added"),), (_span("that it rained"),))


def _scene(*attributions: Attribution) -> Scene:
    document = Document("case", TEXT, creation_time="2025-02-14")
    return Scene(document, attributions, time_expressions(document), [()] * len(attributions))


def test_a_time_inside_a_content_fits_none_that_says_it() -> None:
    scene = _scene(OUTER, INNER, LATER)
    monday = scene.times[1]
    assert [scene.fits(monday, index) for index in range(3)] == [False, False, False]
    assert [scene.fits(scene.times[0], index) for index in range(3)] == [True, True, True]


def test_what_is_told_by_another_has_a_teller() -> None:
    assert [said.teller for said in _scene(OUTER, INNER, LATER).said] == [None, 0, None]


def test_the_neighbours_are_those_that_nobody_else_tells() -> None:
    around = _scene(OUTER, INNER, LATER).around[2]
    assert (around.before, around.last) == (0, None)
    assert _scene(OUTER, LATER).around[1].last == 0


def test_a_text_without_words_has_no_times() -> None:
    assert Scene(Document("case", ""), (), (), ()).times == ()
