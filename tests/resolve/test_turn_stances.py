from __future__ import annotations

import pytest

from onrecord.annotate.turns import turns
from onrecord.data import Attribution, Channel, Document, Span, Stance
from onrecord.resolve.statements import statements

TELLING = "The gate has been shut since the storm of last March, and the pilots have slept in their boats for eleven nights."
ORDER = "You must open it today, and you must keep it open."


def read(words: str, label: str = "MS. QUILL", title: str = "Press Briefing") -> list[tuple[str, Stance]]:
    """Content and stance of what one turn is cut into."""
    text = f"{label}:  {words}\n\nMR. BRANDT:  Yes.\n\n{label}:  No.\n"
    made = statements(Document("d", text, title=title), turns(text, title), ())
    return [(" ".join(span.of(text) for span in one.attribution.content), one.reading.stance) for one in made][:-2]


def test_an_order_after_a_telling_is_a_statement_of_its_own() -> None:
    assert read(f"{TELLING} {ORDER}") == [(TELLING, Stance.ASSERTS), (ORDER, Stance.DEMANDS)]


def test_a_question_after_a_telling_is_a_statement_of_its_own() -> None:
    assert read(f"{TELLING} Will you open it today?", label="Q") == [(TELLING, Stance.ASSERTS), ("Will you open it today?", Stance.ASKS)]


@pytest.mark.parametrize(
    "words", ["Governor Roos says a cut is off the table. Is it?", "My mother keeps all. I will publish it this week. I hide nothing."]
)
def test_short_paragraphs_stay_whole(words: str) -> None:
    assert [content for content, _ in read(words)] == [words]


def test_a_rhetorical_question_cuts_nothing() -> None:
    words = f"{TELLING} Do you want a number for that? It is sixteen of them and no more than that."
    assert len(read(words)) == 1


def test_what_is_nested_stays_with_the_part_that_holds_it() -> None:
    text = f"MS. QUILL:  {TELLING} You must do what Roos said: open it today.\n\nQ    Yes?\n\nMS. QUILL:  No.\n"
    start = text.index("Roos said")
    outer = turns(text, "Press Briefing")
    inner = Attribution((Span(start, start + 4),), (Span(start + 5, start + 9),), (Span(start + 11, start + 24),), part_of=0)
    made = statements(Document("d", text, title="Press Briefing"), (outer[0], inner, *outer[1:]), ())
    nested = next(one for one in made if one.part_of)
    host = next(one for one in made if one.id == nested.part_of)
    assert host.attribution.content[0].holds(nested.attribution.content[0]) and len(made) == 5


@pytest.mark.parametrize(
    ("title", "channel"),
    [
        ("Press Gaggle by Secretary Quill", Channel.PRESS_CONFERENCE),
        ("Remarks by Secretary Quill in Press Conference", Channel.PRESS_CONFERENCE),
        ("Remarks by Secretary Quill at the Harbour", Channel.SPEECH),
        ("Interview of Secretary Quill by the Lesk Courier", Channel.INTERVIEW),
    ],
)
def test_the_heading_gives_the_channel(title: str, channel: Channel) -> None:
    text = "MS. QUILL:  Good day.\n\nQ    Will you?\n\nMS. QUILL:  I will.\n"
    made = statements(Document("d", text, title=title), turns(text, title), ())
    assert [[via.channel for via in one.via] for one in made] == [[channel]] * 3
