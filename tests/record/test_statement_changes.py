"""What changed between the records of two versions: every case is two lists of statements and what a reader would say of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import (
    Attribution,
    Channel,
    Document,
    QuoteType,
    Reading,
    Record,
    SaidOn,
    Span,
    Speaker,
    Stance,
    Statement,
    Via,
)
from onrecord.record.changes import ChangeKind, StatementChange, same_passage, statements

QUILL = Speaker("Mara Quill", key="mara-quill")
BRANDT = Speaker("Ottmar Brandt", key="ottmar-brandt")
NO_FERRY = "no ferry would sail before the storm had passed"
COWARDLY = "the decision was cowardly"

Told = tuple[Speaker, str] | tuple[Speaker, str, Callable[[Statement], Statement]]


def record_of(*told: Told) -> Record:
    """A record whose text is the contents of the statements, a line each."""
    text, made = "", []
    for number, (speaker, content, *changes) in enumerate(told, 1):
        span = Span(len(text), len(text) + len(content))
        statement = Statement(f"s{number}", Attribution((), (), (span,)), QuoteType.INDIRECT, speaker)
        made.append(changes[0](statement) if changes else statement)
        text += content + "\n"
    return Record(Document("lesk", text), tuple(made), (), (), ())


def told_statements(old: Record, new: Record) -> list[tuple[str, str | None, str | None, tuple[str, ...]]]:
    found = statements(old, new)
    return [(one.kind.value, one.old.id if one.old else None, one.new.id if one.new else None, one.fields) for one in found]


STATEMENTS: list[tuple[str, list[Told], list[Told], list[tuple[str, str | None, str | None, tuple[str, ...]]]]] = [
    ("the same", [(QUILL, NO_FERRY), (BRANDT, COWARDLY)], [(QUILL, NO_FERRY), (BRANDT, COWARDLY)], []),
    ("case and marks", [(QUILL, NO_FERRY)], [(QUILL, "No ferry would sail before the storm had passed.")], []),
    ("moved", [(QUILL, NO_FERRY), (BRANDT, COWARDLY)], [(BRANDT, COWARDLY), (QUILL, NO_FERRY)], []),
    ("dropped", [(QUILL, NO_FERRY), (BRANDT, COWARDLY)], [(BRANDT, COWARDLY)], [("dropped", "s1", None, ())]),
    ("added", [(QUILL, NO_FERRY)], [(QUILL, NO_FERRY), (BRANDT, COWARDLY)], [("added", None, "s2", ())]),
    ("cut", [(QUILL, NO_FERRY)], [(QUILL, "no ferry would sail")], [("altered", "s1", "s1", ("content",))]),
    ("too short a cut", [(QUILL, NO_FERRY)], [(QUILL, "no ferry")], [("dropped", "s1", None, ()), ("added", None, "s1", ())]),
    ("another speaker", [(QUILL, NO_FERRY)], [(BRANDT, NO_FERRY)], [("altered", "s1", "s1", ("speaker",))]),
    (
        "another speaker, few words",
        [(QUILL, NO_FERRY)],
        [(BRANDT, "no ferry would sail")],
        [("dropped", "s1", None, ()), ("added", None, "s1", ())],
    ),
    ("a fuller name, one key", [(replace(QUILL, name="Quill"), NO_FERRY)], [(QUILL, NO_FERRY)], [("altered", "s1", "s1", ("speaker",))]),
    ("a key of one model only", [(Speaker("Mara Quill"), NO_FERRY)], [(QUILL, NO_FERRY)], []),
    ("nobody named", [(Speaker(None), NO_FERRY)], [(Speaker(None), NO_FERRY)], []),
    (
        "two that say the same, one that goes",
        [(QUILL, NO_FERRY), (BRANDT, NO_FERRY)],
        [(BRANDT, NO_FERRY)],
        [("dropped", "s1", None, ())],
    ),
    (
        "the same speaker before the likeliest words",
        [(QUILL, NO_FERRY)],
        [(BRANDT, NO_FERRY), (QUILL, "no ferry would sail")],
        [("added", None, "s1", ()), ("altered", "s1", "s2", ("content",))],
    ),
    (
        "order of the new text, dropped where it stood",
        [(QUILL, NO_FERRY), (QUILL, "rain is expected"), (BRANDT, COWARDLY)],
        [(BRANDT, "lesk deserves better"), (QUILL, NO_FERRY + " by"), (BRANDT, COWARDLY)],
        [("added", None, "s1", ()), ("altered", "s1", "s2", ("content",)), ("dropped", "s2", None, ())],
    ),
]


@pytest.mark.parametrize(("old", "new", "wanted"), [case[1:] for case in STATEMENTS], ids=[case[0] for case in STATEMENTS])
def test_statements_are_paired_one_to_one(
    old: list[Told], new: list[Told], wanted: list[tuple[str, str | None, str | None, tuple[str, ...]]]
) -> None:
    assert told_statements(record_of(*old), record_of(*new)) == wanted


MONDAY, TUESDAY = SaidOn("2031-03-03", Span(0, 1)), SaidOn("2031-03-04", Span(0, 1))
COURIER = Via("Lesk Courier", Channel.INTERVIEW, Span(0, 1))
FIELDS: list[tuple[tuple[str, ...], dict[str, object], dict[str, object]]] = [
    (("stance",), {"reading": Reading(Stance.REFUSES)}, {"reading": Reading(Stance.LEAVES_OPEN)}),
    (("said_on",), {"said_on": MONDAY}, {"said_on": TUESDAY}),
    (("said_on",), {}, {"said_on": TUESDAY}),
    (("conditional",), {}, {"reading": Reading(conditional=True)}),
    (("negated_cue",), {}, {"reading": Reading(negated_cue=True)}),
    (("via",), {"via": (COURIER,)}, {"via": ()}),
    (("via",), {"via": (COURIER,)}, {"via": (replace(COURIER, channel=Channel.LETTER),)}),
    (("addressee",), {}, {"addressee": "Ottmar Brandt"}),
    (("stance", "addressee"), {}, {"reading": Reading(Stance.DENIES), "addressee": "Ottmar Brandt"}),
    ((), {"said_on": MONDAY}, {"said_on": replace(MONDAY, span=Span(3, 9))}),
    ((), {"via": (COURIER,)}, {"via": (replace(COURIER, span=Span(3, 9)),)}),
    ((), {}, {"quote_type": QuoteType.DIRECT}),
    ((), {}, {"id": "s9", "attribution": Attribution((), (), (Span(0, len(NO_FERRY)),), 0.5)}),
]


@pytest.mark.parametrize(("fields", "old", "new"), FIELDS)
def test_a_field_that_differs_is_named_and_a_place_is_none(fields: tuple[str, ...], old: dict[str, object], new: dict[str, object]) -> None:
    found = statements(record_of((QUILL, NO_FERRY, _with(old))), record_of((QUILL, NO_FERRY, _with(new))))
    assert [(one.kind, one.fields) for one in found] == ([(ChangeKind.ALTERED, fields)] if fields else [])


def _with(values: dict[str, object]) -> Callable[[Statement], Statement]:
    return lambda statement: replace(statement, **values)  # type: ignore[arg-type]


def test_a_split_content_is_compared_by_its_words() -> None:
    whole = record_of((QUILL, NO_FERRY))
    middle = NO_FERRY.index(" before")
    parts = (Span(0, middle), Span(middle + 1, len(NO_FERRY)))
    split = replace(whole, statements=(replace(whole.statements[0], attribution=Attribution((), (), parts)),))
    assert statements(whole, split) == ()


SAME_PASSAGE = [
    ([(0, 10)], [(0, 10)], True),
    ([(0, 10)], [(5, 10)], True),
    ([(0, 10)], [(6, 10)], False),
    ([(0, 10)], [(5, 15)], False),
    ([(0, 4), (6, 10)], [(0, 10)], True),
    ([(0, 10)], [(20, 30)], False),
    ([(0, 10), (0, 10)], [(0, 10)], True),
    ([(3, 3)], [(3, 3)], False),
]


@pytest.mark.parametrize(("old", "new", "wanted"), SAME_PASSAGE)
def test_two_contents_are_one_passage_if_they_share_half_of_what_either_has(
    old: list[tuple[int, int]], new: list[tuple[int, int]], wanted: bool
) -> None:
    first, second = tuple(Span(*one) for one in old), tuple(Span(*one) for one in new)
    assert same_passage(first, second) is same_passage(second, first) is wanted


@given(
    st.lists(st.tuples(st.sampled_from([QUILL, BRANDT, Speaker(None)]), st.sampled_from([NO_FERRY, COWARDLY, "no ferry", "…"])), max_size=8)
)
def test_a_record_does_not_differ_from_itself(told: list[tuple[Speaker, str]]) -> None:
    assert statements(record_of(*told), record_of(*told)) == ()


@given(
    *[st.lists(st.tuples(st.sampled_from([QUILL, BRANDT]), st.sampled_from([NO_FERRY, NO_FERRY[:20], COWARDLY])), max_size=8) for _ in "ab"]
)
def test_no_statement_is_told_twice(old: list[tuple[Speaker, str]], new: list[tuple[Speaker, str]]) -> None:
    found: tuple[StatementChange, ...] = statements(record_of(*old), record_of(*new))
    for ids in ([one.old.id for one in found if one.old], [one.new.id for one in found if one.new]):
        assert len(ids) == len(set(ids))
    assert len(old) - len(new) == sum((one.new is None) - (one.old is None) for one in found)


def _sentence(random: Random) -> str:
    return " ".join(f"w{number}" for number in random.choices(range(3000), [1 / (n + 1) for n in range(3000)], k=random.randint(5, 35)))


def test_thousands_of_statements_are_compared() -> None:
    random = Random(7)
    old = [(random.choice([QUILL, BRANDT, Speaker(None)]), _sentence(random)) for _ in range(2000)]
    new = [(speaker, content.replace("w1 ", "", 1)) for speaker, content in old]
    found = statements(record_of(*old), record_of(*new))
    assert len(found) > 1000 and {one.kind for one in found} == {ChangeKind.ALTERED}
    assert len(statements(record_of(*old), record_of(*new[::-1]))) >= len(found)
