"""Markdown becomes plain paragraphs, and its front matter what is known of the document."""

from __future__ import annotations

import io
import time

import pytest

from onrecord.data import Document, Genre, Rejection
from onrecord.errors import ReadError
from onrecord.read.files import Found
from onrecord.read.front_matter import split_front_matter, value_of
from onrecord.read.markdown import markdown_documents
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions


def read(text: str) -> list[Document | Rejection]:
    return list(markdown_documents(Stream(io.BytesIO(text.encode())), Found("lesk.md", "lesk"), ReadOptions()))


def test_front_matter_says_what_is_known_of_the_document() -> None:
    found = read(
        "---\ntitle: 'The bridge'\npublished_time: 2031-03-04 10:00:00-05:00\ndate: 2031-01-01\nauthor: [Mara Quill, Ib Tarn]\n"
        "site: Lesk Courier\nsource_url: https://lesk.example/1\ncategory: Opinion\n---\nIt is safe.\n"
    )
    (document,) = found
    assert isinstance(document, Document)
    assert (document.title, document.author, document.publisher) == ("The bridge", "Mara Quill, Ib Tarn", "Lesk Courier")
    assert (document.creation_time, document.url, document.genre) == (
        "2031-03-04T10:00:00-05:00",
        "https://lesk.example/1",
        Genre.OPINION,
    )
    assert document.text == "It is safe."


TEXTS = [
    ("lines are joined", "One\ntwo.\n\nThree.", "One two.\n\nThree."),
    ("hard breaks stay", "One  \ntwo\\\nthree", "One\ntwo\nthree"),
    ("lines of blanks part paragraphs", "One.  \n  \nTwo.", "One.\n\nTwo."),
    ("emphasis goes", "**MS. QUILL:** It *is* `safe`.", "MS. QUILL: It is safe."),
    ("links leave their words", "[Mara Quill](https://lesk.example) said [so][1].\n\n[1]: /x", "Mara Quill said so."),
    ("pictures go", "One ![a bridge](b.png) two", "One  two"),
    ("escapes and entities", r"5 \* 6 \[a\] &amp; Zo&euml;", "5 * 6 [a] & Zoë"),
    ("quotations and lists", "> One.\n\n- Two.\n- Three.\n", "One.\n\nTwo.\n\nThree."),
    ("HTML", "<div>\n<p>One.</p><script>x()</script>\n</div>\n\nTwo <b>three</b>.", "One.\n\nTwo three."),
    ("a rule", "One.\n\n---\n\nTwo.", "One.\n\nTwo."),
    ("code", "```\nOne\n```\n", "One"),
]


@pytest.mark.parametrize(("text", "wanted"), [one[1:] for one in TEXTS], ids=[one[0] for one in TEXTS])
def test_marks_go_and_words_stay(text: str, wanted: str) -> None:
    assert [one.text for one in read(text) if isinstance(one, Document)] == [wanted]


def test_the_first_heading_is_the_title_where_no_other_is() -> None:
    (document,) = (one for one in read("## Small\n\n# The *bridge*\n\nIt is safe.") if isinstance(one, Document))
    assert (document.title, document.text) == ("The bridge", "Small\n\nThe bridge\n\nIt is safe.")


BAD = [
    ("an alias bomb", "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]"),
    ("an alias of itself", "a: &a [*a]"),
    ("not YAML", 'a: "b'),
    ("a deep nest", "a: " + "[" * 5000),
    ("a tab", "a:\n\t- b"),
]


@pytest.mark.parametrize("values", [one[1] for one in BAD], ids=[one[0] for one in BAD])
def test_front_matter_that_cannot_be_read_is_refused(values: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(f"---\n{values}\n---\nText.\n")
    assert refused.value.code == "read.bad_front_matter"


def test_front_matter_runs_nothing_and_its_values_are_texts() -> None:
    values, body = split_front_matter("---\na: !!python/object/apply:os.system [exit]\nb: 2031-03-04\nC: yes\nd:\n---\nx")
    assert (value_of(values, "b"), value_of(values, "c"), value_of(values, "d", "none"), body) == ("2031-03-04", "yes", "", "x")


@pytest.mark.parametrize("text", ["---\nMara Quill said so.\n---\nMore.", "--- \n\nMore.", "Text\n---\nMore."])
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


@pytest.mark.parametrize("piece", ["[", "*a ", "![a](", "> ", "`a", "<a ", "- a\n", "[a]: b\n", "|a"])
def test_endless_marks_end_in_time(piece: str) -> None:
    started = time.process_time()
    read("One.\n\n" + piece * 15_000)
    assert time.process_time() - started < 10
