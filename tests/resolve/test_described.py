from __future__ import annotations

import pytest
from tests.resolve.marked import cast_of, passage

from onrecord.data import Span, SpeakerType
from onrecord.resolve.coreference import Cast
from onrecord.resolve.described import part_of, person_described, several_described, spoke_lately
from onrecord.resolve.holders import Holder
from onrecord.resolve.pronouns import Pronouns

PERSON, GROUP, ORGANISATION = SpeakerType.PERSON, SpeakerType.GROUP, SpeakerType.ORGANISATION

ONE = [
    ("“My daughter came home and [she] cried,” he said.", "My daughter"),
    ("“Then the pilot came and [he] cried,” she said.", "the pilot"),
    ("“Ida Roe has a son and [he] cried,” she said.", "a son"),
    ("“My daughter came home and [he] cried,” she said.", None),
    ("“Two pilots came home and [he] cried,” she said.", None),
    ("“The pilot saw Otto Brandt and [he] cried,” she said.", None),
    ("“The pilot came home.” Later [he] cried.", None),
    ("The pilot came home and [he] cried.", None),
    ("“The pilot came,” she said. “And [he] cried.”", None),
    ("“The minutes came and [she] cried,” he said.", None),
    ("“The pilot came and [they] cried,” she said.", None),
]


@pytest.mark.parametrize(("marked", "words"), ONE)
def test_he_or_she_in_a_quotation_may_be_somebody_described_in_it(marked: str, words: str | None) -> None:
    text, span = passage(marked)
    found = person_described(cast_of(text), span.of(text), span)
    assert (found and found.of(text)) == words


SEVERAL = [
    ("Two pilots came home. Later [they] cried.", "Two pilots"),
    ("Two pilots came home and met the nurses. Later [they] cried.", "Two pilots"),
    ("Otto Brandt met two pilots there. Later [they] cried.", "two pilots"),
    ("“The pilots came home,” she said, “and [they] cried.”", "The pilots"),
    ("“The pilots came home,” she said. Later [they] cried.", None),
    ("The pilot came home. Later [they] cried.", None),
    ("Two pilots came home. It rained. It was late. Later [they] cried.", None),
]


@pytest.mark.parametrize(("marked", "words"), SEVERAL)
def test_they_may_be_several_described_in_the_sentence_or_the_one_before(marked: str, words: str | None) -> None:
    text, span = passage(marked)
    cast = cast_of(text)
    found = several_described(cast, Pronouns(cast), span)
    assert (found and found.of(text)) == words


def told(text: str, words: str, kind: SpeakerType) -> tuple[Cast, Pronouns]:
    """A text in which somebody unnamed spoke where the words stand."""
    cast = cast_of(text)
    pronouns = Pronouns(cast)
    pronouns.spoke(text.index(words), cast.unnamed(words, kind))
    return cast, pronouns


def test_they_are_those_who_spoke_last_unless_others_are_nearer() -> None:
    text, span = passage("Officials said no. It rained. Two pilots came home. Later [they] said yes.")
    later, here = passage("It rained. Officials said that two pilots came home. Later [they] said yes.")
    assert several_described(*told(text, "Officials", GROUP), span) == Span(text.index("Two"), text.index(" came"))
    assert several_described(*told(later, "Officials", GROUP), here) is None


@pytest.mark.parametrize(
    ("between", "kind", "found"),
    [("", GROUP, True), ("It rained. ", GROUP, True), ("It rained. It was late. ", GROUP, False), ("", ORGANISATION, False)],
)
def test_one_of_them_is_one_of_the_unnamed_people_who_spoke_in_the_last_sentences(between: str, kind: SpeakerType, found: bool) -> None:
    text, span = passage(f"Two pilots said no. {between}One of [them] said yes.")
    assert (spoke_lately(*told(text, "Two pilots", kind), span) is not None) is found


def test_those_who_are_named_together_are_nobodys_part() -> None:
    text, span = passage("Mara Quill and Otto Brandt said no. One of [them] said yes.")
    cast = cast_of(text)
    pronouns = Pronouns(cast)
    pronouns.spoke(0, Holder("Mara Quill and Otto Brandt", GROUP, named=True))
    assert spoke_lately(cast, pronouns, span) is None


PARTS = [
    ("one of them", "two of the mayor’s aides", ("one of mayor’s aides", PERSON)),
    ("some of them", "two pilots", ("some of pilots", GROUP)),
    ("neither of them", "two pilots", ("neither of pilots", PERSON)),
    ("both of these", "two pilots", ("both of pilots", GROUP)),
    ("the other", "two pilots", ("other pilot", PERSON)),
    ("another", "several pilots from Lesk", ("another pilot", PERSON)),
    ("others", "several pilots from Lesk", ("others pilots", GROUP)),
    ("the others", "14 women", ("others women", GROUP)),
    ("the first", "two women", ("first woman", PERSON)),
    ("they", "two women", None),
    ("one of the mayors", "two women", None),
    ("another pilot", "two women", None),
]


@pytest.mark.parametrize(("words", "those", "part"), PARTS)
def test_a_part_is_called_after_the_whole(words: str, those: str, part: tuple[str, SpeakerType] | None) -> None:
    assert part_of(words, Holder(those, GROUP, named=False)) == part
