"""The words that hint at a channel."""

from __future__ import annotations

import pytest

from onrecord.resolve.channel_lexicon import Kind
from onrecord.resolve.channel_words import hints


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The witness testified.", [("the witness", "speech", Kind.SCENE), ("testified", "speech", Kind.VERB)]),
        ("At a News Conference in Lesk", [("news conference", "press conference", Kind.NOUN)]),
        ("the newspaper’s report", [("newspaper", "report by another outlet", Kind.SCENE), ("report", "report", Kind.NOUN)]),
        ("a leaked memo", [("leaked memo", "leak", Kind.NOUN)]),
        ("heard on stage", [("on stage", "speech", Kind.FIXED)]),
        ("on CNN", [("cnn", "broadcast", Kind.SCENE)]),
        ("last time, people said", []),
        ("a reporters' mistake", [("reporters", "press conference", Kind.SCENE)]),
        ("the postman", []),
    ],
)
def test_the_longest_hint_at_each_place_is_found(text: str, found: list[tuple[str, str, Kind]]) -> None:
    assert [(hint.words, hint.channel.value, hint.kind) for hint in hints(text)] == found


def test_a_hint_says_where_it_stands() -> None:
    text = "Then “Quill testified” twice, in a lawsuit."
    assert [hint.span.of(text) for hint in hints(text)] == ["testified", "lawsuit"]
