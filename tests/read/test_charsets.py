"""Bytes become characters by rule, and what is no text is refused."""

from __future__ import annotations

import codecs
import contextlib
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read import documents
from onrecord.read.charsets import codec_of, guessed_codec, wide_codec
from onrecord.read.decode import decoded

TEXTS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf8"))
WORDS = "“Never,” said Zoë Quill — €5 für das Café."
CLEAN = [
    ("UTF-8", WORDS.encode()),
    ("UTF-8 with a mark", codecs.BOM_UTF8 + WORDS.encode()),
    ("UTF-16, little end first", codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le")),
    ("UTF-16, big end first", codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be")),
    ("UTF-32", codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le")),
    ("UTF-16 without a mark, little end first", WORDS.encode("utf-16-le")),
    ("UTF-16 without a mark, big end first", WORDS.encode("utf-16-be")),
    ("UTF-32 without a mark", WORDS.encode("utf-32-be")),
]
OLD_SETS = [
    *(("de", "cp1252"), ("de", "mac-roman"), ("de", "iso8859-15"), ("fr", "cp1252"), ("fr", "mac-roman"), ("es", "cp1252")),
    *(("it", "cp1252"), ("pt", "cp1252"), ("nl", "cp1252"), ("sv", "cp1252"), ("sv", "mac-roman"), ("fi", "cp1252")),
    *(("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "iso8859-5"), ("ru", "cp866"), ("uk", "cp1251"), ("uk", "koi8-u"), ("bg", "cp1251")),
    *(("pl", "cp1250"), ("pl", "iso8859-2"), ("cs", "cp1250"), ("hu", "cp1250"), ("hr", "cp1250"), ("sl", "cp1250"), ("ro", "cp1250")),
    *(("tr", "cp1254"), ("el", "cp1253"), ("el", "iso8859-7"), ("ar", "cp1256"), ("he", "cp1255"), ("th", "cp874")),
    *(("zh", "gb18030"), ("ja", "shift_jis"), ("ja", "euc_jp"), ("ko", "euc_kr")),
]
TAIWAN = "萊斯克港務局星期二宣布，大橋將關閉到本月底。發言人奎爾說，檢查時發現了裂縫。市長拒絕在議會開會之前發表意見。"
QUOTATION_MARKS = [
    *(
        "« Jamais », dit-elle.",
        "«Nunca», dijo.",
        "»Aldrig,« sagde hun.",
        "„Nie“, sagte sie.",
        "‚Nie‘, sagte sie.",
        "„Nigdy” – powiedziała.",
    ),
    *("“Never,” she said.", "‘Never,’ she said.", "”Aldrig”, sade hon.", '"Never," she said.', "'Never,' she said.", "`Never,' she said."),
    *(
        "``Never,'' she said.",
        "「決して」と彼女は言った。",
        "『決して』",
        "《永不》",
        "〈永不〉",
        "‹ Jamais ›",
        "〝いいえ〟",
        "＂Never＂",
        "״לא״",
        "‛Never’",
    ),
]


@pytest.mark.parametrize("data", [data for _, data in CLEAN], ids=[name for name, _ in CLEAN])
def test_what_shows_its_character_set_is_read_in_it(data: bytes) -> None:
    assert decoded(data) == (WORDS, None)


@pytest.mark.parametrize(("language", "codec"), OLD_SETS)
def test_old_character_sets_are_told_by_their_bytes(language: str, codec: str) -> None:
    text = " ".join(TEXTS[language]).encode(codec, "ignore").decode(codec)
    found, complaint = decoded(text.encode(codec))
    assert found == text
    assert complaint is not None
    assert "save it as UTF-8" in complaint


def test_big5_is_told_by_its_bytes() -> None:
    assert decoded(TAIWAN.encode("big5"))[0] == TAIWAN


@pytest.mark.parametrize("language", list(TEXTS))
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_wide_characters_without_a_mark_are_told_in_every_script(language: str, codec: str) -> None:
    for text in TEXTS[language]:
        assert wide_codec(text.encode(codec)) == codec


def test_japanese_mail_is_read() -> None:
    text = "レスク港湾局は火曜日、橋を閉鎖すると発表した。"
    assert decoded(text.encode("iso2022_jp")) == (text, None)


DECLARED = [
    ("cp1251", "windows-1251", "Мост закрыт"),
    ("koi8-r", "KOI8-R", "Мост закрыт"),
    ("cp1252", "ISO-8859-1", "“Never” – €5"),
    ("cp932", "x-sjis", "橋は①番"),
    ("gb18030", "gb2312", "大橋關閉"),
    ("cp1254", "iso-8859-9", "İğdır’ın"),
    ("iso8859-8", "iso-8859-8", "הגשר"),
    ("utf-16-le", "utf-16", "The bridge is shut"),
    ("cp1257", " 'windows-1257' ", "tiltas uždarytas"),
]


@pytest.mark.parametrize(("codec", "name", "text"), DECLARED, ids=[name for _, name, _ in DECLARED])
def test_a_declared_character_set_settles_what_the_bytes_leave_open(codec: str, name: str, text: str) -> None:
    assert decoded(text.encode(codec), name) == (text, None)


def test_what_is_declared_does_not_go_before_what_the_bytes_show() -> None:
    assert decoded(WORDS.encode(), "iso-8859-1") == (WORDS, None)
    assert decoded(codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-8") == (WORDS, None)
    assert decoded(WORDS.encode("cp1252"), "utf-8")[0] == WORDS
    assert decoded(WORDS.encode("cp1252"), "utf-16")[0] == WORDS
    assert decoded(TEXTS["ru"][0].encode("cp1251"), "ascii")[0] != ""


@pytest.mark.parametrize(
    "name", ["", None, "hex", "rot13", "zlib", "unicode_escape", "utf-7", "idna", "no such set", "a\0b", "x" * 10_000, "ü"]
)
def test_a_name_that_is_no_character_set_of_text_says_nothing(name: str | None) -> None:
    assert codec_of(name) is None


def test_what_is_not_utf8_at_all_is_windows_1252_and_told_of() -> None:
    text, complaint = decoded(WORDS.encode("cp1252"))
    assert text == WORDS
    assert complaint is not None
    assert "Windows-1252" in complaint


ENGLISH = [
    "“Never,” said Quill, who was the first of the engineers to be asked about the bridge.",
    "The mayor’s aide – a friend of José’s – said that it wasn’t so…",
    "It cost £3m, or €3.4m, and the naïve façade was “a disgrace”, said the mayor’s fiancée.",
]


@pytest.mark.parametrize("text", [*ENGLISH, "It’s shut.", "‘Shut’"])
def test_english_keeps_its_quotation_marks_in_windows_1252(text: str) -> None:
    assert guessed_codec(text.encode("cp1252")) == "cp1252"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_keeps_its_quotation_marks_in_mac_roman(text: str) -> None:
    assert guessed_codec(text.encode("mac-roman")) == "mac-roman"


@pytest.mark.parametrize("text", QUOTATION_MARKS)
def test_quotation_marks_of_every_kind_survive(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for data in (text.encode(), codecs.BOM_UTF8 + text.encode(), codecs.BOM_UTF16_LE + text.encode("utf-16-le")):
        path.write_bytes(data)
        (document,) = (one for one in documents([str(path)]) if isinstance(one, Document))
        assert document.text == text


TWICE = [
    "â€œNever,â€\u009d said Quill.".replace("\u009d", "\u201d"),
    "It isnâ€™t safe, said Quill.",
    "ZoÃ« and AndrÃ© met in the cafÃ© of SÃ£o.",
    "It cost Â£3m, which is Â£2m more.",
]
NOT_TWICE = ["AMANHÃ”, disse", "É”", "Â Â", "ÃO NÃO", "Â«", "O “CAFÉ”…", "Ã", "The â in pâté", "«À» «Â»"]


@pytest.mark.parametrize("text", TWICE)
def test_letters_made_wrong_before_it_was_saved_are_left_and_told_of(text: str) -> None:
    found, complaint = decoded(text.encode())
    assert found == text
    assert complaint is not None
    assert "another character set" in complaint


@pytest.mark.parametrize("text", NOT_TWICE)
def test_letters_that_are_meant_are_not_called_wrong(text: str) -> None:
    assert decoded(text.encode()) == (text, None)


def test_utf8_with_some_other_bytes_keeps_its_letters_and_marks_the_damage() -> None:
    text, complaint = decoded("“Never,” said ".encode() + "Zoë".encode("latin-1") + b" Quill.")
    assert text == "“Never,” said Zo\ufffd Quill."
    assert complaint is not None


def test_a_warning_about_the_character_set_comes_before_the_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"date 2031-03-04\n" + WORDS.encode("cp1252"))
    warning, document = documents([str(path)])
    assert isinstance(warning, Rejection)
    assert (warning.code, warning.warning) == ("read.encoding", True)
    assert isinstance(document, Document)


def test_a_file_cut_in_the_middle_of_a_letter_is_read_to_there() -> None:
    assert decoded("“Never”".encode()[:-1])[0] == "“Never\ufffd"


def test_half_a_character_of_utf16_is_marked() -> None:
    text, complaint = decoded(codecs.BOM_UTF16_LE + "Quill".encode("utf-16-le") + b"\x20")
    assert text == "Quill\ufffd"
    assert complaint is not None


@pytest.mark.parametrize(
    "data", [b"MZ\0\0\1", b"text with one \0 in it", b"text\0with\0some of them", bytes(range(1, 32)) * 9, b"\x7fELF\0\0\0\0"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as refused:
        decoded(data)
    assert refused.value.code == "read.binary"


def test_some_control_characters_do_not_make_a_text_binary() -> None:
    assert decoded(b"A bell \x07 and an escape \x1b[31m in a long enough text.")[1] is None


@pytest.mark.parametrize("data", [b"\xff" * 2_000_000, b"\x81\x40" * 1_000_000, b"\xe9" * 2_000_000, b"\0\xd8" * 1_000_000])
def test_two_megabytes_of_other_bytes_are_no_trouble(data: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(ReadError):
        decoded(data)
    assert time.process_time() - started < 5


@given(st.binary(), st.none() | st.sampled_from(["utf-16", "gb2312", "iso-2022-jp", "utf-7", "latin-1", "big5"]) | st.text())
def test_any_bytes_are_characters_or_refused(data: bytes, declared: str | None) -> None:
    try:
        text, _ = decoded(data, declared)
    except ReadError:
        return
    text.encode("utf8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decoded(text.encode())[0] == text.removeprefix("\ufeff")
