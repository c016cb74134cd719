"""A letter is read for its own words: not what it answers, not its signature."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.data import Document, Rejection
from onrecord.errors import CODES, ReadError
from onrecord.read.files import Found
from onrecord.read.letter import words_of_letter
from onrecord.read.mail import mail_documents, mailbox_documents
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

HEAD = "From: Mara Quill <quill@lesk.example>\nTo: desk@lesk.example\nSubject: The bridge\nDate: Tue, 4 Mar 2031 10:00:00 -0500\n"


def read(letter: str | bytes) -> list[Document | Rejection]:
    data = letter.encode() if isinstance(letter, str) else letter
    return list(mail_documents(Stream(io.BytesIO(data)), Found("a.eml", "a"), ReadOptions()))


def document(letter: str | bytes) -> Document:
    (one,) = (one for one in read(letter) if isinstance(one, Document))
    return one


def test_a_letter_is_a_document_with_sender_subject_and_date() -> None:
    one = document(f"{HEAD}\nIt is safe.\n")
    assert (one.text, one.author, one.title, one.creation_time) == ("It is safe.", "Mara Quill", "The bridge", "2031-03-04T10:00:00-05:00")


PARTS = '{0}MIME-Version: 1.0\nContent-Type: multipart/{1}; boundary="b"\n\n{2}--b--\n'
PLAIN = "--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nZo=EB said=\n so.\n"
PAGE = "--b\nContent-Type: text/html; charset=utf-8\n\n<p>One &amp; two.</p><p>Three.</p>\n"
FILE = "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=x.txt\n\nAttached.\n"
LETTERS = [
    ("the plain part goes first", PARTS.format(HEAD, "alternative", PAGE + PLAIN), "Zoë said so."),
    ("else the page", PARTS.format(HEAD, "alternative", PAGE), "One & two.\n\nThree."),
    ("attachments are left", PARTS.format(HEAD, "mixed", PLAIN + FILE), "Zoë said so."),
    ("base64", f"{HEAD}Content-Transfer-Encoding: base64\n\nSXQgaXMgc2FmZS4=\n", "It is safe."),
    ("an unknown character set", f"{HEAD}Content-Type: text/plain; charset=lesk-1\n\nIt is safe.\n", "It is safe."),
    ("parts that never end", PARTS.format(HEAD, "mixed", PLAIN)[:-6], "Zoë said so."),
]


@pytest.mark.parametrize(("letter", "text"), [one[1:] for one in LETTERS], ids=[one[0] for one in LETTERS])
def test_the_words_are_found_in_any_letter(letter: str, text: str) -> None:
    assert document(letter).text == text


def test_headers_are_decoded() -> None:
    one = document("From: =?utf-8?q?Zo=C3=AB_Quill?= <z@lesk.example>\nSubject: =?utf-8?b?QnLDvGNrZQ==?=\n\nIt is safe.\n")
    assert (one.author, one.title, one.creation_time) == ("Zoë Quill", "Brücke", None)


WORDS = [
    ("a signature", "It is safe.\n\n-- \nMara Quill\nHarbour office", "It is safe."),
    ("an answer above", "It is safe.\n\nOn Tue, 4 Mar 2031, Ib Tarn wrote:\n> Is it?\n> Really?\n", "It is safe."),
    ("an answer between", "> Is it safe?\n\nIt is.\n\n> And open?\n\nNot yet.", "It is.\n\nNot yet."),
    (
        "an introduction in two lines",
        "It is.\n\nOn Tue, 4 Mar 2031 at 10:00, Ib Tarn of the Lesk Courier\n<tarn@lesk.example> wrote:\n\n> Is it?",
        "It is.",
    ),
    ("an original message", "It is.\n\n-----Original Message-----\nFrom: Ib Tarn\nSent: Tuesday\n\nIs it?", "It is."),
    ("a letter that is passed on", "---------- Forwarded message ---------\nFrom: Ib Tarn\n\nIt is safe.", "From: Ib Tarn\n\nIt is safe."),
    ("all of it quoted", "> It is safe.\n> Open it.\n", "It is safe.\nOpen it."),
    ("a line of dashes", "One.\n-----\nTwo.", "One.\n-----\nTwo."),
    ("words that only look so", "On Tuesday she wrote a letter.\nIt is safe.", "On Tuesday she wrote a letter.\nIt is safe."),
]


@pytest.mark.parametrize(("letter", "wanted"), [one[1:] for one in WORDS], ids=[one[0] for one in WORDS])
def test_only_the_writers_own_words_are_kept(letter: str, wanted: str) -> None:
    assert words_of_letter(letter) == wanted


def test_lines_that_were_broken_because_they_were_full_are_joined() -> None:
    full = "The harbour office of Lesk said on Tuesday that the old bridge would be"
    assert words_of_letter(f"Dear all,\n\n{full}\n{full}\nopen soon.\n- One\n- Two\n\nMara") == (
        f"Dear all,\n\n{full} {full} open soon.\n- One\n- Two\n\nMara"
    )


@pytest.mark.parametrize("letter", [f"{HEAD}\n", PARTS.format(HEAD, "mixed", FILE)])
def test_a_letter_without_words_is_refused(letter: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(letter)
    assert refused.value.code == "read.empty"


def test_every_letter_of_a_mailbox_is_a_document() -> None:
    letter = f"From quill@lesk.example Tue Mar  4 10:00:00 2031\n{HEAD}\nIt is safe.\n>From here on.\n\n"
    empty = f"From quill@lesk.example Tue Mar  4 10:00:00 2031\n{HEAD}\n\n"
    box = Stream(io.BytesIO((letter + empty + letter).encode()))
    found = list(mailbox_documents(box, Found("a.mbox", "a"), ReadOptions()))
    assert [one.code if isinstance(one, Rejection) else one.text for one in found] == [
        "It is safe.\nFrom here on.",
        "read.empty",
        "It is safe.\nFrom here on.",
    ]
    assert [one.locator for one in found] == ["a.mbox#1", "a.mbox#2", "a.mbox#3"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(["From: ", "Date: ", "Subject: =?", "Content-Type: multipart/x; boundary=b", "--b", "\n", "a", "é"])
        | st.text(max_size=8)
    )
)
def test_any_letter_is_read_or_refused(pieces: list[str]) -> None:
    try:
        found = read("\n".join(pieces).encode("utf8", "surrogatepass"))
    except ReadError as error:
        assert error.code in CODES
    else:
        assert all(one.code in CODES for one in found if isinstance(one, Rejection))
