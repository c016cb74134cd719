"""Where the words of a document stand in its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.data import Document, Span
from onrecord.read import documents
from onrecord.read.places import Place, places

WORDS = "the ferry is old"
FILES = {
    "plain.txt": ("One line.\nShe said “the ferry is old” today.\n", (2, 11, 2, 27)),
    "windows.txt": ("One line.\r\nShe said “the ferry is old” today.\r\n", (2, 11, 2, 27)),
    "marks.md": ("---\ntitle: A\n---\n# A\n\nShe said “the *ferry*\nis __old__” today.\n", (6, 11, 7, 9)),
    "page.html": (
        "<html><body><article><p>It rained all day in the old town, and the river rose, the clerk told the council on Monday.</p>\n"
        "<p>She said &ldquo;the <b>ferry</b>&nbsp;is <i>old</i>&rdquo; today, and that nobody would repair it before the spring came.</p>"
        "</article></body></html>",
        (2, 20, 2, 51),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_passage_is_found_in_its_file(name: str, tmp_path: Path) -> None:
    text, wanted = FILES[name]
    path = tmp_path / name
    path.write_bytes(text.encode())
    (document,) = [one for one in documents([str(path)]) if isinstance(one, Document)]
    words = WORDS if WORDS in document.text else WORDS.replace("ferry is", "ferry\u00a0is")
    start = document.text.index(words)
    assert list(places(document, [Span(start, start + len(words))])) == [Place(*wanted)]


def test_the_second_of_two_equal_passages_is_the_second_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "twice.md"
    path.write_text("“*no* way”\n\n“*no* way”\n")
    (document,) = [one for one in documents([str(path)]) if isinstance(one, Document)]
    first = document.text.index("no way")
    spans = [Span(first, first + 6), Span(document.text.index("no way", first + 1), document.text.index("no way", first + 1) + 6)]
    assert [one and one.line for one in places(document, spans)] == [1, 3]


def test_what_is_not_in_the_file_has_no_place(tmp_path: Path) -> None:
    path = tmp_path / "packed.bin"
    path.write_bytes(b"\0\1\2\3" * 100)
    assert list(places(Document("packed", "the ferry is old", str(path)), [Span(0, 9)])) == [None]


@pytest.mark.parametrize("locator", ["", "-", "https://lesk.example/1", "archive.zip/gone.txt"])
def test_without_a_file_the_text_is_counted_or_nothing(locator: str) -> None:
    found = list(places(Document("a", "One.\nthe ferry is old", locator), [Span(5, 21)]))
    assert found == [None if locator.startswith("archive") else Place(2, 1, 2, 17)]
