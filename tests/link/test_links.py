"""Links inside invented mini-documents: what is linked, what only looks so, and that order and size do not matter."""

from __future__ import annotations

import random
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import (
    Attribution,
    Basis,
    Document,
    Link,
    LinkType,
    QuoteType,
    Reading,
    SaidOn,
    Span,
    Speaker,
    SpeakerType,
    Stance,
    Statement,
    Variant,
)
from onrecord.link import links

PART = re.compile(r"\[(\w+)([scq])\|([^\]]*)\]")


def told(marked: str, **facts: str) -> tuple[Document, tuple[Statement, ...]]:
    """A document from text in which `[as|Mara Quill]` is the source, `[ac|said]` the cue and `[aq|...]` the content of statement a.

    `facts` give each statement's "speaker, stance, day": day may be left out. "in x" after it tells it inside statement x.
    """
    text, at = "", 0
    spans: dict[tuple[str, str], list[Span]] = {}
    for hit in PART.finditer(marked):
        text += marked[at : hit.start()]
        spans.setdefault((hit[1], hit[2]), []).append(Span(len(text), len(text) + len(hit[3])))
        text, at = text + hit[3], hit.end()
    text += marked[at:]
    return Document("mini", text), tuple(_statement(one, fact, text, spans) for one, fact in facts.items())


def _statement(one: str, fact: str, text: str, spans: dict[tuple[str, str], list[Span]]) -> Statement:
    name, stance, *rest = (part.strip() for part in fact.split(","))
    inside = next((part[3:] for part in rest if part.startswith("in ")), None)
    day = next((part for part in rest if part[:1].isdigit()), None)
    source, cue, content = (tuple(spans.get((one, kind), ())) for kind in "scq")
    words = " ".join(span.of(text) for span in content)
    quoted = QuoteType.DIRECT if words.startswith("“") else QuoteType.MIXED if "“" in words else QuoteType.INDIRECT
    key = name.casefold().replace(" ", "-") if name[:1].isupper() else None
    speaker = Speaker(name, SpeakerType.PERSON, key=key, mentions=source)
    said_on = SaidOn(day, Span(0, 0)) if day else None
    return Statement(one, Attribution(source, cue, content), quoted, speaker, Reading(Stance(stance)), said_on=said_on, part_of=inside)


def found(marked: str, **facts: str) -> set[tuple[str, str, str]]:
    return {(str(link.type), link.from_id, link.to_id) for link in links(*told(marked, **facts))}


LEDE = "Lesk opened in 1904 as a coal harbour and has been dredged by hand and by machine ever since.\n"
LINKED = {
    "a headline and its lede": (
        "[as|Quill] [ac|vows] [aq|to reopen Lesk harbour]\n\n[bs|Mara Quill, who runs the Port Authority,] [bc|promised] on Monday "
        "[bq|that the harbour at Lesk would reopen before the winter].\n",
        {"a": "Mara Quill, commits", "b": "Mara Quill, commits"},
        {("repeats", "b", "a")},
    ),
    "a role in the headline, a name in the lede": (
        "[as|Inspector] [ac|finds] [aq|cracks in Lesk harbour wall]\n\n[bs|Inspector Ottmar Brandt] [bc|said] on Monday "
        "[bq|that he had found cracks in the wall of the harbour at Lesk last month].\n",
        {"a": "inspector, asserts", "b": "Ottmar Brandt, asserts"},
        {("repeats", "b", "a")},
    ),
    "reported, then quoted": (
        LEDE + "[as|Brandt] [ac|did not rule out] [aq|closing the quay]. [bq|“Nothing is excluded,”] [bs|he] [bc|said].",
        {"a": "Ottmar Brandt, leaves_open", "b": "Ottmar Brandt, leaves_open"},
        {("repeats", "b", "a")},
    ),
    "a denial of it, then the words of one of its people": (
        LEDE + "[as|Quill] [ac|said] [aq|the dredger had leaked oil for weeks]. [bs|Norlight] [bc|disputes] [bq|that]. "
        "[cq|“Every seal on that ship was tight,”] [cc|said] [cs|its captain, Pia Holm].",
        {"a": "Mara Quill, accuses", "b": "Norlight, denies", "c": "Pia Holm, denies"},
        {("denies", "b", "a"), ("repeats", "c", "b")},
    ),
    "denied it": (
        LEDE + "[as|Quill] [ac|said] [aq|Norlight had dumped sludge off the point]. [bs|The company] [bc|denied] [bq|it].",
        {"a": "Mara Quill, accuses", "b": "Norlight, denies"},
        {("denies", "b", "a")},
    ),
    "denied the same matter": (
        LEDE + "[as|Quill] [ac|said] [aq|Norlight dumped sludge off the point]. [cs|Holm] [cc|said] [cq|the weather was fine]. "
        "[bs|Norlight] [bc|denied] [bq|dumping any sludge].",
        {"a": "Mara Quill, accuses", "c": "Pia Holm, asserts", "b": "Norlight, denies"},
        {("denies", "b", "a")},
    ),
    "called it by a word of falsity": (
        LEDE + "[as|Quill] [ac|said] [aq|the ferry had sailed empty all spring]. [bs|Brandt] [bc|called] [bq|this “nonsense”].",
        {"a": "Mara Quill, asserts", "b": "Ottmar Brandt, denies"},
        {("denies", "b", "a")},
    ),
    "refuted by name": (
        LEDE
        + "[as|Quill] [ac|announced] [aq|a hearing on the quay in Lesk]. But [bs|Brandt’s office] refuted Quill, [bc|stating] [bq|that no "
        "hearing was planned].",
        {"a": "Mara Quill, commits, 2031-05-02", "b": "Ottmar Brandt, denies, 2031-05-02"},
        {("denies", "b", "a")},
    ),
    "contradicts the remarks of": (
        LEDE + "[as|Quill] [ac|said] [aq|cranes from the yard might yet be sold]. Her words contradict those of [bs|Ottmar Brandt, who] "
        "[bc|said] [bq|no crane would be sold].",
        {"a": "Mara Quill, leaves_open", "b": "Ottmar Brandt, refuses"},
        {("contradicts", "a", "b")},
    ),
    "hard to square with": (
        LEDE + "[as|Quill] [ac|said] [aq|she had never met the divers]. That is hard to square with the log, [bs|which] [bc|says] "
        "[bq|the two had lunch in March].",
        {"a": "Mara Quill, asserts", "b": "Harbour log, asserts"},
        {("contradicts", "a", "b")},
    ),
    "refuses what another leaves open": (
        LEDE + "[as|Quill] [ac|said] [aq|selling the cranes at Lesk was possible]. [cs|Holm] [cc|said] [cq|the fog was thick]. "
        "[bs|Brandt] [bc|ruled out] [bq|selling any cranes at Lesk].",
        {"a": "Mara Quill, leaves_open", "c": "Pia Holm, asserts", "b": "Ottmar Brandt, refuses"},
        {("contradicts", "b", "a")},
    ),
    "another figure for the same thing": (
        LEDE + "[as|Quill] [ac|said] [aq|eleven barges had sunk]. [bs|A diver] [bc|put] [bq|the figure at nine].",
        {"a": "Mara Quill, asserts", "b": "diver, asserts"},
        {("contradicts", "b", "a")},
    ),
    "a later position of the same speaker": (
        LEDE + "[as|Brandt] [ac|ruled out] on Monday [aq|selling the cranes at Lesk]. [cs|Holm] [cc|said] [cq|the fog was thick]. "
        "[bs|He] [bc|said] on Friday [bq|that he would sell the cranes at Lesk].",
        {"a": "Ottmar Brandt, refuses, 2031-05-05", "c": "Pia Holm, asserts", "b": "Ottmar Brandt, commits, 2031-05-09"},
        {("revises", "b", "a")},
    ),
    "welcomed the words": (
        LEDE + "[as|Quill] [ac|said] [aq|the ferry must be cheaper]. [bs|Brandt] [bc|welcomed] [bq|Quill’s words].",
        {"a": "Mara Quill, asserts", "b": "Ottmar Brandt, supports"},
        {("agrees", "b", "a")},
    ),
}

NOT_LINKED = {
    "one topic, compatible": (
        LEDE
        + "[as|Quill] [ac|said] [aq|the cranes at Lesk were old]. [bs|Brandt] [bc|said] [bq|the cranes at Lesk were loved by painters].",
        {"a": "Mara Quill, asserts", "b": "Ottmar Brandt, asserts"},
    ),
    "different amounts of different things": (
        LEDE + "[as|Quill] [ac|said] [aq|eleven barges had sunk]. [bs|Brandt] [bc|said] [bq|nine swimmers came ashore at noon].",
        {"a": "Mara Quill, asserts", "b": "Ottmar Brandt, asserts"},
    ),
    "a demand refused is no contradiction": (
        LEDE + "[as|Quill] [ac|urged] [aq|Brandt to sell the cranes at Lesk]. [bs|Brandt] [bc|refused] [bq|to sell the cranes at Lesk].",
        {"a": "Mara Quill, demands", "b": "Ottmar Brandt, refuses"},
    ),
    "a comment declined": (
        LEDE + "[as|Quill] [ac|said] [aq|Norlight had dumped sludge]. [bs|Norlight] [bc|declined] [bq|to comment on that].",
        {"a": "Mara Quill, accuses", "b": "Norlight, declines"},
    ),
    "did not deny": (
        LEDE
        + "That would not contradict Quill. [as|Quill] [ac|said] [aq|the quay was shut]. [bs|Holm] [bc|said] [bq|the gulls were loud].",
        {"a": "Mara Quill, asserts", "b": "Pia Holm, asserts"},
    ),
    "another day's saying is no repeat": (
        LEDE + "[as|Quill] [ac|said] on Monday [aq|that the harbour wall had new cracks]. [cs|Holm] [cc|said] [cq|the fog was thick]. "
        "[bs|Quill] [bc|said] on Friday [bq|that the harbour wall had new cracks].",
        {"a": "Mara Quill, asserts, 2031-05-05", "c": "Pia Holm, asserts", "b": "Mara Quill, asserts, 2031-05-09"},
    ),
}


@pytest.mark.parametrize("case", LINKED)
def test_what_is_linked(case: str) -> None:
    marked, facts, wanted = LINKED[case]
    assert found(marked, **facts) == wanted


@pytest.mark.parametrize("case", NOT_LINKED)
def test_what_looks_linked_and_is_not(case: str) -> None:
    marked, facts = NOT_LINKED[case]
    assert found(marked, **facts) == set()


def test_a_denial_of_what_is_told_inside_it_points_there() -> None:
    text = "Norlight rejected reports by divers that sludge was dumped."
    content, inner = Span(18, 58), Span(36, 58)
    outer = Statement(
        "a",
        Attribution((Span(0, 8),), (Span(9, 17),), (content,)),
        QuoteType.INDIRECT,
        Speaker("Norlight", key="norlight"),
        Reading(Stance.DENIES),
    )
    told_in_it = Statement("b", Attribution((Span(29, 35),), (Span(18, 25),), (inner,)), QuoteType.INDIRECT, Speaker("divers"), part_of="a")
    (link,) = links(Document("mini", text), (outer, told_in_it))
    assert (link.type, link.from_id, link.to_id, link.basis) == (LinkType.DENIES, "a", "b", Basis.REPORTED)
    assert [span.of(text) for span in link.evidence] == ["rejected"]


@pytest.mark.parametrize(
    ("first", "second", "variant"),
    [
        ("“We will not sell one crane,”", "“we will not sell one crane”", Variant.IDENTICAL),
        ("“We will not sell one crane, nor lend one to a neighbour”", "“nor lend one to a neighbour”", Variant.CUT),
        (
            "“We will never sell one crane to Norlight at any price”",
            "“We will never sell a crane to Norlight at any price”",
            Variant.ALTERED,
        ),
    ],
)
def test_quoted_words_used_again_say_how_they_differ(first: str, second: str, variant: Variant) -> None:
    marked = f"{LEDE}[aq|{first}] [as|Quill] [ac|said]. The gulls were loud. The fog was thick. [bs|She] [bc|added]: [bq|{second}]."
    (link,) = links(*told(marked, a="Mara Quill, refuses", b="Mara Quill, refuses"))
    assert (link.type, link.variant) == (LinkType.REPEATS, variant)


def test_reported_links_show_the_words_that_report_them() -> None:
    marked, facts, _ = LINKED["contradicts the remarks of"]
    document, statements = told(marked, **facts)
    (link,) = links(document, statements)
    assert [span.of(document.text) for span in link.evidence] == ["contradict"]
    assert link.basis is Basis.REPORTED and link.why is not None and "contradict" in link.why


def test_hypothetical_statements_are_never_linked() -> None:
    for marked, facts, _ in LINKED.values():
        document, statements = told(marked, **facts)
        unsaid = tuple(replace(one, reading=replace(one.reading, hypothetical=True)) for one in statements)
        assert links(document, unsaid) == ()


def _long(count: int) -> tuple[Document, tuple[Statement, ...]]:
    rng = random.Random(7)
    nouns = ["crane", "quay", "ferry", "sludge", "barge", "diver", "harbour", "wall", "toll", "pilot", "anchor", "winch"]
    lines, facts = [], {}
    for i in range(count):
        some = " ".join(rng.sample(nouns, 4))
        lines.append(
            f"[x{i}s|Speaker {i % 40}] [x{i}c|{rng.choice(['said', 'denied', 'welcomed'])}] [x{i}q|that the {some} were not sold]."
        )
        facts[f"x{i}"] = f"Speaker {i % 40}, {rng.choice(['asserts', 'denies', 'refuses', 'commits'])}"
    return told(" ".join(lines), **facts)


def test_the_order_of_the_statements_does_not_change_the_links() -> None:
    document, statements = _long(120)
    shuffled = list(statements)
    random.Random(3).shuffle(shuffled)
    assert links(document, tuple(shuffled)) == links(document, statements) != ()


def test_three_thousand_statements_finish() -> None:
    document, statements = _long(3000)
    started = time.perf_counter()
    links(document, statements)
    assert time.perf_counter() - started < 20


def test_one_endless_sentence_full_of_denials_finishes() -> None:
    text = "He denied it and this contradicts that, he said " * 5_000
    spans = [(Span(i, i + 2), Span(i + 3, i + 9), Span(i + 10, i + 200)) for i in range(0, 150_000, 300)]
    statements = tuple(
        Statement(f"s{i}", Attribution((a,), (b,), (c,)), QuoteType.INDIRECT, Speaker(f"Speaker {i % 9}"))
        for i, (a, b, c) in enumerate(spans)
    )
    started = time.perf_counter()
    links(Document("endless", text), statements)
    assert time.perf_counter() - started < 20


@given(st.text(max_size=300), st.data())
def test_any_text_and_any_spans_give_links_between_known_statements(text: str, data: st.DataObject) -> None:
    place = st.integers(0, max(len(text), 1))
    spans = st.tuples(place, place).map(lambda pair: Span(*sorted(pair)))
    statements = tuple(
        Statement(
            f"s{i}",
            Attribution(data.draw(st.tuples(spans)), data.draw(st.tuples(spans)), (data.draw(spans),)),
            data.draw(st.sampled_from(QuoteType)),
            Speaker(data.draw(st.sampled_from([None, "Mara Quill", "voters"]))),
            Reading(data.draw(st.sampled_from(Stance))),
            part_of=data.draw(st.sampled_from([None, "s0", "s9"])),
        )
        for i in range(4)
    )
    got = links(Document("any", text), statements)
    assert all(isinstance(link, Link) and {link.from_id, link.to_id} <= {"s0", "s1", "s2", "s3"} for link in got)
    assert all(link.from_id != link.to_id and 0.5 <= link.probability <= 1 for link in got)
