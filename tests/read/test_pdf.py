"""A PDF is read by its text layer: paragraphs are found by where lines stand, broken words are made whole."""

from __future__ import annotations

import io
import sys

import pytest
from tests.read.pdfs import Written, paragraphs_at, pdf

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.files import Found
from onrecord.read.pdf import pdf_documents
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

ONE = [
    "The harbour office of Lesk said on Tuesday that the old bridge will be",
    "open before the winter, and that the com-",
    "missioner agrees.",
]
TWO = ["Mara Quill, who runs the office, refused to name the day on which it will", "open."]
JOINED = (
    "The harbour office of Lesk said on Tuesday that the old bridge will be open before the winter, and that the commissioner agrees.",
    "Mara Quill, who runs the office, refused to name the day on which it will open.",
)


def read(data: bytes, longest_document: int = 5_000_000) -> list[Document | Rejection]:
    return list(pdf_documents(Stream(io.BytesIO(data)), Found("a.pdf", "a"), ReadOptions(longest_document=longest_document)))


def document(data: bytes) -> Document:
    (one,) = (one for one in read(data) if isinstance(one, Document))
    return one


def test_lines_become_paragraphs_and_metadata_is_read() -> None:
    told = "/Title (The bridge) /Author (Mara Quill) /CreationDate (D:20310304100000-05'00')"
    one = document(pdf(paragraphs_at(700, ONE, TWO), told=told))
    assert tuple(one.text.split("\n\n")) == JOINED
    assert (one.title, one.author, one.creation_time) == ("The bridge", "Mara Quill", "2031-03-04T10:00:00-05:00")


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = [*paragraphs_at(700, ONE), Written(TWO[0], 658, x=92), Written(TWO[1], 644)]
    assert tuple(document(pdf(lines)).text.split("\n\n")) == JOINED


def test_running_heads_and_page_numbers_go_and_a_sentence_runs_on() -> None:
    pages = []
    for number, body in enumerate((ONE[:1], ONE[1:], TWO), 1):
        pages.append([Written("LESK HARBOUR OFFICE", 760), *paragraphs_at(700, body), Written(f"Page {number} of 3", 30)])
    assert tuple(document(pdf(*pages)).text.split("\n\n")) == JOINED


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("D:20310304", "2031-03-04"),
        ("D:20310304100000Z", "2031-03-04T10:00:00+00:00"),
        ("20310304100000", "2031-03-04T10:00:00"),
        ("soon", None),
    ],
)
def test_dates_are_read_as_they_are_written(written: str, time: str | None) -> None:
    assert document(pdf(paragraphs_at(700, ONE), told=f"/CreationDate ({written})")).creation_time == time


@pytest.mark.parametrize("title", ["", "Untitled", "release-final.docx"])
def test_what_a_program_called_it_is_no_title(title: str) -> None:
    assert document(pdf(paragraphs_at(700, ONE), told=f"/Title ({title})")).title is None


BAD = [
    ("no text layer", pdf([]), "read.no_text_layer"),
    ("no pages", pdf(), "read.no_text_layer"),
    ("cut", pdf(paragraphs_at(700, ONE))[:300], "read.damaged"),
    ("no PDF", b"%PDF-1.7\n" + b"\xff" * 500, "read.damaged"),
    ("pages in a ring", pdf([]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"), "read.damaged"),
]


@pytest.mark.parametrize(("data", "code"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(data)
    assert refused.value.code in (code, "read.no_text_layer", "read.damaged")


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ReadError) as refused:
        read(pdf(paragraphs_at(700, ONE)), longest_document=50)
    assert refused.value.code == "read.too_long"


def test_without_the_library_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ReadError) as refused:
        read(pdf([]))
    assert refused.value.code == "read.not_installed"
    assert "pip install 'onrecord[pdf]'" in refused.value.message
