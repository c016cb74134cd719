"""What a claim of one document says of words in another: who is answered has to be told, and the likest of these is taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.data import Basis, LinkType, Span, Stance, Variant
from onrecord.link.across import Found
from onrecord.link.answers import Alike, answers_of, as_reported, names_in, reported_across
from onrecord.link.claims import Claim

MONDAY, TUESDAY = "2031-03-10", "2031-03-11"
SOLD = Claim(
    *(1, 1, "that the northern pier was sold in secret", "mara-quill", Stance.ASSERTS, False, MONDAY, MONDAY),
    **{"name": "Mara Quill", "role": "harbour minister", "is_person": True, "publisher": "Lesk Courier", "cue": "said"},  # type: ignore[arg-type]
)
BRANDT = {"id": 2, "document": 2, "holder": "ottmar-brandt", "name": "Ottmar Brandt", "role": "", "said_on": TUESDAY, "known_on": TUESDAY}


def later(cue: str, words: str, stance: Stance = Stance.DENIES, **changes: object) -> Claim:
    places = {"cue_places": (Span(100, 100 + len(cue)),), "places": (Span(200, 200 + len(words)),)}
    return replace(SOLD, **{**BRANDT, **places, "publisher": "Brenn Echo", "cue": cue, "words": words, "stance": stance, **changes})  # type: ignore[arg-type]


HERSELF = {"holder": "mara-quill", "name": "Mara Quill"}

CASES = [
    ("denied", "Mara Quill's claim that the pier was sold in secret", {}, LinkType.DENIES),
    ("denied", "the minister's claim that the pier was sold in secret", {}, LinkType.DENIES),
    ("rejected", "a report in the Lesk Courier that the pier was sold in secret", {}, LinkType.DENIES),
    ("called", "Quill's account of a secret sale of the pier a lie", {}, LinkType.DENIES),
    ("denied", "that the pier was sold in secret", {}, None),
    ("denied", "Edda Brisk's claim that the pier was sold in secret", {}, None),
    ("did not deny", "Mara Quill's claim that the pier was sold in secret", {"negated_cue": True}, None),
    ("rejected", "Quill's call to sell the pier", {"stance": Stance.REFUSES}, None),
    ("echoed", "what Mara Quill said of the secret sale of the pier", {"stance": Stance.SUPPORTS}, LinkType.AGREES),
    ("confirmed", "a Lesk Courier report that the pier was sold in secret", {"stance": Stance.ASSERTS}, LinkType.AGREES),
    ("reiterated", "that the pier was sold in secret", {"stance": Stance.ASSERTS, **HERSELF}, LinkType.REPEATS),
    ("reiterated", "that the pier was sold in secret", {"stance": Stance.ASSERTS}, None),
    ("now concedes", "that the pier was not sold in secret", {"stance": Stance.ASSERTS, **HERSELF}, LinkType.REVISES),
    ("walked back", "her claim that the pier was sold", {"stance": Stance.ASSERTS, **HERSELF}, LinkType.REVISES),
    ("now concedes", "that the pier was not sold", {"stance": Stance.ASSERTS, **HERSELF, "said_on": MONDAY}, None),
    ("said", "Mara Quill's claim that the pier was sold is old", {"stance": Stance.ASSERTS}, None),
]


@pytest.mark.parametrize(("cue", "words", "changes", "type_"), CASES)
def test_who_answers_whom_is_told_by_cue_and_name(cue: str, words: str, changes: dict[str, object], type_: LinkType | None) -> None:
    found = list(reported_across([Alike(later(cue, words, **changes), SOLD, 0.7)]))  # type: ignore[arg-type]
    assert [one.type for one in found] == ([] if type_ is None else [type_])
    assert all(one.basis is Basis.REPORTED and one.target is SOLD and one.evidence for one in found)


def test_the_evidence_are_the_words_that_say_so() -> None:
    denial = later("has flatly denied", "Quill's claim that the pier was sold in secret")
    assert answers_of(denial)[0].evidence == (Span(111, 117),)
    lie = later("called", "Quill's account of the sale a lie")
    assert answers_of(lie)[0].evidence == (Span(200 + lie.words.index("a lie"), 200 + len(lie.words)),)
    apart = replace(denial, cue="told ... denied", cue_places=(Span(10, 14), Span(50, 56)))
    assert answers_of(apart)[0].evidence == (Span(50, 56),)


def test_what_is_not_alike_is_not_meant() -> None:
    assert not list(reported_across([Alike(later("denied", "Quill's claim that the choir was paid"), SOLD, 0.1)]))


def test_of_several_that_may_be_meant_the_likest_is_taken() -> None:
    other = replace(SOLD, id=3, document=3, words="that the northern pier is safe")
    denial = later("denied", "Quill's claim that the pier was sold in secret")
    found = list(reported_across([Alike(denial, other, 0.5), Alike(denial, SOLD, 0.8)]))
    assert [one.target for one in found] == [SOLD]


@pytest.mark.parametrize("changes", [{"document": 2}, {"said_on": "2031-03-12"}, {"stance": Stance.DENIES}, {"stance": Stance.COMMITS}])
def test_words_of_the_same_article_later_ones_and_no_claims_are_not_denied(changes: dict[str, object]) -> None:
    denial = later("denied", "Quill's claim that the pier was sold in secret")
    assert not list(reported_across([Alike(denial, replace(SOLD, **changes), 0.9)]))  # type: ignore[arg-type]


def test_what_the_contents_tell_is_reported_where_the_cue_says_it_too() -> None:
    denial = later("denied", "that the pier was sold in secret")
    link = Found(LinkType.DENIES, denial, SOLD, 0.7, None, "")
    assert as_reported(link)._replace(evidence=()) == link._replace(basis=Basis.REPORTED)
    assert as_reported(link).evidence == (Span(100, 106),)
    assert as_reported(link._replace(type=LinkType.CONTRADICTS)).basis is Basis.INFERRED
    said = replace(denial, cue="said", cue_places=(Span(100, 104),))
    assert as_reported(link._replace(source=said)).basis is Basis.INFERRED


def test_a_repeat_keeps_how_the_words_differ() -> None:
    quoted = replace(SOLD, quotations=("the pier was sold in secret",))
    again = later("repeated", "that “the pier was sold in secret”", Stance.ASSERTS, quotations=("the pier was sold in secret",), **HERSELF)
    assert [one.variant for one in reported_across([Alike(again, quoted, 0.9)])] == [Variant.IDENTICAL]


def test_names_are_found_with_each_of_their_endings() -> None:
    found = names_in(later("rejected", "a report in the Lesk Courier on Mara Quill's plan"))
    assert {"lesk courier", "courier", "mara quill", "quill"} <= found
    assert "plan" not in found
