"""JSON Lines hold documents with all that is known of them, or entries of feeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.data import Document, Genre, Rejection
from onrecord.read import documents


def read(folder: Path, **fields: object) -> Document | Rejection:
    path = folder / "in.jsonl"
    path.write_text(json.dumps(fields), encoding="utf8")
    return list(documents([str(path)]))[-1]


def test_a_document_keeps_what_is_said_of_it(tmp_path: Path) -> None:
    one = read(
        tmp_path,
        text="It is safe.",
        author="Mara Quill",
        genre="satire",
        notes=["Corrected."],
        retrieved_at="2031-03-05T06:00:00Z",
        other=1,
    )
    assert isinstance(one, Document)
    assert (one.author, one.genre, one.notes, one.retrieved_at) == ("Mara Quill", Genre.SATIRE, ("Corrected.",), "2031-03-05T06:00:00Z")


def test_what_is_odd_beside_the_text_is_passed_over(tmp_path: Path) -> None:
    one = read(tmp_path, text="It is safe.", author=5, genre="novel", retrieved_at="soon", language=None)
    assert isinstance(one, Document)
    assert (one.author, one.genre, one.retrieved_at) == (None, None, None)


def test_an_entry_of_a_feed_is_its_title_and_its_description(tmp_path: Path) -> None:
    one = read(
        tmp_path,
        title="Bridge&#039;s day",
        description="<p>One &amp; two.</p><p>Three.</p>",
        link="https://lesk.example/1",
        date_published="2031-03-04T10:00:00+00:00",
        source_url="https://lesk.example/feed",
        author="Mara Quill",
    )
    assert isinstance(one, Document)
    assert one.text == "Bridge's day\n\nOne & two.\n\nThree."
    assert (one.title, one.url, one.creation_time) == ("Bridge's day", "https://lesk.example/1", "2031-03-04T10:00:00+00:00")
    assert (one.publisher, one.author) == ("https://lesk.example/feed", "Mara Quill")


def test_text_goes_before_description_and_stays_as_it_is(tmp_path: Path) -> None:
    one = read(tmp_path, text=" <b>&amp;</b> ", description="Other.", link="file:///etc/passwd")
    assert isinstance(one, Document)
    assert (one.text, one.url) == (" <b>&amp;</b> ", None)


BAD: list[tuple[dict[str, object], str]] = [
    ({"title": "T"}, "read.no_text"),
    ({"title": "", "description": "<br>"}, "read.empty"),
    ({"description": 5}, "read.bad_field"),
    ({"text": "a", "notes": "b"}, "read.bad_field"),
]


@pytest.mark.parametrize(("fields", "code"), BAD)
def test_what_is_no_document_is_rejected(tmp_path: Path, fields: dict[str, object], code: str) -> None:
    one = read(tmp_path, **fields)
    assert isinstance(one, Rejection)
    assert one.code == code
