from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import Span
from onrecord.resolve.name_pieces import Token, bare, pieces


def found(text: str) -> list[str]:
    """The names of a text, word by word, with a star behind each that owns what follows."""
    return [" ".join(token.words for token in piece) + "*" * owns for piece, owns in pieces(text) if piece]


PIECES = [
    ("They met Mara Quill there.", ["Mara Quill"]),
    ("They met Mara Quill’s lawyer Otto Brandt.", ["Mara Quill*", "Otto Brandt"]),
    ("They met Kees van der Zwaan there.", ["Kees van der Zwaan"]),
    ("They met J.P. Dell-Amico there.", ["J.P. Dell-Amico"]),
    ("They met Niamh O’Hallow there.", ["Niamh O’Hallow"]),
    ("They met Omar al-Hadan there.", ["Omar al-Hadan"]),
    ("They met Ilse Ólafsdóttir there.", ["Ilse Ólafsdóttir"]),
    ("They met Sen. Mara Quill there.", ["Sen. Mara Quill"]),
    ("They met Mara Quill and Otto Brandt there.", ["Mara Quill", "Otto Brandt"]),
    ("They met Mara Quill of Lesk there.", ["Mara Quill", "Lesk"]),
    ("They met the Port Authority of Lesk there.", ["Port Authority of Lesk"]),
    ("They met the Office of Rivers and Lamps there.", ["Office of Rivers and Lamps"]),
    ("They met the Lesk Institute and Brask Works there.", ["Lesk Institute", "Brask Works"]),
    ("They met Farmers for Clean Rivers there.", ["Farmers for Clean Rivers"]),
    ("They met Brask & Sons there.", ["Brask & Sons"]),
    ("They met the Secretary of Tides there.", ["Secretary of Tides"]),
    ("On Monday Mara Quill left.", ["Mara Quill"]),
    ("Then in March Mara Quill left.", ["Mara Quill"]),
    ("They met John May there.", ["John May"]),
    ("They met nobody there.", []),
    ("Newly released footage shows it.", []),
    ("Reportedly Mara Quill left.", ["Mara Quill"]),
    ("Kelly released the footage.", ["Kelly"]),
]


@pytest.mark.parametrize(("text", "names"), PIECES)
def test_a_run_of_capitals_is_cut_where_one_name_ends_and_the_next_begins(text: str, names: list[str]) -> None:
    assert [name for name in found(text) if name != "They"] == names


@pytest.mark.parametrize(
    ("word", "same"), [("Quill", "quill"), ("J.P.", "jp"), ("O’Hallow", "o'hallow"), ("Pilots’", "pilots"), ("ÓLAF", "ólaf")]
)
def test_words_are_compared_without_capitals_and_full_stops(word: str, same: str) -> None:
    assert bare(word) == same


@pytest.mark.parametrize(("words", "joins"), [("of the", True), ("and", True), ("&", True), ("van der", False), ("Quill", False)])
def test_some_small_words_join_the_words_of_a_name(words: str, joins: bool) -> None:
    assert Token(0, len(words), words).joins is joins


def test_headlines_are_passed_over() -> None:
    text = "Harbour Boss Quits\nMara Quill left."
    assert [[token.words for token in piece] for piece, _ in pieces(text, (Span(0, 18),))] == [["Mara", "Quill"]]


@given(st.text(alphabet=st.sampled_from("Mara Quill's of the and & J.P. van É-’\n"), max_size=80) | st.text())
def test_the_words_of_any_text_stand_where_they_are_said_to_stand_and_in_order(text: str) -> None:
    tokens = [token for piece, _ in pieces(text) for token in piece]
    assert all(text[token.start : token.end] == token.words for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
