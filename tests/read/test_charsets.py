"""Bytes become characters by rule, and what is no text is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ReadError
from onrecord.read.decode import decoded

WORDS = "“Never,” said Zoë Quill — €5 für das Café."
CLEAN = [
    ("UTF-8", WORDS.encode()),
    ("UTF-8 with a mark", codecs.BOM_UTF8 + WORDS.encode()),
    ("UTF-16, little end first", codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le")),
    ("UTF-16, big end first", codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be")),
    ("UTF-32", codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le")),
]


@pytest.mark.parametrize("data", [data for _, data in CLEAN], ids=[name for name, _ in CLEAN])
def test_what_says_its_character_set_is_read_in_it(data: bytes) -> None:
    assert decoded(data) == (WORDS, None)


def test_what_is_not_utf8_at_all_is_windows_1252_and_told_of() -> None:
    text, complaint = decoded(WORDS.encode("cp1252"))
    assert text == WORDS
    assert complaint is not None


def test_utf8_with_some_other_bytes_keeps_its_letters_and_marks_the_damage() -> None:
    text, complaint = decoded("“Never,” said ".encode() + "Zoë".encode("latin-1") + b" Quill.")
    assert text == "“Never,” said Zo\ufffd Quill."
    assert complaint is not None


def test_a_file_cut_in_the_middle_of_a_letter_is_read_to_there() -> None:
    assert decoded("“Never”".encode()[:-1])[0] == "“Never\ufffd"


def test_half_a_character_of_utf16_is_marked() -> None:
    text, complaint = decoded(codecs.BOM_UTF16_LE + "Quill".encode("utf-16-le") + b"\x20")
    assert text == "Quill\ufffd"
    assert complaint is not None


@pytest.mark.parametrize("data", [b"MZ\0\0\1", b"text with one \0 in it", bytes(range(1, 32)) * 9, "Quill".encode("utf-16-le")])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as refused:
        decoded(data)
    assert refused.value.code == "read.binary"


def test_some_control_characters_do_not_make_a_text_binary() -> None:
    assert decoded(b"A bell \x07 and an escape \x1b[31m in a long enough text.")[1] is None


@given(st.binary())
def test_any_bytes_are_characters_or_refused(data: bytes) -> None:
    try:
        text, _ = decoded(data)
    except ReadError:
        return
    text.encode("utf8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decoded(text.encode())[0] == text.removeprefix("\ufeff")
