from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.tagger import shipped_folder
from onrecord.annotate.tokenise import Tokeniser, level_quotes

LEVELLED = [
    ('"We sail," she said.', "“We sail,” she said."),
    ("'We sail,' she said.", "“We sail,” she said."),
    ("‘We sail,’ she said.", "“We sail,” she said."),
    ("«We sail», she said.", "“We sail”, she said."),
    ("\"He said 'no' twice,\" she said.", "“He said ‘no’ twice,” she said."),
    ("It's the workers' vote.", "It’s the workers’ vote."),
    ("'It's the workers' vote,' she said.", "“It’s the workers’ vote,” she said."),
    ("the '90s", "the ’90s"),
    ("Rock 'n' roll", "Rock “n” roll"),
]


@pytest.fixture(scope="module")
def tokeniser() -> Tokeniser:
    return Tokeniser(shipped_folder() / "tokenizer.json")


@pytest.mark.parametrize(("text", "wanted"), LEVELLED)
def test_quotation_marks_of_every_kind_become_alike(text: str, wanted: str) -> None:
    assert level_quotes(text) == wanted


@given(st.text(alphabet=st.characters(), max_size=300))
def test_levelling_keeps_every_character_in_its_place(text: str) -> None:
    assert len(level_quotes(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("ab 'é\"“”‘’\n\ud800\u0007\u2028İ한😀"), max_size=120))
def test_pieces_lie_in_the_text_in_order(tokeniser: Tokeniser, text: str) -> None:
    tokens = tokeniser.tokens(text)
    assert len(tokens.ids) == len(tokens.starts) == len(tokens.ends)
    assert all(0 <= s <= e <= len(text) for s, e in zip(tokens.starts, tokens.ends, strict=True))
    assert list(tokens.starts) == sorted(tokens.starts)


def test_a_piece_is_the_characters_it_says(tokeniser: Tokeniser) -> None:
    text = "Größe\n\nQuill’s ships"
    tokens = tokeniser.tokens(text)
    words = [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]
    assert "".join(words) == "GrößeQuill’sships"
    assert words.count("") == 1  # the paragraph mark


def test_a_very_long_line_is_read_whole(tokeniser: Tokeniser) -> None:
    text = "ship " * 3000
    assert len(tokeniser.tokens(text)) == 3000


def test_a_long_line_without_white_space_is_read(tokeniser: Tokeniser) -> None:
    tokens = tokeniser.tokens("x" * 9000)
    assert tokens.ends[-1] == 9000
