"""What changed between two versions of an article: every case is a pair of versions and what a reader would say of them."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import (
    Span,
)
from onrecord.record.changes import ChangeKind, WordKind, passages, words

SHUT = "The harbour at Lesk will stay shut until Friday."
TOLD = "Harbour master Mara Quill told the Lesk Courier that no ferry would sail before the storm had passed."
HELD = "Ottmar Brandt, who runs the ferries, called the decision cowardly."
RAIN = "Rain is expected on the coast."


def told_passages(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind.value, one.old and one.old.of(old), one.new and one.new.of(new)) for one in passages(old, new)]


def told_words(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind.value, one.old and one.old.of(old), one.new and one.new.of(new)) for one in words(old, new)]


# Passages

UNCHANGED = [
    ("nothing", "", ""),
    ("white space only", " \n", ""),
    ("the same", f"{SHUT} {TOLD}", f"{SHUT} {TOLD}"),
    ("more white space", f"{SHUT} {TOLD}", f"  {SHUT}\n\n{TOLD.replace(' ', '  ')}\n"),
    ("a headline that became part of the first line", f"Lesk shuts its harbour\n{SHUT}", f"Lesk shuts its harbour {SHUT}"),
    ("a line break inside a sentence", TOLD, TOLD.replace(" that ", "\nthat ")),
    ("another shape of quotation mark", "“We’ll sail,” she said.", '"We\'ll sail," she said.'),
    ("a sentence that moved", f"{SHUT} {TOLD} {HELD}", f"{HELD} {SHUT} {TOLD}"),
]


@pytest.mark.parametrize(("old", "new"), [case[1:] for case in UNCHANGED], ids=[case[0] for case in UNCHANGED])
def test_what_no_reader_would_call_a_change_is_none(old: str, new: str) -> None:
    assert passages(old, new) == ()


SOFT = HELD.replace("cowardly", "cautious")
LATER = TOLD.replace("before the storm had passed", "before Saturday")
CHANGED = [
    ("a sentence dropped", f"{SHUT} {TOLD} {HELD}", f"{SHUT} {HELD}", [("dropped", TOLD, None)]),
    ("a sentence added", f"{SHUT} {HELD}", f"{SHUT} {TOLD} {HELD}", [("added", None, TOLD)]),
    ("a word altered", f"{SHUT} {HELD}", f"{SHUT} {SOFT}", [("altered", HELD, SOFT)]),
    ("a mark altered", "We sail.", "We sail!", [("altered", "We sail.", "We sail!")]),
    (
        "a quotation that lost its marks",
        "“We sail,” she said.",
        "We sail, she said.",
        [("altered", "“We sail,” she said.", "We sail, she said.")],
    ),
    ("a sentence in place of another", f"{SHUT} {HELD}", f"{SHUT} {RAIN}", [("dropped", HELD, None), ("added", None, RAIN)]),
    ("all of it", SHUT, "", [("dropped", SHUT, None)]),
    ("out of nothing", "", SHUT, [("added", None, SHUT)]),
    (
        "dropped at the start, altered at the end",
        f"{RAIN} {SHUT} {TOLD}",
        f"{SHUT} {LATER}",
        [("dropped", RAIN, None), ("altered", TOLD, LATER)],
    ),
    ("moved and altered", f"{TOLD} {SHUT} {HELD}", f"{SHUT} {HELD} {LATER}", [("altered", TOLD, LATER)]),
    ("one of two repeated lines", f"More\n{SHUT}\nMore\n{HELD}", f"{SHUT}\nMore\n{HELD}", [("dropped", "More", None)]),
    ("beside a joined headline", f"Lesk shuts\n{SHUT} {HELD}", f"Lesk shuts {SHUT} {SOFT}", [("altered", HELD, SOFT)]),
]


@pytest.mark.parametrize(("old", "new", "wanted"), [case[1:] for case in CHANGED], ids=[case[0] for case in CHANGED])
def test_a_change_is_told_by_sentence(old: str, new: str, wanted: list[tuple[str, str | None, str | None]]) -> None:
    assert told_passages(old, new) == wanted


def test_of_repeated_lines_the_one_that_went_is_named() -> None:
    old = f"More\n{SHUT}\nMore\n{HELD}"
    assert passages(old, f"{SHUT}\nMore\n{HELD}")[0].old == Span(0, 4)


def test_changes_come_in_the_order_of_the_new_text_and_dropped_ones_where_they_stood() -> None:
    old = f"{SHUT} {TOLD} {HELD}"
    new = f"{RAIN} {SHUT} {SOFT} Nobody came."
    assert told_passages(old, new) == [
        ("added", None, RAIN),
        ("dropped", TOLD, None),
        ("altered", HELD, SOFT),
        ("added", None, "Nobody came."),
    ]


# Words

WORDINGS = [
    ("nothing", "", "", []),
    ("the same", "we will sail", "we  will\nsail", [("equal", "we will sail", "we  will\nsail")]),
    ("a word dropped", "we never sail", "we sail", [("equal", "we", "we"), ("dropped", "never", None), ("equal", "sail", "sail")]),
    ("a word added", "we sail", "we may sail", [("equal", "we", "we"), ("added", None, "may"), ("equal", "sail", "sail")]),
    ("a word replaced", "we must sail", "we may sail", [("equal", "we", "we"), ("replaced", "must", "may"), ("equal", "sail", "sail")]),
    ("the end cut", "we sail, if it is dry", "we sail", [("equal", "we sail", "we sail"), ("dropped", ", if it is dry", None)]),
    ("all of it", "we sail", "nobody came", [("replaced", "we sail", "nobody came")]),
    ("only the old", "we sail", "", [("dropped", "we sail", None)]),
    ("only the new", "", "we sail", [("added", None, "we sail")]),
    ("case counts", "tell Us", "tell US", [("equal", "tell", "tell"), ("replaced", "Us", "US")]),
    ("a figure is one word", "1,200 boats", "1,300 boats", [("replaced", "1,200", "1,300"), ("equal", "boats", "boats")]),
    ("another apostrophe", "we don’t", "we don't", [("equal", "we don’t", "we don't")]),
]


@pytest.mark.parametrize(("old", "new", "wanted"), [case[1:] for case in WORDINGS], ids=[case[0] for case in WORDINGS])
def test_two_wordings_are_told_apart_by_word(old: str, new: str, wanted: list[tuple[str, str | None, str | None]]) -> None:
    assert told_words(old, new) == wanted


def test_a_long_wording_is_aligned_by_the_words_that_stand_once() -> None:
    old = " ".join(f"w{n}" for n in range(3000))
    new = old.replace("w10 ", "").replace("w1500 ", "other ").replace("w2990 ", "w2990 more ")
    assert [one for one in told_words(old, new) if one[0] != "equal"] == [
        ("dropped", "w10", None),
        ("replaced", "w1500", "other"),
        ("added", None, "more"),
    ]


# Any two texts

NEWS = st.lists(st.sampled_from([SHUT, TOLD, HELD, RAIN, SOFT, LATER, "More", "No.", "“We sail.", "\n", "Dr.", "…"]), max_size=12)
TEXTS = st.one_of(NEWS.map(" ".join), st.text(alphabet="ab’'\"-1,. \n", max_size=60), st.text(alphabet=st.characters(), max_size=80))


def letters(text: str) -> str:
    return "".join(text.split())


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert passages(text, text) == ()
    assert all(one.kind is WordKind.EQUAL for one in words(text, text))
    assert len(words(text, text)) <= 1


@given(TEXTS, st.randoms(use_true_random=False))
def test_white_space_alone_is_no_change(text: str, random: Random) -> None:
    assert passages(text, re.sub(r"\s+", lambda _: random.choice([" ", "\n", "\n\n", "\t", "\u00a0"]), text)) == ()


@given(TEXTS, TEXTS)
def test_every_word_of_both_lies_in_exactly_one_run(old: str, new: str) -> None:
    found = words(old, new)
    for text, spans in ((old, [one.old for one in found if one.old]), (new, [one.new for one in found if one.new])):
        assert "".join(letters(span.of(text)) for span in spans) == letters(text)
        assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all((one.old is None) == (one.kind is WordKind.ADDED) and (one.new is None) == (one.kind is WordKind.DROPPED) for one in found)


@given(NEWS.map(" ".join), NEWS.map(" ".join))
def test_the_old_words_with_the_changes_applied_are_the_new_words(old: str, new: str) -> None:
    applied = "".join(
        letters(one.old.of(old) if one.kind is WordKind.EQUAL and one.old else one.new.of(new) if one.new else "")
        for one in words(old, new)
    )
    assert applied == letters(new)


@given(TEXTS, TEXTS)
def test_without_their_changed_passages_both_texts_hold_the_same(old: str, new: str) -> None:
    found = passages(old, new)
    kept = [_without(old, [one.old for one in found if one.old]), _without(new, [one.new for one in found if one.new])]
    alike = str.maketrans("“”„‟«»″‘’‚‛‹›´`‐‑", '"' * 7 + "'" * 8 + "--")
    assert sorted(letters(kept[0]).translate(alike)) == sorted(letters(kept[1]).translate(alike))


def _without(text: str, spans: list[Span]) -> str:
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text


@given(TEXTS, TEXTS)
def test_swapped_versions_swap_dropped_and_added_passages(old: str, new: str) -> None:
    there, back = passages(old, new), passages(new, old)
    assert len([one for one in there if one.kind is ChangeKind.DROPPED]) == len([one for one in back if one.kind is ChangeKind.ADDED])


# Size

_RANDOM = Random(7)
_WORDS = [f"w{n}" for n in range(3000)]


def _sentence() -> str:
    return "The " + " ".join(_RANDOM.choices(_WORDS, [1 / (n + 1) for n in range(3000)], k=_RANDOM.randint(5, 35))) + "."


LONG = " ".join(_sentence() for _ in range(500))
OTHER = " ".join(_sentence() for _ in range(500))
HUGE = [
    ("edited", LONG, re.sub(r"\bw(\d*)7\b", "edited", LONG)),
    ("rewritten", LONG, OTHER),
    ("one sentence again and again", "Yes sir. " * 5000, "Yes sir. " * 4000 + "No. " * 100),
    ("two words", " ".join(_RANDOM.choices("ab", k=10_000)), " ".join(_RANDOM.choices("ab", k=10_000))),
    ("lines of two words", "\n".join(_RANDOM.choices("ab", k=5000)), "\n".join(_RANDOM.choices("ab", k=5000))),
    ("no sentence ends", LONG.replace(".", ""), OTHER.replace(".", "")),
    ("marks", "." * 20_000, "!." * 10_000),
    ("one word", "a" * 1_000_000, "b" * 1_000_000),
]


@pytest.mark.parametrize(("old", "new"), [case[1:] for case in HUGE], ids=[case[0] for case in HUGE])
def test_a_long_or_strange_text_is_compared(old: str, new: str) -> None:
    assert passages(old, new)
    assert words(old, new)
