"""Texts of words that the rules know, in any order: times, drafts, questions, selectors and records stand all of them."""

from __future__ import annotations

import json
import re
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.conftest import ODD
from tests.fuzz.samples import TEXTS
from tests.run.fake_reader import FakeReader

from onrecord.annotate.timex import time_expressions
from onrecord.data import Document, Record, Span
from onrecord.errors import OnRecordError
from onrecord.export.from_jsonl import from_json
from onrecord.export.jsonl import to_json
from onrecord.find.check_quotations import kept_for_quotations, quotations
from onrecord.find.full_text import wording
from onrecord.find.question import Question
from onrecord.find.selectors import Selector, found_again, selectors
from onrecord.pipeline import Reader

MOST_SECONDS = 10
DAYS = st.sampled_from(["2031-03", "2031-03-04", "2031", "2031-W10", "2031-02-30", "", "0000", "9999-12-31", "x"]) | st.text(max_size=12)


@cache
def reader() -> Reader:
    """The one with the shipped models."""
    return Reader(threads=1)


def document(text: str) -> Document:
    return Document("d", text, "d.txt", creation_time="2031-03-04T10:00:00+00:00")


def inside(spans: tuple[Span, ...], text: str) -> bool:
    return all(0 <= one.start < one.end <= len(text) for one in spans)


@settings(deadline=None, suppress_health_check=ODD)
@given(TEXTS)
def test_times_are_found_in_any_text(text: str) -> None:
    began = time.process_time()
    for one in time_expressions(document(text)):
        assert inside((one.span,), text)
        assert one.value is not None or one.reason
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=ODD)
@given(TEXTS)
def test_a_record_of_any_text_is_well_made_and_comes_back_from_json(text: str) -> None:
    if not text.strip():
        return
    record = reader().record(document(text))
    for one in record.statements:
        attribution = one.attribution
        assert all(inside(spans, text) for spans in (attribution.source, attribution.cue, attribution.content))
        assert 0 <= attribution.probability <= 1
    back = from_json(json.loads(json.dumps(to_json(record))))
    assert to_json(back) == to_json(record)


@settings(deadline=None, suppress_health_check=ODD)
@given(TEXTS)
def test_quotations_of_any_draft_lie_in_it(text: str) -> None:
    kept = kept_for_quotations(document(text))
    assert len(kept) == len(text)
    draft = FakeReader().record(document(text))
    for one in quotations(draft):
        assert inside(one.spans, text)


@settings(deadline=None, suppress_health_check=ODD)
@given(st.none() | TEXTS | st.text(), DAYS, DAYS)
def test_any_question_is_taken_or_refused_with_a_reason(text: str | None, since: str, until: str) -> None:
    try:
        question = Question(text, since=since, until=until)
    except OnRecordError as error:
        assert error.message
        return
    if question.words is not None:
        assert all(re.fullmatch(r"[\w'’.-]+", word) for word in wording(question.words).words)


@settings(deadline=None, suppress_health_check=ODD)
@given(TEXTS, st.floats(0, 1), st.floats(0, 1), TEXTS)
def test_a_passage_is_found_again_or_refused(text: str, first: float, second: float, other: str) -> None:
    start, end = sorted((int(first * len(text)), int(second * len(text))))
    if start == end:
        return
    (selector,) = selectors(document(text), (Span(start, end),))
    assert found_again(selector, text) == Span(start, end)
    moved = Selector(selector.start + len(other), selector.end, selector.exact, selector.prefix, selector.suffix)
    for where in (other, other + text):
        try:
            assert found_again(moved, where).of(where) == selector.exact
        except OnRecordError as error:
            assert error.message


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
VALUES = st.recursive(PLAIN, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=4), one, max_size=3))


@cache
def good() -> str:
    """The JSON values of a record."""
    return json.dumps(to_json(FakeReader().record(document("Mara Quill said the bridge is safe. Otto Brandt said it is not."))))


def places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The paths to all values inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inner for found in places(one, (*path, key)))]


@settings(deadline=None, suppress_health_check=ODD)
@given(st.data(), VALUES)
def test_values_that_are_no_record_are_refused(data: st.DataObject, other: object) -> None:
    value = json.loads(good())
    path = data.draw(st.sampled_from(places(value)[1:]))
    within = value
    for key in path[:-1]:
        within = within[key]
    within[path[-1]] = other
    try:
        record = from_json(value)
    except OnRecordError as error:
        assert error.message
        return
    assert isinstance(record, Record)
    json.dumps(to_json(record))
