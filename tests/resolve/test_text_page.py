from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.marked import passage

from onrecord.resolve.text_page import Page

STORY = "The fall of the lamp\nBy a harbour reporter\n\nThe lamp fell on Monday. Nobody was hurt.\n\nIt will be mended."

QUOTED = [
    ("She said: “It [fell] down.”", True),
    ('She said: "It [fell] down."', True),
    ("She said: ‘It [fell] down.’", True),
    ("She said: ‘They don’t [know] why.’", True),
    ("“It fell,” she [said], “on Monday.”", False),
    ("“It fell,” she said, “on [Monday].”", True),
    ("The pilot’s [lamp] fell, the port’s did not.", False),
    ("“It fell.\n\nIt [lay] there.”", False),
    ("“It fell.\n\n“It [lay] there.”", True),
    ("It [fell].", False),
]


@pytest.mark.parametrize(("marked", "quoted"), QUOTED)
def test_a_position_is_in_a_quotation_where_marks_stand_around_it(marked: str, quoted: bool) -> None:
    text, span = passage(marked)
    assert Page(text).in_quotation(span.start) is quoted


def test_a_quotation_is_the_passage_with_its_marks() -> None:
    text, span = passage("“It fell,” she said, “on [Monday].”")
    assert Page(text).quotation(span.start).of(text) == "“on Monday.”"


def test_outside_quotations_there_is_an_empty_one() -> None:
    text, span = passage("“It fell,” she [said].")
    assert Page(text).quotation(span.start) == (span.start, span.start)


IN_TITLE = [("The fall", True), ("By a harbour", True), ("The lamp fell", False), ("It will", False)]


@pytest.mark.parametrize(("words", "title"), IN_TITLE)
def test_the_short_first_line_and_the_next_without_a_full_stop_are_headlines(words: str, title: bool) -> None:
    assert Page(STORY).in_title(STORY.index(words)) is title


def test_a_text_of_one_paragraph_has_no_headline() -> None:
    assert not Page("The fall of the lamp").in_title(4)


def test_a_line_further_down_is_no_headline() -> None:
    text = "The lamp fell.\n" * 5 + "The end of the lamp"
    assert not Page(text).in_title(text.index("The end"))


def test_sentences_are_numbered_in_the_order_of_the_text() -> None:
    page = Page(STORY)
    numbers = [page.sentence(STORY.index(words)) for words in ("The lamp", "Monday", "Nobody", "It will")]
    assert numbers[0] == numbers[1] < numbers[2] < numbers[3]


@pytest.mark.parametrize(
    ("marked", "opens"),
    [
        ("[Quill] met the pilots.", True),
        ("On Monday [Quill] met the pilots.", True),
        ("The lamp of the harbour fell on Monday and [Quill] came.", False),
    ],
)
def test_a_name_near_the_start_opens_its_sentence(marked: str, opens: bool) -> None:
    text, span = passage(marked)
    page = Page(text)
    assert page.opens(span.start, page.sentence(span.start)) is opens


@given(st.text(alphabet=st.sampled_from('it’s “a” ‘b’"\n.'), max_size=60) | st.text(), st.integers(0, 60))
def test_any_position_of_any_text_has_a_sentence_and_a_quotation_that_holds_it(text: str, position: int) -> None:
    page = Page(text)
    quotation = page.quotation(position)
    assert quotation.start <= position <= quotation.end
    assert page.in_quotation(position) is (quotation.end > quotation.start)
    assert 0 <= page.sentence(position) <= len(page.sentences)
    page.in_title(position)
