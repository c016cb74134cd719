"""The shipped model on invented texts: whole spans, one seamless reading, nested statements."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.attributions import attributions
from onrecord.annotate.tagger import Tagger
from onrecord.data import Attribution, Document, Span

PLAIN = [
    ("Quill said on Tuesday that the port would close.", "Quill", "said", "that the port would close"),
    ("“The port will close,” Quill said.", "Quill", "said", "“The port will close,”"),
    ("'The port will close,' Quill said.", "Quill", "said", "'The port will close,'"),
    ("According to the Audit Office, the berth is unsafe.", "the Audit Office", "According to", "the berth is unsafe"),
    ("The minister insisted that no money had been promised.", "The minister", "insisted", "that no money had been promised"),
    ("Residents warned that they would go to court.", "Residents", "warned", "that they would go to court"),
]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(threads=1)


def likely(text: str, tagger: Tagger) -> list[Attribution]:
    return [one for one in attributions(Document("text", text), tagger) if one.probability >= 0.5]


@pytest.mark.parametrize(("text", "source", "cue", "content"), PLAIN)
def test_a_plain_attribution_is_found_whole(tagger: Tagger, text: str, source: str, cue: str, content: str) -> None:
    (one,) = likely(text, tagger)
    words = [" | ".join(span.of(text) for span in part).strip(".") for part in (one.source, one.cue, one.content)]
    assert words == [source, cue, content]


def test_a_content_split_by_its_cue_stays_one(tagger: Tagger) -> None:
    text = "“The berth is old,” Quill said, “and nobody will pay for it.”"
    (one,) = likely(text, tagger)
    assert [span.of(text) for span in one.content] == ["“The berth is old,”", "“and nobody will pay for it.”"]


def test_a_source_may_be_missing(tagger: Tagger) -> None:
    text = "It was reported that the berth had been sold."
    assert [one.source for one in likely(text, tagger)] in ([()], [(Span(0, 2),)])


def test_a_cue_ends_with_its_own_words(tagger: Tagger) -> None:
    text = "“We will not be threatened,” she said in a statement."
    (one,) = likely(text, tagger)
    assert one.cue[0].of(text) in ("said", "said in a statement")


def test_plain_narration_holds_no_attribution(tagger: Tagger) -> None:
    assert likely("The ferry left the harbour at noon and reached the island two hours later.", tagger) == []


def test_what_is_told_inside_a_content_is_part_of_it(tagger: Tagger) -> None:
    text = "Quill said on Tuesday that the shipping line Brenn had told her last week that the ferry would never sail again."
    found = attributions(Document("text", text), tagger)
    outer = next(i for i, one in enumerate(found) if text[one.cue[0].start : one.cue[0].end] == "said")
    inner = [one for one in found if one.part_of == outer]
    assert inner
    assert all(host.holds(span) for one in inner for host in found[outer].content for span in one.cue + one.content)


def test_a_turn_of_a_transcript_holds_what_is_quoted_in_it(tagger: Tagger) -> None:
    text = "ROOS: Is it true?\n\nQUILL: The mayor told reporters on Monday that the berth is safe.\n\nROOS: And?\n"
    found = attributions(Document("text", text), tagger)
    turn = next(i for i, one in enumerate(found) if one.source and one.source[0].of(text) == "QUILL")
    assert [one.source[0].of(text) for one in found if one.part_of == turn] == ["The mayor"]


def test_a_long_text_is_read_with_no_seam(tagger: Tagger) -> None:
    names = ("Quill", "Brandt", "Roos", "Tamm", "Vos")
    quotes = [f"“The berth will stay shut for {weeks} weeks,”" for weeks in range(2, 62)]
    text = "\n\n".join(f"{quote} {names[i % 5]} said on the quay." for i, quote in enumerate(quotes))
    found = likely(text, tagger)
    assert [one.content[0].of(text) for one in found] == quotes
    assert [one.source[0].of(text) for one in found] == [names[i % 5] for i in range(60)]
    assert len(tagger.tokeniser.tokens(text)) > 4 * 254  # several windows, so several places where a seam could be


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=st.sampled_from("Quill said “that” she'\n. \ud800\u0007:A"), max_size=200))
def test_spans_lie_in_any_text(tagger: Tagger, text: str) -> None:
    for one in attributions(Document("text", text), tagger):
        assert one.content
        assert all(0 <= s.start < s.end <= len(text) for s in one.source + one.cue + one.content)
        assert 0 <= one.probability <= 1


def test_the_order_is_that_of_the_text(tagger: Tagger) -> None:
    text = "Quill said the port would close. Brandt denied it. “No ship will sail,” the mayor said."
    starts = [one.extent.start for one in likely(text, tagger)]
    assert starts == sorted(starts)
    assert len(starts) >= 2
