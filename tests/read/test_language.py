"""English is read, what cannot be told is taken for English, and all else is kept with a warning."""

from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import Document, Rejection
from onrecord.read import documents
from onrecord.read.language import in_their_languages, is_read, language_of
from onrecord.settings import ReadOptions

TEXTS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf8"))
PARAGRAPHS = [(language, text) for language, texts in TEXTS.items() for text in texts]
NEAR = {frozenset({"id", "ms"}), frozenset({"hr", "sr"}), frozenset({"hr", "bs"})}

ENGLISH = [
    ("a headline of names", "Barcelona thump Athletic Bilbao 5-0, Müller and Gündoğan score"),
    ("a headline without small words", "Ostrian grain exporters seek tariff relief amid Lesk port shutdown"),
    (
        "foreign names",
        "Přemysl Dvořák, Łukasz Świątek and Jürgen Müßig met Nguyễn Văn Hòa in Kraków, said Ayşe Yıldız of the Çeşme council.",
    ),
    (
        "a foreign quotation",
        "The minister laughed. “Das werden wir nie und nimmer unterschreiben, das ist ganz klar”, she said to the press in Lesk, "
        "and left for the station with her aides, who would not say whether the talks had failed.",
    ),
    ("all capitals", "LESK PORT AUTHORITY SHUTS BRIDGE AFTER CRACKS WERE FOUND IN THE MAIN PIER, SPOKESWOMAN SAYS"),
    ("capitals without small words", "PORT AUTHORITY SHUTS LESK BRIDGE, ENGINEERS FIND CRACKS, TRAFFIC DIVERTED"),
    (
        "a transcript",
        "MS. QUILL: Good morning. Questions?\n\nQ Thanks, Mara. Any news on the bridge?\n\nMS. QUILL: No. Next.\n\nTHE MAYOR: None.",
    ),
    ("a table", "Results\nLesk 3 Ostria 1\nPort Vale 0 Hillside 0\nBrandt 12:01.4\nQuill 12:03.9\nMüller 12:04.0\nŚwiątek 12:09.1\n"),
    ("addresses", "Comments: https://lesk.example/das-ist-der-weg/und-nicht-anders Points: 12 mara.quill@hafen-der-stadt.example"),
    (
        "markup",
        '<ol><li><a href="https://nachrichten.example/der-hafen-und-die-stadt" target="_blank">Bridge shut for a month</a></li></ol>',
    ),
    ("old spelling", "Ye mayor spake vnto the people of Lesk, and said that the bridge was not to be had againe before Whitsun."),
    ("quotes and dashes", "“No,” said Quill — “never” … ‘not even once’."),
]


@pytest.mark.parametrize(("language", "text"), PARAGRAPHS, ids=[f"{language} {text[:12]}" for language, text in PARAGRAPHS])
def test_a_paragraph_shows_its_language(language: str, text: str) -> None:
    told = language_of(text)
    assert told == language or {told, language} in NEAR


@pytest.mark.parametrize("text", [text for _, text in ENGLISH], ids=[name for name, _ in ENGLISH])
def test_english_is_never_taken_for_another_language(text: str) -> None:
    assert language_of(text) in ("en", "und")
    assert language_of(text * 60) in ("en", "und")


@pytest.mark.parametrize("text", ["", " \n", "42", "12:04 3-0 €5", "???", "🙂🙂", "\ud800\0", "https://lesk.example/"])
def test_a_text_without_words_cannot_be_told(text: str) -> None:
    assert language_of(text) == "und"


def test_the_majority_decides() -> None:
    english = "The port authority said on Tuesday that the bridge would stay shut until the end of the month. " * 9
    german = TEXTS["de"][0]
    assert language_of(english + german) == "en"
    assert language_of(english[:200] + german * 9) == "de"
    assert language_of((english + "\n") * 50 + german * 100) == "en"


def test_what_is_declared_settles_only_what_the_text_leaves_open() -> None:
    assert language_of("Quill tritt zurück", "de-AT") == "de"
    assert language_of("Quill", "sv") == "sv"
    assert language_of("The mayor of Lesk said that he would not go.", "de") == "en"
    assert language_of(TEXTS["fr"][0], "en") == "fr"
    assert language_of(TEXTS["fr"][0], "de") == "fr"
    assert language_of("The mayor said so.", "no language; at all") == "en"


def test_a_long_text_is_looked_at_in_places() -> None:
    for text in (TEXTS["de"][0] * 20_000, "The mayor said that it was so. " * 100_000, "ß" * 3_000_000, "a b " * 700_000):
        started = time.process_time()
        language_of(text)
        assert time.process_time() - started < 1.5


@given(st.text(st.characters()), st.none() | st.text())
def test_any_text_has_a_code(text: str, declared: str | None) -> None:
    assert language_of(text, declared).isascii()


@pytest.mark.parametrize(("language", "read"), [("en", True), ("en-GB", True), ("EN", True), ("und", True), ("de", False), ("enm", False)])
def test_only_english_and_the_unknown_are_read(language: str, read: bool) -> None:
    assert is_read(language) is read


def test_a_document_in_another_language_is_kept_after_a_warning_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    lines = [{"text": TEXTS["de"][0]}, {"text": "The mayor said so."}, {"text": "Quill tritt zurück", "language": "de"}]
    path.write_text("\n".join(json.dumps({**line, "creation_time": "2031-03-04"}) for line in lines), encoding="utf8")
    warning, german, english, second, short = documents([str(path)])
    assert isinstance(warning, Rejection)
    assert isinstance(second, Rejection)
    assert (warning.code, warning.warning, warning.locator) == ("read.not_english", True, f"{path}:1")
    assert "German" in warning.message
    assert [one.language for one in (german, english, short) if isinstance(one, Document)] == ["de", "en", "de"]


def test_the_language_that_is_given_goes_before_what_the_text_shows() -> None:
    german = Document("a", TEXTS["de"][0])
    assert list(in_their_languages([german], ReadOptions(language="en"))) == [german]
    warning, kept = in_their_languages([Document("a", "The mayor said so.")], ReadOptions(language="cy-GB"))
    assert isinstance(warning, Rejection)
    assert "Welsh" in warning.message
    assert isinstance(kept, Document)
    assert kept.language == "cy"


def test_what_cannot_be_told_is_read_as_english() -> None:
    (document,) = in_their_languages([Document("a", "42")], ReadOptions())
    assert isinstance(document, Document)
    assert document.language == "en"
