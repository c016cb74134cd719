"""Words, sentences, inflections and phrase tables."""

from __future__ import annotations

import pytest

from onrecord.data import Span
from onrecord.resolve.words import PhraseTable, inflected, words

FORMS = (
    ("vow", ["vow", "vows", "vowed", "vowing"]),
    ("deny", ["deny", "denies", "denied", "denying"]),
    ("promise", ["promise", "promises", "promised", "promising"]),
    ("plan", ["plan", "plans", "planned", "planning"]),
    ("rule out", ["rule out", "rules out", "ruled out", "ruling out"]),
    ("push", ["push", "pushes", "pushed", "pushing"]),
    ("agree", ["agree", "agrees", "agreed", "agreeing"]),
    ("say", ["say", "said"]),
    ("admit", ["admit", "admits", "admitted", "admitting"]),
)


@pytest.mark.parametrize(("verb", "wanted"), FORMS)
def test_a_verb_is_known_in_all_its_forms(verb: str, wanted: list[str]) -> None:
    assert list(inflected(verb, {"say": ["said"]}, frozenset(("admit",)))) == wanted


def test_contractions_are_taken_apart() -> None:
    assert words("I’m sure he won't, she can't and we cannot").norms[:6] == ("i", "'m", "sure", "he", "will", "not")
    assert words("she can't, we cannot").norms == ("she", "can", "not", ",", "we", "can", "not")


def test_a_sentence_does_not_end_at_a_title() -> None:
    text = "Mr. Brandt left. “He sold it.” Quill stayed"
    read = words(text, frozenset(("mr",)))
    assert [text[read.starts[place]] for place in read.sentence_starts] == ["M", "“", "Q"]


def test_a_phrase_may_have_a_gap() -> None:
    table = PhraseTable([("keep _ open", 1), ("keep", 2)])
    norms = words("keep the old door open, keep it, keep open").norms
    assert [(hit.first, hit.entry) for hit in table.find(norms, range(len(norms)))] == [(0, 1), (6, 2), (9, 1)]


def test_no_text_has_no_words() -> None:
    assert words("").within(Span(0, 0)) == range(0, 0)
